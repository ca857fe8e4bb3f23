import json

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from migracidades.imports.certified import import_certified
from migracidades.imports.lines import Refused


class Command(BaseCommand):
    help = (
        "Record the awards of editions from before the portal. Columns: edition, kind, name, uf. All lines or none; exit code 1 when a line "
        "cannot be read or resolved. Lines already recorded change nothing."
    )

    def add_arguments(self, parser):
        parser.add_argument("file", metavar="FILE.csv")
        parser.add_argument("--edition", type=int, metavar="YEAR", help="only the lines of this edition")
        parser.add_argument("--dry-run", action="store_true", help="resolve and check, record nothing")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, file, edition, dry_run, **options):
        try:
            outcome = import_certified(file, edition=edition, dry_run=dry_run)
        except Refused as refused:
            refuse(self, refused.problems, as_json=options["json"])
        if options["json"]:
            self.stdout.write(json.dumps(as_dict(outcome, dry_run), ensure_ascii=False))
        else:
            self._tell(outcome, dry_run)

    def _tell(self, outcome, dry_run):
        for award in outcome.awards:
            renamed = f" («{award.name}»)" if award.name != award.government.name else ""
            self.stdout.write(f"{award.year} {award.government.ibge_code} {award.government.full_name}{renamed}")
        for note in outcome.notes:
            self.stdout.write(self.style.WARNING(note))
        text = _("%(created)d selos registrados, %(already)d já estavam, %(left_out)d linhas de outras edições.")
        self.stdout.write(self.style.SUCCESS(text % vars(outcome)))
        if dry_run:
            self.stdout.write(_("Ensaio: nada foi gravado."))


def as_dict(outcome, dry_run):
    return {
        "dry_run": dry_run,
        "created": outcome.created,
        "already": outcome.already,
        "left_out": outcome.left_out,
        "notes": outcome.notes,
        "awards": [
            {
                "line": award.line,
                "edition": award.year,
                "name": award.name,
                "ibge_code": award.government.ibge_code,
                "government": award.government.name,
                "kind": award.government.kind,
                "uf": award.government.uf,
            }
            for award in outcome.awards
        ],
        "problems": [],
    }


def refuse(command, problems, *, as_json):
    """Print every problem with its line and end with exit code 1."""
    if as_json:
        rows = [{"line": problem.line, "message": problem.message} for problem in problems]
        command.stdout.write(json.dumps({"created": 0, "problems": rows}, ensure_ascii=False))
    else:
        for problem in problems:
            command.stderr.write(str(problem))
    raise CommandError(
        _("Nada foi importado. Problemas encontrados: %(count)d.") % {"count": len(problems)}, returncode=1
    )
