"""Two hands on one action, many on one button: with real transactions and real locks."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from accounts.models import User
from certification.cycle import StepClosed
from certification.models import Kind, Participation, Snapshot
from certification.monitoring import domain as monitoring
from certification.prioritization import domain
from certification.prioritization.models import PlanItem, PriorityAction
from tests.prioritization import stages
from tests.prioritization.stages import whole_action


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


def test_of_eight_saves_from_one_version_exactly_one_wins(planned, action, ana, now):
    def save(number):
        content = whole_action(now, title=f"Texto {number}")
        return lambda: domain.save_action(planned, action.pk, content, based_on=1, by=own(ana), at=now)

    outcomes = at_once(*[save(number) for number in range(8)])
    won = [outcome for outcome in outcomes if isinstance(outcome, PriorityAction)]
    assert len(won) == 1
    assert sum(isinstance(outcome, domain.Stale) for outcome in outcomes) == 7
    found = PriorityAction.objects.get(pk=action.pk)
    assert (found.version, found.title) == (2, won[0].title)


def test_a_suggestion_pressed_by_many_becomes_one_action(planned, ana, dora, now):
    outcomes = at_once(
        *[lambda who=who: domain.use_suggestion(planned, "1.01", by=own(who), at=now) for who in [ana, dora] * 4]
    )
    assert len({outcome.pk for outcome in outcomes}) == 1
    assert PlanItem.objects.count() == 1


def test_many_submissions_give_one_receipt(planned, action, ana, now):
    outcomes = at_once(*[lambda: domain.submit_plan(planned, by=own(ana), at=now) for _n in range(8)])
    snapshot = Snapshot.objects.get(kind=Kind.PRIORITIZATION)
    assert {outcome[0].pk for outcome in outcomes} == {snapshot.pk}
    assert sum(created for _snapshot, created in outcomes) == 1


def test_what_is_frozen_is_what_stands(planned, action, ana, dora, now):
    """A save beside the submission is either in the copy or refused: never told as saved and left out."""
    for number in range(6):
        version = PriorityAction.objects.get(pk=action.pk).version
        content = whole_action(now, title=f"Texto {number}")
        saved, sent = at_once(
            lambda version=version, content=content: domain.save_action(
                planned, action.pk, content, based_on=version, by=own(dora), at=now
            ),
            lambda: domain.submit_plan(planned, by=own(ana), at=now),
        )
        assert isinstance(saved, PriorityAction | StepClosed)
        assert sent[0].content["actions"][0]["title"] == PriorityAction.objects.get(pk=action.pk).title
        step = planned.steps.get(kind=Kind.PRIORITIZATION)
        step.return_for_correction(by=own(dora), at=now, correct_until=now + stages.DAY)


def test_an_entry_beside_the_submission_of_monitoring_waits_for_no_circle(planned, ana, dora, helena, now):
    monitored, (action,) = stages.with_seal(
        planned, manager=ana, coordinator=helena, at=now, actions=[whole_action(now, starts_on=now.date() - stages.DAY)]
    )

    def entry(text):
        day = now.date() - stages.DAY
        facts = {"dated_on": day, "status": "in_progress", "text": text}
        return lambda: monitoring.add_entry(monitored, action.pk, **facts, by=own(dora), at=now)

    entry("O primeiro.")()
    for number in range(6):
        added, sent = at_once(
            entry(f"Texto {number}"), lambda: monitoring.submit_monitoring(monitored, by=own(ana), at=now)
        )
        assert isinstance(added, monitoring.ProgressEntry | StepClosed)
        assert len(sent[0].content["actions"][0]["entries"]) == action.entries.count()
        step = Participation.objects.get(pk=monitored.pk).steps.get(kind=Kind.MONITORING)
        step.return_for_correction(by=own(helena), at=now, correct_until=now + stages.DAY)
