"""The call is open: a visitor sees it, Ana makes an account and gets into her government's team, coordinators protect theirs."""

from playwright.sync_api import expect


def visitor_finds_the_open_call(story):
    page = story.visitor
    page.goto("/edicoes/")
    page.locator("main").get_by_role("link", name="Edição").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Edição")
    story.year = int(page.url.rstrip("/").rsplit("/", 1)[1])
    expect(page.locator("main")).to_contain_text("Inscrição")
    assert page.context.cookies() == []


def ana_makes_an_account(story):
    story.ana.sign_up()
    story.ana.confirm_address()
    story.ana.sign_in()
    story.ana.sees("Sua conta ainda não trabalha para um governo")


def helena_sets_up_her_second_factor(story):
    """Asked for it before she sees anything; from then on signing in asks for a code."""
    helena = story.helena
    helena.sign_in()
    helena.set_up_second_factor()
    helena.sign_out()
    helena.sign_in()
    helena.sees_title("Mesa da coordenação")


def marcos_sets_up_his_second_factor(story):
    marcos = story.marcos
    marcos.sign_in()
    marcos.set_up_second_factor()
    marcos.go("/coordenacao/")
    marcos.sees_title("Mesa da coordenação")


def tiago_signs_in(story):
    story.tiago.sign_in()
    story.tiago.sees_title("Mesa da coordenação")


def ana_asks_for_her_government(story):
    ana = story.ana
    ana.follow("Pedir acesso ao meu governo")
    ana.fill(q="sao leopoldo")
    ana.press("Buscar", at=ana.page.locator("main"))
    ana.follow(story.government)
    ana.fill(department="Secretaria de Direitos Humanos", position="Coordenadora de políticas para migrantes")
    ana.press("Enviar pedido")
    ana.sees("Pedido enviado.")


def helena_lets_her_in(story):
    helena = story.helena
    helena.go("/coordenacao/pedidos/")
    card = helena.page.get_by_role("article").filter(has_text=story.ana.email)
    expect(card).to_contain_text(story.government)
    story.look_at(helena.page, "a request for access")
    helena.press("Aceitar", at=card)
    helena.sees("Resposta enviada.")
    assert story.portal.wait_for_letter(story.ana.email, story.government)
