"""The pages of the four people, as the story left them: axe, width, console, hosts. Those of the public: test_public_pages.py."""

import pytest

from tests.browser.axe import flaws
from tests.browser.people import open_context

pytestmark = [pytest.mark.browser, pytest.mark.slow]

ANA = """
/painel/ /painel/pedir-acesso/ /painel/participacoes/nova/ {here}/ {here}/inscricao/ {here}/inscricao/modelo/ {here}/curso/ {here}/diagnostico/
{here}/diagnostico/1/ {here}/diagnostico/contexto/ {here}/diagnostico/enviar/ {here}/diagnostico/recibos/2/
{here}/diagnostico/respostas/1.01/historico/ {here}/priorizacao/ {here}/priorizacao/enviar/ {here}/certificacao/ {here}/monitoramento/
{here}/monitoramento/acoes/1/registrar/ {here}/monitoramento/enviar/ {here}/relatorios/
/painel/governos/4318705/equipe/ /painel/governos/4318705/comprovacoes/ /conta/ /conta/email/ /conta/senha/trocar/ /conta/sessoes/
"""
TIAGO = "/coordenacao/ /coordenacao/diagnosticos/ {desk}/diagnostico/ {desk}/diagnostico/1/ {desk}/diagnostico/10/"
HELENA = """
/coordenacao/ /coordenacao/pedidos/ /coordenacao/inscricoes/?situacao=all /coordenacao/certificados/
/coordenacao/edicoes/ /coordenacao/edicoes/{year}/ /coordenacao/edicoes/{year}/selos/ /coordenacao/governos/
{desk}/ {desk}/inscricao/ {desk}/curso/ {desk}/diagnostico/
{desk}/priorizacao/ {desk}/monitoramento/ {desk}/relatorios/
"""
MARCOS = "{desk}/certificacao/ /conta/duas-etapas/"
WALKS = {"ana": ANA, "tiago": TIAGO, "helena": HELENA, "marcos": MARCOS}
PAGES = [(person, path) for person, paths in WALKS.items() for path in paths.split()]


@pytest.fixture(scope="module")
def pages(chromium, played):
    """`pages("ana")`: her browser, signed in still."""
    opened = {}

    def of(person):
        if person not in opened:
            session = {"storage_state": played.sessions[person]} if person in played.sessions else {}
            opened[person] = open_context(chromium, played.portal, **session).new_page()
        return opened[person]

    return of


def address(path, story):
    return path.format(
        year=story.year,
        here=f"/painel/participacoes/{story.participation}",
        desk=f"/coordenacao/participacoes/{story.participation}",
    )


@pytest.mark.parametrize(("person", "path"), PAGES)
def test_page_is_open_to_everyone(pages, played, person, path):
    page = pages(person)
    page.context.complaints.clear()
    response = page.goto(address(path, played))
    assert (response.status, response.request.redirected_from) == (200, None)
    assert flaws(page) == []
    assert page.context.complaints == []


def test_pages_in_use_were_open_to_everyone(played):
    """Forms with something in them, a conflict, notes: looked at while the story was played."""
    assert played.flaws == []
