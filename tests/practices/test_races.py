"""Many hands on one sheet: with real transactions and real locks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from core.models import Job, OutboxMessage
from practices import adoptions, curation, proposals, revisions, writing
from practices.models import Adoption, OpenProposal, Practice, PracticeMove
from practices.writing import SheetContent
from tests.practices.sheets import WHOLE

FIGURE = {"what": "atendimentos", "figure": 5214, "of": None, "unit": "por ano", "source": "Agenda"}


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


def test_one_proposal_sent_by_many_hands_is_one_and_its_letter_too(db, now):
    who = {"organisation": "Ponte de Línguas", "kind": "civil_society", "uf": "SC", "website": ""}
    who |= {"contact_name": "Marie Toussaint", "contact_email": "contato@ponte.example"}
    content = SheetContent(WHOLE, dimensions=[4])
    works = [lambda: proposals.propose(content, at=now, key="ef" * 16, language="pt-br", **who) for _each in range(5)]
    assert len({proposal.pk for proposal in at_once(*works)}) == 1
    assert Practice.objects.count() == OpenProposal.objects.count() == 1
    assert OutboxMessage.objects.filter(kind="proposal_confirm").count() == 1


def test_a_revision_asked_for_by_many_at_once_is_one(published, ana, dora, now):
    works = [lambda who=who: revisions.begin(published, by=own(who), at=now) for who in [ana, dora] * 3]
    assert len({revision.pk for revision in at_once(*works)}) == 1
    assert published.revisions.count() == 1
    assert published.revisions.get().results.count() == 1


@pytest.fixture
def revised(published, ana, now):
    """A revision sent to the curators, after the letters of the first publication."""
    revision = revisions.begin(published, by=ana, at=now)
    content = SheetContent({**WHOLE, "lessons": "A lição nova"}, dimensions=[4], results=[FIGURE])
    revision = writing.save(revision, content, based_on=1, by=ana, at=now)
    OutboxMessage.objects.all().delete()
    return writing.send(revision, by=ana, at=now)


def test_a_revision_published_by_many_at_once_takes_the_place_once(published, revised, helena, marcos, now):
    seen = revisions.stamp_of(published)
    works = [lambda who=who: curation.publish(revised, by=own(who), at=now, seen=seen) for who in [helena, marcos] * 3]
    outcomes = at_once(*works)
    assert {row.pk for row, _changed in outcomes} == {published.pk}
    assert [changed for _row, changed in outcomes].count(True) == 1
    row = Practice.objects.get(pk=published.pk)
    assert (row.version, row.lessons, row.checks.count()) == (published.version + 1, "A lição nova", 10)
    assert OutboxMessage.objects.filter(kind="practice_published").count() == 1


def test_a_correction_and_a_revision_at_once_never_undo_each_other(published, revised, helena, marcos, now):
    content = SheetContent({**WHOLE, "lessons": "Corrigida"}, dimensions=[4], results=[FIGURE])
    seen = revisions.stamp_of(published)
    outcomes = at_once(
        lambda: writing.save(published, content, based_on=published.version, by=own(helena), at=now),
        lambda: curation.publish(revised, by=own(marcos), at=now, seen=seen),
    )
    lost = [outcome for outcome in outcomes if isinstance(outcome, writing.Stale | revisions.Overtaken)]
    assert len(lost) == 1
    row = Practice.objects.get(pk=published.pk)
    assert row.version == published.version + 1
    assert row.lessons == ("Corrigida" if isinstance(lost[0], revisions.Overtaken) else "A lição nova")
