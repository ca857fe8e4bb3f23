"""The directory: who is found, by which filters, told in which words, at what cost."""

import pytest
from django.urls import reverse

from certification.figures import domain
from certification.models import Edition, Kind, Participation
from governments.models import GovernmentKind
from tests.factories import GovernmentFactory
from tests.figures.ways import take_part

from .conftest import NOW, certify, revoke, text_of


def listed(client, **query):
    response = client.get(reverse("governments"), query)
    assert response.status_code == 200
    return [government.name for government, *_rest in response.context["rows"]], response


@pytest.fixture
def held(programme, questionnaire, ana, helena):
    """An edition held in the portal: Belém certified with actions in dimensions 1 and 10, Óbidos enrolled only, Goiás revoked."""
    edition = Edition.objects.create(
        programme=programme, year=2024, published_at=NOW(), questionnaire_id=questionnaire.pk
    )
    people = {"by": ana, "coordinator": helena, "at": NOW()}
    belem = GovernmentFactory(name="Belém", uf="PA", region="Norte")
    take_part(edition, belem, actions=[(1, "X", None), (10, "Y", None)], **people)
    take_part(edition, GovernmentFactory(name="Óbidos", uf="PA", region="Norte"), to=Kind.ENROLLMENT, **people)
    goias = GovernmentFactory(name="Goiás", kind=GovernmentKind.STATE, uf="GO", region="Centro-Oeste")
    take_part(edition, goias, actions=[(1, "Z", None)], **people)
    domain.refresh_edition(edition, NOW())
    GovernmentFactory(name="Belterra", uf="PA", region="Norte")
    return edition


@pytest.fixture
def with_revocation(held, helena, marcos):
    seal = Participation.objects.get(government__name="Goiás").seals.get()
    revoke(seal, helena, marcos, "Motivo")


def test_it_begins_with_those_that_took_part_and_search_finds_anyone(client, sealed):
    GovernmentFactory(name="Goianésia", uf="GO")
    assert listed(client)[0] == ["Goiânia"]
    assert listed(client, q="GOIANE")[0] == ["Goianésia"]
    assert listed(client, situacao="todos")[0] == ["Goianésia", "Goiânia"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({}, ["Belém", "Goiás", "Óbidos"]),
        ({"uf": "pa"}, ["Belém", "Óbidos"]),
        ({"regiao": "centro-oeste"}, ["Goiás"]),
        ({"tipo": "state"}, ["Goiás"]),
        ({"edicao": "2024"}, ["Belém", "Goiás", "Óbidos"]),
        ({"situacao": "com-selo"}, ["Belém"]),
        ({"situacao": "sem-selo"}, ["Óbidos"]),
        ({"situacao": "revogado"}, ["Goiás"]),
        ({"situacao": "nunca", "uf": "PA"}, ["Belterra"]),
        ({"situacao": "nunca", "dimensao": "1"}, []),
        ({"situacao": "nunca", "edicao": "2024"}, []),
        ({"dimensao": "1"}, ["Belém", "Goiás"]),
        ({"dimensao": "10"}, ["Belém"]),
        ({"dimensao": "2"}, []),
        ({"dimensao": "1", "situacao": "com-selo", "edicao": "2024", "uf": "PA", "q": "bele"}, ["Belém"]),
        ({"q": "bel"}, ["Belém", "Belterra"]),
        ({"q": "OBIDOS", "situacao": "sem-selo"}, ["Óbidos"]),
        ({"q": "belem", "edicao": "2024", "situacao": "sem-selo"}, []),
    ],
)
def test_filters_narrow_together(client, with_revocation, query, names):
    assert listed(client, **query)[0] == names


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"uf": "XX"}, "Não há opção «XX» em UF: esse filtro ficou de fora."),
        ({"edicao": "abc"}, "Não há opção «abc» em edição: esse filtro ficou de fora."),
        ({"edicao": "2026"}, "Não há opção «2026» em edição"),  # not public
        ({"dimensao": "99999999999999999999"}, "esse filtro ficou de fora"),
        ({"tipo": "<script>"}, "«&lt;script&gt;» em tipo"),
        ({"situacao": "melhor"}, "«melhor» em participação"),
        ({"page": "9999"}, "Esta lista tem 1 página: mostramos a página 1."),
        ({"page": "abc"}, "Esta lista tem 1 página"),
    ],
)
def test_what_the_address_asks_in_vain_is_said_in_a_sentence(
    client, sealed, unpublished, questionnaire, query, sentence
):
    names, response = listed(client, **query)
    assert names == ["Goiânia"]
    assert sentence in text_of(response)


