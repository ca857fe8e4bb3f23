import logging
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import OperationalError, connection
from django.test import RequestFactory
from django.urls import reverse
from django.utils import timezone

from core import audit
from core.middleware import RequestFactsMiddleware
from core.problem import problem

pytestmark = [pytest.mark.urls("tests.core.floor_urls"), pytest.mark.django_db]
HEADERS = [
    "X-Content-Type-Options",
    "Referrer-Policy",
    "Cross-Origin-Opener-Policy",
    "Cross-Origin-Resource-Policy",
    "X-Frame-Options",
    "X-Request-ID",
]


@pytest.fixture(autouse=True)
def quiet():
    """Errors on purpose need not fill the log."""
    logging.disable(logging.CRITICAL)
    yield
    logging.disable(logging.NOTSET)


@pytest.fixture
def visitor(client):
    client.raise_request_exception = False
    return client


# routes


def test_an_undeclared_route_is_refused(client):
    assert client.get("/undeclared/").status_code == 403


def test_a_page_of_ones_own_asks_for_the_sign_in(client):
    response = client.get("/mine/")
    assert response.status_code == 302
    assert response["Location"].startswith(reverse("account_login"))


def test_what_is_written_while_the_session_ends_is_shown(client):
    response = client.post(
        "/mine/", {"motives": "Queremos acolher melhor quem chega.", "password": "senha que não volta"}
    )
    assert response.status_code == 403
    assert "no-store" in response["Cache-Control"]
    page = response.content.decode()
    assert "Queremos acolher melhor quem chega." in page
    assert "senha que não volta" not in page
    assert reverse("account_login") in page


def test_the_pages_script_is_led_to_the_sign_in_instead(client):
    text = {"comment": "Queremos acolher melhor quem chega."}
    assert client.post("/mine/", text, headers={"HX-Request": "true"}).status_code == 302


def test_an_address_that_leads_nowhere_is_not_kept_either_for_who_is_signed_in(client, make_user):
    assert "no-store" not in client.get("/nowhere/").headers.get("Cache-Control", "")
    client.force_login(make_user("ana"))
    assert "no-store" in client.get("/nowhere/")["Cache-Control"]


def test_a_role_of_the_programme_is_needed_at_the_desk(client, make_user):
    client.force_login(make_user("ana"))
    assert client.get("/desk/").status_code == 403


def test_methods_that_are_not_declared_are_refused(client, make_user):
    client.force_login(make_user("ana"))
    assert client.post("/mine/").status_code == 405


def test_pages_of_ones_own_are_kept_by_no_cache(client, make_user):
    client.force_login(make_user("ana"))
    for address in ("/mine/", "/public/"):
        assert set(client.get(address)["Cache-Control"].split(", ")) == {"private", "no-store"}


def test_public_pages_set_no_cookie_and_may_be_kept(client):
    response = client.get("/public/")
    assert response.status_code == 200
    assert not response.cookies
    assert "Cache-Control" not in response.headers


# outages


@pytest.mark.parametrize("what", ["database", "locked", "broker", "disk"])
def test_an_outage_is_503_with_the_time_to_come_back(client, what):
    response = client.get(f"/breaking/{what}/")
    assert response.status_code == 503
    assert int(response["Retry-After"]) > 0
    assert response["Cache-Control"] == "no-store"
    assert response["Content-Type"].startswith("text/html")


@pytest.mark.parametrize("what", ["mistake", "missing"])
def test_a_mistake_of_ours_stays_an_error(visitor, what):
    assert visitor.get(f"/breaking/{what}/").status_code == 500


def test_the_api_answers_an_outage_in_its_own_form(client):
    response = client.get("/api/breaking/database/")
    assert response.status_code == 503
    assert response["Content-Type"] == "application/problem+json"
    facts = response.json()
    assert (facts["status"], facts["code"], facts["request_id"]) == (503, "unavailable", response["X-Request-ID"])
    assert response["Retry-After"] == "15"


def test_who_accepts_json_only_gets_it_too(client):
    response = client.get("/breaking/database/", headers={"Accept": "application/json"})
    assert response["Content-Type"] == "application/problem+json"


