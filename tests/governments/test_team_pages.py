"""The team room by persona."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from governments.models import Invitation, Membership
from tests.factories import member

ROOM = "/painel/governos/4304606/equipe/"
EVERYONE = ["ana", "dora", "bruno", "carla", "helena", "tiago"]


@pytest.fixture
def people(ana, dora, bruno, carla, helena, tiago):
    return {"ana": ana, "dora": dora, "bruno": bruno, "carla": carla, "helena": helena, "tiago": tiago}


@pytest.fixture
def doras(dora):
    return Membership.objects.get(user=dora)


def statuses(client, people, method, address, data=None):
    found = {}
    for name in EVERYONE:
        client.force_login(people[name])
        found[name] = getattr(client, method)(address, data).status_code
    return found


def test_who_sees_the_team(client, people):
    seen = statuses(client, people, "get", ROOM)
    assert seen == {"ana": 200, "dora": 200, "bruno": 200, "carla": 404, "helena": 200, "tiago": 200}


def test_a_visitor_is_sent_to_sign_in(client, canoas):
    assert client.get(ROOM).url.startswith("/conta/entrar/?next=")


@pytest.mark.parametrize("page", ["", "encerrar/"])
def test_who_may_change_a_member(client, people, doras, page):
    seen = statuses(client, people, "get", f"{ROOM}{doras.pk}/{page}")
    assert seen == {"ana": 200, "dora": 403, "bruno": 403, "carla": 404, "helena": 200, "tiago": 403}


def test_who_may_invite(client, people):
    seen = statuses(client, people, "post", f"{ROOM}convidar/", {"email": "x@y.example", "role": "reader"})
    assert seen == {"ana": 302, "dora": 403, "bruno": 403, "carla": 404, "helena": 409, "tiago": 403}
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize("move", ["convidar/", "convites/1/reenviar/", "convites/1/cancelar/", "pedidos/1/"])
def test_moves_answer_to_post_only(client, ana, move):
    client.force_login(ana)
    assert client.get(f"{ROOM}{move}").status_code == 405


def test_a_member_of_another_team_is_not_found_through_ours(client, ana, carla):
    client.force_login(ana)
    assert client.get(f"{ROOM}{Membership.objects.get(user=carla).pk}/").status_code == 404


def test_addresses_are_shown_to_those_who_lead_only(client, ana, dora, bruno):
    client.force_login(bruno)
    assert "dora@canoas.example" not in client.get(ROOM).content.decode()
    client.force_login(ana)
    assert "dora@canoas.example" in client.get(ROOM).content.decode()


def test_ending_acts_on_the_next_request_of_an_open_session(client, ana, dora, doras):
    hers = client.__class__()
    hers.force_login(dora)
    assert hers.get(ROOM).status_code == 200
    client.force_login(ana)
    client.post(f"{ROOM}{doras.pk}/encerrar/")
    assert hers.get(ROOM).status_code == 404
    assert "Dora Lima" in client.get(ROOM).content.decode()


def test_the_last_manager_is_told_what_to_do_first(client, ana):
    client.force_login(ana)
    own = Membership.objects.get(user=ana)
    refused = client.post(f"{ROOM}{own.pk}/", {"role": "reader"})
    assert refused.status_code == 409
    assert "Dê antes o papel" in refused.content.decode()
    client.post(f"{ROOM}sair/")
    assert "Dê antes o papel" in client.get(ROOM).content.decode()


def test_a_reader_leaves(client, bruno):
    client.force_login(bruno)
    assert client.get(f"{ROOM}sair/").status_code == 200
    assert client.post(f"{ROOM}sair/").url == "/painel/"
    assert client.get(ROOM).status_code == 404


def test_people_of_the_programme_have_no_membership_to_leave(client, helena, canoas):
    client.force_login(helena)
    assert client.post(f"{ROOM}sair/").status_code == 403


def test_a_name_is_text_and_nothing_else(client, ana, dora, doras):
    dora.name = "<script>alert(1)</script>"
    dora.save()
    client.force_login(ana)
    assert "<script>alert" not in client.get(ROOM).content.decode()


def test_the_list_costs_the_same_for_one_and_for_many(client, canoas, ana):
    client.force_login(ana)
    client.get(ROOM)
    with CaptureQueriesContext(connection) as few:
        client.get(ROOM)
    for _number in range(5):
        member(canoas, "reader")
    with CaptureQueriesContext(connection) as many:
        client.get(ROOM)
    assert len(many) == len(few) <= 12
