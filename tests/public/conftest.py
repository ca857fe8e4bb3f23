"""Editions at three points of their life, with who took part."""

import re
from datetime import timedelta

import pytest
from django.utils import timezone

from certification import cycle
from certification.models import Edition, Kind
from certification.models.edition import Programme
from certification.seal.domain import record_earlier_seal, tell_standing
from certification.seal.models import SealDecision
from dimensions import catalogue, loader
from tests.factories import GovernmentFactory

NOW = timezone.now


def text_of(response):
    """What a page says: only what people read, without its data for machines."""
    visible = re.sub(r"<script.*?</script>", " ", response.content.decode(), flags=re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", visible).split())


@pytest.fixture
def programme(db):
    return Programme.objects.create(slug="migracidades", name="MigraCidades")


@pytest.fixture
def published(programme):
    """An edition whose ceremony is past: what it holds is public."""
    return Edition.objects.create(
        programme=programme,
        year=2021,
        from_before_portal=True,
        ceremony_at=NOW() - timedelta(days=900),
        published_at=NOW() - timedelta(days=900),
        seal_valid_until=timezone.localdate() + timedelta(days=30),
    )


@pytest.fixture
def unpublished(programme):
    """An edition under way, open for enrolment."""
    edition = Edition.objects.create(programme=programme, year=2026)
    cycle.set_windows(edition, {Kind.ENROLLMENT: (NOW() - timedelta(days=1), NOW() + timedelta(days=20))})
    return edition


def certify(edition, government, at=None):
    """A seal with its participation. Returns the seal."""
    participation, _created = cycle.record_earlier_award(edition, government, source="Lista", at=at or NOW())
    seal, _created = record_earlier_seal(participation, source="Lista", at=at or NOW())
    return seal


def revoke(seal, helena, marcos, reason):
    """Revoked by two people, as the seal's room would."""
    now = timezone.now()
    decision = SealDecision.objects.create(
        participation=seal.participation,
        kind="revocation",
        public_reason=reason,
        proposed_at=now,
        proposed_by=helena,
        confirmed_at=now,
        confirmed_by=marcos,
    )
    seal.revoked_at, seal.revocation = now, decision
    seal.save()
    tell_standing(seal.participation, now)


@pytest.fixture
def sealed(published):
    """A certified government, with its seal."""
    return certify(published, GovernmentFactory(ibge_code="5208707", name="Goiânia", uf="GO", region="Centro-Oeste"))


@pytest.fixture
def hidden(unpublished):
    """A seal of an edition that is not published yet."""
    return certify(unpublished, GovernmentFactory(ibge_code="2304400", name="Fortaleza", uf="CE", region="Nordeste"))


@pytest.fixture
def questionnaire(db):
    catalogue.forget()
    yield loader.load_default()
    catalogue.forget()
