"""The pages of the seal, by who looks at them."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.seal import domain
from certification.seal.models import Seal

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ana", 200), ("dora", 200), ("bruno", 200), ("carla", 404), ("helena", 200), ("tiago", 200)],
)
def test_who_sees_what_is_missing_for_the_seal(client, request, ready, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("seal:readiness", args=[ready.pk])).status_code == status


@pytest.mark.parametrize(("persona", "status"), [("ana", 403), ("carla", 403), ("tiago", 403), ("helena", 302)])
def test_only_coordinators_propose(signed_in, request, ready, persona, status):
    client = signed_in(request.getfixturevalue(persona))
    assert client.post(reverse("seal:propose-award", args=[ready.pk])).status_code == status


def test_a_proposal_asks_for_the_password_when_it_was_long_ago(client, ready, helena):
    client.force_login(helena)
    response = client.post(reverse("seal:propose-award", args=[ready.pk]))
    assert response.status_code == 302
    assert reverse("account_reauthenticate") in response.url or reverse("mfa_reauthenticate") in response.url
    assert not ready.seal_decisions.exists()


def test_two_coordinators_award_by_the_pages(signed_in, ready, helena, marcos):
    signed_in(helena).post(reverse("seal:propose-award", args=[ready.pk]))
    refused = signed_in(helena).post(reverse("seal:confirm-award", args=[ready.pk]))
    assert refused.status_code == 409
    assert "outra pessoa da coordenação precisa confirmar" in refused.content.decode()
    accepted = signed_in(marcos).post(reverse("seal:confirm-award", args=[ready.pk]))
    assert accepted.status_code == 302
    assert Seal.objects.count() == 1


def test_the_public_page_opens_with_the_edition_and_is_never_cached(client, awarded, ready, helena):
    address = awarded.get_absolute_url()
    assert client.get(address).status_code == 404
    domain.publish_edition(ready.edition, by=helena, at=timezone.now())
    page = client.get(address)
    text = page.content.decode()
    assert page.status_code == 200
    for said in ("Válido", "Canoas", "Helena Takeda", "Não é nota nem classificação", awarded.code):
        assert said in text
    assert "no-store" in page["Cache-Control"]
    assert not page.cookies


def test_a_revoked_seal_says_so_with_its_reason(client, awarded, ready, helena, marcos):
    domain.publish_edition(ready.edition, by=helena, at=timezone.now())
    domain.propose_revocation(ready, reason="Assinatura <b>falsa</b>.", by=helena, at=timezone.now())
    domain.confirm_revocation(ready, by=marcos, at=timezone.now())
    text = client.get(awarded.get_absolute_url()).content.decode()
    assert "Revogado" in text
    assert "Assinatura &lt;b&gt;falsa&lt;/b&gt;." in text
    assert "is-valid" not in text


def test_a_second_reason_that_came_too_late_is_not_lost(signed_in, awarded, ready, helena, marcos):
    domain.propose_revocation(ready, reason="Assinatura falsa.", by=helena, at=timezone.now())
    address = reverse("seal:propose-revocation", args=[ready.pk])
    refused = signed_in(marcos).post(address, {"reason": "O documento não é do governo."})
    assert refused.status_code == 409
    assert "O documento não é do governo." in refused.content.decode()


def test_a_proposed_revocation_is_taken_back_by_its_page(signed_in, awarded, ready, helena):
    domain.propose_revocation(ready, reason="Assinatura falsa.", by=helena, at=timezone.now())
    client, drop = signed_in(helena), reverse("seal:drop", args=[ready.pk])
    assert drop in client.get(reverse("seal:desk", args=[ready.pk])).content.decode()
    assert client.post(drop).status_code == 302
    assert domain.open_decision(ready) is None


def test_the_look_up_forgives_how_a_code_is_typed(client, awarded, ready, helena):
    domain.publish_edition(ready.edition, by=helena, at=timezone.now())
    found = client.get(reverse("verify"), {"codigo": f"{awarded.code[:5]} {awarded.code[5:].lower()}"})
    assert found.url == awarded.get_absolute_url()
    unknown = client.get(reverse("verify"), {"codigo": "ABC<1"})
    assert unknown.status_code == 404
    assert "Nenhum selo público tem este código" in unknown.content.decode()


def test_publishing_asks_for_the_year_again(signed_in, ready, helena):
    client = signed_in(helena)
    address = reverse("desk-edition", args=[ready.edition.year])
    wrong = client.post(address, {"year": "2020"})
    assert wrong.status_code == 422
    assert "não é o desta edição" in wrong.content.decode()
    assert client.post(address, {"year": "2031"}).status_code == 302
    ready.edition.refresh_from_db()
    assert ready.edition.is_public()


def test_the_government_sees_on_its_own_page_that_its_seal_was_revoked_and_why(client, public, revoke, ana):
    client.force_login(ana)
    page = reverse("seal:readiness", args=[public.participation_id])
    assert reverse("seal-embed", args=[public.code]) in client.get(page).content.decode()
    revoke(public, reason="Assinatura falsa.")
    text = client.get(page).content.decode()
    assert "Assinatura falsa." in text
    assert reverse("seal-embed", args=[public.code]) not in text


@pytest.mark.parametrize("by_two", [True, False])
def test_how_many_decide_is_said_of_the_edition_of_the_seal_shown(client, public, ready, by_two):
    type(ready.edition).objects.filter(pk=ready.edition_id).update(award_by_two=by_two)
    page = client.get(public.get_absolute_url()).content.decode()
    said = ("revogar ou substituir um selo é decisão de duas pessoas", "decide sozinha revogar ou substituir um selo")
    assert [words in page for words in said] == [by_two, not by_two]
    assert "duas pessoas" not in client.get(reverse("seal-how-to")).content.decode()


def test_the_public_page_tells_machines_what_it_is(client, public, revoke):
    address = public.get_absolute_url()
    assert '"certificationStatus": "https://schema.org/CertificationActive"' in client.get(address).content.decode()
    revoke(public)
    assert "CertificationInactive" in client.get(address).content.decode()


@pytest.mark.parametrize("address", ["/en/selos/{}/", "/selos/{}/hoje.svg?lang=en"])
def test_in_english_no_day_reads_two_ways(client, public, address):
    ends = public.valid_until.replace(month=6, day=7)
    Seal.objects.filter(pk=public.pk).update(valid_until=ends.replace(year=2099))
    text = client.get(address.format(public.code)).content.decode()
    assert "June 7, 2099" in text
    assert "07/06" not in text
    assert "06/07" not in text
