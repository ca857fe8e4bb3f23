"""Two hands on one answer, fifty on one button: with real transactions and real locks."""

from concurrent.futures import ThreadPoolExecutor, wait
from threading import Barrier, Event

import pytest
from django.db import connection, transaction
from django.utils import timezone

from accounts.models import User
from certification import cycle
from certification.diagnosis.answers import save_answer
from certification.diagnosis.content import Content
from certification.diagnosis.models import Answer, AnswerRevision, Diagnosis
from certification.diagnosis.saving import Stale, lock_row
from certification.diagnosis.submission import submit_diagnosis
from certification.models import Edition, Kind, Participation, Programme, Snapshot
from dimensions import catalogue, loader
from tests.diagnosis.conftest import DAY, accepted, fill_in

PAIRS = 200


@pytest.fixture
def participation(transactional_db, ana, dora, helena, canoas):
    catalogue.forget()
    loader.load_default()
    now = timezone.now()
    edition = Edition.objects.create(programme=Programme.objects.create(slug="races", name="Programa"), year=2031)
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - DAY, now + DAY)))
    yield accepted(edition, canoas, manager=ana, coordinator=helena, at=now)
    catalogue.forget()


def at_once(works):
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


def rally(diagnosis, person, pairs, gate):
    """Save 1.01 again and again, each time from the version both saw."""
    person, outcomes = User.objects.get(pk=person.pk), []
    try:
        for version in range(pairs):
            gate.wait()
            content = Content(value="yes", comment=f"{person.name} {version}")
            try:
                save_answer(
                    diagnosis, "1.01", content, based_on=version, by=person, at=timezone.now(), key=f"k{version}"
                )
                outcomes.append("saved")
            except Stale as stale:
                outcomes.append(stale.other["comment"])
    finally:
        connection.close()
    return outcomes


def test_of_two_people_on_the_same_version_exactly_one_wins_each_time(participation, ana, dora):
    diagnosis, gate = participation.diagnosis, Barrier(2, timeout=20)
    with ThreadPoolExecutor(2) as pool:
        first, second = pool.map(lambda person: rally(diagnosis, person, PAIRS, gate), [ana, dora])
    for version, pair in enumerate(zip(first, second, strict=True)):
        winner = "Ana Prates" if pair[0] == "saved" else "Dora Lima"
        assert sorted(pair) == sorted(["saved", f"{winner} {version}"]), "one saved, the other saw that text"
    answer = Answer.objects.get(diagnosis=diagnosis, code="1.01")
    assert answer.version == PAIRS
    texts = AnswerRevision.objects.filter(answer=answer).values_list("kind", "comment")
    assert len([text for kind, text in texts if kind == "saved"]) == PAIRS
    assert {text for _kind, text in texts} == {
        f"{name} {n}" for name in ("Ana Prates", "Dora Lima") for n in range(PAIRS)
    }


def test_fifty_submissions_at_once_leave_one_receipt(participation, ana):
    fill_in(participation.diagnosis, ana, timezone.now())

    def submit():
        person = User.objects.get(pk=ana.pk)
        return submit_diagnosis(Participation.objects.get(pk=participation.pk), by=person, at=timezone.now())

    outcomes = at_once([submit] * 50)
    assert Snapshot.objects.filter(kind=Kind.DIAGNOSIS).count() == 1
    assert {snapshot.protocol for snapshot, _created in outcomes} == {
        Snapshot.objects.get(kind=Kind.DIAGNOSIS).protocol
    }
    assert [created for _snapshot, created in outcomes].count(True) == 1


def test_a_save_beside_a_submission_is_in_it_or_refused(participation, ana, dora):
    diagnosis = participation.diagnosis
    fill_in(diagnosis, ana, timezone.now())

    def submit():
        person = User.objects.get(pk=ana.pk)
        return submit_diagnosis(Participation.objects.get(pk=participation.pk), by=person, at=timezone.now())[0]

    def save():
        person = User.objects.get(pk=dora.pk)
        content = Content(value="no", comment="No último segundo.")
        return save_answer(
            Diagnosis.objects.get(pk=diagnosis.pk), "1.01", content, based_on=1, by=person, at=timezone.now()
        )

    snapshot, saved = at_once([submit, save])
    frozen = snapshot.content["dimensions"][0]["answers"][0]["comment"]
    if isinstance(saved, cycle.StepClosed):
        assert frozen == ""
        assert AnswerRevision.objects.get(kind="refused").comment == "No último segundo."
    else:
        assert saved.version == 2
        assert frozen == "No último segundo."


def test_a_submission_waits_for_the_save_that_holds_the_diagnosis(participation, ana, dora):
    diagnosis, holds, may_go_on = participation.diagnosis, Event(), Event()
    fill_in(diagnosis, ana, timezone.now())

    def save():
        person = User.objects.get(pk=dora.pk)
        lookup = {"diagnosis": diagnosis.pk, "code": "1.01"}
        try:
            with transaction.atomic():
                answer = lock_row(Answer.objects.all(), lookup, person, timezone.now())
                holds.set()
                may_go_on.wait(timeout=20)
                Answer.objects.filter(pk=answer.pk).update(version=2, comment="No último segundo.")
        finally:
            connection.close()

    def submit():
        person = User.objects.get(pk=ana.pk)
        try:
            return submit_diagnosis(Participation.objects.get(pk=participation.pk), by=person, at=timezone.now())[0]
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as pool:
        saving = pool.submit(save)
        assert holds.wait(timeout=20)
        submitting = pool.submit(submit)
        finished, _waiting = wait([submitting], timeout=4)
        may_go_on.set()
        saving.result(timeout=20)
        snapshot = submitting.result(timeout=20)
    assert not finished, "frozen under the hands of a save"
    assert snapshot.content["dimensions"][0]["answers"][0]["comment"] == "No último segundo."
