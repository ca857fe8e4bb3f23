"""Invitations: one letter, one use, seven days, one address."""

import re
from datetime import timedelta

import pytest
from allauth.account.models import EmailAddress
from django.core import mail
from django.utils import timezone

from core import outbox
from governments import invitations, team
from governments.models import Invitation, Membership
from tests.factories import UserFactory

PASSWORD = "quatro palavras sem relacao"


@pytest.fixture
def invitation(canoas, ana):
    return invitations.invite(canoas.body, email="Nina@Canoas.example", role="editor", department="Saúde", by=ana)


@pytest.fixture
def link(invitation):
    """The address in the letter, as it reaches the invited person."""
    return delivered_link()


def delivered_link():
    mail.outbox.clear()
    assert outbox.deliver_due() == 1
    return re.search(r"http://127\.0\.0\.1:8000(/convites/\S+)", mail.outbox[0].body).group(1)


def token_of(link):
    return link.split("/")[2]


@pytest.fixture
def nina(db):
    return UserFactory(name="Nina Costa", email="nina@canoas.example")


def age(invitation, **delta):
    Invitation.objects.filter(pk=invitation.pk).update(expires_at=timezone.now() - timedelta(**delta))


def test_the_letter_says_who_where_and_until_when_and_only_its_hash_is_kept(invitation, link):
    body = mail.outbox[0].body
    assert mail.outbox[0].to == ["nina@canoas.example"]
    assert "Ana Prates" in body
    assert "Canoas (RS)" in body
    assert len(token_of(link)) >= 43
    invitation.refresh_from_db()
    assert token_of(link) not in (invitation.token_hash, str(vars(invitation)))


def test_the_invited_person_joins_once(client, link, nina, canoas):
    client.force_login(nina)
    assert "Aceitar convite" in client.get(link).content.decode()
    assert client.post(link).url == "/painel/"
    joined = Membership.objects.get(user=nina)
    assert (joined.body, joined.role, joined.department) == (canoas.body, "editor", "Saúde")
    again = client.post(link)
    assert again.status_code == 410
    assert "já foi usado" in again.content.decode()
    assert Membership.objects.filter(user=nina).count() == 1


def test_another_address_is_told_so_and_stays_out(client, link, carla, canoas):
    client.force_login(carla)
    assert "para outro endereço" in client.get(link).content.decode()
    assert client.post(link).status_code == 410
    assert not Membership.objects.filter(user=carla, body=canoas.body).exists()


def test_an_unconfirmed_second_address_does_not_count(client, link, carla):
    address = EmailAddress.objects.create(user=carla, email="nina@canoas.example", verified=False)
    client.force_login(carla)
    assert client.post(link).status_code == 410
    EmailAddress.objects.filter(pk=address.pk).update(verified=True)
    assert client.post(link).status_code == 302


def test_expired_revoked_and_unknown_each_say_why(client, link, invitation, nina, ana):
    client.force_login(nina)
    age(invitation, seconds=1)
    assert "prazo deste convite terminou" in client.post(link).content.decode()
    invitations.revoke(invitation, by=ana)
    assert "foi cancelado" in client.post(link).content.decode()
    assert "não existe" in client.post("/convites/inventado/").content.decode()
    assert not Membership.objects.filter(user=nina).exists()


def test_sent_again_the_earlier_letter_stops_working(client, link, invitation, nina, ana):
    age(invitation, days=1)
    invitations.resend(invitation, by=ana)
    newer = delivered_link()
    client.force_login(nina)
    assert client.post(link).status_code == 410
    assert client.post(newer).status_code == 302


def test_a_letter_of_a_cancelled_invitation_is_not_sent(invitation, ana):
    invitations.revoke(invitation, by=ana)
    assert outbox.deliver_due() == 0
    assert not mail.outbox


def test_one_open_invitation_an_address_and_an_expired_one_gives_way(invitation, canoas, ana):
    with pytest.raises(invitations.AlreadyInvited):
        invitations.invite(canoas.body, email="nina@canoas.example", role="reader", by=ana)
    age(invitation, seconds=1)
    assert invitations.invite(canoas.body, email="nina@canoas.example", role="reader", by=ana).role == "reader"


def test_a_member_is_not_invited(canoas, ana, dora):
    with pytest.raises(team.AlreadyMember):
        invitations.invite(canoas.body, email=dora.email, role="manager", by=ana)


def test_someone_without_account_creates_one_and_needs_no_second_confirmation(client, link, canoas):
    page = client.get(link).content.decode()
    assert "Criar conta" in page
    to_sign_up = client.post(f"{link}criar-conta/")
    form = client.get(to_sign_up.url)
    assert form.context["form"]["email"].value() == "nina@canoas.example"
    signed_up = client.post(
        "/conta/criar/",
        {"name": "Nina Costa", "email": "nina@canoas.example", "password1": PASSWORD, "next": link},
    )
    assert signed_up.url == link
    assert client.post(link).url == "/painel/"
    assert Membership.objects.get(user__email="nina@canoas.example").body == canoas.body


def test_the_confirmation_is_spared_only_for_the_invited_address(client, link):
    client.post(f"{link}criar-conta/")
    other = {"name": "Outra", "email": "outra@canoas.example", "password1": PASSWORD, "next": link}
    assert client.post("/conta/criar/", other).url.startswith("/conta/confirmar-email/")


def test_reading_an_invitation_sets_no_session(client, link):
    assert "session" not in client.get(link).cookies


def test_an_invitation_ends_with_the_access_of_who_sent_it(client, link, nina, ana, canoas):
    """Ana invites, leaves the team, and cannot come back by a door she left open."""
    Membership.objects.filter(user=ana).update(until=timezone.now())
    with pytest.raises(invitations.RevokedInvitation):
        invitations.accept(token_of(link), user=nina)
    assert not Membership.objects.filter(user=nina).exists()