def test_an_outage_shows_the_text_it_could_not_keep_but_no_secret(client):
    written = {"comment": "O conselho se reúne <todo> mês.", "password": "minha senha secreta aqui"}
    page = client.post("/breaking/database/", written).content.decode()
    assert "O conselho se reúne &lt;todo&gt; mês." in page
    assert "minha senha" not in page


def test_an_outage_met_before_the_view_is_503_too(visitor):
    def away(*args):
        raise OperationalError("connection refused")

    visitor.cookies[settings.SESSION_COOKIE_NAME] = "x" * 32
    with connection.execute_wrapper(away):
        response = visitor.get("/mine/")
    assert response.status_code == 503
    assert response["Retry-After"] == "15"
    assert "default-src" in response["Content-Security-Policy"]


# headers


@pytest.mark.parametrize("address", ["/public/", "/nowhere/", "/undeclared/", "/breaking/mistake/", "/breaking/disk/"])
def test_every_answer_carries_the_headers_of_safety(visitor, address):
    response = visitor.get(address)
    assert [name for name in HEADERS if name not in response.headers] == []
    assert "default-src" in response["Content-Security-Policy"]


# facts of the request


def facts_of(settings_proxies, **meta):
    seen = []

    def view(request):
        seen.append((request, audit.request_facts.get()))
        return problem(request, 404, "gone", "…")

    middleware = RequestFactsMiddleware(view)
    middleware.proxies = settings_proxies
    response = middleware(RequestFactory().get("/", **meta))
    [(request, context)] = seen
    assert context == (request.id, request.client_address)
    assert response["X-Request-ID"] == request.id
    return request


def test_a_nul_is_in_no_text_that_a_view_reads(client):
    """PostgreSQL refuses the whole question: what is a slip in an address would look like a failure of the portal."""
    assert client.get("/breaking/a%00/").status_code == 404
    request = facts_of([], QUERY_STRING="q=a%00b&uf=%00")
    assert request.GET.dict() == {"q": "ab", "uf": ""}


@pytest.fixture
def proxies(settings):
    settings.TRUSTED_PROXIES = ["10.0.0.0/8", "2001:db8::1"]
    return RequestFactsMiddleware(None).proxies


@pytest.mark.parametrize(
    ("peer", "forwarded", "address"),
    [
        ("198.51.100.7", "203.0.113.5", "198.51.100.7"),  # a stranger says so
        ("10.0.0.2", "203.0.113.5", "203.0.113.5"),
        ("10.0.0.2", "1.2.3.4, 203.0.113.5", "203.0.113.5"),  # the left one is the visitor's own invention
        ("10.0.0.2", "203.0.113.5, 10.0.0.9", "203.0.113.5"),  # two proxies of ours
        ("10.0.0.2", "<script>", "10.0.0.2"),
        ("10.0.0.2", "", "10.0.0.2"),
        ("2001:db8::1", "2001:db8:9::5", "2001:db8:9::5"),
        ("", "203.0.113.5", None),
    ],
)
def test_the_address_comes_only_through_trusted_proxies(proxies, peer, forwarded, address):
    request = facts_of(proxies, REMOTE_ADDR=peer, HTTP_X_FORWARDED_FOR=forwarded)
    assert request.client_address == address


def test_a_request_number_is_taken_from_a_proxy_only(proxies):
    given = {"HTTP_X_REQUEST_ID": "trace-0123456789"}
    assert facts_of(proxies, REMOTE_ADDR="10.0.0.2", **given).id == "trace-0123456789"
    assert facts_of(proxies, REMOTE_ADDR="198.51.100.7", **given).id != "trace-0123456789"
    assert facts_of(proxies, REMOTE_ADDR="10.0.0.2", HTTP_X_REQUEST_ID="a b\r\nX: y").id.isalnum()


def test_the_instant_of_arrival_is_aware_and_now(proxies):
    request = facts_of(proxies, REMOTE_ADDR="10.0.0.2")
    assert timezone.is_aware(request.arrived_at)
    assert timezone.now() - request.arrived_at < timedelta(seconds=5)
