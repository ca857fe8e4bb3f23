"""The tables of open data: published rows only, stable columns, three forms that say the same, and a way to ask whether they changed."""

import io
import json

import openpyxl
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from certification.models import Edition
from events.domain import create_event
from migracidades.open_data.tables import ALL, BY_SLUG, DATA
from practices.domain import publish_practice
from tests.factories import GovernmentFactory

from .conftest import certify, rows_of

SLUGS = sorted(BY_SLUG)
# What is nobody's business outside the team, and what would make a ranking.
NEVER = ("score", "weight", "email", "phone", "telefone", "responsible", "signatory")


@pytest.fixture
def full(sealed, questionnaire, canoas):
    """A row in most tables."""
    now = timezone.now()
    publish_practice("caderno", owner=canoas.body, at=now, title_pt_br="=Caderno", summary_pt_br="x", dimensions=[1, 6])
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


def test_names_of_tables_and_columns_stay():
    """Who built on a column finds it again: a new one may come, none goes."""
    assert {table.slug for table in DATA} >= {
        *("governments", "editions", "participations", "seals", "dimension-results", "indicator-results"),
        *("actions", "practices", "events", "questionnaire", "numbers"),
    }
    assert BY_SLUG["seals"].names == [
        *("code", "edition", "ibge_code", "government", "kind", "uf", "region", "state", "awarded_at"),
        *("valid_until", "revoked_at", "replaced_at", "replaced_by", "public_reason", "source", "url"),
    ]
    assert BY_SLUG["participations"].names == [
        *("edition", "ibge_code", "government", "kind", "uf", "region", "certified", "seal_code"),
    ]


@pytest.mark.parametrize("table", ALL, ids=lambda table: table.slug)
def test_columns_have_words_and_none_is_private(table):
    assert len(set(table.names)) == len(table.names)
    for column in table.columns:
        assert str(column.meaning).strip()
        assert str(column.source).strip()
        assert not any(word in column.name for word in NEVER)


def content_of(response):
    return b"".join(response.streaming_content)


def test_three_forms_say_the_same(client, full):
    for slug, table in BY_SLUG.items():
        told = rows_of(client, slug)
        as_json = json.loads(content_of(client.get(f"/dados/{slug}.json")))
        book = io.BytesIO(content_of(client.get(f"/dados/{slug}.xlsx")))
        lines = list(openpyxl.load_workbook(book, read_only=True).worksheets[0].iter_rows(values_only=True))

        assert len(told) == len(as_json) == len(lines) - 1 == table.count(timezone.now()), slug
        assert list(lines[0]) == table.names
        assert all(list(row) == table.names for row in [*as_json, *told])


def test_a_row_a_seal(client, sealed):
    [row] = rows_of(client, "seals")
    facts = {"code": sealed.code, "edition": "2021", "ibge_code": "5208707", "government": "Goiânia", "state": "valid"}
    assert facts.items() <= row.items()
    assert row["url"].endswith(f"/selos/{sealed.code}/")
    assert rows_of(client, "participations")[0]["certified"] == "true"
    [government] = rows_of(client, "governments")
    assert (government["first_edition"], government["seals"]) == ("2021", "1")


def test_a_government_of_two_editions_is_one_row(client, sealed, programme):
    earlier = Edition.objects.create(
        programme=programme, year=2020, from_before_portal=True, published_at=timezone.now()
    )
    certify(earlier, sealed.participation.government)
    certify(earlier, GovernmentFactory(name="Aba"))
    rows = {row["government"]: row for row in rows_of(client, "governments")}
    goiania = rows["Goiânia"]
    assert (goiania["first_edition"], goiania["last_edition"], goiania["editions"]) == ("2020", "2021", "2")
    assert len(rows) == 2


def test_texts_of_others_are_no_formulas(client, full):
    [practice] = rows_of(client, "practices")
    assert practice["title_pt_br"] == "'=Caderno"
    assert practice["dimensions"] == "1; 6"


def test_an_unchanged_table_is_not_sent_again(client, full):
    for path in [f"/dados/{slug}.{form}" for slug in SLUGS for form in ("csv", "json", "xlsx")]:
        first = client.get(path)
        content_of(first)
        again = client.get(path, headers={"If-None-Match": first["ETag"]})
        assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"]), path
        assert first["Access-Control-Allow-Origin"] == "*"
        assert not first.cookies


def test_an_etag_changes_with_the_rows(client, sealed):
    slugs = ("seals", "participations", "governments", "editions")
    before = {slug: client.get(f"/dados/{slug}.csv")["ETag"] for slug in slugs}
    certify(sealed.participation.edition, GovernmentFactory())
    assert [slug for slug in slugs if client.get(f"/dados/{slug}.csv")["ETag"] == before[slug]] == []


def test_last_modified_is_when_something_changed(client, sealed):
    assert client.get("/dados/participations.csv")["Last-Modified"]
    since = client.get("/dados/participations.csv")["Last-Modified"]
    again = client.get("/dados/participations.csv", headers={"If-Modified-Since": since})
    assert again.status_code == 304


def test_head_sends_nothing_but_the_facts(client, sealed):
    for form in ("csv", "json", "xlsx"):
        response, whole = client.head(f"/dados/seals.{form}"), client.get(f"/dados/seals.{form}")
        content_of(whole)
        assert (response.status_code, response.content) == (200, b"")
        assert (response["ETag"], response["Content-Type"]) == (whole["ETag"], whole["Content-Type"])


@pytest.mark.parametrize("path", ["users.csv", "seals.xml", "seals", "Seals.csv"])
def test_other_tables_do_not_exist(client, db, path):
    assert client.get(f"/dados/{path}").status_code == 404


def test_only_reading(client, db):
    assert client.post("/dados/seals.csv").status_code == 405


def test_a_table_costs_the_same_for_one_row_and_for_many(client, full, published):
    def costs():
        found = {}
        for slug in SLUGS:
            with CaptureQueriesContext(connection) as queries:
                content_of(client.get(f"/dados/{slug}.csv"))
            found[slug] = len(queries)
        return found

    before = costs()
    for number in range(4):
        certify(published, GovernmentFactory())
        owner, key = GovernmentFactory().body, f"p{number}"
        publish_practice(key, owner=owner, at=timezone.now(), title_pt_br=key, summary_pt_br="x", dimensions=[number])
    assert costs() == before
    assert max(before.values()) <= 16


def test_questionnaire_speaks_three_languages_and_never_of_scores(client, questionnaire):
    rows = rows_of(client, "questionnaire")
    assert len({row["indicator"] for row in rows}) > 90
    assert all(row["question_pt_br"] and row["question_en"] and row["question_es"] for row in rows)
    assert not any(word in name for row in rows[:1] for name in row for word in NEVER)


def test_dictionary_names_every_column_in_three_languages(client, db):
    rows = rows_of(client, "dictionary")
    named = {(row["table"], row["column"]) for row in rows}
    assert named == {(table.slug, name) for table in DATA for name in table.names}
    assert all(row["meaning_pt_br"] and row["meaning_en"] and row["meaning_es"] for row in rows)
