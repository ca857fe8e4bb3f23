"""«Queremos usar»: who may say it, who hears of it, what the public sees."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import outbox
from practices import adoptions
from practices.models import Adoption
from tests.factories import member

FACTS = {"purpose": "Começar por três unidades", "department": "Saúde", "contact_email": "saude@esteio.example"}


@pytest.fixture
def used(published, other_government, carla, now):
    return adoptions.record_adoption(published, other_government.body, by=carla, at=now, **FACTS)[0]


def form(government, **changes):
    return {"body": government.pk, "state": "interested", **FACTS, **changes}


def change(**changes):
    return {"state": "adapting", "version": "1", "reason": "", **FACTS, **changes}


def test_signed_out_it_explains_and_leads_to_the_sign_in_and_back(client, published):
    address = reverse("want-practice", args=[published.pk])
    page = client.get(address).content.decode()
    assert f"{reverse('account_login')}?next={address}" in page
    assert "csrfmiddlewaretoken" not in page
    assert client.post(reverse("bank:record-adoption", args=[published.pk]), FACTS).status_code in (302, 403)


def test_recorded_it_tells_the_owner_and_shows_in_public(client, published, carla, ana, other_government):
    client.force_login(carla)
    assert "Esteio" in client.get(reverse("want-practice", args=[published.pk])).content.decode()
    response = client.post(reverse("bank:record-adoption", args=[published.pk]), form(other_government))
    used = Adoption.objects.get()
    assert response.url == reverse("bank:adoption", args=[used.pk])
    outbox.deliver_due()
    [letter] = [letter for letter in mail.outbox if "quer usar" in letter.subject]
    assert letter.to == [ana.email]
    assert "saude@esteio.example" in letter.body
    client.logout()
    page = client.get(published.get_absolute_url()).content.decode()
    assert "Esteio (RS)" in page
    assert "Começar por três unidades" in page
    assert "saude@esteio.example" not in page
    assert "1 quer usar" in page


def test_a_second_time_it_is_the_same_row(client, used, published, carla, other_government):
    client.force_login(carla)
    again = client.post(reverse("bank:record-adoption", args=[published.pk]), form(other_government))
    assert again.url == reverse("bank:adoption", args=[used.pk])
    assert Adoption.objects.count() == 1


@pytest.mark.parametrize("changes", [{"contact_email": "carla@gmail.com"}, {"purpose": ""}, {"department": ""}])
def test_a_refused_form_keeps_what_was_typed(client, published, carla, other_government, changes):
    client.force_login(carla)
    sent = form(other_government, state="adapting") | changes
    response = client.post(reverse("bank:record-adoption", args=[published.pk]), sent)
    assert response.status_code == 422
    assert sent["department"] in response.content.decode()
    assert not Adoption.objects.exists()


@pytest.mark.parametrize(("persona", "status"), [("bruno", 403), ("ana", 403), ("helena", 403), ("carla", 302)])
def test_who_may_record_it(client, request, published, other_government, persona, status):
    """Readers and coordinators fill nothing in; the owner needs not say that it uses its own."""
    client.force_login(request.getfixturevalue(persona))
    response = client.post(reverse("bank:record-adoption", args=[published.pk]), form(other_government))
    assert response.status_code == status


def test_nobody_records_it_for_another_government(client, published, carla, canoas, db):
    client.force_login(carla)
    stranger = member(canoas, "reader")
    assert client.post(reverse("bank:record-adoption", args=[published.pk]), form(canoas)).status_code == 422
    with pytest.raises(adoptions.AdoptionRefused):
        adoptions.record_adoption(published, canoas.body, by=stranger, at=published.published_at, **FACTS)


TABLE = [
    # persona, sees it, changes, withdraws, answers
    ("carla", 200, 302, 302, 403),
    ("ana", 200, 403, 403, 302),
    ("bruno", 200, 403, 403, 403),
    ("helena", 200, 403, 403, 403),
    ("rosa", 404, 404, 404, 404),
]


@pytest.mark.parametrize(("persona", "sees", "changes", "withdraws", "answers"), TABLE)
def test_one_use_by_persona(client, request, used, persona, sees, changes, withdraws, answers):
    client.force_login(request.getfixturevalue(persona))

    def answer(name, data):
        return client.post(reverse(f"bank:{name}", args=[used.pk]), data).status_code

    assert client.get(reverse("bank:adoption", args=[used.pk])).status_code == sees
    assert answer("change-adoption", change()) == changes
    assert answer("answer-adoption", {"text": "Vamos conversar"}) == answers
    assert answer("withdraw-adoption", {}) == withdraws


def test_giving_up_says_why_and_the_public_reads_it(client, used, published, carla):
    client.force_login(carla)
    url = reverse("bank:change-adoption", args=[used.pk])
    assert client.post(url, change(state="gave_up")).status_code == 422
    assert client.post(url, change(state="gave_up", reason="Faltou orçamento")).status_code == 302
    page = client.get(published.get_absolute_url()).content.decode()
    assert "Faltou orçamento" in page
    assert "1 desistiu" in page
    with pytest.raises(IntegrityError), transaction.atomic():
        Adoption.objects.update(reason="")


def test_a_colleagues_change_is_not_overwritten(client, used, carla, now):
    adoptions.change_adoption(used, based_on=1, by=carla, at=now, state="in_use", **FACTS)
    client.force_login(carla)
    response = client.post(reverse("bank:change-adoption", args=[used.pk]), change(purpose="Outro texto"))
    assert response.status_code == 412
    assert "Outro texto" in response.content.decode()
    assert Adoption.objects.get().state == "in_use"


def test_withdrawn_it_is_gone_in_public_and_may_come_again(client, used, published, carla, other_government, now):
    client.force_login(carla)
    client.post(reverse("bank:withdraw-adoption", args=[used.pk]))
    assert "Esteio" not in client.get(published.get_absolute_url()).content.decode()
    url = reverse("bank:change-adoption", args=[used.pk])
    assert client.post(url, change(version=str(Adoption.objects.get().version))).status_code == 409
    later = now + timedelta(minutes=1)
    again, created = adoptions.record_adoption(published, other_government.body, by=carla, at=later, **FACTS)
    assert created
    assert again.pk != used.pk


def test_the_owners_answer_reaches_who_uses_it(client, used, ana, carla):
    client.force_login(ana)
    url = reverse("bank:answer-adoption", args=[used.pk])
    assert client.post(url, {"text": ""}).status_code == 422
    client.post(url, {"text": "Mandamos o modelo."})
    outbox.deliver_due()
    [letter] = [letter for letter in mail.outbox if "Resposta sobre a prática" in letter.subject]
    assert letter.to == [carla.email]
    client.force_login(carla)
    assert "Mandamos o modelo." in client.get(reverse("bank:adoption", args=[used.pk])).content.decode()


@pytest.mark.parametrize(
    ("address", "personal"),
    [("a@gmail.com", True), ("a@uol.com.br", True), ("a@canoas.rs.gov.br", False), ("a@me.gov.br", True)],
)
def test_personal_mail_services(address, personal):
    assert adoptions.is_personal(address) is personal


def test_own_room_shows_both_sides(client, used, ana, carla):
    for person, words in ((ana, "Esteio"), (carla, "Agenda única de mediação")):
        client.force_login(person)
        assert words in client.get(reverse("bank:own")).content.decode()
