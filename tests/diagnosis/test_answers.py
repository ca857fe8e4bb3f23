"""Saving one answer: who may not, when not, what is refused and kept, and what is written."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from certification import cycle
from certification.diagnosis.answers import save_answer
from certification.diagnosis.content import Content
from certification.diagnosis.models import Answer, AnswerRevision
from certification.diagnosis.saving import Stale
from core.idempotency import KeyReused
from core.models import AuditEvent
from dimensions.rules import InvalidAnswer
from governments.models import Membership

YES = Content(value="yes", comment="Existe desde 2019.")


@pytest.fixture
def save(diagnosis, now):
    def run(by, content=YES, *, code="1.01", based_on=0, at=None, key=None):
        return save_answer(diagnosis, code, content, based_on=based_on, by=by, at=at or now, key=key)

    return run


@pytest.fixture
def answer(diagnosis):
    return diagnosis.answers.get(code="1.01")


def refused(answer):
    return list(answer.revisions.filter(kind="refused").values_list("refused_because", "comment", "by__name"))


def test_a_reader_saves_nothing(save, bruno, answer):
    with pytest.raises(PermissionDenied):
        save(bruno)
    answer.refresh_from_db()
    assert (answer.version, answer.value) == (0, None)
    assert not answer.revisions.exists()


def test_somebody_of_another_government_finds_no_answer(save, carla):
    with pytest.raises(Answer.DoesNotExist):
        save(carla)


def test_a_coordinator_sees_but_does_not_answer(save, helena):
    with pytest.raises(PermissionDenied):
        save(helena)


def test_who_left_the_team_a_moment_ago_saves_nothing(save, dora, now):
    assert cycle.team.memberships_of(dora)
    Membership.objects.filter(user=dora).update(until=now)
    with pytest.raises(Answer.DoesNotExist):
        save(dora)


def test_an_unknown_question_is_not_found(save, ana):
    with pytest.raises(Answer.DoesNotExist):
        save(ana, code="99.99")


def test_after_the_deadline_the_text_is_refused_and_kept(save, ana, close, now, answer):
    close(now)
    with pytest.raises(cycle.StepClosed) as closed:
        save(ana, based_on=0)
    assert closed.value.decision.reason == "window"
    assert refused(answer) == [("window", "Existe desde 2019.", "Ana Prates")]
    answer.refresh_from_db()
    assert answer.version == 0


def test_the_same_refused_text_sent_again_is_kept_once(save, ana, close, now, answer):
    close(now)
    for _attempt in range(3):
        with pytest.raises(cycle.StepClosed):
            save(ana, key="one")
    assert len(refused(answer)) == 1


def test_an_extension_lets_the_same_key_through(save, ana, helena, close, now, enrolled, answer):
    close(now)
    with pytest.raises(cycle.StepClosed):
        save(ana, key="one")
    cycle.extend(
        enrolled.edition,
        "diagnosis",
        scope="uf",
        uf="RS",
        closes_at=now + timedelta(days=2),
        reason="Enchentes.",
        by=helena,
    )
    assert save(ana, key="one").version == 1


def test_the_arrival_decides_and_not_the_clock_of_the_write(save, ana, close, now):
    close(now)
    assert save(ana, at=now - timedelta(hours=2)).version == 1


def test_a_submitted_diagnosis_is_closed(save, ana, enrolled, now, answer):
    enrolled.steps.get(kind="diagnosis").submit(by=ana, at=now)
    with pytest.raises(cycle.StepClosed) as closed:
        save(ana)
    assert closed.value.decision.reason == "state"
    assert refused(answer)[0][0] == "state"


def test_a_stale_save_meets_the_other_text_and_both_are_in_the_history(save, ana, dora, answer):
    save(dora, Content(value="no", comment="Ainda não."))
    with pytest.raises(Stale, match="Dora Lima respondeu enquanto você escrevia") as stale:
        save(ana, based_on=0)
    assert (stale.value.other["value"], stale.value.other["comment"], stale.value.other["version"]) == (
        "no",
        "Ainda não.",
        1,
    )
    assert refused(answer) == [("stale", "Existe desde 2019.", "Ana Prates")]
    assert answer.revisions.get(kind="saved").comment == "Ainda não."
    answer.refresh_from_db()
    assert (answer.value, answer.version) == ("no", 1)


@pytest.mark.parametrize(
    ("code", "content", "says"),
    [
        ("1.01", Content(value="maybe"), "Escolha uma das opções"),
        ("1.01", Content(value="yes", comment="x" * 3001), "3001 caracteres"),
        ("1.01", Content(no_data=True), "só para perguntas que pedem um número"),
        ("1.01", Content(value="yes", reference_month="ontem"), "mês e o ano"),
    ],
)
def test_what_does_not_fit_the_question_is_named(save, ana, answer, code, content, says):
    with pytest.raises(InvalidAnswer, match=says):
        save(ana, content, code=code)
    answer.refresh_from_db()
    assert answer.version == 0


def test_a_save_writes_answer_revision_and_audit(save, ana, answer, now):
    saved = save(ana)
    assert (saved.version, saved.saved_at, saved.replayed) == (1, now, False)
    answer.refresh_from_db()
    assert (answer.value, answer.comment, answer.version) == ("yes", "Existe desde 2019.", 1)
    assert (answer.updated_by, answer.updated_at) == (ana, now)
    revision = AnswerRevision.objects.get()
    assert (revision.kind, revision.version, revision.value, revision.by) == ("saved", 1, "yes", ana)
    event = AuditEvent.objects.get(action="answer.saved")
    assert event.detail == {"code": "1.01", "version": 1}


def test_an_incomplete_answer_is_saved(save, ana, diagnosis, questionnaire):
    number = questionnaire.indicators.filter(answer_type="number", depends_on_code="").first()
    assert save(ana, Content(value="1.250"), code=number.code).version == 1
    assert save(ana, Content(not_applicable=True), code="1.03").version == 1
    assert diagnosis.answers.get(code=number.code).value == 1250


def test_the_same_key_gives_the_first_result_even_when_the_version_has_moved_on(save, ana, dora, answer):
    first = save(ana, key="k1")
    save(dora, Content(value="no"), based_on=1)
    again = save(ana, key="k1")
    assert (again.version, again.saved_at, again.replayed) == (first.version, first.saved_at, True)
    answer.refresh_from_db()
    assert (answer.value, answer.version) == ("no", 2)


def test_a_refusal_is_replayed_too_and_its_text_kept_once(save, ana, dora, answer):
    save(dora, Content(value="no"))
    for _attempt in range(2):
        with pytest.raises(Stale):
            save(ana, key="k1")
    assert len(refused(answer)) == 1


def test_a_key_is_not_good_for_another_text(save, ana):
    save(ana, key="k1")
    with pytest.raises(KeyReused):
        save(ana, Content(value="no"), key="k1")


def test_nul_and_half_letters_do_not_reach_the_database(save, ana, answer):
    from certification.diagnosis.content import of_json

    save(ana, of_json({"value": "yes", "comment": "a\x00b\ud800c"}))
    answer.refresh_from_db()
    assert answer.comment == "ab?c"
