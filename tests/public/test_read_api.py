"""The read API: published data only, the same filters as the pages, never a weight or a score."""

from datetime import date

import pytest
from django.utils import timezone

from certification.models import Edition
from dimensions import loader
from events.domain import create_event
from practices.domain import publish_practice
from tests.factories import GovernmentFactory

from .conftest import certify

API = "/api/v1"
LISTS = ["editions", "governments", "seals", "dimensions", "practices", "events"]


def items(client, path, **query):
    response = client.get(f"{API}/{path}", query)
    assert response.status_code == 200, response.content
    return response.json()["items"]


def test_what_an_unpublished_edition_holds_is_nowhere(client, hidden):
    assert items(client, "seals") == []
    assert client.get(f"{API}/seals/{hidden.code}").status_code == 404
    assert client.get(f"{API}/governments/2304400").json()["seals"] == []
    assert client.get(f"{API}/governments/2304400").json()["participations"] == []
    [edition] = items(client, "editions")
    assert (edition["published"], edition["certified"]) == (False, None)


@pytest.mark.parametrize(
    "path", ["governments/9", "editions/1999", "seals/XXXX", "dimensions/11", "practices/9", "events/9", "seals?page=2"]
)
def test_what_does_not_exist_is_a_problem_404(client, db, path):
    response = client.get(f"{API}/{path}")
    assert response.status_code == 404
    assert response.headers["Content-Type"] == "application/problem+json"
    assert response.json()["code"] == "not_found"


@pytest.mark.parametrize("query", ["kind=cidade", "uf=RGS", "page=0", "page_size=101", "edition=x"])
def test_a_filter_that_makes_no_sense_is_named(client, db, query):
    response = client.get(f"{API}/governments?{query}")
    assert response.status_code == 422
    assert response.json()["errors"][0]["place"].endswith(query.partition("=")[0])


@pytest.mark.parametrize("path", LISTS)
def test_only_reading_is_answered(client, db, path):
    assert client.post(f"{API}/{path}").status_code == 405
    assert client.delete(f"{API}/{path}").status_code == 405


@pytest.mark.parametrize("path", LISTS)
def test_lists_have_one_form_no_cookie_and_an_etag(client, sealed, path):
    response = client.get(f"{API}/{path}")
    assert set(response.json()) == {"count", "page", "pages", "next", "previous", "items"}
    assert not response.cookies
    again = client.get(f"{API}/{path}", headers={"If-None-Match": response["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_etag_changes_with_what_it_stands_for(client, sealed):
    before = client.get(f"{API}/seals")["ETag"]
    certify(sealed.participation.edition, GovernmentFactory())
    assert client.get(f"{API}/seals")["ETag"] != before


def test_pages_follow_one_another(client, published):
    for _each in range(3):
        certify(published, GovernmentFactory())
    first = client.get(f"{API}/seals", {"page_size": 2, "edition": 2021}).json()
    assert (first["count"], first["pages"], first["previous"], len(first["items"])) == (3, 2, None, 2)
    second = client.get(first["next"]).json()
    assert (second["next"], len(second["items"])) == (None, 1)


@pytest.mark.parametrize(
    ("query", "number"),
    [
        ({"uf": "go"}, 1),
        ({"uf": "RS"}, 0),
        ({"kind": "state"}, 0),
        ({"government": "5208707"}, 1),
        ({"edition": 2020}, 0),
    ],
)
def test_seals_by_place_government_and_edition(client, sealed, query, number):
    assert len(items(client, "seals", **query)) == number


def test_seals_by_state_agree_with_what_each_says(client, published, programme):
    past = Edition.objects.create(
        programme=programme, year=2019, published_at=timezone.now(), seal_valid_until=date(2020, 12, 31)
    )
    certify(published, GovernmentFactory())
    certify(past, GovernmentFactory())
    for state in ("valid", "expired", "revoked"):
        assert {seal["state"] for seal in items(client, "seals", state=state)} == ({state} - {"revoked"})


def test_governments_with_without_and_whether_or_not(client, sealed):
    GovernmentFactory(name="Outra")
    assert [row["name"] for row in items(client, "governments", certified="true")] == ["Goiânia"]
    assert [row["name"] for row in items(client, "governments", certified="false")] == ["Outra"]
    assert len(items(client, "governments")) == 2
    assert items(client, "governments", q="goiania")[0]["seals"][0]["code"] == sealed.code


def test_addresses_are_built_from_settings(client, sealed, settings):
    settings.PUBLIC_BASE_URL = "https://portal.example"
    [seal] = items(client, "seals")
    assert seal["url"] == f"https://portal.example/selos/{sealed.code}/"


def test_dimensions_come_in_three_languages_without_weight_or_score(client, db):
    loader.load_default()
    assert len(items(client, "dimensions")) == 10
    response = client.get(f"{API}/dimensions/6")
    assert set(response.json()["name"]) == {"pt-br", "en", "es"}
    for word in (b"weight", b"score"):
        assert word not in response.content


def test_neither_the_description_names_a_weight_or_score(client, db):
    text = client.get(f"{API}/openapi.json").content
    assert b"weight" not in text
    assert b"score" not in text


def test_an_event_names_only_practices_that_are_published(client, canoas):
    now = timezone.now()
    for key, at in (("caderno", now), ("rascunho", now + timezone.timedelta(days=3))):
        publish_practice(key, owner=canoas.body, at=at, title_pt_br=key, summary_pt_br="x")
    facts = {"type": "webinar", "title_pt_br": "Encontro", "audience_label_pt_br": "Todos"}
    days = {"starts_on": "2021-02-25", "ends_on": "2021-02-25"}
    event = create_event("encontro", at=now, practice_keys=["rascunho", "caderno"], **facts, **days)
    assert client.get(f"{API}/events/{event.pk}").json()["practices"] == ["caderno"]


def test_practices_and_events_with_filters(client, canoas):
    now = timezone.now()
    publish_practice(
        "caderno", owner=canoas.body, at=now, title_pt_br="Caderno de passagem", summary_pt_br="x", dimensions=[1]
    )
    create_event(
        "encontro",
        at=now,
        type="webinar",
        title_pt_br="Encontro",
        audience_label_pt_br="Todos",
        starts_on="2021-02-25",
        ends_on="2021-02-25",
        attendance={"number": 21, "unit": "governments"},
    )
    assert len(items(client, "practices", dimension=1, q="CADERNO")) == 1
    assert items(client, "practices", dimension=2) == []
    [event] = items(client, "events", year=2021, upcoming="false")
    assert event["attendance"] == {"number": 21, "unit": "governments"}
    assert items(client, "events", upcoming="true") == []
    for path, each in (("practices", items(client, "practices")[0]), ("events", event)):
        assert client.get(f"{API}/{path}/{each['id']}").json()["key"] == each["key"]


@pytest.mark.parametrize("path", ["governments", "seals", "editions"])
def test_lists_cost_the_same_for_one_and_for_many(client, published, path, django_assert_max_num_queries):
    for _each in range(15):
        certify(published, GovernmentFactory())
    with django_assert_max_num_queries(7):
        client.get(f"{API}/{path}")
