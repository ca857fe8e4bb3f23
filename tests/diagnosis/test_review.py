"""The review: notes stay hidden until released, only corrected questions reopen, nothing is validated unread."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.diagnosis import notes, review, submission
from certification.diagnosis.answers import save_answer
from certification.diagnosis.content import Content
from certification.diagnosis.models import ReviewNote, ReviewRound
from certification.models import Kind, Participation, State
from core.models import OutboxMessage
from governments.models import Membership
from tests.certification.test_cycle_races import at_once

pytestmark = pytest.mark.django_db

SOON = timedelta(hours=12)


@pytest.fixture
def submitted(answered, enrolled, ana, now):
    submission.submit_diagnosis(enrolled, by=ana, at=now)
    return Participation.objects.get(pk=enrolled.pk)


def note(participation, code, kind, by, text="Diga desde quando."):
    return review.add_note(participation, code, kind=kind, text=text, by=by, at=timezone.now())


def read_all(participation, by):
    for number in range(1, 11):
        review.mark_read(participation, number, by=by, at=timezone.now())


def test_nothing_is_reviewed_before_it_is_submitted(answered, enrolled, tiago):
    with pytest.raises(cycle.StepClosed, match="ainda não foi enviada"):
        note(enrolled, "1.01", "suggestion", tiago)
    assert review.current_round(enrolled) is None


@pytest.mark.parametrize("persona", ["ana", "bruno", "carla"])
def test_only_people_of_the_programme_write_notes(request, submitted, persona):
    with pytest.raises(PermissionDenied):
        note(submitted, "1.01", "suggestion", request.getfixturevalue(persona))
    assert not ReviewNote.objects.exists()


def test_a_reviewer_notes_but_neither_returns_nor_validates(submitted, tiago):
    note(submitted, "1.01", "correction", tiago)
    with pytest.raises(PermissionDenied):
        review.return_diagnosis(submitted, by=tiago, at=timezone.now(), correct_until=timezone.now() + SOON)
    with pytest.raises(PermissionDenied):
        review.approve_diagnosis(submitted, by=tiago, at=timezone.now())


@pytest.mark.parametrize(
    ("code", "kind", "text", "says"),
    [
        ("1.01", "correction", "   ", "Escreva o apontamento"),
        ("1.01", "praise", "Muito bom.", "tipo do apontamento"),
        ("99.01", "correction", "Falta.", "não faz parte"),
        ("1.01", "correction", "a" * 3001, "3001 caracteres"),
    ],
)
def test_a_note_that_says_nothing_is_refused(submitted, tiago, code, kind, text, says):
    with pytest.raises(review.ReviewRefused, match=says):
        note(submitted, code, kind, tiago, text)


def test_a_note_is_changed_by_its_author_and_by_coordinators_only(submitted, tiago, helena):
    other = type(tiago).objects.create_user("luciana@coordenacao.example", name="Luciana")
    other.programme_role_rows.create(role="reviewer")
    mine = note(submitted, "1.01", "suggestion", tiago)
    with pytest.raises(review.ReviewRefused, match="Só quem escreveu"):
        review.change_note(submitted, mine.pk, kind="correction", text="Outro.", by=other, at=timezone.now())
    changed = review.change_note(submitted, mine.pk, kind="correction", text="Outro.", by=helena, at=timezone.now())
    assert (changed.kind, changed.text) == ("correction", "Outro.")


def test_the_government_reads_no_note_before_the_round_is_released(client, submitted, ana, tiago):
    note(submitted, "1.01", "correction", tiago, "Só para a coordenação por enquanto.")
    client.force_login(ana)
    page = client.get(reverse("diagnosis:dimension", args=[submitted.pk, 1]))
    assert "Só para a coordenação por enquanto." not in page.content.decode()


def test_a_return_needs_a_correction(submitted, helena):
    note(submitted, "1.01", "suggestion", helena)
    with pytest.raises(review.ReviewRefused, match="apontamento de correção"):
        review.return_diagnosis(submitted, by=helena, at=timezone.now(), correct_until=timezone.now() + SOON)
    assert ReviewRound.objects.get().released_at is None
    assert submitted.steps.get(kind=Kind.DIAGNOSIS).state == State.SUBMITTED


@pytest.fixture
def returned(submitted, helena, tiago):
    note(submitted, "1.01", "correction", tiago)
    note(submitted, "1.05", "suggestion", tiago)
    review.return_diagnosis(
        submitted, by=helena, at=timezone.now(), correct_until=timezone.now() + SOON, message="Quase lá."
    )
    return Participation.objects.get(pk=submitted.pk)


def test_only_questions_with_a_correction_reopen(returned, ana):
    diagnosis = returned.diagnosis
    assert notes.reopened_codes(diagnosis) == {"1.01"}
    save_answer(diagnosis, "1.01", Content(value="partial"), based_on=1, by=ana, at=timezone.now())
    for closed in ("1.05", "2.01"):
        with pytest.raises(cycle.StepClosed):
            save_answer(diagnosis, closed, Content(value="partial"), based_on=1, by=ana, at=timezone.now())
    assert set(diagnosis.answers.filter(version__gt=1).values_list("code", flat=True)) == {"1.01"}


def test_a_return_is_told_once_to_each_manager_with_the_questions(returned, ana, mailoutbox):
    from core import outbox

    assert OutboxMessage.objects.filter(kind="diagnosis_returned", recipient=ana.email).count() == 1
    outbox.deliver_due()
    letter = next(mail for mail in mailoutbox if ana.email in mail.to)
    for said in ("1.01: Diga desde quando.", "Quase lá.", "horário de Brasília", "/painel/participacoes/"):
        assert said in letter.body
    assert "1.05" not in letter.body


def test_the_next_round_shows_what_was_asked_and_what_changed(returned, ana, helena, tiago):
    read = ReviewRound.objects.get()
    save_answer(returned.diagnosis, "1.01", Content(value="partial"), based_on=1, by=ana, at=timezone.now())
    snapshot, _created = submission.submit_diagnosis(returned, by=ana, at=timezone.now())
    second = review.current_round(returned)
    assert (second.number, second.snapshot) == (2, snapshot)
    assert review.changed_codes(snapshot, read.snapshot) == {"1.01"}
    corrected = [a["code"] for d in snapshot.content["dimensions"] for a in d["answers"] if a["corrected"]]
    assert corrected == ["1.01"]


def test_what_was_read_and_has_not_changed_need_not_be_read_again(submitted, ana, helena):
    read_all(submitted, helena)
    note(submitted, "1.01", "correction", helena)
    review.return_diagnosis(submitted, by=helena, at=timezone.now(), correct_until=timezone.now() + SOON)
    save_answer(submitted.diagnosis, "1.01", Content(value="partial"), based_on=1, by=ana, at=timezone.now())
    submission.submit_diagnosis(submitted, by=ana, at=timezone.now())
    assert review.unread_dimensions(review.current_round(submitted)) == [1]


def test_validation_waits_for_every_dimension_and_for_corrections(submitted, helena):
    correction = note(submitted, "1.01", "correction", helena)
    with pytest.raises(review.ReviewRefused, match="Falta ler: dimensão 1, 2, 3"):
        review.approve_diagnosis(submitted, by=helena, at=timezone.now())
    read_all(submitted, helena)
    with pytest.raises(review.ReviewRefused, match="correção"):
        review.approve_diagnosis(submitted, by=helena, at=timezone.now())
    review.change_note(submitted, correction.pk, kind="good_practice", text="Boa ideia.", by=helena, at=timezone.now())
    review.approve_diagnosis(submitted, by=helena, at=timezone.now())
    assert submitted.steps.get(kind=Kind.DIAGNOSIS).state == State.APPROVED
    assert ReviewRound.objects.get().released_by == helena
    assert OutboxMessage.objects.filter(kind="diagnosis_approved").count() == 1


def test_a_note_that_comes_after_the_release_is_refused(returned, tiago):
    with pytest.raises(cycle.StepClosed, match="devolvida"):
        note(returned, "2.01", "suggestion", tiago, "Tarde demais.")


@pytest.mark.parametrize(
    ("persona", "status"), [("helena", 200), ("tiago", 200), ("ana", 403), ("carla", 403), ("admin_ada", 403)]
)
def test_who_opens_the_review(client, request, submitted, persona, status):
    client.force_login(request.getfixturevalue(persona))
    for address in (
        reverse("diagnosis:queue"),
        reverse("diagnosis:review", args=[submitted.pk]),
        reverse("diagnosis:review-dimension", args=[submitted.pk, 3]),
    ):
        assert client.get(address).status_code == status, address


def test_a_refused_note_comes_back_as_it_was_typed(client, submitted, tiago):
    client.force_login(tiago)
    address = reverse("diagnosis:note-add", args=[submitted.pk, "1.01"])
    response = client.post(address, {"kind": "praise", "text": "Texto que não se perde."})
    assert response.status_code == 422
    assert "Texto que não se perde." in response.content.decode()


def test_a_note_written_after_a_colleague_returned_comes_back_too(client, returned, tiago):
    client.force_login(tiago)
    address = reverse("diagnosis:note-add", args=[returned.pk, "1.01"])
    response = client.post(address, {"kind": "correction", "text": "Cheguei tarde."})
    assert response.status_code == 409
    assert "foi devolvida" in response.content.decode()
    assert "Cheguei tarde." in response.content.decode()


def test_the_pages_play_a_return(client, submitted, helena):
    client.force_login(helena)
    client.post(
        reverse("diagnosis:note-add", args=[submitted.pk, "1.01"]), {"kind": "correction", "text": "Diga onde."}
    )
    past = client.post(reverse("diagnosis:return", args=[submitted.pk]), {"correct_until": "2020-01-01"})
    assert past.status_code == 422
    assert "hoje ou depois" in past.content.decode()
    day = timezone.localdate() + timedelta(days=5)
    done = client.post(reverse("diagnosis:return", args=[submitted.pk]), {"correct_until": day.isoformat()})
    assert done.url == reverse("diagnosis:review", args=[submitted.pk])
    step = submitted.steps.get(kind=Kind.DIAGNOSIS)
    assert (step.state, timezone.localtime(step.correct_until).strftime("%d %Hh%M")) == ("returned", f"{day:%d} 23h59")


def test_a_dimension_page_has_a_constant_number_of_queries(client, submitted, helena, django_assert_max_num_queries):
    client.force_login(helena)
    for code in ("1.01", "1.02", "1.03"):
        note(submitted, code, "suggestion", helena)
    client.get(reverse("diagnosis:review-dimension", args=[submitted.pk, 1]))
    with django_assert_max_num_queries(20):
        client.get(reverse("diagnosis:review-dimension", args=[submitted.pk, 1]))


@pytest.mark.django_db(transaction=True)
def test_two_reviewers_who_look_first_at_once_open_one_round(submitted):
    rounds = at_once(lambda: review.current_round(Participation.objects.get(pk=submitted.pk)), 6)
    assert {found.pk for found in rounds} == {ReviewRound.objects.get().pk}


def test_a_code_no_question_can_have_leads_nowhere(client, submitted, tiago):
    client.force_login(tiago)
    address = reverse("diagnosis:note-add", args=[submitted.pk, "abc"])
    assert client.post(address, {"kind": "suggestion", "text": "Diga desde quando."}).status_code == 404


def test_who_works_for_the_government_reads_no_note_before_its_release(client, submitted, canoas, tiago, helena):
    note(submitted, "1.01", "correction", tiago, text="Ainda não é para o governo ler.")
    Membership.objects.create(body=canoas.body, user=helena, role="reader")
    client.force_login(helena)
    for name, more in (("review", []), ("review-dimension", [1])):
        assert client.get(reverse(f"diagnosis:{name}", args=[submitted.pk, *more])).status_code == 403


def test_a_message_that_comes_after_a_colleagues_return_is_not_lost(client, submitted, helena, tiago):
    note(submitted, "1.01", "correction", tiago)
    review.return_diagnosis(submitted, by=helena, at=timezone.now(), correct_until=timezone.now() + SOON)
    client.force_login(helena)
    until = (timezone.localdate() + timedelta(days=9)).isoformat()
    facts = {"correct_until": until, "message": "Faltou dizer desde quando."}
    refused = client.post(reverse("diagnosis:return", args=[submitted.pk]), facts)
    assert refused.status_code == 409
    assert "Faltou dizer desde quando." in refused.content.decode()


@pytest.mark.parametrize(("frozen", "shown"), [("2026-05", "05/2026"), ("2025-12", "12/2025")])
def test_a_frozen_month_is_written_as_people_write_it(frozen, shown):
    answer = {"source": "IBGE", "reference_month": frozen, "reason": "", "comment": "", "evidence": []}
    drawn = render_to_string("diagnosis/review_answer.html", {"answer": answer, "in_words": "3"})
    assert f"IBGE, {shown}" in drawn
