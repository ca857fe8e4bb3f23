"""The second factor of those who coordinate or administer the programme."""

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from django.core.cache import cache
from django.urls import reverse

from accounts.people import create_person, end_role, give_role
from core.models import Mark
from tests.factories import of_the_programme

PASSWORD = "quatro palavras sem relacao"
SET_UP = "/conta/duas-etapas/ativar/"


def code_for(secret):
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))


@pytest.mark.parametrize("role", ["coordinator", "administrator"])
def test_role_without_second_factor_is_led_to_set_it_up(client, db, role):
    client.force_login(of_the_programme(role, second_factor=False))
    for address in ("/coordenacao/pedidos/", "/admin/", "/painel/pedir-acesso/"):
        response = client.get(address)
        assert response.status_code == 302
        assert response.url.startswith(SET_UP)


def test_machine_is_told_in_its_own_words(client, db):
    client.force_login(of_the_programme("coordinator", second_factor=False))
    response = client.get("/coordenacao/pedidos/", headers={"accept": "application/json"})
    assert response.status_code == 403
    assert response.json()["code"] == "second_factor_required"


def test_reviewers_managers_and_equipped_coordinators_pass(client, tiago, ana, helena):
    for person, address in (
        (tiago, "/painel/pedir-acesso/"),
        (ana, "/painel/pedir-acesso/"),
        (helena, "/coordenacao/pedidos/"),
    ):
        client.force_login(person)
        assert client.get(address).status_code == 200


def test_demonstration_people_pass_only_in_a_marked_database(client, db):
    client.force_login(of_the_programme("coordinator", second_factor=False, email="h@demo.migracidades.example"))
    assert client.get("/coordenacao/pedidos/").status_code == 302
    Mark.objects.create(name="demo")
    assert client.get("/coordenacao/pedidos/").status_code == 200


def test_a_real_address_in_a_marked_database_still_needs_it(client, db):
    Mark.objects.create(name="demo")
    client.force_login(of_the_programme("coordinator", second_factor=False, email="h@notdemo.migracidades.example"))
    assert client.get("/coordenacao/pedidos/").status_code == 302


@pytest.fixture
def lia(db):
    person = create_person(email="lia@coordenacao.example", name="Lia Souza", password=PASSWORD)
    give_role(person, "coordinator")
    return person


def set_up(client, person):
    client.post("/conta/entrar/", {"login": person.email, "password": PASSWORD})
    secret = client.get(SET_UP).context["form"].secret
    return secret, client.post(SET_UP, {"code": code_for(secret)})


def test_setting_up_right_after_signing_in_opens_the_desk(client, lia):
    secret, response = set_up(client, lia)
    assert response.url == "/conta/duas-etapas/reserva/"
    assert client.get(response.url).status_code == 200
    assert client.get("/coordenacao/pedidos/").status_code == 200
    stored = Authenticator.objects.get(user=lia, type="totp").data["secret"]
    assert secret not in stored


def test_older_sessions_end_when_the_second_factor_appears(client, lia):
    stolen = client.__class__()
    stolen.post("/conta/entrar/", {"login": lia.email, "password": PASSWORD})
    assert stolen.get("/conta/").status_code == 200
    set_up(client, lia)
    assert stolen.get("/conta/").status_code == 302
    assert client.get("/conta/").status_code == 200


def test_sign_in_stops_at_the_second_step_until_the_code_is_right(client, lia):
    secret, _response = set_up(client, lia)
    fresh = client.__class__()
    assert fresh.post("/conta/entrar/", {"login": lia.email, "password": PASSWORD}).url == "/conta/duas-etapas/codigo/"
    assert fresh.get("/coordenacao/pedidos/").status_code == 302
    assert fresh.post("/conta/duas-etapas/codigo/", {"code": "000000"}).status_code == 200
    cache.clear()  # the code that set it up counts as used for this period
    assert fresh.post("/conta/duas-etapas/codigo/", {"code": code_for(secret)}).status_code == 302
    assert fresh.get("/coordenacao/pedidos/").status_code == 200


def test_admin_is_for_administrators_and_through_our_sign_in(client, admin_ada, helena):
    assert client.get("/admin/login/").url.startswith(reverse("account_login"))
    client.force_login(helena)
    assert client.get("/admin/").status_code in (302, 403)
    client.force_login(admin_ada)
    assert client.get("/admin/").status_code == 200
    assert client.get("/admin/accounts/user/").status_code == 200


def test_a_role_that_ended_opens_nothing_from_the_next_request_on(client, helena):
    client.force_login(helena)
    assert client.get("/coordenacao/pedidos/").status_code == 200
    end_role(helena, "coordinator")
    assert client.get("/coordenacao/pedidos/").status_code == 403


def test_on_public_pages_a_role_counts_only_with_its_second_factor(client, db, helena):
    """They show people of the programme what is not published yet."""
    bare = of_the_programme("coordinator", second_factor=False)
    for person, roles in ((bare, frozenset()), (helena, frozenset({"coordinator"}))):
        client.force_login(person)
        assert client.get("/").wsgi_request.user.programme_roles == roles
