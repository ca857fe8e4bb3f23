"""Asking for access: managers decide for their team, the coordination where nobody leads."""

import pytest
from django.core import mail

from core import outbox
from governments import access_requests, team
from governments.models import AccessRequest, Membership
from tests.factories import GovernmentFactory, UserFactory

ASKED = {"department": "Assistência Social", "position": "Assistente social", "message": "Indicada pela secretária."}


@pytest.fixture
def lena(db):
    return UserFactory(name="Lena Dias", email="lena@canoas.example")


def ask(client, person, government):
    client.force_login(person)
    response = client.post(f"/painel/pedir-acesso/{government.ibge_code}/", ASKED)
    return response, AccessRequest.objects.filter(user=person).first()


def letters():
    mail.outbox.clear()
    outbox.deliver_due()
    return {letter.to[0]: letter for letter in mail.outbox}


def test_a_government_is_found_without_accents_and_with_its_uf(client, lena, canoas):
    client.force_login(lena)
    page = client.get("/painel/pedir-acesso/", {"q": "cAnôas rs"})
    assert [found.ibge_code for found in page.context["page"]] == ["4304606"]
    assert "Confira a grafia" in client.get("/painel/pedir-acesso/", {"q": "xyz"}).content.decode()


def test_managers_are_told_and_decide(client, lena, canoas, ana, dora, helena):
    _response, asked = ask(client, lena, canoas)
    assert set(letters()) == {ana.email}
    client.force_login(helena)
    assert client.post(f"/coordenacao/pedidos/{asked.pk}/", {"approve": "1"}).status_code == 404
    client.force_login(dora)
    assert client.post(f"/painel/governos/4304606/equipe/pedidos/{asked.pk}/", {"approve": "1"}).status_code == 403
    client.force_login(ana)
    client.post(f"/painel/governos/4304606/equipe/pedidos/{asked.pk}/", {"approve": "1", "role": "reader"})
    assert Membership.objects.get(user=lena).role == "reader"
    assert "faz parte da equipe" in letters()[lena.email].subject


def test_without_managers_the_coordination_decides_and_the_first_one_leads(client, lena, canoas, helena, marcos):
    _response, asked = ask(client, lena, canoas)
    assert set(letters()) == {helena.email, marcos.email}
    client.force_login(helena)
    assert "Lena Dias" in client.get("/coordenacao/pedidos/").content.decode()
    client.post(f"/coordenacao/pedidos/{asked.pk}/", {"approve": "1"})
    joined = Membership.objects.get(user=lena)
    assert (joined.role, joined.department, joined.added_by) == ("manager", "Assistência Social", helena)


def test_no_needs_a_reason_which_reaches_the_person(client, lena, canoas, ana):
    _response, asked = ask(client, lena, canoas)
    letters()
    client.force_login(ana)
    address = f"/painel/governos/4304606/equipe/pedidos/{asked.pk}/"
    assert client.post(address, {"decline": "1", "reason": "  "}).status_code == 422
    client.post(address, {"decline": "1", "reason": "Não trabalha aqui."})
    asked.refresh_from_db()
    assert asked.state == "declined"
    assert "Não trabalha aqui." in letters()[lena.email].body
    assert not Membership.objects.filter(user=lena).exists()


def test_asked_twice_or_by_a_member_is_refused_kindly(client, lena, canoas, dora):
    ask(client, lena, canoas)
    again, _asked = ask(client, lena, canoas)
    assert again.status_code == 409
    assert "já pediu acesso" in again.content.decode()
    assert ask(client, dora, canoas)[0].status_code == 409


def test_an_incomplete_request_names_what_lacks(client, lena, canoas):
    client.force_login(lena)
    response = client.post("/painel/pedir-acesso/4304606/", {"department": "", "position": "Técnica"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"department"}


def test_two_answers_leave_the_first(lena, canoas, ana):
    asked = access_requests.ask(canoas.body, user=lena, department="Saúde", position="Médica")
    access_requests.approve(asked, role="editor", by=ana)
    with pytest.raises(access_requests.AlreadyDecided):
        access_requests.decline(asked, reason="tarde", by=ana)
    assert Membership.objects.filter(user=lena).count() == 1


def test_the_letter_to_decide_is_dropped_once_decided(lena, canoas, ana):
    asked = access_requests.ask(canoas.body, user=lena, department="Saúde", position="Médica")
    access_requests.approve(asked, role="editor", by=ana)
    assert set(letters()) == {lena.email}


def test_a_manager_of_elsewhere_cannot_answer(lena, canoas, ana, carla):
    asked = access_requests.ask(canoas.body, user=lena, department="Saúde", position="Médica")
    with pytest.raises(access_requests.NotYours):
        access_requests.approve(asked, role="manager", by=carla)
    assert not team.managers_of(canoas.body).filter(user=lena).exists()


def test_nobody_asks_everywhere_at_once(lena):
    for _number in range(access_requests.MOST_OPEN):
        access_requests.ask(GovernmentFactory().body, user=lena, department="Saúde", position="Médica")
    with pytest.raises(access_requests.TooManyOpen):
        access_requests.ask(GovernmentFactory().body, user=lena, department="Saúde", position="Médica")
