"""The page frame: contrast, error pages, the demo banner, and what a first visit weighs."""

import gzip
import re

import pytest
from django.contrib.staticfiles import finders
from django.core.exceptions import PermissionDenied, SuspiciousOperation
from django.http import Http404
from django.urls import path

from core import context_processors
from core.models import Mark
from core.routes import PUBLIC, Access, declare
from core.views_frame import bad_request, forbidden, not_found, server_error
from tests.core import gallery_urls

pytestmark = pytest.mark.urls("tests.core.test_frame")

FAILURES = {"missing": Http404, "refused": PermissionDenied, "odd": SuspiciousOperation, "broken": ZeroDivisionError}
handler400, handler403, handler404, handler500 = bad_request, forbidden, not_found, server_error


def fail(request, how):
    if how in FAILURES:
        raise FAILURES[how]
    return gallery_urls.page(request)


fail = declare(fail, Access(PUBLIC, methods=("GET", "POST")))
urlpatterns = [
    path("api/fail/<str:how>/", fail),
    path("fail/<str:how>/", fail),
    *gallery_urls.urlpatterns,
]


@pytest.fixture(autouse=True)
def no_demo():
    context_processors.forget_demo_mark()
    yield
    context_processors.forget_demo_mark()


@pytest.fixture
def gallery(client, settings, db):
    settings.DEBUG = True
    return lambda: client.get("/componentes/")


def test_the_gallery_is_for_developers_only(client, settings, db):
    settings.DEBUG = False
    assert client.get("/componentes/").status_code == 404


def test_a_public_page_sets_no_cookie(gallery):
    response = gallery()
    assert response.status_code == 200
    assert not response.cookies


def test_contrast_is_kept_only_while_asked_for(client, gallery):
    on = client.post("/contraste/", {"contrast": "high", "next": "/componentes/"})
    assert (on.status_code, on["Location"]) == (302, "/componentes/")
    assert '<html lang="pt-br" class="contrast">' in gallery().content.decode()
    off = client.post("/contraste/", {"contrast": "off", "next": "/componentes/"})
    assert off.cookies["contrast"]["max-age"] == 0
    assert 'class="contrast"' not in gallery().content.decode()


@pytest.mark.parametrize("way_back", ["https://elsewhere.example/", "//elsewhere.example", "javascript:alert(1)", ""])
def test_contrast_never_leads_elsewhere(client, way_back):
    assert client.post("/contraste/", {"contrast": "high", "next": way_back})["Location"] == "/"


@pytest.mark.parametrize(
    ("how", "status", "words"),
    [
        ("missing", 404, "Não encontramos esta página"),
        ("refused", 403, "Esta página pede outra permissão"),
        ("odd", 400, "Não entendemos este pedido"),
        ("broken", 500, "O portal falhou nesta página"),
    ],
)
def test_a_refusal_is_a_page_for_people_and_a_problem_for_machines(client, db, how, status, words):
    client.raise_request_exception = False
    page = client.get(f"/fail/{how}/")
    assert page.status_code == status
    assert words in page.content.decode()
    machine = client.get(f"/api/fail/{how}/")
    assert machine.status_code == status
    assert machine["Content-Type"] == "application/problem+json"
    assert machine.json()["code"]


def test_the_bare_error_page_needs_no_database(client):
    # No `db` fixture: a query would fail the test.
    client.raise_request_exception = False
    assert client.get("/fail/broken/").status_code == 500


def test_a_stale_token_shows_what_was_written(db, settings):
    from django.test import Client

    settings.CSRF_FAILURE_VIEW = "core.views_frame.csrf_failure"
    answer = Client(enforce_csrf_checks=True).post(
        "/fail/no/", {"motives": "Queremos organizar o <acolhimento>.", "password": "uma senha bem longa"}
    )
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "Queremos organizar o &lt;acolhimento&gt;." in page
    assert "uma senha bem longa" not in page


def test_the_banner_appears_with_the_mark_and_costs_one_query_in_a_while(gallery, django_assert_num_queries):
    assert "Dados fictícios de demonstração" not in gallery().content.decode()
    Mark.objects.create(name="demo")
    context_processors.forget_demo_mark()
    with django_assert_num_queries(1):
        assert "Dados fictícios de demonstração" in gallery().content.decode()
    with django_assert_num_queries(0):
        gallery()


def test_skip_links_have_targets_and_the_four_keys(gallery):
    page = gallery().content.decode()
    for key, target in {1: "conteudo", 2: "menu", 3: "busca", 4: "rodape"}.items():
        assert f'href="#{target}" accesskey="{key}"' in page
        assert page.count(f'id="{target}"') == 1


def test_nothing_inline_for_the_policy_to_block(gallery):
    page = gallery().content.decode()
    assert not re.search(r"\sstyle=|<style|\son\w+=|<script(?![^>]*\bsrc=)", page)


def test_a_first_visit_is_light(gallery):
    """Even the gallery, longer than any page, with htmx: at most 60 KiB and six requests."""
    response = gallery()
    names = re.findall(r'(?:src|href)="/static/([^"]+)"', response.content.decode())
    bodies = [response.content]
    for name in names:
        with open(finders.find(name), "rb") as file:
            bodies.append(file.read())
    assert len(bodies) <= 6
    assert sum(len(gzip.compress(body)) for body in bodies) <= 60 * 1024
