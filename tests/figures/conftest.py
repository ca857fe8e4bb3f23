"""Governments at known points of known editions, so that every number can be counted by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification.figures import domain
from certification.models import Edition
from certification.models.edition import Programme
from dimensions import catalogue, loader
from tests.factories import GovernmentFactory

from .ways import take_part


@pytest.fixture
def questionnaire(db):
    catalogue.forget()
    yield loader.load_default()
    catalogue.forget()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def edition_of(db, now):
    """Editions of one programme, held in the portal and published unless said otherwise."""
    programme = Programme.objects.create(slug="p", name="MigraCidades")

    def make(year, *, public=True, questionnaire=None, earlier=False):
        facts = {"questionnaire_id": questionnaire.pk if questionnaire else None, "from_before_portal": earlier}
        facts["published_at"] = now - timedelta(days=30) if public else None
        return Edition.objects.create(programme=programme, year=year, **facts)

    return make


@pytest.fixture
def took_part(ana, helena, now):

    def make(edition, government, **facts):
        return take_part(edition, government, by=ana, coordinator=helena, at=now, **facts)

    return make


@pytest.fixture
def city(db):
    def make(name, **facts):
        return GovernmentFactory(name=name, **facts)

    return make


@pytest.fixture
def refresh(now):
    def make(*editions):
        for edition in editions:
            domain.refresh_edition(edition, now)

    return make
