"""Two hundred people and the last twenty places."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from core import bell
from core.models import OutboxMessage
from events import registering
from events.models import Event, Registration
from tests.events.conftest import coming, entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db(transaction=True)

PEOPLE, PLACES = 200, 20
# More than a portal of this size has web workers.
HANDS = 20


def in_a_crowd(function, arguments):
    """Call it for each argument, many at a time, all starting together; gives what each call returned or raised."""
    gate = Barrier(HANDS)

    def hand(share):
        gate.wait()
        try:
            with bell.muted():  # the letters' rows count here, not the ringing for them
                return [_outcome(function, argument) for argument in share]
        finally:
            connection.close()

    shares = [arguments[start::HANDS] for start in range(HANDS)]
    with ThreadPoolExecutor(HANDS) as pool:
        return [outcome for outcomes in pool.map(hand, shares) for outcome in outcomes]


def _outcome(function, argument):
    try:
        return function(argument)
    except Exception as error:  # the outcome is what the test looks at
        return error


def test_two_hundred_people_race_for_the_last_twenty_places():
    event = coming(capacity=PLACES + 1)
    now = timezone.now()
    # The last twenty: somebody sits already.
    registering.register(event, entry("primeira"), at=now, user=UserFactory())
    users = UserFactory.create_batch(PEOPLE)

    def ask(user):
        mine = Event.objects.get(pk=event.pk)
        first = registering.register(mine, entry(user.pk, email=user.email), at=timezone.now(), user=user)
        if user.pk % 5:
            return True
        # Pressed twice, as impatient people do.
        again = registering.register(mine, entry(user.pk, email=user.email.upper()), at=timezone.now(), user=user)
        return first.pk == again.pk

    outcomes = in_a_crowd(ask, users)
    assert [outcome for outcome in outcomes if outcome is not True] == []
    rows = list(Registration.objects.order_by("number"))
    assert [row.number for row in rows] == list(range(1, PEOPLE + 2))
    assert len({row.email_key for row in rows}) == len({row.user_id for row in rows}) == PEOPLE + 1
    # In the order in which they asked: the first twenty (and who sat) have a place, the others wait behind one another.
    states = [str(row.state) for row in rows]
    assert states == ["registered"] * (PLACES + 1) + ["waiting"] * (PEOPLE - PLACES)
    letters = OutboxMessage.objects.values_list("kind", flat=True)
    assert sorted(set(letters)) == ["event_registered", "event_waiting"]
    assert len(letters) == PEOPLE + 1


def test_places_given_back_at_once_go_to_the_first_in_line():
    event = coming(capacity=10)
    rows = [registering.register(event, entry(n), at=timezone.now(), user=UserFactory()) for n in range(30)]
    given_up = rows[:8]

    def leave(row):
        return registering.cancel(Registration.objects.get(pk=row.pk), at=timezone.now())

    outcomes = in_a_crowd(leave, [row for row in given_up for _twice in range(5)])
    assert {type(outcome) for outcome in outcomes} == {Registration}
    registered = event.registrations.registered().values_list("number", flat=True)
    assert list(registered) == list(range(9, 19))
    assert event.registrations.next_in_line().first().number == 19
    assert OutboxMessage.objects.filter(kind="event_promoted").count() == 8
