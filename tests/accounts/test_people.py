"""Roles with dates, sessions ended from outside, asking once more who is there."""

from datetime import timedelta

import pytest
from allauth.core.exceptions import ReauthenticationRequired
from django.contrib.auth.hashers import make_password
from django.core.management import CommandError, call_command
from django.db import IntegrityError, transaction
from django.utils import timezone

from accounts import recent
from accounts.hashers import Argon2
from accounts.models import ProgrammeRole, User
from accounts.people import end_role, give_role
from core.models import AuditEvent


@pytest.mark.parametrize(
    ("since", "until", "holds"), [(-2, None, True), (-2, 1, True), (-2, -1, False), (1, None, False), (1, 2, False)]
)
def test_a_role_holds_between_its_dates(rita, since, until, holds):
    now = timezone.now()
    end = now + timedelta(days=until) if until is not None else None
    ProgrammeRole.objects.create(user=rita, role="coordinator", since=now + timedelta(days=since), until=end)
    assert rita.is_coordinator is holds


def test_coordinators_review_and_reviewers_do_not_coordinate(helena, tiago):
    assert helena.is_reviewer
    assert tiago.is_reviewer
    assert not tiago.is_coordinator


def test_only_administrators_reach_the_admin(helena, admin_ada):
    assert not helena.is_staff
    assert admin_ada.has_module_perms("accounts")


def test_giving_a_role_twice_leaves_one_and_both_moves_are_audited(rita, admin_ada):
    give_role(rita, "reviewer", by=admin_ada)
    give_role(rita, "reviewer", by=admin_ada)
    end_role(rita, "reviewer", by=admin_ada)
    assert ProgrammeRole.objects.filter(user=rita).count() == 1
    assert list(AuditEvent.objects.order_by("pk").values_list("action", flat=True)) == [
        "programme_role_given",
        "programme_role_ended",
    ]
    assert not rita.programme_roles


def test_passwords_are_kept_with_argon2id_as_the_portal_sets_it():
    kept = make_password("quatro palavras sem relacao", hasher=Argon2())
    assert kept.startswith("argon2$argon2id$v=19$m=19456,t=2,p=1$")
    assert Argon2().verify("quatro palavras sem relacao", kept)
    assert not Argon2().verify("outras palavras", kept)


def test_the_database_refuses_an_unknown_role(rita):
    with pytest.raises(IntegrityError), transaction.atomic():
        ProgrammeRole.objects.create(user=rita, role="king")


def test_revoke_sessions_signs_out_that_person_everywhere_and_nobody_else(client, rita, ana, capsys):
    other = client.__class__()
    client.force_login(rita)
    other.force_login(ana)
    call_command("revoke_sessions", "RITA@prefeitura.example")
    assert "1 session(s) ended" in capsys.readouterr().out
    assert client.get("/conta/").status_code == 302
    assert other.get("/conta/").status_code == 200


def test_revoke_sessions_reports_to_programs_and_may_be_repeated(rita, capsys):
    call_command("revoke_sessions", rita.email, "--json")
    assert capsys.readouterr().out == '{"user": "rita@prefeitura.example", "sessions_ended": 0}\n'


def test_revoke_sessions_names_an_unknown_address(db):
    with pytest.raises(CommandError, match="nobody@x.example"):
        call_command("revoke_sessions", "nobody@x.example")


def test_account_page_saves_name_and_language_and_nothing_else(client, rita):
    client.force_login(rita)
    response = client.post("/conta/", {"name": "Rita A.", "language": "en", "email": "x@y.example", "is_active": ""})
    assert response.url == "/en/conta/"
    rita = User.objects.get(pk=rita.pk)
    assert (rita.name, rita.language, rita.email, rita.is_active) == ("Rita A.", "en", "rita@prefeitura.example", True)


def test_changing_the_address_asks_for_the_password_first(client, rita, sign_in):
    sign_in(rita.email)
    response = client.post("/conta/email/", {"email": "nova@prefeitura.example", "action_add": ""})
    assert response.url.startswith("/conta/confirmar-acesso/")


def test_weighty_acts_need_a_fresh_confirmation(rf, client, rita, sign_in):
    sign_in(rita.email)
    request = rf.get("/")
    request.user, request.session = rita, client.session
    with pytest.raises(ReauthenticationRequired):
        recent.require(request)
    client.post("/conta/confirmar-acesso/", {"password": "quatro palavras sem relacao", "next": "/conta/"})
    request.session = client.session
    recent.require(request)


@pytest.mark.parametrize(
    "address", ["", "email/", "senha/trocar/", "duas-etapas/", "duas-etapas/ativar/", "sessoes/", "sair/"]
)
def test_own_pages_open(client, rita, sign_in, address):
    sign_in(rita.email)
    assert client.get(f"/conta/{address}").status_code == 200


@pytest.mark.parametrize(
    "address", ["entrar/", "criar/", "senha/esqueci/", "senha/esqueci/enviado/", "senha/nova/pronto/", "inativa/"]
)
def test_entrance_pages_open_to_anyone(client, db, address):
    assert client.get(f"/conta/{address}").status_code == 200
