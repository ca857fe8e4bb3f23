"""The open form, where nobody signs in; and sheets that begin with a reviewer's note."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse

from core import outbox
from governments.models import Organisation
from practices import curation, proposals, views_proposal
from practices.models import OpenProposal, Practice
from tests.practices.sheets import posted

WHO = {
    "organisation": "Ponte de Línguas",
    "kind": "civil_society",
    "uf": "SC",
    "website": "",
    "contact_name": "Marie Toussaint",
    "contact_email": "contato@ponte.example",
}
FORM = "/praticas/propor/formulario/"


def proposed(**changes):
    return posted("", key="cd" * 16) | WHO | changes


def last_link():
    """The address in the letter that left last."""
    outbox.deliver_due()
    return re.search(r"https?://[^/\s]+(/(?:en/|es/)?praticas/propor/p/\S+)", mail.outbox[-1].body)[1]


@pytest.fixture
def link(client, db):
    client.post(FORM, proposed())
    return last_link()


def test_a_proposal_is_confirmed_by_its_letter_before_anybody_reads_it(client, helena, link):
    practice = Practice.objects.get()
    assert (practice.state, practice.owner, practice.source) == ("draft", None, "open_form")
    client.force_login(helena)
    queue = reverse("bank:queue")
    assert practice not in client.get(queue, {"ver": "com-quem-propos"}).context["page"].object_list
    assert client.get(reverse("bank:curate", args=[practice.pk])).status_code == 404
    client.logout()
    assert client.get(link).status_code == 200
    assert Practice.objects.get().state == "draft"  # a mail scanner that follows links confirms nothing
    assert client.post(link, posted(1, send="1")).status_code == 302
    assert Practice.objects.get().state == "sent"
    client.force_login(helena)
    page = client.get(reverse("bank:curate", args=[practice.pk])).content.decode()
    assert "contato@ponte.example" in page


@pytest.mark.parametrize("persona", ["helena", "tiago", "admin_ada"])
def test_until_then_it_opens_at_no_address_of_the_portal(client, request, link, now, persona):
    practice = Practice.objects.get()
    document = practice.documents.create(title="Guia", url="https://ponte.example/guia")
    client.force_login(request.getfixturevalue(persona))
    for name in ("own-sheet", "check", "discard"):
        assert client.get(reverse(f"bank:{name}", args=[practice.pk])).status_code == 404
    for name in ("own-sheet", "discard", "confirm", "tell-change", "revise"):
        assert client.post(reverse(f"bank:{name}", args=[practice.pk]), posted(1) | {"text": "x"}).status_code == 404
    assert client.get(reverse("bank:own-document", args=[practice.pk, document.pk])).status_code == 404
    assert Practice.objects.get().version == 1
    proposals.confirm(link.rstrip("/").rpartition("/")[2], at=now)
    assert client.get(reverse("bank:own-sheet", args=[practice.pk])).status_code == 200


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"contact_email": "nada"}, "e-mail"),
        ({"organisation": ""}, "nome da organização"),
        ({"title_pt_br": ""}, "título"),
    ],
)
def test_a_refused_proposal_keeps_what_was_typed(client, db, changes, said):
    response = client.post(FORM, proposed(lessons="Não se perde") | changes)
    assert response.status_code == 422
    assert said in response.content.decode()
    assert "Não se perde" in response.content.decode()
    assert not Practice.objects.exists()


def test_sent_twice_it_is_one_proposal_and_one_letter(client, db):
    for _each in range(2):
        assert client.post(FORM, proposed()).url == reverse("bank:proposed")
    assert OpenProposal.objects.count() == 1
    outbox.deliver_due()
    assert len(mail.outbox) == 1


def test_the_letter_is_in_the_language_of_the_form(client, db):
    client.post(f"/en{FORM}", proposed())
    assert last_link().startswith("/en/")


def test_too_many_of_one_address_wait(client, db, monkeypatch):
    monkeypatch.setattr(views_proposal, "MOST_AN_HOUR", 2)
    for number in range(2):
        client.post(FORM, proposed(key=f"{number:032x}"), REMOTE_ADDR="10.9.8.7")
    refused = client.post(FORM, proposed(key="f" * 32, lessons="Guardado"), REMOTE_ADDR="10.9.8.7")
    assert refused.status_code == 429
    assert "Guardado" in refused.content.decode()


def test_an_address_of_an_older_letter_or_past_its_time_is_410(client, link):
    proposal = OpenProposal.objects.get()
    fresh = proposals.new_token(proposal)
    assert client.get(link).status_code == 410
    assert client.get(reverse("bank:proposal", args=[fresh])).status_code == 200
    OpenProposal.objects.update(token_until=proposal.created_at)
    assert client.get(reverse("bank:proposal", args=[fresh])).status_code == 410


def test_the_token_is_kept_as_a_hash_and_told_to_nobody(client, link):
    token = link.rstrip("/").rpartition("/")[2]
    assert len(token) >= 43
    assert OpenProposal.objects.get().token_hash == proposals.hash_of(token)
    assert client.get(link)["Referrer-Policy"] == "same-origin"


def test_given_back_completed_owned_and_published(client, helena, link, now):
    client.post(link, posted(1, send="1"))
    practice = Practice.objects.get()
    curation.give_back(practice, {"who": "Com que hospital?"}, by=helena, at=now)
    again = last_link()
    assert "Com que hospital?" in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["contato@ponte.example"]
    assert "Com que hospital?" in client.get(again).content.decode()
    version = Practice.objects.get().version
    stale = client.post(again, posted(version - 1, who="Velho"))
    assert stale.status_code == 412
    assert client.post(again, posted(version, who="Hospital Geral", send="1")).status_code == 302
    client.force_login(helena)
    features = {f"verdict_{code}": "yes" for code in curation.Feature.values} | {"based_on": ""}
    publish = reverse("bank:publish", args=[practice.pk])
    assert client.post(publish, features).status_code == 422  # nobody has said yet whose it is
    assert client.post(reverse("bank:owner", args=[practice.pk]), {"body": ""}).status_code == 302
    assert Organisation.objects.get().name == "Ponte de Línguas"
    assert client.post(publish).status_code == 302
    client.logout()
    page = client.get(practice.get_absolute_url()).content.decode()
    assert "Ponte de Línguas" in page
    assert "contato@ponte.example" not in page
    assert "Marie Toussaint" not in page


def test_what_nobody_confirmed_is_forgotten(client, link, now):
    assert proposals.forget_unconfirmed(now) == 0
    assert proposals.forget_unconfirmed(now + timedelta(days=8)) == 1
    assert not Practice.objects.exists()


def test_what_was_confirmed_stays(client, link, now):
    client.post(link, posted(1, send="1"))
    assert proposals.forget_unconfirmed(now + timedelta(days=90)) == 0


def test_a_corrected_address_gets_its_letter_and_a_corrected_text_is_kept(client, db):
    client.post(FORM, proposed(contact_email="contat@ponte.example"))
    client.post(FORM, proposed())
    client.post(FORM, proposed(lessons="Escrito depois de voltar"))
    assert OpenProposal.objects.filter(contact_email="contato@ponte.example").count() == 2
    assert Practice.objects.filter(lessons="Escrito depois de voltar").exists()


def test_who_sends_the_public_name_of_a_sheet_along_gets_no_hand_on_it(client, published):
    forms_key = published.key.rpartition("-")[2]
    client.post(FORM, proposed(title_pt_br=published.title_pt_br, key=forms_key))
    proposal = OpenProposal.objects.get()
    assert proposal.practice != published
    assert proposal.practice.state == "draft"
    assert not OpenProposal.objects.filter(practice=published).exists()
