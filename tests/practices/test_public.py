"""The bank as anyone reads it: filters, one sheet, what is near it, the feed, no cookie."""

import json
import re
from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django.utils.http import http_date

from certification.cycle import record_earlier_award
from certification.models import Edition, Programme
from certification.seal.domain import record_earlier_seal
from practices import adoptions, curation, similar
from practices.domain import publish_practice
from practices.filters import Filters
from practices.models import Practice
from tests.factories import GovernmentFactory

ATOM = "{http://www.w3.org/2005/Atom}"


def tell(owner, key, **facts):
    told = {"title_pt_br": f"Prática {key}", "summary_pt_br": "Resumo.", "dimensions": [4]} | facts
    return publish_practice(key, owner=owner, at=facts.pop("at", None) or timezone.now(), **told)


@pytest.fixture
def two(canoas, association):
    """One of a municipality, one of an association, told in Spanish."""
    law = {"title": "Lei municipal", "type": "law", "url": "https://lei.example/"}
    of_canoas = tell(
        canoas.body,
        "um",
        sdg_targets=["10.7"],
        features=["ownership"],
        started_year=2020,
        documents=[law],
        title_en="Alpha",
    )
    of_baoba = tell(association, "dois", dimensions=[7], sdg_targets=["1.3"], started_year=2023, language="es")
    return of_canoas, of_baoba


@pytest.mark.parametrize(
    ("query", "keys"),
    [
        ({}, {"um", "dois"}),
        ({"q": "pratica alpha"}, {"um"}),
        ({"q": "lei municipal"}, {"um"}),
        ({"dimensao": "7"}, {"dois"}),
        ({"uf": "rs"}, {"um"}),
        ({"regiao": "Sul"}, {"um"}),
        ({"regiao": "Norte"}, set()),
        ({"quem": "municipality"}, {"um"}),
        ({"quem": "migrant_association"}, {"dois"}),
        ({"ods": "10"}, {"um"}),
        ({"ods": "1"}, {"dois"}),
        ({"ano": "2023"}, {"dois"}),
        ({"documento": "law"}, {"um"}),
        ({"idioma": "es"}, {"dois"}),
        ({"caracteristica": "ownership"}, {"um"}),
        ({"ods": "10", "dimensao": "7"}, set()),
        ({"ods": "99", "uf": "XX", "ano": "1", "quem": "x", "ordem": "x", "page": "x"}, {"um", "dois"}),
    ],
)
def test_filters(client, two, query, keys):
    page = client.get(reverse("practices"), query)
    assert page.status_code == 200
    assert {practice.key for practice in page.context["page"].object_list} == keys


def test_filters_are_said_in_words_and_each_can_be_taken_away(client, two):
    page = client.get(reverse("practices"), {"q": "lei", "ods": "10", "uf": "RS", "ordem": "titulo"})
    said = dict(page.context["chips"])
    assert said["palavras: lei"] == "?uf=RS&ods=10&ordem=titulo"
    assert said["ODS 10: Redução das desigualdades"] == "?q=lei&uf=RS&ordem=titulo"
    assert "Rio Grande do Sul" in said


@pytest.mark.parametrize("order", ["recentes", "titulo", "conferidas", "usadas"])
@pytest.mark.parametrize("prefix", ["", "/en"])
def test_orders(client, two, order, prefix):
    found = client.get(f"{prefix}/praticas/", {"ordem": order}).context["page"].object_list
    assert len(found) == 2
    if order == "titulo":
        assert found[0].key == ("um" if prefix else "dois")


def test_nothing_found_helps(client, two):
    page = client.get(reverse("practices"), {"q": "inexistente"}).content.decode()
    assert "Nenhuma prática com tudo isso junto" in page


def test_a_sheet_shows_documents_goals_and_what_machines_read(client, two):
    page = client.get(two[0].get_absolute_url()).content.decode()
    for words in ("https://lei.example/", "Redução das desigualdades", "meta 10.7", "Conferida em", "Queremos usar"):
        assert words in page
    data = json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page)[1])
    assert data["@graph"][0]["@type"] == "Article"
    assert data["@graph"][0]["author"]["url"].endswith("/governos/4304606/")


def test_a_title_without_translation_says_its_language(client, two):
    page = client.get(f"/en/praticas/{two[1].pk}/").content.decode()
    assert '<h1 lang="pt-br">Prática dois</h1>' in page
    assert '<h1 lang="en">Alpha</h1>' in client.get(f"/en/praticas/{two[0].pk}/").content.decode()


@pytest.mark.parametrize("state", ["draft", "sent", "returned", "declined", "unpublished"])
def test_what_is_not_published_is_nowhere(client, two, state):
    practice = two[0]
    Practice.objects.filter(pk=practice.pk).update(state=state)
    for name in ("practice", "practice-sheet", "want-practice"):
        assert client.get(reverse(name, args=[practice.pk])).status_code == 404
    assert practice not in client.get(reverse("practices")).context["page"].object_list
    assert practice.title not in client.get(reverse("practices-feed")).content.decode()


