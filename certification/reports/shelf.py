"""The reports of one participation as its page shows them: what there is, what is being made, what can be asked for."""

from dataclasses import dataclass, field

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from certification.handing import latest_snapshot
from core.models import Job

from .models import Report, ReportKind
from .sources import STEP_OF, beside, version_of

ABOUT = {
    ReportKind.DIAGNOSIS: _("O que existe em cada uma das dez dimensões, com gráficos, respostas e comprovações."),
    ReportKind.PRIORITIZATION: _("O quadro das ações prioritárias e uma ficha de cada uma."),
    ReportKind.CERTIFICATE: _("Uma página com o nome do governo, o código do selo e o endereço para verificar."),
}
WAITS_FOR = {
    ReportKind.DIAGNOSIS: _("Disponível quando o diagnóstico for enviado."),
    ReportKind.PRIORITIZATION: _("Disponível quando a priorização for enviada."),
    ReportKind.CERTIFICATE: _("Disponível quando o selo for concedido."),
}


@dataclass
class Copy:
    """One report row with its last job."""

    report: Report
    job: Job | None
    is_current: bool

    @property
    def is_in_flight(self):
        return not self.report.file_id and self.job is not None and not self.job.is_over

    @property
    def has_failed(self):
        return not self.report.file_id and self.job is not None and self.job.state == Job.State.FAILED

    @property
    def language(self):
        return dict(settings.LANGUAGES)[self.report.language]


@dataclass
class Shelf:
    """One kind of report: its copies, newest first, and whether one can be asked for."""

    kind: ReportKind
    available: bool
    copies: list = field(default_factory=list)

    @property
    def about(self):
        return ABOUT[self.kind]

    @property
    def waits_for(self):
        return WAITS_FOR[self.kind]

    @property
    def current(self):
        """Ready ones first."""
        return sorted((copy for copy in self.copies if copy.is_current), key=lambda copy: not copy.report.file_id)

    @property
    def earlier(self):
        return [copy for copy in self.copies if not copy.is_current and copy.report.file_id]

    @property
    def is_in_flight(self):
        return any(copy.is_in_flight for copy in self.copies)

    @property
    def missing_languages(self):
        """Languages nobody has asked for yet, or whose making failed: pairs for a select."""
        there = {copy.report.language for copy in self.current if copy.report.file_id or copy.is_in_flight}
        return [(code, name) for code, name in settings.LANGUAGES if code not in there]


def shelves(participation):
    """One Shelf a kind, in the order of the cycle, in a constant number of queries."""
    reports = list(participation.reports.select_related("file"))
    jobs = _last_jobs(reports)
    return [_shelf(participation, kind, reports, jobs) for kind in STEP_OF]


def _shelf(participation, kind, reports, jobs):
    snapshot = latest_snapshot(participation, STEP_OF[kind])
    shelf = Shelf(kind=kind, available=snapshot is not None)
    if snapshot is None:
        return shelf
    version = version_of(beside(participation, kind, snapshot))
    for report in reports:
        if report.kind == kind:
            current = report.snapshot_id == snapshot.pk and report.template_version == version
            shelf.copies.append(Copy(report, jobs.get(str(report.pk)), current))
    return shelf


def _last_jobs(reports):
    """The last job of each report by its key."""
    keys = [str(report.pk) for report in reports]
    jobs = Job.objects.filter(kind="report", subject_model="reports.report", subject_id__in=keys).order_by(
        "requested_at"
    )
    return {job.subject_id: job for job in jobs}
