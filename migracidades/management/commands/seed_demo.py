import json
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from core import jobs
from governments.models import Government
from migracidades.demo import anew
from migracidades.demo.calendar import STAGES
from migracidades.demo.people import PASSWORD
from migracidades.demo.seeding import Options, seed


class Command(BaseCommand):
    help = (
        "Fill the portal with an invented, believable programme, told through the same functions as the screens; every page then says so. "
        "Refuses where there are people or participations it did not make. Over its own it starts anew when something else is asked for, "
        "emptying the whole database, else it gives the sign-ins again. Needs the reference data, and loads it where it is missing."
    )

    def add_arguments(self, parser):
        parser.add_argument(
            "--governments", type=positive, metavar="N", help="how many take part (default: the profiles)"
        )
        parser.add_argument("--editions", type=positive, metavar="M", help="how many editions (default: those needed)")
        parser.add_argument("--stage", choices=list(STAGES), default="prioritization", help="where the edition stands")
        parser.add_argument("--seed", type=int, default=1, metavar="S", help="the same seed casts the same governments")
        parser.add_argument("--credentials-out", metavar="FILE", help="where to write the sign-ins as JSON")
        parser.add_argument("--json", action="store_true", help="print one JSON object")

    def handle(self, *, governments, editions, stage, credentials_out, **options):
        wanted = Options(governments, editions, stage, options["seed"])
        try:
            sign_ins, is_new = self._told(wanted)
        except anew.RealData as refusal:
            raise CommandError(str(refusal), returncode=1) from refusal
        if credentials_out:
            write(credentials_out, sign_ins)
        self._tell(sign_ins, is_new, options)

    def _told(self, wanted):
        """(sign-ins, whether the demonstration was told now)."""
        mark = anew.mark()
        if mark and mark.detail.get("options") == wanted.as_dict():
            return [{**row, "password": PASSWORD} for row in mark.detail["sign_ins"]], False
        anew.refuse_real_data()
        sign_ins = seed(wanted, anew=mark is not None)
        jobs.sweep()  # the worker need not wait for its minute
        return sign_ins, True

    def _tell(self, sign_ins, is_new, options):
        if options["json"]:
            self.stdout.write(json.dumps({"created": is_new, "sign_ins": sign_ins}, ensure_ascii=False))
        elif options["verbosity"]:
            text = _("Demonstração pronta: %(count)d acessos.") if is_new else _("A demonstração já estava pronta.")
            self.stdout.write(self.style.SUCCESS(text % {"count": len(sign_ins)} if is_new else text))
            self.stdout.write(_("Governos no banco: %(count)d.") % {"count": Government.objects.count()})


def positive(text):
    number = int(text)
    if number < 1:
        raise ValueError
    return number


def write(path, sign_ins):
    """Only the owner reads it."""
    file = Path(path)
    file.touch(mode=0o600, exist_ok=True)
    file.write_text(json.dumps(sign_ins, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
