"""A participation that is ready for the seal: three steps validated, the course checked."""

import itertools
from datetime import timedelta

import pytest
from django.utils import timezone

from certification import cycle
from certification.enrollment.models import CourseCompletion, Enrollment
from certification.models import Edition, Kind, Participation, Programme, State
from certification.models.snapshot import freeze
from certification.seal import domain, replacement
from certification.seal.models import Seal
from governments.models import Evidence
from tests.factories import GovernmentFactory

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
    # As the moves leave them; that they do is proven with the cycle.
    validated = {"state": State.APPROVED, "submitted_at": at, "submitted_by": by}
    participation.steps.filter(kind__in=VALIDATED).update(**validated, approved_at=at, approved_by=coordinator)
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


@pytest.fixture
def awarded(ready, helena, marcos):
    """The seal of Canoas, given by two people; its edition is not public yet."""
    domain.propose_award(ready, by=helena, at=timezone.now())
    return domain.confirm_award(ready, by=marcos, at=timezone.now())


@pytest.fixture
def public(awarded, ready):
    """The same once its edition is public."""
    publish(ready.edition, timezone.now())
    return Seal.objects.get(pk=awarded.pk)


def publish(edition, at):
    """Plainly: without the tables and reports that `domain.publish_edition` has made, which no page of a seal reads."""
    edition.published_at = at
    edition.save(update_fields=["published_at"])


@pytest.fixture
def earlier(db):
    """A function that gives a government a seal of a published edition from before the portal. ends: days from today to its last day."""
    programme = Programme.objects.create(slug="migracidades-before", name="MigraCidades")
    counter = itertools.count(2001)

    def certify(name, *, ends=300):
        now = timezone.now()
        edition = Edition.objects.create(
            programme=programme,
            year=next(counter),
            from_before_portal=True,
            seal_valid_until=timezone.localdate(now) + ends * DAY,
        )
        government = GovernmentFactory(name=name)
        participation, _created = cycle.record_earlier_award(
            edition, government, source="Lista de 2021", at=now - 900 * DAY
        )
        seal, _created = domain.record_earlier_seal(participation, source="Lista de 2021", at=now - 900 * DAY)
        publish(edition, now - 900 * DAY)
        return Seal.objects.get(pk=seal.pk)

    return certify


@pytest.fixture
def revoke(helena, marcos):
    def revoke(seal, reason="Documento sem validade."):
        domain.propose_revocation(seal.participation, reason=reason, by=helena, at=timezone.now())
        return domain.confirm_revocation(seal.participation, by=marcos, at=timezone.now())

    return revoke


@pytest.fixture
def replace(helena, marcos):
    """A function that replaces a seal by two people. Returns the new one."""

    def replace(seal, reason="O nome saiu errado.", **corrections):
        facts = {"reason": reason, "corrections": corrections}
        replacement.propose_replacement(seal.participation, by=helena, at=timezone.now(), **facts)
        return replacement.confirm_replacement(seal.participation, by=marcos, at=timezone.now())

    return replace


@pytest.fixture
def signed_in(client, monkeypatch):
    """Signs a person in who confirmed the password just now."""

    def sign_in(person):
        client.force_login(person)
        monkeypatch.setattr("accounts.recent.is_recent", lambda request: True)
        return client

    return sign_in
