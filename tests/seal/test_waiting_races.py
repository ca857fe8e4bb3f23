"""One hand holds what another needs: who came second waits, then finds what the first one did. On a server with row locks; SQLite has one writer."""

import time
from concurrent.futures import ThreadPoolExecutor

import jwt
import pytest
from django.db import connection, transaction
from django.utils import timezone

from certification.figures.models import Presence
from certification.models import Edition, Participation
from certification.reports.models import Report
from certification.seal import checking, domain, keys
from certification.seal.models import SigningKey

pytestmark = [
    pytest.mark.postgres,
    pytest.mark.skipif(connection.vendor != "postgresql", reason="asks the server who waits for whom"),
    pytest.mark.django_db(transaction=True),
]
PATIENCE = 30


def in_turn(first, second):
    """What each gave: `first` is committed only once `second`, on a connection of its own, waits for it or has ended without waiting."""
    with ThreadPoolExecutor(1) as pool:
        with transaction.atomic():
            done = first()
            other = pool.submit(on_its_own, second)
            until(lambda: other.done() or somebody_waits_for_me())
        return done, other.result(timeout=PATIENCE)


def on_its_own(function):
    try:
        return function()
    finally:
        connection.close()


def somebody_waits_for_me():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT EXISTS (SELECT 1 FROM pg_locks WHERE NOT granted AND pg_backend_pid() = ANY (pg_blocking_pids(pid)))"
        )
        return cursor.fetchone()[0]


def until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end


@pytest.fixture
def proposed(ready, helena):
    domain.propose_award(ready, by=helena, at=timezone.now())
    return ready


@pytest.fixture
def confirm(proposed, marcos):
    """Confirms the award; the request arrived before either began."""
    at = timezone.now()
    return lambda: domain.confirm_award(Participation.objects.get(pk=proposed.pk), by=same(marcos), at=at)


@pytest.fixture
def publish(proposed, helena):
    return lambda: domain.publish_edition(
        Edition.objects.get(pk=proposed.edition_id), by=same(helena), at=timezone.now()
    )


def same(person):
    """A thread's own: what is cached on one must not help another."""
    return type(person).objects.get(pk=person.pk)


def test_publication_waits_for_an_award_under_way(confirm, publish):
    seal, edition = in_turn(confirm, publish)
    assert Presence.objects.get(edition=edition).seal_code == seal.code
    assert Report.objects.filter(kind="certificate", snapshot=seal.snapshot).exists()


def test_an_award_that_waited_for_publication_is_among_what_was_published(confirm, publish):
    edition, seal = in_turn(publish, confirm)
    assert Presence.objects.get(edition=edition).seal_code == seal.code
    assert Report.objects.filter(kind="certificate", snapshot=seal.snapshot).exists()


def sign():
    key = keys.current()
    return keys.sign({"iss": key.issuer}, key)


def signed_by(token):
    """The name of the key a credential was signed with, once its signature is found good."""
    checking.genuine(token, checking.published_keys())
    return jwt.get_unverified_header(token)["kid"]


def test_who_waited_for_the_first_key_signs_with_it():
    tokens = in_turn(sign, sign)
    assert [signed_by(token) for token in tokens] == [SigningKey.objects.get().kid] * 2


def test_who_waited_for_the_key_of_a_new_secret_signs_with_it(settings):
    old = keys.current()
    settings.SECRET_KEY, settings.SECRET_KEY_FALLBACKS = "another secret of the installation, long enough" * 2, []
    tokens = in_turn(sign, sign)
    assert [signed_by(token) for token in tokens] == [SigningKey.objects.exclude(pk=old.pk).get().kid] * 2
