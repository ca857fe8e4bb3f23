"""A dimension's page: what it asks, what the published editions say of it, and what may be compared."""

import pytest
from django.urls import reverse

from certification.figures import domain
from certification.models import Edition
from tests.factories import GovernmentFactory
from tests.figures.ways import take_part

from .conftest import NOW, text_of


@pytest.fixture
def held(programme, questionnaire, ana, helena):
    def hold(year, pk=questionnaire.pk, **answers):
        edition = Edition.objects.create(programme=programme, year=year, published_at=NOW(), questionnaire_id=pk)
        plan = {"answers": answers.get("answers", {"1.01": "exists"}), "actions": [(1, f"Portaria {year}", None)]}
        take_part(edition, GovernmentFactory(), by=ana, coordinator=helena, at=NOW(), **plan)
        domain.refresh_edition(edition, NOW())
        return edition

    return hold


def shown(client, number=1, **query):
    response = client.get(reverse("dimension", args=[number]), query)
    assert response.status_code == 200
    return text_of(response), response.context


def test_before_any_edition_it_says_what_it_asks(client, questionnaire):
    page, context = shown(client)
    assert "O que o diagnóstico pergunta" in page
    assert not context["figures"]


def test_it_counts_answers_and_actions_edition_by_edition(client, held):
    held(2024, answers={"1.01": "exists", "1.02": "not_yet", "2.01": "exists"})
    held(2025, answers={"1.01": "partly"})
    page, context = shown(client)
    told = [(each.year, counts["exists"], counts["partly"], counts["not_yet"]) for each, counts in context["figures"]]
    assert told == [(2024, 1, 0, 1), (2025, 0, 1, 0)]
    assert "Portaria 2025" in page
    assert "Portaria 2024" not in page


def test_one_question_is_followed_over_the_editions(client, held):
    held(2024)
    held(2025, answers={"1.01": "not_yet"})
    page, context = shown(client, pergunta="1.01")
    rows = [(each.year, counts and counts["exists"]) for each, _comparison, counts in context["trend"]["rows"]]
    assert rows == [(2024, 1), (2025, 0)]
    assert "Pergunta 1.01 ao longo das edições" in page


@pytest.mark.parametrize("code", ["9.99", "2.01", "'", "1.01 or 1"])
def test_a_question_that_is_not_of_this_dimension_shows_nothing(client, held, code):
    held(2024)
    assert shown(client, pergunta=code)[1]["trend"] is None


def test_an_unpublished_edition_is_not_in_its_figures(client, held):
    edition = held(2024)
    edition.published_at = None
    edition.save()
    domain.rebuild()
    page, context = shown(client)
    assert not context["figures"]
    assert "Portaria" not in page


def test_it_costs_the_same_for_one_and_for_many(client, held, django_assert_num_queries):
    held(2023)
    shown(client)
    with django_assert_num_queries(8):
        shown(client)
    for year in (2024, 2025, 2026):
        held(year)
    with django_assert_num_queries(8):
        shown(client)
