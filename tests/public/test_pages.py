"""The open pages: what they show, what they hide, what they cost."""

import re

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.diagnosis.models import DimensionResult
from certification.models import Extension, Kind, Participation
from certification.models.snapshot import freeze
from certification.monitoring.models import ProgressEntry
from certification.prioritization.models import PriorityAction
from certification.seal.models import SealDecision
from events.domain import create_event
from governments.models import GovernmentKind
from practices.domain import publish_practice
from tests.factories import GovernmentFactory

from .conftest import certify

PAGES = ["home", "process", "dimensions", "governments", "editions", "practices", "events", "about", "privacy"]
PAGES += ["accessibility"]


def text_of(response):
    return " ".join(re.sub(r"<[^>]+>", " ", response.content.decode()).split())


def revoke(seal, helena, marcos, reason):
    now = timezone.now()
    decision = SealDecision.objects.create(
        participation=seal.participation,
        kind="revocation",
        public_reason=reason,
        proposed_at=now,
        proposed_by=helena,
        confirmed_at=now,
        confirmed_by=marcos,
    )
    seal.revoked_at, seal.revocation = now, decision
    seal.save()


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


# The directory


def listed(client, **query):
    response = client.get(reverse("governments"), query)
    return [government.name for government in response.context["page"].object_list], response


def test_the_directory_begins_with_the_certified_and_search_finds_anyone(client, sealed):
    GovernmentFactory(name="Goianésia", uf="GO")
    assert listed(client)[0] == ["Goiânia"]
    assert listed(client, q="GOIANE")[0] == ["Goianésia"]
    assert listed(client, mostrar="todos")[0] == ["Goianésia", "Goiânia"]


@pytest.mark.parametrize(
    ("query", "names"),
    [
        ({"uf": "GO"}, ["Goiânia"]),
        ({"uf": "go"}, ["Goiânia"]),
        ({"uf": "RS"}, []),
        ({"regiao": "Centro-Oeste"}, ["Goiânia"]),
        ({"tipo": "state"}, []),
        ({"edicao": "2021"}, ["Goiânia"]),
        ({"edicao": "2026"}, ["Goiânia"]),  # not public: filters nothing
        ({"edicao": "x", "tipo": "'", "uf": "--", "page": "999"}, ["Goiânia"]),
    ],
)
def test_filters_are_plain_parameters_and_unknown_values_filter_nothing(client, sealed, unpublished, query, names):
    for uf, region in (("GO", "Centro-Oeste"), ("RS", "Sul")):
        GovernmentFactory(name=f"Estado {uf}", kind=GovernmentKind.STATE, uf=uf, region=region)
    assert listed(client, **query)[0] == names


@pytest.mark.parametrize("typed", ["olho d’água", "OLHO D'ÁGUA", "água olho"])
def test_an_apostrophe_of_either_kind_finds_a_name(client, published, typed):
    GovernmentFactory(name="Olho d'Água das Flores")
    assert listed(client, q=typed)[0] == ["Olho d'Água das Flores"]


def test_the_count_is_told_in_words(client, sealed):
    _names, response = listed(client, edicao="2021")
    assert "1 governo com selo da edição 2021" in text_of(response)
    _names, response = listed(client, q="nada assim")
    assert "Nenhum governo encontrado" in text_of(response)


def test_names_stand_in_order_without_regard_to_accents(client, published):
    for name in ("São José", "Belo Horizonte", "Belém", "Sapucaia"):
        certify(published, GovernmentFactory(name=name))
    assert listed(client)[0] == ["Belém", "Belo Horizonte", "São José", "Sapucaia"]


def test_the_directory_costs_the_same_for_one_and_for_many(client, published, django_assert_max_num_queries):
    certify(published, GovernmentFactory())
    with django_assert_max_num_queries(9):
        client.get(reverse("governments"))
    for _each in range(20):
        certify(published, GovernmentFactory())
    with django_assert_max_num_queries(9):
        assert len(listed(client)[0]) == 21


# A government's page


def test_a_government_page_shows_seal_verdict_and_meaning(client, sealed):
    page = text_of(client.get(reverse("government", args=["5208707"])))
    assert "Válido" in page
    assert "Não é nota nem classificação" in page
    assert reverse("seal", args=[sealed.code]) in client.get(reverse("government", args=["5208707"])).content.decode()


def test_a_revoked_seal_says_so_with_its_public_reason(client, sealed, helena, marcos):
    revoke(sealed, helena, marcos, "Documento de intenção anulado")
    page = text_of(client.get(reverse("government", args=["5208707"])))
    assert "Revogado" in page
    assert "Documento de intenção anulado" in page
    assert "Nenhum selo" not in page
    assert listed(client)[0] == []