def test_open_pages_set_no_cookie(client, two):
    for path in (
        reverse("practices"),
        two[0].get_absolute_url(),
        reverse("want-practice", args=[two[0].pk]),
        reverse("practices-feed"),
        reverse("bank:propose"),
    ):
        assert client.get(path).status_code == 200
    assert not client.cookies


def test_signs_nobody_sees_do_not_break_the_feed(client, canoas):
    tell(canoas.body, "colada", title_pt_br="Agenda\x0búnica", summary_pt_br="Um\x1b resumo.")
    feed = ElementTree.fromstring(client.get("/praticas/atom.xml").content)
    assert [entry.findtext(f"{ATOM}title") for entry in feed.iter(f"{ATOM}entry")] == ["Agenda única"]


def test_the_feed_is_atom_with_links_of_the_portal_alone(client, two, settings):
    response = client.get(reverse("practices-feed"))
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ElementTree.fromstring(response.content)
    assert feed.tag == f"{ATOM}feed"
    links = [link.attrib["href"] for link in feed.iter(f"{ATOM}link")]
    assert links
    assert all(link.startswith(settings.PUBLIC_BASE_URL) for link in links)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.find(f"{ATOM}title").text for entry in entries] == ["Prática dois", "Prática um"]
    assert len({entry.find(f"{ATOM}id").text for entry in entries}) == 2
    english = ElementTree.fromstring(client.get("/en/praticas/atom.xml").content)
    assert "Alpha" in [title.text for title in english.iter(f"{ATOM}title")]


def test_a_practice_off_the_air_is_a_change_of_the_feed(client, two, helena):
    address, title = reverse("practices-feed"), two[0].title
    tag, day = client.get(address)["ETag"], http_date(timezone.now().timestamp())
    curation.unpublish(two[0], reason="Saiu do ar", by=helena, at=timezone.now())
    for known in ({"If-None-Match": tag}, {"If-Modified-Since": day}):
        answer = client.get(address, headers=known)
        assert (answer.status_code, title in answer.content.decode()) == (200, False)


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


def test_the_list_costs_the_same_for_one_and_for_many(client, canoas):
    tell(canoas.body, "um", features=["ownership"])
    one = queries(client, reverse("practices"))
    for number in range(9):
        tell(GovernmentFactory().body, f"p{number}", dimensions=[1, 2, 3])
    assert queries(client, reverse("practices")) == one <= 8


def certify(government, edition, at):
    participation, _created = record_earlier_award(edition, government, source="teste", at=at)
    record_earlier_seal(participation, source="teste", at=at)


@pytest.fixture
def edition(db):
    at = timezone.now() - timedelta(days=1)
    programme = Programme.objects.create(slug="migracidades", name="MigraCidades")
    return Edition.objects.create(programme=programme, year=2021, published_at=at, from_before_portal=True)


def test_a_sheet_costs_the_same_with_one_and_with_many_beside_it(client, canoas, ana, edition, now):
    practice = tell(canoas.body, "um")
    certify(canoas, edition, now)

    def more():
        other = GovernmentFactory()
        certify(other, edition, now)
        tell(other.body, f"de-{other.pk}")
        practice.adoptions.create(adopter=other.body, purpose="x", department="y", contact_email="a@b.example")
        practice.results.create(what="x", figure=1, unit="y", source="z")
        practice.documents.create(title="Guia")
        practice.partners.add(GovernmentFactory().body)

    more()
    one = queries(client, practice.get_absolute_url())
    for _each in range(3):
        more()
    assert queries(client, practice.get_absolute_url()) == one <= 22


def test_similar_governments_say_why(client, canoas, carla, other_government, edition, now):
    practice = tell(canoas.body, "um")
    far = GovernmentFactory(name="Longe", uf="AM", region="Norte")
    for government in (canoas, other_government, far):
        certify(government, edition, now)
    facts = {"purpose": "Fazer igual", "department": "Saúde", "contact_email": "saude@esteio.example"}
    adoptions.record_adoption(practice, other_government.body, by=carla, at=now, **facts)
    uses = practice.adoptions.standing().with_adopter()
    practice = Practice.objects.with_owner().get(pk=practice.pk)
    [near] = similar.governments_near(practice, uses, now)  # nothing is known of the far one that makes it alike
    assert near.government == other_government
    assert near.reasons == ["Quer usar esta prática", "No mesmo estado (RS)"]
    assert "No mesmo estado (RS)" in client.get(practice.get_absolute_url()).content.decode()


def test_similar_practices_share_a_dimension(two, canoas):
    other = tell(canoas.body, "tres", dimensions=[4, 7])
    [(found, reason)] = similar.practices_near(two[1], timezone.now())
    assert (found, reason) == (other, "Também trata da dimensão 7")


def test_the_address_says_all_that_is_asked():
    filters = Filters.of({"q": " a  b ", "uf": "rs", "ordem": "recentes"})
    assert filters.query == "q=a+b&uf=RS"


def test_a_featured_one_comes_first_on_the_home_page(client, two):
    Practice.objects.filter(pk=two[0].pk).update(featured_at=timezone.now())
    assert Practice.objects.public().featured_first().first() == two[0]
