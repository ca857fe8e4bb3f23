"""Canoas with a validated diagnosis: its plan is open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification.models import Kind
from certification.prioritization import domain
from dimensions import catalogue, loader
from tests.prioritization import stages


@pytest.fixture
def questionnaire(db):
    catalogue.forget()
    yield loader.load_default()
    catalogue.forget()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def edition(questionnaire, now):
    return stages.edition_of(2031, now)


@pytest.fixture
def planned(edition, canoas, ana, helena, now):
    """A participation whose diagnosis was validated."""
    participation = stages.taking_part(edition, canoas, manager=ana, coordinator=helena, at=now)
    return stages.diagnosed(participation, manager=ana, coordinator=helena, at=now)


@pytest.fixture
def action(planned, ana, now):
    """A whole action in the plan."""
    return domain.add_action(planned, stages.whole_action(now), by=ana, at=now)


@pytest.fixture
def submitted(planned, action, ana, now):
    domain.submit_plan(planned, by=ana, at=now)
    return planned


@pytest.fixture
def close(edition):
    """End the period of the prioritization an hour before an instant."""

    def end(at):
        edition.windows.filter(step=Kind.PRIORITIZATION).update(closes_at=at - timedelta(hours=1))

    return end
