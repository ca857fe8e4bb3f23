"""Many hands on one sheet: with real transactions and real locks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from core.models import Job, OutboxMessage
from practices import adoptions, curation, writing
from practices.models import Adoption, Practice, PracticeMove
from practices.writing import SheetContent
from tests.practices.sheets import WHOLE


@pytest.fixture
def db(transactional_db):
    """Threads see what is committed only: every fixture of these tests commits."""


def at_once(*works):
    """Run the works in threads that start together; what each returned or raised."""
    gate = Barrier(len(works))

    def run(work):
        gate.wait()
        try:
            return work()
        except Exception as error:  # the outcome is what the test looks at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(works)) as pool:
        return list(pool.map(run, works))


def own(person):
    """A thread's own person: what is cached on one must not help another."""
    return User.objects.get(pk=person.pk)


def test_published_by_many_at_once_it_is_published_once(read, helena, marcos, now):
    works = [
        lambda who=who: curation.publish(Practice.objects.get(pk=read.pk), by=own(who), at=now)
        for who in [helena, marcos] * 3
    ]
    outcomes = at_once(*works)
    assert [changed for _practice, changed in outcomes].count(True) == 1
    assert PracticeMove.objects.filter(went_to="published").count() == 1
    assert OutboxMessage.objects.filter(kind="practice_published").count() == 1
    assert Job.objects.filter(kind="practice_sheet").count() == 1


def test_of_six_saves_from_one_version_exactly_one_wins(draft, ana, now):
    def save(number):
        content = SheetContent({**WHOLE, "lessons": f"Texto {number}"}, dimensions=[4])
        return lambda: writing.save(draft, content, based_on=1, by=own(ana), at=now)

    outcomes = at_once(*[save(number) for number in range(6)])
    won = [outcome for outcome in outcomes if isinstance(outcome, Practice)]
    assert len(won) == 1
    assert sum(isinstance(outcome, writing.Stale) for outcome in outcomes) == 5
    found = Practice.objects.get()
    assert (found.version, found.lessons) == (2, won[0].lessons)


def test_wanted_by_colleagues_at_once_it_is_one_use_and_one_letter(published, carla, other_government, now):
    facts = {"purpose": "x", "department": "Saúde", "contact_email": "saude@esteio.example"}
    works = [
        lambda: adoptions.record_adoption(published, other_government.body, by=own(carla), at=now, **facts)
        for _each in range(6)
    ]
    outcomes = at_once(*works)
    assert len({adoption.pk for adoption, _created in outcomes}) == 1
    assert [created for _adoption, created in outcomes].count(True) == 1
    assert Adoption.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="practice_adopted").count() == 1


def test_one_form_sent_by_many_hands_is_one_draft(canoas, ana, now):
    works = [
        lambda: writing.begin(canoas.body, SheetContent(WHOLE, dimensions=[4]), by=own(ana), at=now, key="ef" * 16)
        for _each in range(5)
    ]
    assert len({practice.pk for practice in at_once(*works)}) == 1
    assert Practice.objects.count() == 1
