"""The page of numbers: what a hand would count, in words, with tables and downloads, from prepared tables only."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certification.figures import domain
from certification.models import Edition, Kind
from governments.models import GovernmentKind
from tests.factories import GovernmentFactory
from tests.figures.ways import take_part

from .conftest import NOW, text_of


@pytest.fixture
def held(programme, questionnaire, ana, helena):
    """2024: two of three certified, a city and a state. 2025: one of them comes again."""
    people = {"by": ana, "coordinator": helena, "at": NOW()}
    first, second = (
        Edition.objects.create(programme=programme, year=year, published_at=NOW(), questionnaire_id=questionnaire.pk)
        for year in (2024, 2025)
    )
    city, state = GovernmentFactory(), GovernmentFactory(kind=GovernmentKind.STATE, uf="BA", region="Nordeste")
    take_part(first, city, answers={"1.01": "exists", "2.01": "partly"}, actions=[(1, "X", None)], **people)
    take_part(first, state, answers={"1.01": "not_yet"}, actions=[(1, "Y", None), (3, "Z", None)], **people)
    take_part(first, GovernmentFactory(), to=Kind.DIAGNOSIS, answers={"1.01": "exists"}, **people)
    take_part(second, city, to=Kind.ENROLLMENT, **people)
    domain.refresh_edition(first, NOW())
    domain.refresh_edition(second, NOW())
    return first, second


def shown(client, **query):
    response = client.get(reverse("numbers"), query)
    assert response.status_code == 200
    return text_of(response), response.context


def test_completion_and_retention_are_told_in_words(client, held):
    page, context = shown(client)
    assert "2 de 3 (67%)" in page
    assert "1 de 2" in page  # certified in 2024, enrolled again in 2025
    assert [row["edition"].year for row in context["enrolments"]] == [2024, 2025]


def test_of_editions_before_the_portal_only_the_awards_are_known(client, published, sealed):
    page, context = shown(client)
    [row] = context["enrolments"]
    assert (row["certified"], row["enrolled"], row["share"]) == (1, None, None)
    assert "sem dado" in page
    assert "de antes do portal e não estão aqui" in page


def test_what_exists_is_shown_by_dimension_and_question(client, held):
    _page, context = shown(client, edicao="2024")
    assert [
        (row["row"].number, row["counts"]["exists"], row["counts"]["not_yet"]) for row in context["dimensions"]
    ] == [
        (1, 1, 1),
        (2, 0, 0),
    ]
    [question] = context["indicators"]
    assert (question["row"].code, question["counts"]["exists"], question["counts"]["not_yet"]) == ("1.01", 1, 1)


@pytest.mark.parametrize(
    ("query", "enrolled", "exists", "actions"),
    [
        ({}, 3, 1, 3),
        ({"regiao": "Nordeste"}, 1, 0, 2),
        ({"tipo": "municipality"}, 2, 1, 1),
        ({"tipo": "municipality", "regiao": "Sul"}, 2, 1, 1),
    ],
)
def test_filters_by_region_and_kind_reach_every_number(client, held, query, enrolled, exists, actions):
    _page, context = shown(client, edicao="2024", **query)
    assert context["enrolments"][0]["enrolled"] == enrolled
    assert context["dimensions"][0]["counts"]["exists"] == exists
    assert context["actions_total"] == actions


def test_every_state_of_an_action_has_its_number(client, held):
    page, context = shown(client, edicao="2024")
    assert [number for _state, _label, _icon, number in context["action_states"]] == [3, 0, 0, 0, 0]
    assert "não entregue" in page


@pytest.mark.parametrize(
    "query",
    [{"edicao": "abc"}, {"edicao": "1"}, {"regiao": "Lua"}, {"tipo": "'"}, {"dimensao": "11"}, {"dimensao": "-1"}],
)
def test_what_is_asked_in_vain_is_said(client, held, query):
    assert "esse filtro ficou de fora" in shown(client, **query)[0]


def test_an_empty_filter_says_so(client, held):
    page, _context = shown(client, edicao="2024", regiao="Norte")
    assert "Nenhuma resposta neste filtro" in page
    assert "Nenhum selo neste filtro" in page


def test_each_chart_has_its_table_and_its_downloads(client, held):
    page = client.get(reverse("numbers"), {"edicao": "2024"}).content.decode()
    for table in ("numbers", "dimension-results", "indicator-results", "actions"):
        assert f'href="/dados/{table}.csv"' in page
    assert page.count("<svg") >= 4


def test_nothing_of_an_unpublished_edition_is_counted(client, unpublished, hidden):
    page, context = shown(client)
    assert context["editions"] == []
    assert "Ainda não há edição publicada" in page


def test_it_reads_prepared_tables_only_and_costs_the_same_however_many(client, held, ana, helena):
    first, _second = held
    client.get(reverse("numbers"))
    counts = []
    for _each in range(2):
        with CaptureQueriesContext(connection) as captured:
            client.get(reverse("numbers"), {"edicao": "2024"})
        tables = {word.strip('"') for query in captured for word in query["sql"].split() if word.startswith('"')}
        tables = {name.split('"')[0] for name in tables if "_" in name and "." not in name}
        assert {
            name for name in tables if name.startswith(("diagnosis_", "monitoring_", "seal_", "prioritization_"))
        } == set()
        counts.append(len(captured))
        for _government in range(3):
            take_part(first, GovernmentFactory(), answers={"1.01": "exists"}, by=ana, coordinator=helena, at=NOW())
        domain.refresh_edition(first, NOW())
    assert counts[0] == counts[1] <= 14
