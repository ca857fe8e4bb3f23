"""Signing in, signing up and new passwords, as a person or an attacker would."""

import re

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.db import IntegrityError, transaction

from accounts.models import User
from accounts.people import create_person, give_role
from core.models import AuditEvent

PASSWORD = "quatro palavras sem relacao"
WRONG = "uma senha que nao vale"


def signed_in_as(client):
    return client.session.get("_auth_user_id")


def signup(client, **changes):
    data = {"name": "Rosa Lima", "email": "rosa@cidade.example", "password1": PASSWORD, **changes}
    return client.post("/conta/criar/", data)


def test_wrong_password_and_unknown_account_read_the_same(client, rita, sign_in):
    wrong = sign_in(rita.email, WRONG)
    unknown = sign_in("ninguem@prefeitura.example", WRONG)
    assert wrong.status_code == unknown.status_code == 200
    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert signed_in_as(client) is None


def test_address_is_taken_in_any_case(client, rita, sign_in):
    response = sign_in("RITA@Prefeitura.example")
    assert response.status_code == 302
    assert response.url == "/painel/"
    assert signed_in_as(client) == str(rita.pk)


def test_sign_in_leads_to_the_page_that_was_asked_for_but_never_away(rita, sign_in, client):
    assert sign_in(rita.email, next="/conta/").url == "/conta/"
    client.logout()
    assert sign_in(rita.email, next="https://elsewhere.example/").url == "/painel/"


def test_sign_in_leads_into_the_persons_language(rita, sign_in):
    User.objects.filter(pk=rita.pk).update(language="es")
    assert sign_in(rita.email).url == "/es/painel/"


def test_closed_account_stays_out(client, rita, sign_in):
    User.objects.filter(pk=rita.pk).update(is_active=False)
    sign_in(rita.email)
    assert signed_in_as(client) is None


def test_closing_an_account_ends_what_is_open_at_once(client, rita):
    client.force_login(rita)
    assert client.get("/conta/").status_code == 200
    User.objects.filter(pk=rita.pk).update(is_active=False)
    assert client.get("/conta/").status_code == 302


def test_guessing_is_stopped_by_account(rita, sign_in):
    for _guess in range(10):
        sign_in(rita.email, WRONG)
    refused = sign_in(rita.email)
    assert refused.status_code == 200
    assert refused.context["form"].non_field_errors()


def test_a_city_hall_behind_one_address_gets_in(client, db, sign_in):
    """Forty people, each mistyping once: the limit by address must not stop them."""
    for number in range(40):
        person = create_person(email=f"p{number}@prefeitura.example", name="Pessoa", password=PASSWORD)
        sign_in(person.email, WRONG)
        assert sign_in(person.email).status_code == 302
        client.logout()


def test_sign_in_and_refusals_are_audited_without_what_was_typed(rita, sign_in):
    sign_in(rita.email, WRONG)
    sign_in(rita.email)
    events = list(AuditEvent.objects.order_by("pk").values_list("action", "by", "detail"))
    assert events == [("sign_in_refused", None, {}), ("sign_in", rita.pk, {})]


def test_sign_up_asks_for_confirmation_by_mail_from_the_public_address(client, db, settings):
    settings.PUBLIC_BASE_URL = "https://portal.example"
    assert signup(client).url == "/conta/confirmar-email/"
    rosa = User.objects.get(email="rosa@cidade.example")
    assert rosa.name == "Rosa Lima"
    assert signed_in_as(client) is None
    link = re.search(r"https://portal\.example(/conta/confirmar-email/\S+)", mail.outbox[0].body).group(1)
    assert "Confirmar este endereço" in client.get(link).content.decode()
    client.post(link)
    assert EmailAddress.objects.get(user=rosa).verified


def test_sign_up_with_a_taken_address_answers_as_with_a_free_one(client, rita):
    taken = signup(client, email="Rita@Prefeitura.example")
    client.logout()
    free = signup(client)
    assert (taken.status_code, taken.url) == (free.status_code, free.url)
    assert User.objects.filter(email=rita.email).count() == 1
    assert [letter.to for letter in mail.outbox] == [[rita.email], ["rosa@cidade.example"]]
    assert "já existe uma" in mail.outbox[0].body


@pytest.mark.parametrize("password", ["curta", "migracidades2026", "administrator", "rosa@cidade.example"])
def test_weak_passwords_are_refused(client, db, password):
    response = signup(client, password1=password)
    assert "password1" in response.context["form"].errors
    assert not User.objects.exists()


def test_new_password_by_mail_works_once_and_ends_open_sessions(client, rita, sign_in, django_user_model):
    elsewhere = client.__class__()
    elsewhere.force_login(rita)
    client.post("/conta/senha/esqueci/", {"email": rita.email})
    link = re.search(r"(/conta/senha/nova/\S+)", mail.outbox[0].body).group(1)
    form = client.get(link, follow=True)
    new = "outras palavras bem compridas"
    saved = client.post(form.redirect_chain[-1][0], {"password1": new, "password2": new})
    assert saved.url == "/conta/senha/nova/pronto/"
    assert elsewhere.get("/conta/").status_code == 302
    assert "não serve mais" in client.__class__().get(link, follow=True).content.decode()
    assert sign_in(rita.email, new).status_code == 302


def test_new_password_for_an_unknown_address_answers_the_same_and_writes_to_it(client, rita):
    known = client.post("/conta/senha/esqueci/", {"email": rita.email})
    unknown = client.post("/conta/senha/esqueci/", {"email": "ninguem@cidade.example"})
    assert (known.status_code, known.url) == (unknown.status_code, unknown.url)
    assert [letter.to for letter in mail.outbox] == [[rita.email], ["ninguem@cidade.example"]]


def test_two_accounts_cannot_share_an_address_in_other_case(rita):
    with pytest.raises(IntegrityError), transaction.atomic():
        User.objects.bulk_create([User(email="Rita@prefeitura.example", name="Outra")])


def test_asking_for_new_passwords_without_end_is_stopped_by_account(client, rita):
    answers = [client.post("/conta/senha/esqueci/", {"email": rita.email}).status_code for _try in range(6)]
    assert answers == [302] * 5 + [429]
    assert len(mail.outbox) == 5


def test_people_of_the_programme_start_at_their_desk(rita, sign_in):
    give_role(rita, "reviewer")
    assert sign_in(rita.email).url == "/coordenacao/"


def test_a_mail_server_that_does_not_answer_is_said_in_a_sentence(client, rita, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 9
    answer = client.post("/conta/senha/esqueci/", {"email": rita.email}, follow=True)
    assert answer.status_code == 200
    assert "Não conseguimos enviar" in answer.content.decode()
