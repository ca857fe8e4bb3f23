"""The page of open data, the page of the API, and what programs that visit ask for."""

import json
import re
import xml.etree.ElementTree as ET
from datetime import datetime, timedelta

import pytest
from django.utils import timezone

from migracidades.open_data.tables import ALL
from tests.factories import GovernmentFactory

from .conftest import certify

SITEMAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


def test_page_lists_every_table_with_its_files(client, sealed):
    page = client.get("/dados/").content.decode()
    for table in ALL:
        for form in ("csv", "json", "xlsx"):
            assert f'href="/dados/{table.slug}.{form}"' in page
    assert "creativecommons.org/licenses/by/4.0/" in page


def test_page_tells_programs_of_its_data_sets(client, sealed, settings):
    settings.PUBLIC_BASE_URL = "https://portal.example"
    page = client.get("/dados/").content.decode()
    [block] = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    data = json.loads(block)
    assert data["@type"] == "DataCatalog"
    seals = next(each for each in data["dataset"] if each["identifier"] == "seals")
    assert seals["distribution"][0]["contentUrl"] == "https://portal.example/dados/seals.csv"
    assert seals["dateModified"]


@pytest.mark.parametrize("path", ["/dados/", "/en/dados/", "/es/dados/", "/dados/api/", "/en/dados/api/"])
def test_pages_answer_without_a_cookie(client, sealed, questionnaire, path):
    response = client.get(path)
    assert response.status_code == 200
    assert not response.cookies


@pytest.mark.parametrize("path", ["/dados/", "/sitemap.xml", "/sitemap-governments-1.xml", "/sitemap-seals-1.xml"])
def test_cost_stays_the_same_for_many_rows(client, sealed, path, django_assert_max_num_queries):
    for _each in range(5):
        certify(sealed.participation.edition, GovernmentFactory())
    client.get("/")  # what a process reads once
    with django_assert_max_num_queries(50 if path == "/dados/" else 10):
        client.get(path)


def test_rows_are_counted_once_in_a_while(client, sealed, django_assert_max_num_queries):
    client.get("/dados/")
    with django_assert_max_num_queries(3):
        client.get("/dados/")


def test_page_of_the_api_tells_every_public_address(client, db):
    page = client.get("/dados/api/").content.decode()
    described = client.get("/api/v1/openapi.json").json()["paths"]
    public = [path for path, methods in described.items() if "public" in methods.get("get", {}).get("tags", [])]
    assert len(public) == 16
    for path in public:
        assert f"GET {path}</code>" in page
    assert "<script" not in page.partition("<main")[2]


def test_robots_keep_out_of_the_rooms_and_find_the_map(client, settings, db):
    settings.PUBLIC_BASE_URL = "https://portal.example"
    lines = client.get("/robots.txt").content.decode().splitlines()
    assert {"Disallow: /painel/", "Disallow: /en/coordenacao/"} <= set(lines)
    assert "Sitemap: https://portal.example/sitemap.xml" in lines


def test_security_txt_names_whom_to_tell_and_is_not_stale(client, settings, db):
    settings.CONTACT_EMAIL = "seguranca@portal.example"
    fields = dict(line.split(": ", 1) for line in client.get("/.well-known/security.txt").content.decode().splitlines())
    assert fields["Contact"] == "mailto:seguranca@portal.example"
    expires = datetime.fromisoformat(fields["Expires"])
    assert timedelta(days=30) < expires - timezone.now() < timedelta(days=366)


def locations(client, path):
    return [each.text for each in ET.fromstring(client.get(path).content).iter(f"{SITEMAP}loc")]


def test_sitemap_leads_to_every_published_page_and_to_no_other(client, sealed, hidden, settings, questionnaire):
    settings.PUBLIC_BASE_URL = "https://portal.example"
    found = []
    for part in locations(client, "/sitemap.xml"):
        assert part.startswith("https://portal.example/sitemap-")
        found += locations(client, part.removeprefix("https://portal.example"))
    assert f"https://portal.example/selos/{sealed.code}/" in found
    assert "https://portal.example/en/governos/5208707/" in found
    assert "https://portal.example/es/dimensoes/10/" in found
    assert not any(hidden.code in address for address in found)
    assert len(found) == len(set(found))
    strange = [url for url in found if not url.startswith("https://portal.example/")]
    assert strange == []


def test_every_page_of_the_map_answers(client, sealed, questionnaire):
    for part in locations(client, "/sitemap.xml"):
        path = "/" + part.split("/", 3)[3]
        paths = ["/" + address.split("/", 3)[3] for address in locations(client, path)]
        for page in [each for each in paths if not each.startswith(("/en/", "/es/"))]:
            assert client.get(page).status_code == 200, page


def test_each_language_names_the_others(client, sealed):
    tree = ET.fromstring(client.get("/sitemap-seals-1.xml").content)
    for url in tree.iter(f"{SITEMAP}url"):
        alternates = {link.get("hreflang"): link.get("href") for link in url.iter(LINK)}
        assert set(alternates) == {"pt-BR", "en", "es", "x-default"}
        assert url.find(f"{SITEMAP}loc").text in alternates.values()


@pytest.mark.parametrize("path", ["/sitemap-governments-9.xml", "/sitemap-users-1.xml", "/sitemap-seals-0.xml"])
def test_parts_that_do_not_exist(client, db, path):
    assert client.get(path).status_code == 404
