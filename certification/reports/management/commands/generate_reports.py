import json
import time
from collections import Counter

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError
from django.utils.translation import gettext as _

from certification.models import Edition
from certification.reports import domain
from certification.reports.models import ReportKind
from core.models import Job

LOOK_AGAIN = 1.0  # seconds


class Command(BaseCommand):
    help = "Asks for the reports of every government of an edition; what is made already is not made again."

    def add_arguments(self, parser):
        parser.add_argument("--edition", type=int, required=True, metavar="YEAR")
        parser.add_argument("--kind", choices=ReportKind.values, help="one kind only; all that can be made by default")
        parser.add_argument("--language", choices=[code for code, _name in settings.LANGUAGES], default="pt-br")
        parser.add_argument("--wait", action="store_true", help="show progress until the worker has made them all")
        parser.add_argument("--json", action="store_true", dest="as_json")

    def handle(self, *args, edition, kind, language, wait, as_json, **options):
        asked = self.ask(self.edition(edition), kind, language)
        told = {"ready": asked.count(None), "queued": len(asked) - asked.count(None)}
        jobs = [job.pk for job in asked if job]
        if wait and jobs:
            told |= self.watch(jobs, quiet=as_json)
        self.stdout.write(json.dumps(told) if as_json else self.sentence(told))
        if told.get("failed"):
            raise CommandError(_("Alguns relatórios não ficaram prontos; o motivo está na página de cada governo."))

    def edition(self, year):
        edition = Edition.objects.filter(year=year).first()
        if edition is None:
            raise CommandError(_("Não há edição %(year)s.") % {"year": year})
        return edition

    def ask(self, edition, kind, language):
        """The job of each report, None for one that is ready."""
        jobs = []
        for participation in edition.participations.select_related("government", "edition").prefetch_related("steps"):
            for offered in domain.offered(participation):
                if kind in (None, offered):
                    jobs.append(domain.request_report(participation, offered, by=None, language=language)[1])
        return jobs

    def watch(self, keys, *, quiet=False):
        """Wait for the worker; tells how many are over and, from its pace, how long the rest will take."""
        started = time.monotonic()
        while True:
            states = Counter(Job.objects.filter(pk__in=keys).values_list("state", flat=True))
            over = states[Job.State.DONE] + states[Job.State.FAILED]
            if not quiet:
                self.stdout.write(self.pace(over, len(keys), time.monotonic() - started))
            if over == len(keys):
                return {"done": states[Job.State.DONE], "failed": states[Job.State.FAILED]}
            time.sleep(LOOK_AGAIN)

    def pace(self, over, total, seconds):
        if not over:
            return f"{over}/{total}"
        minutes = seconds / over * (total - over) / 60
        return f"{over}/{total}, about {minutes:.1f} min left" if over < total else f"{over}/{total}"

    def sentence(self, told):
        return ", ".join(f"{name}: {number}" for name, number in told.items())
