import json

from django.core.management.base import BaseCommand
from django.utils.translation import gettext as _

from migracidades.imports.events import import_events
from migracidades.imports.lines import Refused

from .import_certified import refuse


class Command(BaseCommand):
    help = (
        "Put events of earlier years on the agenda. Columns: starts, ends, type, title, title_en, audience, audience_en, number, unit. All lines or "
        "none; exit code 1 when a line cannot be read. Run again, it brings the same events up to date."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument("--dry-run", action="store_true", help="check, record nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file, dry_run, **options):
        try:
            outcome = import_events(file, dry_run=dry_run)
        except Refused as refused:
            refuse(self, refused.problems, as_json=options["json"])
        facts = {"dry_run": dry_run, "created": outcome.created, "already": outcome.already, "totals": outcome.totals}
        if options["json"]:
            self.stdout.write(json.dumps({**facts, "problems": []}, ensure_ascii=False))
            return
        text = _(
            "%(created)d eventos novos, %(already)d já estavam. Presenças: %(people)d pessoas; à parte, %(governments)d governos."
        )
        self.stdout.write(self.style.SUCCESS(text % {**facts, **outcome.totals}))
        if dry_run:
            self.stdout.write(_("Ensaio: nada foi gravado."))