def test_a_government_that_never_took_part_is_told_how(client, unpublished, canoas):
    page = text_of(client.get(canoas.get_absolute_url()))
    assert "Como participar" in page
    assert "Inscrições abertas até" in page


def test_a_government_page_costs_the_same_over_many_editions(client, programme, canoas, django_assert_max_num_queries):
    for year in range(2010, 2020):
        edition = programme.editions.create(year=year, published_at=timezone.now(), from_before_portal=True)
        certify(edition, canoas)
    with django_assert_max_num_queries(14):
        assert client.get(canoas.get_absolute_url()).status_code == 200


# Editions


def test_an_edition_page_counts_kinds_and_groups_by_region(client, published, sealed):
    certify(published, GovernmentFactory(name="Goiás", kind=GovernmentKind.STATE, uf="GO", region="Centro-Oeste"))
    page = text_of(client.get(reverse("edition", args=[2021])))
    assert "2 governos com selo: 1 município e 1 estado." in page
    assert "Goiás (estado)" in page
    assert "Goiânia (GO)" in page


def test_an_extension_is_shown_with_its_public_reason(client, unpublished, helena):
    window = unpublished.windows.get(step=Kind.ENROLLMENT)
    Extension.objects.create(
        edition=unpublished,
        step=Kind.ENROLLMENT,
        scope="uf",
        uf="RS",
        closes_at=window.closes_at + timezone.timedelta(days=10),
        author=helena,
        public_reason="Enchentes no estado",
    )
    assert "Enchentes no estado" in text_of(client.get(reverse("edition", args=[2026])))


def test_home_tells_who_is_certified_in_words_and_the_open_call(client, sealed, unpublished):
    page = text_of(client.get(reverse("home")))
    assert "1 governo percorreu todas as etapas até a certificação: 1 município." in page
    assert "Inscrições abertas" in page


def test_pages_without_any_data_still_explain(client, db):
    for name in PAGES:
        assert client.get(reverse(name)).status_code == 200


# What a validated diagnosis and plan show once published


@pytest.fixture
def with_results(published, canoas, helena):
    """Canoas in the published edition, with two submissions of the diagnosis and a frozen plan of one action."""
    seal = certify(published, canoas)
    participation, now = seal.participation, timezone.now()
    for exists in (3, 8):
        snapshot = freeze(participation, Kind.DIAGNOSIS, {}, by=helena, at=now)
        DimensionResult.objects.create(snapshot=snapshot, participation=participation, dimension=6, exists=exists)
    action = PriorityAction.objects.create(government=canoas, dimension=6, title="Título mudado depois")
    frozen = {"id": action.pk, "title": "Intérpretes na saúde", "objective": "Ouvir cada pessoa", "department": "Saúde"}
    content = {"actions": [{**frozen, "dimension": {"number": 6, "name": {}}, "ends_on": None}]}
    freeze(participation, Kind.PRIORITIZATION, content, by=helena, at=now)
    return participation, action


def test_a_government_page_draws_what_the_last_submission_said(client, with_results, questionnaire):
    page = client.get(reverse("government", args=["4304606"]))
    [dimension] = page.context["dimensions"]
    assert [(year, result.exists) for year, result in dimension["rows"]] == [("2021", 8)]
    assert "Acesso à saúde" in text_of(page)


def test_a_government_page_shows_actions_as_frozen_with_their_degree(client, with_results, questionnaire, helena):
    participation, action = with_results
    ProgressEntry.objects.create(
        action=action,
        participation=participation,
        dated_on=timezone.localdate(),
        status="in_progress",
        done=1,
        total=4,
        text="Uma unidade",
        recorded_by=helena,
    )
    page = text_of(client.get(reverse("government", args=["4304606"])))
    assert "Intérpretes na saúde" in page
    assert "Título mudado depois" not in page
    assert page.count("25%") == 1
    assert "em andamento" in page
    assert "Uma unidade" not in page


def test_none_of_it_shows_before_publication(client, with_results, questionnaire, published):
    published.published_at = timezone.now() + timezone.timedelta(days=1)
    published.save()
    page = text_of(client.get(reverse("government", args=["4304606"])))
    assert "Intérpretes na saúde" not in page
    assert "O que existe" not in page


def test_none_of_it_shows_of_a_government_without_a_seal(client, with_results, questionnaire):
    participation, _action = with_results
    participation.seal.delete()
    page = text_of(client.get(reverse("government", args=["4304606"])))
    assert "Intérpretes na saúde" not in page
    assert "O que existe" not in page
    assert client.get("/api/v1/governments/4304606").json()["dimension_results"] == []
