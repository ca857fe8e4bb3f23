"""Background work of the room: each task loads by id and calls one domain function."""

from core.jobs import job

from . import domain
from .models import ReportKind


@job("report", queue="pdf")
def report(report, job):
    return domain.make_report(report, job)


@job("certificate_for_seal", queue="pdf")
def certificate_for_seal(seal, job):
    """Asked for by the award, which stands below this room and knows the kind of job only."""
    row = domain.row_for(seal.participation, ReportKind.CERTIFICATE, domain.DEFAULT_LANGUAGE, by=job.requested_by)
    return domain.make_report(row, job)
