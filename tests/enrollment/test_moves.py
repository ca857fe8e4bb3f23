"""Beginning, sending, and the coordination's three answers."""

import hashlib
import json

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.enrollment import domain
from certification.enrollment.models import Enrollment
from certification.models import Kind, Participation, State
from core import outbox
from core.models import OutboxMessage
from tests.factories import GovernmentFactory, member

from .conftest import DAY, content, loaded, person

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def state(participation):
    return loaded(participation).step(Kind.ENROLLMENT).state


def missing(participation):
    return {need.code for need in cycle.missing(loaded(participation), Kind.ENROLLMENT)}


def page(participation, name, *args):
    return reverse(f"enrollment:{name}", args=[participation.pk, *args])


def letters(kind):
    return {message.recipient for message in OutboxMessage.objects.filter(kind=kind)}


# Beginning.


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 302), ("dora", 403), ("bruno", 403), ("carla", 404), ("helena", 403)]
)
def test_beginning_by_persona(client, request, edition, canoas, persona, status):
    client.force_login(request.getfixturevalue(persona))
    response = client.post(reverse("enrollment:begin"), {"choice": "2031-4304606"})
    assert response.status_code == status
    assert Participation.objects.exists() is (status == 302)


@pytest.mark.parametrize("choice", ["", "2031-", "1999-4304606", "9999999999999-4304606", "x-y"])
def test_a_choice_that_does_not_exist_is_not_found(client, ana, edition, choice):
    client.force_login(ana)
    assert client.post(reverse("enrollment:begin"), {"choice": choice}).status_code == 404


def test_a_second_beginning_leads_to_the_first(client, ana, participation):
    client.force_login(ana)
    response = client.post(reverse("enrollment:begin"), {"choice": "2031-4304606"})
    assert response.status_code == 409
    assert participation.get_absolute_url() in response.content.decode()
    assert Participation.objects.count() == 1


def test_an_edition_without_periods_says_so(client, ana, edition):
    edition.windows.all().delete()
    client.force_login(ana)
    assert "Nenhuma chamada aberta agora" in client.get(reverse("enrollment:begin")).content.decode()
    response = client.post(reverse("enrollment:begin"), {"choice": "2031-4304606"})
    assert response.status_code == 409
    assert "ainda não definiu o período desta etapa na edição 2031" in response.content.decode()


def test_open_calls_offer_what_the_person_manages(client, ana, dora, edition):
    client.force_login(ana)
    assert "Canoas (RS) · Edição 2031" in client.get(reverse("enrollment:begin")).content.decode()
    client.force_login(dora)
    assert "Só a gestora ou o gestor" in client.get(reverse("enrollment:begin")).content.decode()


def test_an_extension_for_one_government_reopens_its_call(client, ana, helena, edition, canoas):
    edition.windows.filter(step=Kind.ENROLLMENT).update(closes_at=now() - DAY)
    cycle.extend(edition, Kind.ENROLLMENT, scope="uf", uf="RS", closes_at=now() + DAY, reason="Enchentes.", by=helena)
    client.force_login(ana)
    assert "2031-4304606" in client.get(reverse("enrollment:begin")).content.decode()


# What is needed.


def test_an_empty_enrolment_names_everything_it_needs(participation):
    assert missing(participation) == {"signatory", "lead", "reference_1", "alternate_1", "motives", "document"}


def test_a_complete_enrolment_needs_nothing(complete):
    assert missing(complete) == set()


@pytest.mark.parametrize(
    ("people", "lacks"),
    [
        ({(1, "reference"): person("Ana", "a@x.example")}, {"alternate_1"}),
        (
            {(1, "reference"): person("Ana", "a@x.example"), (1, "alternate"): person("Ana", "A@x.example")},
            {"alternate_1_twice"},
        ),
        (
            content()["people"] | {(2, "reference"): person("Léo", "leo@x.example") | {"department": ""}},
            {"reference_2", "alternate_2"},
        ),
        (
            content()["people"]
            | {(2, "reference"): person("Léo", "leo@gmail.com"), (2, "alternate"): person("Bia", "bia@x.example")},
            set(),
        ),
    ],
)
def test_one_whole_pair_is_the_least_and_a_second_is_whole_or_absent(complete, ana, people, lacks):
    domain.save_enrollment(complete, content(people=people), version=1, by=ana, at=now())
    assert missing(complete) == lacks


