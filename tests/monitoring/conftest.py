"""Canoas with a seal and two priority actions: monitoring is open."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification.models import Kind
from certification.monitoring import domain
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
def monitored(edition, canoas, ana, helena, now):
    """A participation with a seal; its actions are `first` and `second`."""
    participation = stages.taking_part(edition, canoas, manager=ana, coordinator=helena, at=now)
    participation = stages.diagnosed(participation, manager=ana, coordinator=helena, at=now)
    today = timezone.localdate(now)
    contents = [
        stages.whole_action(now, title="Portaria", starts_on=today - timedelta(days=10)),
        stages.whole_action(now, title="Bilhete", starts_on=today - timedelta(days=10), ends_on=today),
    ]
    return stages.with_seal(participation, manager=ana, coordinator=helena, at=now, actions=contents)[0]


@pytest.fixture
def actions(monitored):
    return [item.action for item in monitored.plan.items.select_related("action")]


@pytest.fixture
def first(actions):
    return actions[0]


@pytest.fixture
def second(actions):
    return actions[1]


@pytest.fixture
def add(monitored, ana, now):
    """Add an entry as Ana would; what the test is about it says itself."""

    def write(action, **facts):
        plain = {"dated_on": timezone.localdate(now), "status": "in_progress", "text": "Andou.", "by": ana, "at": now}
        return domain.add_entry(monitored, action.pk, **{**plain, **facts})

    return write


@pytest.fixture
def close(edition):
    """End the period of monitoring an hour before an instant."""

    def end(at):
        edition.windows.filter(step=Kind.MONITORING).update(closes_at=at - timedelta(hours=1))

    return end
