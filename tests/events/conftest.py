"""Events of the tests. All hours are in Brasília, counted in days from today."""

from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone

from events.domain import create_event
from events.registering import Entry

PLAIN = {"type": "webinar", "title_pt_br": "Plantão", "audience_label_pt_br": "Aberto ao público"}
OPEN = {**PLAIN, "audience_rule": "open"}


def at_hour(days, hour=14):
    today = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def entry(number, **facts):
    return Entry(**{"name": f"Pessoa {number}", "email": f"p{number}@exemplo.example", **facts})


def coming(key="encontro", *, days=(5,), minutes=90, **facts):
    """An event open to anyone whose registration is open now."""
    now = timezone.now()
    window = {"registration_opens_at": now - timedelta(days=1), "registration_closes_at": at_hour(days[0] - 1)}
    sessions = [{"starts_at": at_hour(day), "minutes": minutes} for day in days]
    return create_event(key, at=now - timedelta(days=2), sessions=sessions, **{**OPEN, **window, **facts})


@pytest.fixture(autouse=True)
def fresh_limits():
    """What one test asked for is not held against the next."""
    cache.clear()


@pytest.fixture
def event(db):
    return coming(capacity=2)
