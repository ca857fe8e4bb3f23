"""The first page and the pages of the frame: what a visitor learns in ten seconds, and what pages tell those who share them."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import override

from governments.models import Body, Organisation
from migracidades.public import front
from practices.domain import publish_practice
from tests.factories import GovernmentFactory

from .conftest import certify


def page_of(client, name="home", **arguments):
    return client.get(reverse(name, kwargs=arguments)).content.decode()


def text_of(page):
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def test_home_says_who_is_certified_and_that_it_is_no_ranking(client, sealed):
    page = page_of(client)
    told = text_of(page)
    assert "Na edição 2021, 1 governo percorreu todas as etapas até a certificação." in told
    assert "1 município 1 unidade da federação" in told
    assert f'href="{sealed.participation.government.get_absolute_url()}">Goiânia (GO)</a>' in page
    assert "Não é nota, prêmio nem classificação: nenhum governo é comparado com outro." in told
    assert "Não é prêmio de melhor cidade" in told


def test_names_stand_by_region_in_the_order_of_the_alphabet(client, published, sealed):
    for name, uf, region in (("Zé Doca", "MA", "Nordeste"), ("Água Branca", "PB", "Nordeste")):
        certify(published, GovernmentFactory(name=name, uf=uf, region=region))
    told = text_of(page_of(client))
    assert told.index("Centro-Oeste") < told.index("Nordeste")
    assert told.index("Água Branca (PB)") < told.index("Zé Doca (MA)")


def test_a_long_list_of_names_is_left_to_the_editions_page(client, sealed, monkeypatch):
    monkeypatch.setattr(front, "NAMES", 0)
    assert "Goiânia (GO)" not in page_of(client)
    assert "1 governo" in text_of(page_of(client))


def test_the_map_has_its_numbers_in_a_table(client, sealed):
    assert '<tr><th scope="row">Goiás</th><td class="number">1</td></tr>' in page_of(client)


def test_a_code_typed_on_the_first_page_leads_to_its_seal(client, sealed):
    page = page_of(client)
    assert f'<form action="{reverse("verify")}" method="get">' in page
    assert 'name="codigo"' in page
    answer = client.get(reverse("verify"), {"codigo": sealed.code.lower()}, follow=True)
    assert "Goiânia" in answer.content.decode()


def test_an_empty_portal_has_a_first_page_too(client, programme):
    told = text_of(page_of(client))
    assert "Nenhuma edição foi publicada ainda." in told
    assert "Inscrições abertas" not in told


def test_an_open_call_shows_its_deadline(client, unpublished):
    told = text_of(page_of(client))
    assert "Inscrições abertas: edição 2026" in told
    assert "horário de Brasília" in told


def test_home_costs_the_same_however_many_are_certified(
    client, published, sealed, questionnaire, django_assert_max_num_queries
):
    client.get("/")  # what is kept in the process
    with django_assert_max_num_queries(100) as first:
        client.get("/")
    for number in range(4):
        certify(published, GovernmentFactory(name=f"Cidade {number}", region="Sul"))
    with django_assert_max_num_queries(len(first)):
        client.get("/")


def test_the_process_tells_who_acts_what_silence_means_and_when(client, unpublished):
    page = text_of(page_of(client, "process"))
    assert page.count("Quem age") == page.count("Se o prazo passar") == page.count("O que fica público") == 5
    assert "Na edição 2026" in page
    assert "aparece como não entregue" in page


def test_partners_are_those_of_published_practices(client, canoas):
    def organisation(key):
        body = Body.objects.create(kind=Body.Kind.ORGANISATION)
        return Organisation.objects.create(body=body, key=key, kind="network", name=f"Rede {key}", languages=["French"])

    partner, later, nobody = (organisation(key) for key in ("parceira", "futura", "alheia"))
    now = timezone.now()
    facts = {"owner": canoas.body, "title_pt_br": "x", "summary_pt_br": "x"}
    publish_practice("agora", at=now, partners=[partner.body], **facts)
    publish_practice("depois", at=now + timedelta(days=1), partners=[later.body], **facts)
    page = page_of(client, "partners")
    assert '<h3 lang="pt-BR">Rede parceira</h3>' in page
    assert "Idiomas: francês" in page
    assert "Rede futura" not in page
    assert nobody.name not in page


@pytest.mark.parametrize("name", ["contact", "privacy", "accessibility"])
def test_pages_of_trust_name_an_institutional_address(client, programme, settings, name):
    assert f'href="mailto:{settings.CONTACT_EMAIL}"' in page_of(client, name)


# What pages tell those who share, index or quote them.


@pytest.mark.parametrize(
    "name", ["home", "process", "dimensions", "about", "partners", "contact", "privacy", "accessibility"]
)
@pytest.mark.parametrize("language", ["pt-br", "en", "es"])
def test_a_page_names_its_address_in_each_language(client, programme, settings, name, language):
    with override(language):
        path = reverse(name)
    page = client.get(f"{path}?utm=x").content.decode()
    base = settings.PUBLIC_BASE_URL
    assert f'<link rel="canonical" href="{base}{path}">' in page
    for code in ("pt-br", "en", "es"):
        with override(code):
            assert f'<link rel="alternate" hreflang="{code}" href="{base}{reverse(name)}">' in page
    assert re.search(r'<meta name="description" content="[^"]{40,}">', page)
    assert re.search(r'<meta property="og:title" content="[^"]{5,}">', page)
    assert "noindex" not in page


def test_signed_in_pages_are_not_for_search_engines(client, ana):
    client.force_login(ana)
    page = page_of(client, "workspace")
    assert '<meta name="robots" content="noindex">' in page
    assert 'rel="canonical"' not in page


def test_languages_of_a_list_keep_its_filters(client, programme):
    page = client.get("/governos/?uf=RS&q=porto").content.decode()
    assert 'href="/en/governos/?uf=RS&amp;q=porto"' in page