# Sending.


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 302), ("dora", 403), ("bruno", 403), ("carla", 404), ("helena", 403)]
)
def test_sending_by_persona(client, request, complete, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.post(page(complete, "submit")).status_code == status
    assert (state(complete) == State.SUBMITTED) is (status == 302)


def test_an_incomplete_enrolment_is_not_sent_and_links_to_what_lacks(client, ana, participation):
    client.force_login(ana)
    response = client.post(page(participation, "submit"))
    assert response.status_code == 422
    assert f"{page(participation, 'form')}#id_motives" in response.content.decode()
    assert state(participation) == State.OPEN


def test_sending_after_the_deadline_is_refused(client, ana, complete, edition):
    edition.windows.filter(step=Kind.ENROLLMENT).update(closes_at=now() - DAY)
    client.force_login(ana)
    response = client.post(page(complete, "submit"))
    assert response.status_code == 409
    assert "O prazo desta etapa terminou" in response.content.decode()


def test_sending_gives_a_receipt_anyone_can_check(client, ana, complete):
    client.force_login(ana)
    response = client.post(page(complete, "submit"), follow=True)
    snapshot = domain.receipts(complete).get()
    assert snapshot.protocol in response.content.decode()
    copy = client.get(page(complete, "receipt-json", 1)).content
    assert hashlib.sha256(copy).hexdigest() == snapshot.sha256
    sent = json.loads(copy)
    assert sent["signatory"] == {"name": "Jussara Prado", "position": "Prefeita"}
    assert [(one["pair"], one["role"], one["name"]) for one in sent["people"]] == [
        (1, "reference", "Ana Prates"),
        (1, "alternate", "Wanderley Quispe"),
    ]
    assert sent["intent_document"]["sha256"] == Enrollment.objects.get().intent_document.file.sha256


def test_pressed_twice_there_is_one_receipt(client, ana, complete):
    client.force_login(ana)
    first, second = (client.post(page(complete, "submit")) for _ in range(2))
    assert first.url == second.url
    assert domain.receipts(complete).count() == 1


def test_the_receipt_goes_to_managers_and_to_the_people_named_once_each(submitted):
    assert letters("enrollment_submitted") == {"ana@canoas.example", "wanderley@canoas.example"}
    written = outbox.write(OutboxMessage.objects.filter(kind="enrollment_submitted").first())
    assert domain.receipts(submitted).get().protocol in written.body


# The answers.


MOVES = {
    "accept": ({}, State.APPROVED),
    "return": ({"return-text": "Falta a assinatura.", "return-correct_until": "2099-01-31"}, State.RETURNED),
    "decline": ({"decline-reason": "Governo fora do Brasil."}, State.SUBMITTED),
}


@pytest.mark.parametrize("move", MOVES)
@pytest.mark.parametrize(("persona", "status"), [("helena", 302), ("tiago", 403), ("ana", 403), ("carla", 403)])
def test_answers_by_persona(client, request, questionnaire, submitted, move, persona, status):
    client.force_login(request.getfixturevalue(persona))
    posted, reached = MOVES[move]
    assert client.post(page(submitted, move), posted).status_code == status
    assert state(submitted) == (reached if status == 302 else State.SUBMITTED)
    assert (loaded(submitted).declined_at is not None) is (move == "decline" and status == 302)


@pytest.mark.parametrize("move", ["accept", "return"])
def test_nothing_is_answered_before_it_was_sent(client, helena, complete, move):
    client.force_login(helena)
    response = client.post(page(complete, move), MOVES[move][0])
    assert response.status_code == 409
    assert state(complete) == State.OPEN
    if move == "return":
        assert "Falta a assinatura." in response.content.decode()


def test_without_a_questionnaire_nothing_is_validated_and_the_page_says_why(client, helena, submitted):
    client.force_login(helena)
    response = client.post(page(submitted, "accept"))
    assert response.status_code == 422
    assert "não tem questionário publicado" in response.content.decode()
    assert state(submitted) == State.SUBMITTED


@pytest.mark.parametrize(
    ("move", "posted", "told"),
    [
        (
            "return",
            {"return-text": "", "return-correct_until": "2099-01-31"},
            "Escreva o que o governo precisa corrigir.",
        ),
        ("return", {"return-text": "Falta.", "return-correct_until": "2001-01-31"}, "precisa ser hoje ou depois"),
        ("decline", {"decline-reason": "  "}, "Escreva o motivo"),
    ],
)
def test_an_answer_without_its_words_is_refused(client, helena, submitted, move, posted, told):
    client.force_login(helena)
    response = client.post(page(submitted, move), posted)
    assert response.status_code == 422
    assert told in response.content.decode()
    assert (state(submitted), loaded(submitted).declined_at) == (State.SUBMITTED, None)


def test_who_coordinates_and_works_for_the_government_does_not_judge_it(client, helena, submitted):
    submitted.government.body.memberships.create(user=helena, role="reader", since=now() - DAY)
    client.force_login(helena)
    assert client.post(page(submitted, "accept")).status_code == 403
    assert state(submitted) == State.SUBMITTED


def test_a_returned_enrolment_shows_the_note_is_corrected_and_sent_again(client, ana, helena, submitted, edition):
    client.force_login(helena)
    client.post(page(submitted, "return"), MOVES["return"][0])
    edition.windows.filter(step=Kind.ENROLLMENT).update(closes_at=now() - DAY)  # corrections have their own deadline
    client.force_login(ana)
    assert "Falta a assinatura." in client.get(page(submitted, "form")).content.decode()
    domain.save_enrollment(submitted, content(motives="Corrigido."), version=1, by=ana, at=now())
    client.post(page(submitted, "submit"))
    client.force_login(helena)
    review = client.get(page(submitted, "review")).content.decode()
    assert "O que mudou desde o envio anterior" in review
    assert content()["motives"] in review
    assert "Corrigido." in review
    assert domain.receipts(submitted).count() == 2


def test_letters_tell_what_still_holds(submitted, helena):
    domain.return_enrollment(submitted, text="Falta a página dois.", correct_until=now() + DAY, by=helena, at=now())
    message = OutboxMessage.objects.filter(kind="enrollment_returned").first()
    assert "Falta a página dois." in outbox.write(message).body
    submitted.steps.filter(kind=Kind.ENROLLMENT).update(state=State.SUBMITTED)
    assert outbox.write(message) is None


def test_acceptance_is_told_by_mail(questionnaire, submitted, helena):
    domain.accept_enrollment(submitted, by=helena, at=now())
    message = OutboxMessage.objects.filter(kind="enrollment_accepted").first()
    assert "foi aceita" in outbox.write(message).body
    assert letters("enrollment_accepted") == {"ana@canoas.example", "wanderley@canoas.example"}


def test_a_declined_enrolment_is_read_with_its_reason_and_written_no_more(client, ana, helena, submitted):
    domain.decline_enrollment(submitted, reason="Fora do prazo legal.", by=helena, at=now())
    client.force_login(ana)
    assert "Fora do prazo legal." in client.get(page(submitted, "form")).content.decode()
    assert client.post(page(submitted, "form"), {"version": "1"}).status_code == 409
    assert (
        "Fora do prazo legal."
        in outbox.write(OutboxMessage.objects.get(kind="enrollment_declined", recipient="ana@canoas.example")).body
    )


# Pages.


@pytest.mark.parametrize("name", ["form", "submit", "model", "receipt"])
def test_readers_see_and_others_do_not(client, bruno, carla, submitted, name):
    args = [1] if name == "receipt" else []
    client.force_login(bruno)
    assert client.get(page(submitted, name, *args)).status_code == 200
    client.force_login(carla)
    assert client.get(page(submitted, name, *args)).status_code == 404


def test_the_model_bears_the_governments_name(client, ana, complete):
    client.force_login(ana)
    shown = client.get(page(complete, "model")).content.decode()
    assert "O Município de Canoas (RS)" in shown
    assert "Jussara Prado" in shown


@pytest.mark.parametrize(
    ("chosen", "found"),
    [
        ("", True),
        ("?situacao=submitted&q=canoas", True),
        ("?q=esteio", False),
        ("?situacao=open", False),
        ("?situacao=x", True),
    ],
)
def test_the_queue_filters(client, helena, submitted, chosen, found):
    client.force_login(helena)
    response = client.get(reverse("enrollment:desk") + chosen)
    assert (page(submitted, "review") in response.content.decode()) is found


def test_the_queue_is_closed_to_governments(client, ana, submitted):
    client.force_login(ana)
    assert client.get(reverse("enrollment:desk")).status_code == 403
    assert client.get(page(submitted, "review")).status_code == 403


def test_the_queue_asks_the_same_for_one_and_for_three(client, helena, submitted, edition, django_assert_num_queries):
    client.force_login(helena)
    with CaptureQueriesContext(
        connection,
    ) as one:
        client.get(reverse("enrollment:desk"))
    for government in GovernmentFactory.create_batch(2):
        manager = member(government, "manager")
        begun = cycle.begin(edition, government, by=manager, at=now())
        domain.save_enrollment(begun, content(), version=0, by=manager, at=now())
        begun.steps.get(kind=Kind.ENROLLMENT).submit(by=manager, at=now())
    with django_assert_num_queries(len(one)):
        shown = client.get(reverse("enrollment:desk")).content.decode()
    assert shown.count("<tr>") == 4
    assert len(one) <= 30
