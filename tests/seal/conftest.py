"""A participation that is ready for the seal: three steps validated, the course checked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification import cycle
from certification.enrollment.models import CourseCompletion, Enrollment
from certification.models import Edition, Kind, Participation, Programme
from certification.models.snapshot import freeze
from governments.models import Evidence

DAY = timedelta(days=1)
VALIDATED = (Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION)


@pytest.fixture
def edition(db):
    programme = Programme.objects.create(slug="migracidades-tests", name="MigraCidades")
    now = timezone.now()
    edition = Edition.objects.create(programme=programme, year=2031, seal_valid_until=(now + 400 * DAY).date())
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - 10 * DAY, now + 10 * DAY)))
    return edition


@pytest.fixture
def started(edition, ana, canoas):
    participation = cycle.begin(edition, canoas, by=ana, at=timezone.now())
    Enrollment.objects.update_or_create(
        participation=participation, defaults={"signatory_name": "Jussara Prado", "signatory_position": "Prefeita"}
    )
    return participation


@pytest.fixture
def ready(started, ana, helena):
    return make_ready(started, by=ana, coordinator=helena)


def make_ready(participation, *, by, coordinator):
    """Validate the three steps before the seal and record a checked course completion."""
    at = timezone.now()
    for kind in VALIDATED:
        freeze(participation, kind, {}, by=by, at=at)
        step = participation.steps.get(kind=kind)
        step.submit(by=by, at=at)
        step.approve(by=coordinator, at=at)
    certificate = Evidence.objects.create(
        owner=participation.government.body,
        title="Certificado do curso",
        kind="certificate",
        url="https://escola.example/c/1",
    )
    CourseCompletion.objects.create(
        participation=participation,
        name="Ana Prates",
        completed_on=at.date(),
        certificate=certificate,
        recorded_by=by,
        checked_at=at,
        checked_by=coordinator,
    )
    return Participation.objects.with_cycle().get(pk=participation.pk)
