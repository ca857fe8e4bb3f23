"""From the gaps to a plan: a suggested action adopted and edited, one of the government's own, handed over and validated."""

from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.opening import today

COMMITTEE = {
    "title": "Comitê intersetorial com decreto e reuniões mensais",
    "objective": "Que as secretarias decidam juntas e que as decisões fiquem escritas.",
    "department": "Secretaria de Direitos Humanos",
    "responsible": "Coordenação de políticas para migrantes",
    "place": "Prefeitura de São Leopoldo",
    "expected_result": "Decreto publicado e seis reuniões com ata.",
    "measure": "Número do decreto e atas na página da prefeitura.",
}
GUIDE = {
    "title": "Guia de serviços em espanhol e crioulo haitiano",
    "why": "Quem chega não sabe a que porta bater.",
    "objective": "Que cada família encontre saúde, escola e assistência na própria língua.",
    "department": "Secretaria de Comunicação",
    "responsible": "Assessoria de comunicação",
    "place": "Unidades de saúde e escolas",
    "expected_result": "Guia impresso e na internet, revisto por pessoas migrantes.",
    "measure": "2.000 exemplares entregues e página publicada.",
}
PARTNER = "Associação Haitiana do Vale dos Sinos"
NEXT_MOVE = "Minuta do decreto enviada à procuradoria"


def dates():
    """From today for five months, with a first move next week."""
    return {
        "starts_on": today().isoformat(),
        "ends_on": (today() + timedelta(days=150)).isoformat(),
        "moves-0-on": (today() + timedelta(days=7)).isoformat(),
    }


def ana_adopts_a_suggestion(story):
    """The gap, its answer and why come along; she edits the rest."""
    ana = story.ana
    page = ana.go(story.room("priorizacao"))
    ana.press("Usar esta sugestão (1.06)")
    ana.sees("Ação posta no plano.")
    story.look_at(page, "an action to edit")
    expect(page.locator("main [name=why]")).not_to_be_empty()
    ana.fill(**COMMITTEE, **dates(), **{"partners-0-name": PARTNER, "moves-0-text": NEXT_MOVE})
    ana.press("Salvar a ação")
    expect(page.get_by_role("article").filter(has_text=COMMITTEE["title"])).to_contain_text("Completa")
    story.look_at(page, "the plan")


def ana_writes_one_of_her_own(story):
    ana = story.ana
    ana.follow("Escrever uma ação")
    ana.page.locator("main [name=dimension]").select_option("4")
    ana.fill(
        **GUIDE, **dates(), **{"moves-0-text": "Roda de conversa com as comunidades", "moves-0-role": "Assessoria"}
    )
    ana.press("Salvar a ação")
    expect(ana.page.get_by_role("article").filter(has_text=GUIDE["title"])).to_contain_text("Completa")


def ana_sends_the_plan(story):
    ana = story.ana
    ana.follow("Conferir e enviar")
    ana.press("Enviar a priorização")
    ana.sees_title("Recibo de envio")


def marcos_validates_the_plan(story):
    marcos = story.marcos
    marcos.go(story.desk("priorizacao"))
    for text in (COMMITTEE["measure"], GUIDE["expected_result"], PARTNER):
        marcos.sees(text)
    story.look_at(marcos.page, "a plan to validate")
    marcos.press("Validar a priorização")
    marcos.sees("Priorização validada.")
