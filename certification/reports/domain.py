"""Asking for a report, making it, publishing it."""

from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from certification.handing import latest_snapshot
from certification.models import State
from core import audit, files, pdf
from core.context_processors import has_demo_mark
from core.jobs import Job, JobFailed

from . import documents
from .models import Report, ReportKind
from .sources import STEP_OF, beside, sources_of, version_of

DEFAULT_LANGUAGE = "pt-br"

TEMPLATES = {
    ReportKind.DIAGNOSIS: ("print/diagnosis.html", "print/report.css", documents.diagnosis),
    ReportKind.PRIORITIZATION: ("print/prioritization.html", "print/report.css", documents.prioritization),
    ReportKind.CERTIFICATE: ("print/certificate.html", "print/certificate.css", documents.certificate),
}


class ReportRefused(Exception):
    """There is nothing to make this report from; the text says what lacks."""


def request_report(participation, kind, *, by, language=DEFAULT_LANGUAGE):
    """Ask for a report on what was handed over last. Returns (report, job); no job where it is ready. Raises ReportRefused.

    The same snapshot, kind, language and template version is made once, however often it is asked for.
    """
    with transaction.atomic():
        report = row_for(participation, kind, language, by=by)
        if report.file_id:
            return report, None
        job = Job.request("report", subject=report, by=by)
        audit.record(
            "report.requested", by=by, subject=report, government_id=participation.government_id, kind=report.kind
        )
        return report, job


def row_for(participation, kind, language, *, by):
    """The one row of a report on what was handed over last. Raises ReportRefused."""
    snapshot = _snapshot_for(participation, kind)
    version = version_of(beside(participation, kind, snapshot))
    report, _created = Report.objects.get_or_create(
        snapshot=snapshot,
        kind=kind,
        language=language,
        template_version=version,
        defaults={"participation": participation, "requested_by": by},
    )
    return report


def _snapshot_for(participation, kind):
    step = STEP_OF.get(kind)
    if step is None:
        raise ReportRefused(_("Este relatório ainda não é feito por esta versão do portal."))
    snapshot = latest_snapshot(participation, step)
    if snapshot is None:
        raise ReportRefused(_("Este relatório fica disponível quando a etapa for enviada."))
    return snapshot


def make_report(report, job=None):
    """Make the document and keep it; made already, it is what was made. Run twice it leaves one file. Returns the StoredFile."""
    if report.file_id:
        return report.file
    _tell(job, 1)
    _bring_up_to_date(report)
    document = _rendered(report)
    _tell(job, 2)
    with job.holding() if job else transaction.atomic():
        return _keep(report, document)


def _bring_up_to_date(report):
    """What stands beside the snapshot may have changed between request and making: the row tells what is in its file."""
    version = version_of(beside(report.participation, report.kind, report.snapshot))
    if version == report.template_version:
        return
    same = Report.objects.filter(snapshot=report.snapshot_id, kind=report.kind, language=report.language)
    if same.filter(template_version=version).exists():
        raise JobFailed(_("O conteúdo deste relatório mudou depois do pedido. Peça o relatório de novo."))
    report.template_version = version
    report.save(update_fields=["template_version"])


def _tell(job, done):
    if job:
        job.progress(done, 3)


def _rendered(report):
    template, stylesheet, build = TEMPLATES[report.kind]
    with translation.override(report.language):
        context = build(sources_of(report)) | {"is_demo": has_demo_mark()}
        title = f"{context['document']}: {context['owner']}"
    try:
        return pdf.render(template, context, language=report.language, title=title, base_css=stylesheet)
    except pdf.RenderFailed as failure:
        if failure.reason in ("crash", "timeout"):
            raise  # on a busy machine another attempt may do better
        raise JobFailed(str(failure)) from failure


def _keep(report, document):
    locked = Report.objects.select_for_update().get(pk=report.pk)
    if locked.file_id:
        return locked.file
    at = timezone.now()
    locked.file = files.keep(bytes(document), name=file_name(report), media_type="application/pdf")
    locked.ready_at, locked.pages = at, document.pages
    locked.published_at = locked.published_at or (at if belongs_to_public(locked, at) else None)
    locked.save(update_fields=["file", "ready_at", "pages", "published_at"])
    return locked.file


def file_name(report):
    """«migracidades-2026-diagnosis-4304606.pdf»: sorted by year, telling what and whose without opening it."""
    government = report.participation.government
    year = report.participation.edition.year
    suffix = "" if report.language == DEFAULT_LANGUAGE else f"-{report.language}"
    return f"migracidades-{year}-{report.kind}-{government.ibge_code}{suffix}.pdf"


def belongs_to_public(report, at):
    """Whether a report is for everybody: its edition published, its step validated, the seal awarded, nothing handed over since."""
    participation = report.participation
    return (
        participation.edition.is_public(at)
        and _is_certified(participation)
        and participation.step(report.snapshot.kind).state == State.APPROVED
        and report.snapshot == latest_snapshot(participation, report.snapshot.kind)
    )


def _is_certified(participation):
    seal = getattr(participation, "seal", None)
    return seal is not None and seal.revoked_at is None


def is_withdrawn(report):
    """The certificate of a revoked or replaced seal is handed out no more; the seal's page says why."""
    if report.kind != ReportKind.CERTIFICATE:
        return False
    seal = getattr(report.participation, "seal", None)
    return not _is_certified(report.participation) or (seal.snapshot_id or report.snapshot_id) != report.snapshot_id


def publish_reports(edition, at, participation=None):
    """Publish the last reports of every government with the edition's seal (or of one participation), in every language they were asked for in;
    those not made yet are asked for and published once ready."""
    rows = certified(edition)
    for each in rows.filter(pk=participation.pk) if participation else rows:
        for kind in offered(each):
            report, _job = request_report(each, kind, by=None)
            if belongs_to_public(report, at):
                _in_every_language(report).filter(published_at__isnull=True).update(published_at=at)


def _in_every_language(report):
    same = {"kind": report.kind, "template_version": report.template_version}
    return Report.objects.filter(snapshot=report.snapshot_id, **same)


def certified(edition):
    participations = edition.participations.filter(seal__isnull=False, seal__revoked_at__isnull=True)
    return participations.select_related("government", "edition", "seal").prefetch_related("steps")


def offered(participation):
    """The kinds of report there is something to make from."""
    handed_over = set(participation.snapshots.values_list("kind", flat=True).distinct())
    return [kind for kind, step in STEP_OF.items() if step in handed_over]


def request_where_possible(participation, kind, *, by):
    """Ask for a report if there is something to make it from: what a move of the cycle does in passing."""
    try:
        request_report(participation, kind, by=by)
    except ReportRefused:
        return
