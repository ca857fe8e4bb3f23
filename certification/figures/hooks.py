"""What moves the prepared tables: publication, a seal given, revoked or replaced, a validated step, a verified entry."""

from certification import cycle
from certification.models import Kind
from certification.monitoring.domain import on_verification
from certification.seal.domain import on_publication, on_standing

from . import archive, domain


@on_publication
def edition_published(edition, at):
    domain.refresh_edition(edition, at)
    archive.request(edition, at)


@on_standing
def standing_changed(participation, at):
    domain.refresh_participation(participation, at)


@on_verification
def entry_verified(participation, at):
    domain.refresh_actions(participation, at)


def step_validated(participation, by, at):
    domain.refresh_participation(participation, at)


for _kind in (Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION, Kind.MONITORING):
    cycle.on_approval(_kind)(step_validated)
