"""The open pages: what they show, what they hide, what they cost."""

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from certification.models import Participation
from core.routes import PUBLIC
from core.templatetags.components import KeptNode
from events.domain import create_event
from migracidades.matrix import routes
from practices.domain import publish_practice
from tests.factories import GovernmentFactory

from .conftest import text_of

PAGES = ["home", "process", "dimensions", "governments", "editions", "practices", "events", "about", "privacy"]
PAGES += ["accessibility", "numbers"]


# What is not published


@pytest.mark.parametrize("name", ["home", "governments", "editions"])
def test_a_seal_of_an_unpublished_edition_is_on_no_list(client, hidden, name):
    assert hidden.code not in client.get(reverse(name)).content.decode()
    assert "Fortaleza" not in text_of(client.get(reverse(name)))


def test_a_government_page_is_silent_about_an_unpublished_edition(client, hidden):
    page = text_of(client.get(reverse("government", args=["2304400"])))
    assert hidden.code not in page
    assert "ainda não tem participação publicada" in page


def test_an_edition_page_shows_periods_before_publication_and_nobody_yet(client, hidden):
    page = text_of(client.get(reverse("edition", args=[2026])))
    assert "Inscrição" in page
    assert "Fortaleza" not in page


def test_a_participation_that_ended_without_a_seal_is_not_in_the_directory(client, published):
    Participation.objects.create(edition=published, government=GovernmentFactory(name="Sem Selo"))
    assert "Sem Selo" not in text_of(client.get(reverse("governments")))


@pytest.mark.parametrize(
    ("name", "args"),
    [("government", ["9"]), ("edition", [1999]), ("dimension", [11]), ("practice", [9]), ("event", [9])],
)
def test_what_does_not_exist_is_404(client, published, name, args):
    assert client.get(reverse(name, args=args)).status_code == 404


def test_practices_and_events_wait_for_their_publication(client, canoas):
    later = timezone.now() + timezone.timedelta(days=1)
    practice = publish_practice("depois", owner=canoas.body, at=later, title_pt_br="Depois", summary_pt_br="x")
    event = create_event(
        "depois",
        at=later,
        type="webinar",
        title_pt_br="Depois",
        audience_label_pt_br="Todos",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate(),
    )
    assert client.get(practice.get_absolute_url()).status_code == 404
    assert client.get(event.get_absolute_url()).status_code == 404
    assert "Depois" not in text_of(client.get(reverse("practices"))) + text_of(client.get(reverse("events")))


def test_a_feed_that_did_not_change_is_not_sent_again(client, canoas):
    def publish(key):
        publish_practice(key, owner=canoas.body, at=timezone.now(), title_pt_br=key, summary_pt_br="x")

    def asked(**headers):
        return client.get("/praticas/atom.xml", headers=headers)

    publish("agenda")
    first = asked()
    again = asked(**{"If-None-Match": first["ETag"]})
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    publish("caderno")
    changed = asked(**{"If-None-Match": first["ETag"]})
    assert (changed.status_code, b"caderno" in changed.content) == (200, True)


# What every page keeps


@pytest.mark.parametrize("prefix", ["", "/en", "/es"])
@pytest.mark.parametrize("name", PAGES)
def test_open_pages_answer_in_each_language_and_set_no_cookie(client, sealed, name, prefix):
    response = client.get(prefix + reverse(name))
    assert response.status_code == 200
    assert not response.cookies
    assert "Set-Cookie" not in response.headers
    assert b"<script>" not in response.content
    assert b"style=" not in response.content


def test_each_page_keeps_its_frame_in_each_language():
    pages = {
        route.name for route in routes() if "GET" in route.methods and not route.pattern.startswith(("api/", "admin/"))
    }
    assert len(pages) * len(settings.LANGUAGES) <= KeptNode.MOST


def test_who_sends_to_a_page_that_is_only_read_hears_405_without_a_token(db):
    strict = Client(enforce_csrf_checks=True)
    read = [route for route in routes() if route.scope == PUBLIC and route.methods == ("GET",) and not route.parameters]
    told = {}
    for route in read:
        for method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = strict.generic(method, reverse(route.name))
            told[f"{method} {route.name}"] = (answer.status_code, answer.headers.get("Allow"))
    assert len(told) > 80
    assert {name: answer for name, answer in told.items() if answer != (405, "GET, HEAD, OPTIONS")} == {}


def test_what_takes_a_form_still_asks_for_its_token(db):
    strict = Client(enforce_csrf_checks=True)
    for name in ("bank:propose-form", "account_login"):
        assert strict.post(reverse(name), {"name": "x"}).status_code == 403


def test_home_tells_who_is_certified_in_words_and_the_open_call(client, sealed, unpublished):
    page = text_of(client.get(reverse("home")))
    assert "1 governo percorreu todas as etapas até a certificação." in page
    assert "Inscrições abertas" in page


def test_pages_without_any_data_still_explain(client, db):
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 200
