"""A government that has handed over its diagnosis, and more where a test asks for it."""

from datetime import UTC, datetime, timedelta

import pytest

from certification import cycle
from certification.models import Edition, Kind, Participation
from certification.models.edition import Programme
from certification.models.snapshot import freeze
from core import pdf
from tests.reports import sample

HEAD = set(sample.head("diagnosis"))
AT = datetime(2026, 6, 10, 17, 32, tzinfo=UTC)


@pytest.fixture(scope="session", autouse=True)
def _no_child_left():
    yield
    pdf.end_children()


def hand_over(participation, kind, content, *, by, at=AT):
    """What a room's submission leaves behind: a snapshot and a submitted step."""
    participation.step(kind).submit(by=by, at=at)
    own = {key: value for key, value in content.items() if key not in HEAD}
    return freeze(participation, kind, own, by=by, at=at)


def approve(participation, kind, *, by, at=AT + timedelta(days=20)):
    participation.step(kind).approve(by=by, at=at)


@pytest.fixture
def edition(db):
    programme = Programme.objects.create(slug="migracidades", name="MigraCidades")
    return Edition.objects.create(programme=programme, year=2026)


@pytest.fixture
def participation(edition, canoas):
    made = Participation.objects.create(edition=edition, government=canoas)
    cycle.open_steps(made)
    return Participation.objects.get(pk=made.pk)


@pytest.fixture
def diagnosis(participation, ana):
    """The snapshot of a submitted diagnosis."""
    return hand_over(participation, Kind.DIAGNOSIS, sample.diagnosis_content(), by=ana)


@pytest.fixture
def priorities(participation, ana):
    return hand_over(participation, Kind.PRIORITIZATION, sample.prioritization_content(), by=ana)
