"""The diagnosis: answers that save themselves, evidence, two tabs in each other's way, no JavaScript, the context sheet, the submission."""

import hashlib
import re

from playwright.sync_api import expect

from tests.browser import answers
from tests.browser.papers import upload
from tests.browser.people import open_context

SAVED = re.compile(r"Salvo (às|em) .* por Ana")


def question(page, code):
    return page.locator(f'[data-question="{code}"]')


def state(page, code):
    """The quiet line under a question."""
    return question(page, code).locator(".answer-state")


def all_is_saved(page, code):
    """What was typed last is saved, and nothing waits."""
    expect(page.locator("#all-saved")).to_contain_text("Tudo salvo")
    expect(state(page, code)).to_contain_text(SAVED)


def choose(page, code, option):
    question(page, code).get_by_label(option, exact=True).check()


def height_of(page, code):
    """How far down the page a question begins."""
    return question(page, code).evaluate("element => Math.round(element.getBoundingClientRect().top + scrollY)")


def ana_answers_by_pressing(story):
    """No button, no reload: the line under the question says that it is saved, and the question that depends on it appears."""
    page = story.ana.go(story.room("diagnostico"))
    story.ana.follow("Estrutura institucional de governança", at=page.get_by_role("main").locator(".grid"))
    choose(page, "1.01", "Parcialmente")
    question(page, "1.01").get_by_label("Comentário").fill(answers.COORDINATION)
    expect(state(page, "1.01")).to_contain_text(SAVED)
    expect(page.locator("#all-saved")).to_contain_text("Tudo salvo")
    page.reload()
    story.look_at(page, "a dimension to answer")
    expect(question(page, "1.01").get_by_label("Comentário")).to_have_value(answers.COORDINATION)


def ana_opens_a_question_that_depends_on_another(story):
    page = story.ana.go(f"{story.room('diagnostico')}2/")
    expect(question(page, "2.02")).to_have_count(0)
    choose(page, "2.01", "Parcialmente")
    expect(question(page, "2.02")).to_be_visible()
    expect(state(page, "2.01")).to_contain_text(SAVED)


def ana_shows_what_exists(story):
    """What exists needs evidence: the page says so until the file is there."""
    ana = story.ana
    page = ana.go(f"{story.room('diagnostico')}1/")
    below = height_of(page, "1.06")
    choose(page, "1.05", "Sim")
    question(page, "1.05").get_by_label("Comentário").fill(answers.PLAN)
    all_is_saved(page, "1.05")
    expect(state(page, "1.05")).to_contain_text("falta a comprovação")
    assert height_of(page, "1.06") == below  # nothing jumps
    ana.follow("Anexar", at=question(page, "1.05"))
    story.look_at(page, "evidence to attach")
    page.locator("[name=file]").set_input_files(upload("plano.pdf", "Plano Municipal para a População Migrante"))
    ana.fill(title="Plano Municipal para a População Migrante")
    ana.press("Anexar à pergunta")
    expect(question(page, "1.05")).to_contain_text("Plano Municipal para a População Migrante")
    expect(state(page, "1.05")).not_to_contain_text("falta a comprovação")


def ana_is_in_her_own_way(story):
    """Two tabs from the same version: the second one shows both answers and keeps hers."""
    first = story.ana.go(f"{story.room('diagnostico')}1/")
    second = story.ana.context.new_page()
    second.goto(first.url)
    choose(first, "1.07", "Não")
    expect(state(first, "1.07")).to_contain_text(SAVED)
    choose(second, "1.07", "Parcialmente")
    conflict = question(second, "1.07").locator(".conflict")
    expect(conflict).to_contain_text("respondeu enquanto você escrevia")
    expect(conflict.locator(".kept")).to_contain_text(["Parcialmente", "Não"])
    story.look_at(second, "a conflict")
    conflict.get_by_role("button", name="Ficar com a minha").click()
    expect(conflict).to_have_count(0)
    expect(state(second, "1.07")).to_contain_text(SAVED)
    second.close()
    history = story.ana.go(f"{story.room('diagnostico')}respostas/1.07/historico/")
    expect(history.get_by_role("main")).to_contain_text("Parcialmente")


def ana_answers_without_javascript(story):
    """The same page with a button a question."""
    session = story.ana.context.storage_state()
    context = open_context(story.browser, story.portal, java_script_enabled=False, storage_state=session)
    page = context.new_page()
    page.goto(f"{story.room('diagnostico')}1/")
    choose(page, "1.06", "Parcialmente")
    question(page, "1.06").get_by_label("Comentário").fill("O comitê se reúne sem decreto.")
    question(page, "1.06").get_by_role("button", name="Salvar esta resposta").click()
    expect(page.get_by_role("main")).to_contain_text(re.compile(r"Pergunta 1\.06: Salvo"))
    expect(question(page, "1.06").get_by_label("Comentário")).to_have_value("O comitê se reúne sem decreto.")
    assert context.complaints == []
    context.close()


def ana_answers_the_rest(story):
    """Through the signed-in address that a page of any make would use, with her session, her token and the version each answer is at."""
    ana = story.ana
    page = ana.go(f"{story.room('diagnostico')}3/")
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    me = page.request.get("/api/v1/me").json()
    address = f"/api/v1/diagnoses/{me['participations'][0]['diagnosis']}"
    versions = {code: row["version"] for code, row in page.request.get(address).json()["answers"].items()}
    bodies = {code: body for code, body in answers.every_answer().items() if versions.get(code) == 0}
    for code, body in bodies.items():
        headers = {"X-CSRFToken": token, "If-Match": '"0"', "Idempotency-Key": f"story-{code}"}
        saved = page.request.put(f"{address}/answers/{code}", data=body, headers=headers)
        assert (saved.status, saved.json()["version"]) == (200, 1), (code, saved.text())
    story.answers = {code: body["value"] for code, body in bodies.items()}


def ana_fills_in_the_context_sheet(story):
    """Line after line, each seen to be saved."""
    page = story.ana.go(f"{story.room('diagnostico')}contexto/")
    story.look_at(page, "the context sheet")
    population = question(page, "population")
    population.get_by_label("Número").fill("217189")
    population.get_by_label("Fonte").fill("IBGE, Censo 2022")
    population.get_by_label("Mês de referência").fill("2022-08")
    all_is_saved(page, "population")
    question(page, "registered_migrants").get_by_label("Sem dado").check()
    all_is_saved(page, "registered_migrants")
    texts = {
        "context": answers.CONTEXT,
        "reference_unit": answers.UNIT,
        "contributors": "Saúde, Educação e Assistência",
    }
    for code, text in texts.items():
        question(page, code).get_by_role("textbox").fill(text)
        all_is_saved(page, code)


def ana_sends_the_diagnosis(story):
    ana = story.ana
    page = ana.go(f"{story.room('diagnostico')}enviar/")
    ana.sees("Nada falta.")
    ana.press("Enviar diagnóstico")
    ana.sees_title("Recibo de envio")
    facts = page.locator("dl.facts")
    expect(facts).to_contain_text(story.government)
    copy = ana.download(page.get_by_role("link", name="Baixar a cópia enviada"))
    assert_digest(copy.path().read_bytes(), facts.inner_text())


def assert_digest(content, receipt):
    """The receipt's SHA-256 is that of the copy: anyone may calculate it."""
    assert hashlib.sha256(content).hexdigest() in receipt
