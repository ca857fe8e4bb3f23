import os
from pathlib import Path

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone
from django.utils.translation import gettext as _

from annual_reports import content, domain, drafting, gathering
from annual_reports.models import AnnualReport


class Command(BaseCommand):
    help = (
        "Write the annual activity report of a year as PDF: the published version, else the draft, else what the data say with the words a draft "
        "begins with. Nothing is stored in the portal."
    )

    def add_arguments(self, parser):
        parser.add_argument("year", type=int, metavar="YEAR")
        parser.add_argument("--language", choices=gathering.LANGUAGES, default="pt-br")
        parser.add_argument("--draft", action="store_true", help="the draft, even where a version is published")
        parser.add_argument("-o", "--output", required=True, metavar="FILE.pdf")

    def handle(self, *, year, language, draft, output, **options):
        at = timezone.now()
        report = self._report(year, draft)
        told = content.of(report, at)
        if not told["certified"] and not told["events"]:
            raise CommandError(_("Não há edição publicada nem evento realizado em %(year)s.") % {"year": year})
        pdf = domain.render(told, language, published=None if report.is_draft else report)
        self._write(Path(output), pdf)
        self.stdout.write(self.style.SUCCESS(_("%(file)s: %(pages)d páginas.") % {"file": output, "pages": pdf.pages}))

    def _report(self, year, draft):
        rows = AnnualReport.objects.filter(year=year).order_by("-number")
        found = (None if draft else rows.filter(published_at__isnull=False).first()) or rows.first()
        return found or AnnualReport(year=year, **drafting.texts(year))

    def _write(self, path, pdf):
        """Whole or not at all: whoever watches the file never reads half of it."""
        partial = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            partial.write_bytes(pdf)
            partial.replace(path)
        except OSError as error:
            partial.unlink(missing_ok=True)
            raise CommandError(
                _("Não foi possível gravar %(path)s: %(error)s") % {"path": path, "error": error}
            ) from None
