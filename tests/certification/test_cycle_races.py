"""Two hands on the same button."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from certification import cycle, rooms
from certification.models import Edition, Kind, Participation, Programme, State, Step
from certification.models.snapshot import freeze

DAY = timedelta(days=1)


@pytest.fixture
def participation(transactional_db, ana, canoas):
    now = timezone.now()
    edition = Edition.objects.create(programme=Programme.objects.create(slug="races", name="Programa"), year=2031)
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - DAY, now + DAY)))
    return cycle.begin(edition, canoas, by=ana, at=now)


def at_once(function, times):
    """Run a function in so many threads that start together; gives what each returned or raised."""
    gate = Barrier(times)

    def run(_):
        gate.wait()
        try:
            return function()
        except Exception as error:  # the outcome is what the tests look at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(times) as pool:
        return list(pool.map(run, range(times)))


def test_fifty_submissions_at_once_leave_one_snapshot_and_one_transition(participation, ana, monkeypatch):
    monkeypatch.setitem(rooms._requirements, Kind.ENROLLMENT, lambda participation: [])

    def submit():
        at = timezone.now()
        person = type(ana).objects.get(pk=ana.pk)
        return cycle.hand_over(
            Participation.objects.get(pk=participation.pk),
            Kind.ENROLLMENT,
            by=person,
            at=at,
            freeze=lambda locked: freeze(locked, Kind.ENROLLMENT, {}, by=person, at=at),
        )

    outcomes = at_once(submit, 50)
    assert sorted({type(outcome).__name__ for outcome in outcomes}) == ["Snapshot", "StepClosed"]
    assert participation.snapshots.count() == 1
    step = participation.steps.get(kind=Kind.ENROLLMENT)
    assert (step.state, step.log.count()) == (State.SUBMITTED, 1)


def test_return_and_approval_at_once_leave_one_of_them(participation, ana, helena, marcos):
    for kind in Kind:
        step = participation.steps.get(kind=kind)
        if kind != Kind.CERTIFICATION:
            step.submit(by=ana, at=timezone.now())
        if kind != Kind.MONITORING:
            step.approve(by=helena, at=timezone.now())
    hands = iter([(cycle.accept, helena, {}), (cycle.give_back, marcos, {"correct_until": timezone.now() + DAY})])

    def act():
        move, person, more = next(hands)
        return move(
            Participation.objects.get(pk=participation.pk),
            Kind.MONITORING,
            by=type(person).objects.get(pk=person.pk),
            at=timezone.now(),
            **more,
        )

    outcomes = at_once(act, 2)
    assert sorted(type(outcome).__name__ for outcome in outcomes) == ["Step", "StepClosed"]
    assert Step.objects.get(participation=participation, kind=Kind.MONITORING).log.count() == 2


def test_two_colleagues_who_enrol_at_once_get_one_participation(transactional_db, ana, canoas):
    now = timezone.now()
    edition = Edition.objects.create(programme=Programme.objects.create(slug="races", name="Programa"), year=2033)
    cycle.set_windows(edition, {Kind.ENROLLMENT: (now - DAY, now + DAY)})

    def begin():
        return cycle.begin(edition, canoas, by=type(ana).objects.get(pk=ana.pk), at=timezone.now())

    outcomes = at_once(begin, 8)
    assert sorted({type(outcome).__name__ for outcome in outcomes}) == ["AlreadyTakesPart", "Participation"]
    assert edition.participations.count() == 1
    assert edition.participations.get().steps.count() == 5
