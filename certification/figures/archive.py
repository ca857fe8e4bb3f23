"""All published reports of an edition in one file: made by the worker when they are ready, made again when one of them changes."""

import csv
import hashlib
import io
import tempfile
import zipfile

from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import slugify

from certification.models import Edition
from certification.reports.models import Report, ReportKind
from certification.seal.models import Seal
from core import files, tables
from core.jobs import Job

from .models import EditionArchive

MAKING = ("report", "certificate_for_seal")
# The same reports give the same bytes, whenever they are put together.
EPOCH = (1980, 1, 1, 0, 0, 0)
COLUMNS = ("arquivo", "governo", "uf", "codigo_ibge", "tipo", "idioma", "sha256")
CHUNK = 1024 * 1024


def reports_of(edition, at):
    """The published reports in a settled order; the certificate of a revoked or replaced seal is handed out no more."""
    replaced = Seal.objects.filter(replaced_at__lte=at, snapshot__isnull=False).values("snapshot")
    gone = Q(participation__seal__revoked_at__isnull=False) | Q(snapshot__in=replaced)
    withdrawn = Q(kind=ReportKind.CERTIFICATE) & gone
    rows = Report.objects.public(at).filter(participation__edition=edition).exclude(withdrawn)
    return rows.select_related("file", "participation__government").order_by(
        "participation__government__ibge_code", "kind", "language", "ready_at", "pk"
    )


def contents_of(reports):
    """One hash for what is in an archive."""
    told = hashlib.sha256()
    for report in reports:
        told.update(f"{report.pk} {report.file.sha256}\n".encode())
    return told.hexdigest()


def request(edition, at=None):
    """Ask the worker for the archive of a published edition. Returns the Job, or None where there is nothing to put together."""
    if edition.from_before_portal or not edition.is_public(at):
        return None
    return Job.request("edition_archive", subject=edition)


def request_due(at=None):
    """Ask for every archive that is missing or outdated; while reports are being made it waits for them. Returns how many."""
    at = at or timezone.now()
    if Job.objects.in_flight().filter(kind__in=MAKING).exists():
        return 0
    editions = Edition.objects.filter(published_at__lte=at, from_before_portal=False)
    due = [edition for edition in editions.select_related("archive__file") if _is_due(edition, at)]
    return sum(request(edition, at) is not None for edition in due)


def _is_due(edition, at):
    archive = getattr(edition, "archive", None)
    contents = contents_of(reports_of(edition, at).iterator())
    if archive is None:
        return reports_of(edition, at).exists()
    return archive.contents != contents


def make(edition, job=None):
    """Put the archive together and keep it in place of the one before. Run twice it leaves one file. Returns the StoredFile or None."""
    reports = list(reports_of(edition, timezone.now()))
    contents = contents_of(reports)
    there = EditionArchive.objects.filter(edition=edition).select_related("file").first()
    if there and there.contents == contents:
        return there.file
    stored = _stored(edition, reports, job) if reports else None
    with job.holding() if job else transaction.atomic():
        return _keep(edition, stored, contents, len(reports))


def _keep(edition, stored, contents, number):
    before = (
        EditionArchive.objects.select_for_update(of=["self"]).filter(edition=edition).select_related("file").first()
    )
    facts = {"contents": contents, "reports": number, "file": stored, "made_at": timezone.now() if stored else None}
    EditionArchive.objects.update_or_create(edition=edition, defaults=facts)
    if before and before.file_id:
        Job.objects.filter(result=before.file_id).update(result=None)
        files.remove(before.file)
    return stored


def _stored(edition, reports, job):
    with tempfile.TemporaryFile() as made:
        with zipfile.ZipFile(made, "w", zipfile.ZIP_STORED) as archive:
            for number, report in enumerate(reports, 1):
                _add(archive, report)
                if job:
                    job.progress(number, len(reports))
            archive.writestr(zipfile.ZipInfo("lista.csv", EPOCH), _list_of(reports), zipfile.ZIP_DEFLATED)
        return files.keep_file(made, name=f"migracidades-{edition.year}-relatorios.zip", media_type="application/zip")


def _add(archive, report):
    # A PDF is compressed already.
    with (
        archive.open(zipfile.ZipInfo(name_in_archive(report), EPOCH), "w") as place,
        report.file.file.open("rb") as source,
    ):
        while chunk := source.read(CHUNK):
            place.write(chunk)


def name_in_archive(report):
    """«4304606-canoas/migracidades-2026-diagnosis-4304606.pdf»; the first signs of its key keep two versions apart."""
    government = report.participation.government
    stem = report.file.original_name.removesuffix(".pdf")
    return f"{government.ibge_code}-{slugify(government.name)}/{stem}-{str(report.pk)[:8]}.pdf"


def _list_of(reports):
    """What is in it, for people who do not open every file."""
    text = io.StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for report in reports:
        government = report.participation.government
        row = (name_in_archive(report), government.name, government.uf, government.ibge_code, report.get_kind_display())
        writer.writerow([tables.neutral(str(value)) for value in (*row, report.language, report.file.sha256)])
    return (tables.BOM + text.getvalue()).encode()
