"""A sheet at each stand, and who may touch it."""

from datetime import timedelta

import pytest
from django.utils import timezone

from governments.models import Body, Organisation
from practices import curation, writing
from practices.models import Feature
from practices.writing import SheetContent
from tests.factories import UserFactory
from tests.practices.sheets import WHOLE


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def draft(canoas, ana, now):
    content = SheetContent(
        WHOLE,
        dimensions=[4, 6],
        results=[{"what": "atendimentos", "figure": 5214, "of": None, "unit": "por ano", "source": "Agenda"}],
    )
    return writing.begin(canoas.body, content, by=ana, at=now - timedelta(days=3))


@pytest.fixture
def sent(draft, ana, now):
    return writing.send(draft, by=ana, at=now - timedelta(days=2))


@pytest.fixture
def read(sent, helena, now):
    """Sent, with all ten features looked at."""
    seen = dict.fromkeys(Feature.values, ("yes", ""))
    return curation.save_checks(sent, seen, based_on="", by=helena, at=now - timedelta(days=1))


@pytest.fixture
def published(read, helena, now):
    return curation.publish(read, by=helena, at=now - timedelta(hours=3))[0]


@pytest.fixture
def association(db):
    body = Body.objects.create(kind="organisation")
    return Organisation.objects.create(body=body, key="baoba", kind="migrant_association", name="União Baobá").body


@pytest.fixture
def rosa(association):
    """Writes for the association."""
    user = UserFactory(name="Rosa Baptiste", email="rosa@baoba.example")
    association.memberships.create(user=user, role="editor", since=timezone.now() - timedelta(days=9))
    return user