@pytest.mark.parametrize("typed", ["olho d’água", "OLHO D'ÁGUA", "água olho"])
def test_an_apostrophe_of_either_kind_finds_a_name(client, published, typed):
    GovernmentFactory(name="Olho d'Água das Flores")
    assert listed(client, q=typed)[0] == ["Olho d'Água das Flores"]


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ({}, "3 governos que já participaram"),
        ({"situacao": "com-selo", "edicao": "2024"}, "2 governos com selo, edição 2024"),
        ({"situacao": "sem-selo"}, "1 governo que participou sem selo"),
        ({"q": "belem"}, "1 governo"),
        ({"q": "nada assim"}, "Nenhum governo encontrado"),
    ],
)
def test_the_count_is_told_in_words(client, held, query, words):
    assert words in text_of(listed(client, **query)[1])


def test_names_stand_in_order_without_regard_to_accents(client, published):
    for name in ("São José", "Belo Horizonte", "Belém", "Sapucaia"):
        certify(published, GovernmentFactory(name=name))
    assert listed(client)[0] == ["Belém", "Belo Horizonte", "São José", "Sapucaia"]


def test_the_map_says_what_the_list_holds_and_keeps_the_other_filters(client, held):
    _names, response = listed(client, edicao="2024", situacao="com-selo")
    page = response.content.decode()
    assert 'href="/governos/?edicao=2024&amp;situacao=com-selo&amp;uf=PA" aria-label="PA: 1 governo"' in page
    assert ("Pará", 1, "/governos/?edicao=2024&situacao=com-selo&uf=PA") in response.context["table"]
    assert sum(number for _name, number, _address in response.context["table"]) == 2
    names, response = listed(client, edicao="2024", uf="GO")
    assert names == ["Goiás"]
    assert ("Pará", 2, "/governos/?edicao=2024&uf=PA") in response.context["table"]


def test_the_pages_of_a_long_list_keep_the_filters(client, published):
    for number in range(55):
        certify(published, GovernmentFactory(name=f"Cidade {number:02}"))
    names, response = listed(client, edicao="2021", page="2")
    assert names == [f"Cidade {number}" for number in range(50, 55)]
    assert 'href="?edicao=2021&amp;page=1"' in response.content.decode()


def test_a_line_shows_the_latest_seals_and_how_many_more(client, programme, canoas):
    for year in range(2010, 2017):
        certify(programme.editions.create(year=year, published_at=NOW(), from_before_portal=True), canoas)
    page = text_of(client.get(reverse("governments")))
    assert "2016 2015 2014 2013 e mais 3" in page


@pytest.mark.parametrize("query", [{}, {"edicao": "2021"}, {"q": "c"}, {"situacao": "nunca"}, {"uf": "RS"}])
def test_it_costs_the_same_for_one_and_for_many(client, published, questionnaire, django_assert_num_queries, query):
    certify(published, GovernmentFactory(name="Cidade"))
    GovernmentFactory()
    client.get(reverse("governments"), query)
    with django_assert_num_queries(5):
        client.get(reverse("governments"), query)
    for _each in range(5):
        certify(published, GovernmentFactory())
        GovernmentFactory()
    with django_assert_num_queries(5):
        client.get(reverse("governments"), query)


def test_those_of_an_edition_that_is_not_published_are_nowhere(client, unpublished, hidden, ana, helena):
    take_part(unpublished, GovernmentFactory(name="Oculta"), by=ana, coordinator=helena, at=NOW())
    domain.refresh_edition(unpublished, NOW())
    for query in ({}, {"situacao": "com-selo"}, {"situacao": "sem-selo"}, {"edicao": "2026"}, {"dimensao": "1"}):
        assert listed(client, **query)[0] == []
    assert listed(client, q="oculta", situacao="nunca")[0] == ["Oculta"]
