"""A government's page: seals, results, actions and the way in for those that never took part."""

import json
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.figures import domain
from certification.models import Edition, Kind
from certification.monitoring.models import ProgressEntry, Verification
from certification.prioritization.models import PriorityAction
from tests.factories import GovernmentFactory
from tests.figures.ways import take_part

from .conftest import NOW, certify, revoke, text_of

ADDRESS = "/governos/4304606/"


def test_it_shows_seal_verdict_and_meaning(client, sealed):
    page = client.get(reverse("government", args=["5208707"]))
    assert "Válido" in text_of(page)
    assert "Não é nota nem classificação" in text_of(page)
    assert reverse("seal", args=[sealed.code]) in page.content.decode()


def test_a_revoked_seal_says_so_with_its_public_reason(client, sealed, helena, marcos):
    revoke(sealed, helena, marcos, "Documento de intenção anulado")
    page = text_of(client.get(reverse("government", args=["5208707"])))
    assert "Revogado" in page
    assert "Documento de intenção anulado" in page
    assert "selo revogado" in page


def test_one_that_never_took_part_is_told_how_and_who_nearby_did(client, unpublished, published, canoas):
    certify(published, GovernmentFactory(name="Esteio"))
    certify(published, GovernmentFactory(name="Longe", uf="AC", region="Norte"))
    page = text_of(client.get(canoas.get_absolute_url()))
    assert "Como participar" in page
    assert "Inscrições abertas até" in page
    assert "Esteio" in page
    assert "Longe" not in page


@pytest.mark.parametrize("prefix", ["", "/en", "/es"])
def test_the_municipal_code_of_brasilia_leads_to_the_federal_district(client, db, prefix):
    district = GovernmentFactory(ibge_code="53", kind="federal_district", name="Distrito Federal", uf="DF")
    answer = client.get(f"{prefix}/governos/5300108/", follow=True)
    assert answer.redirect_chain == [(f"{prefix}/governos/53/", 301)]
    assert answer.context["government"] == district


def test_a_state_without_anybody_is_told_so(client, canoas):
    assert "o primeiro pode ser este" in text_of(client.get(ADDRESS))


@pytest.fixture
def edition(programme, questionnaire):
    return Edition.objects.create(programme=programme, year=2024, published_at=NOW(), questionnaire_id=questionnaire.pk)


@pytest.fixture
def told(edition, canoas, ana, helena):
    """Canoas certified with an action and a service unit."""
    answers = {"6.01": "exists", "6.02": "exists", "6.03": "not_yet"}
    participation = take_part(
        edition,
        canoas,
        by=ana,
        coordinator=helena,
        at=NOW(),
        answers=answers,
        actions=[(6, "Intérpretes na saúde", None)],
        unit="Casa do Migrante\nRua das Flores, 10",
    )
    domain.refresh_edition(edition, NOW())
    return participation


@pytest.fixture
def entry(told, ana):
    PriorityAction.objects.update(title="Título mudado depois")
    facts = {"dated_on": timezone.localdate(), "status": "in_progress", "done": 1, "total": 4, "text": "Uma unidade"}
    return ProgressEntry.objects.create(
        action=PriorityAction.objects.get(), participation=told, recorded_by=ana, **facts
    )


def test_it_draws_what_was_validated_with_a_table(client, told):
    page = client.get(ADDRESS)
    [dimension] = page.context["dimensions"]
    assert [(year, row.exists, row.not_yet) for year, row in dimension["rows"]] == [("2024", 2, 1)]
    assert "Acesso à saúde" in text_of(page)
    assert (
        "<desc>2024: existe: 2; existe em parte: 0; ainda não existe: 1; não se aplica: 0.</desc>"
        in page.content.decode()
    )


def test_progress_shows_only_once_it_is_verified(client, told, entry, helena):
    domain.refresh_actions(told, NOW())
    page = text_of(client.get(ADDRESS))
    assert "Intérpretes na saúde" in page
    assert "Título mudado depois" not in page
    assert "25%" not in page
    assert "não iniciada" in page
    assert "à espera de verificação" in page
    Verification.objects.create(entry=entry, verdict="confirmed", by=helena)
    domain.refresh_actions(told, NOW())
    page = text_of(client.get(ADDRESS))
    assert "25%" in page
    assert "em andamento" in page
    assert "Uma unidade" not in page


def test_the_service_unit_stands_as_frozen(client, told):
    page = text_of(client.get(ADDRESS))
    assert "Casa do Migrante" in page
    assert "ficha de contexto da edição 2024" in page


def test_none_of_it_shows_before_publication(client, told, edition):
    edition.published_at = None
    edition.save()
    domain.rebuild()
    page = text_of(client.get(ADDRESS))
    for words in ("Intérpretes na saúde", "O que existe", "Casa do Migrante", "2024"):
        assert words not in page
    assert "ainda não tem participação publicada" in page


def test_none_of_it_shows_of_a_government_without_a_seal(client, edition, canoas, ana, helena):
    people = {"by": ana, "coordinator": helena, "at": NOW()}
    plan = {"answers": {"6.01": "exists"}, "actions": [(6, "Intérpretes na saúde", None)], "unit": "Casa do Migrante"}
    take_part(edition, canoas, to=Kind.PRIORITIZATION, **plan, **people)
    domain.refresh_edition(edition, NOW())
    page = text_of(client.get(ADDRESS))
    for words in ("Intérpretes na saúde", "O que existe", "Casa do Migrante"):
        assert words not in page
    assert "participou sem selo" in page
    assert client.get("/api/v1/governments/4304606").json()["dimension_results"] == []


def test_machines_read_a_government_with_the_seals_in_force(client, told, helena, marcos):
    def data():
        page = client.get(ADDRESS).content.decode()
        return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page).group(1))

    assert data()["@type"] == "GovernmentOrganization"
    assert data()["identifier"]["value"] == "4304606"
    assert [each["identifier"] for each in data()["hasCredential"]] == [told.seals.get().code]
    revoke(told.seals.get(), helena, marcos, "Motivo")
    assert "hasCredential" not in data()


def test_it_costs_the_same_over_many_editions(
    client, programme, questionnaire, canoas, ana, helena, django_assert_num_queries
):
    def hold(year):
        edition = programme.editions.create(year=year, published_at=NOW(), questionnaire_id=questionnaire.pk)
        plan = {"answers": {"6.01": "exists"}, "actions": [(6, f"Ação {year}", None)]}
        take_part(edition, canoas, by=ana, coordinator=helena, at=NOW(), **plan)
        domain.refresh_edition(edition, NOW())

    hold(2010)
    client.get(ADDRESS)
    with django_assert_num_queries(14):
        client.get(ADDRESS)
    for year in range(2011, 2014):
        hold(year)
    with django_assert_num_queries(14):
        assert "Ação 2013" in text_of(client.get(ADDRESS))
