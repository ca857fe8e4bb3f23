"""A returned diagnosis: only noted questions change, notes show once released, and the government replies."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification import cycle
from certification.diagnosis import notes
from certification.diagnosis.answers import save_answer
from certification.diagnosis.content import Content
from certification.diagnosis.models import NoteKind, ReviewNote, ReviewRound
from certification.diagnosis.submission import submit_diagnosis
from certification.models import Kind, Participation


@pytest.fixture
def review(answered, enrolled, ana, helena, now):
    """Submitted and read: a correction on 1.01 and a suggestion on 1.04, not released yet."""
    snapshot, _created = submit_diagnosis(enrolled, by=ana, at=now)
    reading = ReviewRound.objects.create(diagnosis=answered, number=1, snapshot=snapshot)
    for code, kind, text in (
        ("1.01", NoteKind.CORRECTION, "Anexe a lei que cria o órgão."),
        ("1.04", NoteKind.SUGGESTION, "Vale citar o decreto."),
    ):
        answer = answered.answers.get(code=code)
        ReviewNote.objects.create(
            round=reading, answer=answer, kind=kind, text=text, by=helena, answer_version=answer.version
        )
    return reading


@pytest.fixture
def returned(review, enrolled, helena, now):
    """Returned with two days to correct, after the period itself has ended."""
    enrolled.edition.windows.filter(step=Kind.DIAGNOSIS).update(closes_at=now - timedelta(minutes=1))
    ReviewRound.objects.filter(pk=review.pk).update(released_at=now, released_by=helena, message="Falta pouco.")
    participation = Participation.objects.get(pk=enrolled.pk)
    cycle.give_back(participation, Kind.DIAGNOSIS, by=helena, at=now, correct_until=now + timedelta(days=2))
    return participation


def save(diagnosis, code, by, at, **said):
    return save_answer(diagnosis, code, Content(**said), based_on=1, by=by, at=at)


def test_notes_stay_hidden_until_they_are_released(client, ana, url, review):
    client.force_login(ana)
    assert "Anexe a lei" not in client.get(url("dimension", 1)).content.decode()


@pytest.mark.parametrize("code", ["1.04", "1.05"])
def test_a_question_without_a_correction_stays_closed(returned, answered, ana, now, code):
    with pytest.raises(cycle.StepClosed) as closed:
        save(answered, code, ana, now, value="no", comment="Mudei de ideia.")
    assert closed.value.decision.reason == "not_reopened"
    assert answered.answers.get(code=code).revisions.get().comment == "Mudei de ideia."


def test_the_context_sheet_stays_closed(client, ana, url, returned):
    client.force_login(ana)
    response = client.post(url("context-line", "context"), {"value": "Outro.", "version": "1"})
    assert response.status_code == 409


def test_after_the_date_for_corrections_nothing_changes(returned, answered, ana, now):
    with pytest.raises(cycle.StepClosed, match="prazo de correção"):
        save(answered, "1.01", ana, now + timedelta(days=3), value="no")


def test_a_noted_question_is_corrected_and_submitted_again(returned, answered, ana, now):
    assert save(answered, "1.01", ana, now, value="no", comment="Corrigido.").version == 2
    snapshot, created = submit_diagnosis(returned, by=ana, at=now)
    assert (snapshot.number, created) == (2, True)
    answers = snapshot.content["dimensions"][0]["answers"]
    assert {answer["code"] for answer in answers if answer["corrected"]} == {"1.01"}


def test_the_page_opens_the_noted_question_and_shows_what_was_asked(client, ana, url, returned):
    client.force_login(ana)
    page = client.get(url("dimension", 1)).content.decode()
    assert page.count("data-answer=") == 1
    assert 'data-answer="1.01"' in page
    for text in ("Anexe a lei que cria o órgão.", "Vale citar o decreto.", "Falta pouco.", "1 devolvida"):
        assert text in page


def test_a_saved_correction_with_htmx_keeps_the_counts(client, ana, url, returned):
    client.force_login(ana)
    sent = {"value": "no", "comment": "Corrigido.", "version": "1", "key": "k"}
    response = client.post(url("answer", "1.01"), sent, headers={"HX-Request": "true"})
    assert response.status_code == 200
    assert "1 devolvida" in response.content.decode()


@pytest.fixture
def reply(client, url, review):
    note = review.notes.get(kind=NoteKind.CORRECTION)

    def post(text="A lei está anexada.", based_on=""):
        return client.post(url("reply", "1.01", note.pk), {"reply": text, "based_on": based_on})

    post.note = note
    return post


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404), ("helena", 403)]
)
def test_replying_by_persona(client, request, returned, reply, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert reply().status_code == status


def test_a_note_that_is_not_released_takes_no_reply(client, ana, review, reply):
    client.force_login(ana)
    assert reply().status_code == 409
    assert reply.note.reply == ""


def test_a_reply_stands_beside_the_note(client, ana, url, returned, reply):
    client.force_login(ana)
    reply()
    reply.note.refresh_from_db()
    assert (reply.note.reply, reply.note.replied_by) == ("A lei está anexada.", ana)
    assert "A lei está anexada." in client.get(url("dimension", 1)).content.decode()


def test_a_colleagues_reply_is_not_written_over(client, ana, dora, returned, reply):
    client.force_login(dora)
    reply("Resposta de Dora.")
    client.force_login(ana)
    response = reply("Resposta de Ana.")
    assert response.status_code == 412
    page = response.content.decode()
    assert "Resposta de Dora." in page
    assert "Resposta de Ana." in page
    reply.note.refresh_from_db()
    assert reply.note.reply == "Resposta de Dora."


def test_a_long_reply_comes_back_whole(client, ana, returned, reply):
    client.force_login(ana)
    response = reply("x" * 3001)
    assert response.status_code == 422
    assert "x" * 3001 in response.content.decode()


def test_reopened_codes_are_those_of_the_last_released_round(returned, answered, ana, helena, now):
    assert notes.reopened_codes(answered) == {"1.01"}
    snapshot = answered.rounds.get().snapshot
    second = ReviewRound.objects.create(
        diagnosis=answered, number=2, snapshot=snapshot, released_at=timezone.now(), released_by=helena
    )
    answer = answered.answers.get(code="1.05")
    ReviewNote.objects.create(
        round=second, answer=answer, kind=NoteKind.CORRECTION, text="Datar.", by=helena, answer_version=1
    )
    assert notes.reopened_codes(answered) == {"1.05"}
