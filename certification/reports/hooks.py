"""What this room does when the cycle moves: a validated step has its report made, a published edition publishes them."""

from certification import cycle
from certification.models import Kind
from certification.seal.domain import on_publication, on_standing

from . import domain
from .models import ReportKind


@cycle.on_approval(Kind.DIAGNOSIS)
def diagnosis_validated(participation, by, at):
    domain.request_where_possible(participation, ReportKind.DIAGNOSIS, by=by)


@cycle.on_approval(Kind.PRIORITIZATION)
def priorities_validated(participation, by, at):
    """The diagnosis report is made anew, now with the priorities."""
    domain.request_where_possible(participation, ReportKind.PRIORITIZATION, by=by)
    domain.request_where_possible(participation, ReportKind.DIAGNOSIS, by=by)


@on_standing
def seal_given(participation, at):
    """A seal given or replaced once the edition is public: its reports are public with it."""
    if participation.edition.is_public(at):
        domain.publish_reports(participation.edition, at, participation)


@on_publication
def edition_published(edition, at):
    domain.publish_reports(edition, at)
