"""The reading of the diagnosis: Tiago notes one question, Helena returns it, Ana corrects that one and answers, Helena validates."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser import answers
from tests.browser.opening import today
from tests.browser.scenes.diagnosis import SAVED, choose, question, state

NOTE = "Há ato formal que atribua a coordenação? Se houver, indique-o e anexe o endereço."
GOOD_PRACTICE = "Formação de promotoras legais populares migrantes, com a Defensoria Pública."
REPLY = "Havia: a portaria saiu em março e agora está anexada."


def read_every_dimension(person, story):
    """Dimension after dimension, as the page leads."""
    page = person.go(story.desk("diagnostico"))
    while page.get_by_role("cell", name="por ler").count():
        page.get_by_role("row").filter(has_text="por ler").first.get_by_role("link").click()
        title = page.get_by_role("heading", level=1).inner_text()
        person.press("Dimensão lida")
        expect(page.get_by_role("heading", level=1)).not_to_have_text(title)
        person.go(story.desk("diagnostico"))


def tiago_notes_a_question(story):
    tiago = story.tiago
    tiago.go("/coordenacao/diagnosticos/")
    tiago.follow(story.government)
    tiago.follow("1. Estrutura institucional")
    card = tiago.page.locator('[id="q-1.01"]')
    expect(card).to_contain_text(answers.COORDINATION)
    card.get_by_text("Escrever apontamento").click()
    card.get_by_label("Apontamento").fill(NOTE)
    story.look_at(tiago.page, "a note being written")
    tiago.press("Salvar apontamento", at=card)
    expect(card.locator(".note-box")).to_contain_text(NOTE)


def tiago_marks_a_good_practice(story):
    """Not a correction: it comes to stand in the report."""
    tiago = story.tiago
    tiago.go(f"{story.desk('diagnostico')}10/")
    card = tiago.page.locator('[id="q-10.12"]')
    card.get_by_text("Escrever apontamento").click()
    card.get_by_label("Tipo").select_option(label="boa prática")
    card.get_by_label("Apontamento").fill(GOOD_PRACTICE)
    tiago.press("Salvar apontamento", at=card)
    expect(card.locator(".note-box")).to_contain_text(GOOD_PRACTICE)


def tiago_reads_every_dimension(story):
    read_every_dimension(story.tiago, story)
    expect(story.tiago.page.get_by_role("main")).not_to_contain_text("Devolver para correção")


def ana_does_not_see_the_note_yet(story):
    page = story.ana.go(f"{story.room('diagnostico')}1/")
    expect(question(page, "1.01")).not_to_contain_text(NOTE)


def helena_returns_one_question(story):
    helena = story.helena
    helena.go(story.desk("diagnostico"))
    helena.fill(correct_until=(today() + timedelta(days=7)).isoformat(), message="Falta só um documento.")
    helena.press("Devolver 1 pergunta")
    helena.sees("Diagnóstico devolvido.")
    assert story.portal.wait_for_letter(story.ana.email, "iagnóstico")


def ana_corrects_that_question_only(story):
    ana = story.ana
    page = ana.go(f"{story.room('diagnostico')}1/")
    expect(page.locator("form[data-answer]")).to_have_count(1)
    expect(question(page, "1.01")).to_contain_text(NOTE)
    choose(page, "1.01", "Sim")
    question(page, "1.01").get_by_label("Comentário").fill(answers.CORRECTED)
    expect(state(page, "1.01")).to_contain_text(SAVED)
    expect(page.locator("#all-saved")).to_contain_text("Tudo salvo")
    ana.follow("Anexar", at=question(page, "1.01"))
    ana.fill(url="https://diario.saoleopoldo.example/portaria-112", title="Portaria 112")
    ana.press("Anexar à pergunta")
    expect(question(page, "1.01")).to_contain_text("Portaria 112")


def ana_answers_the_note(story):
    page = story.ana.page
    note = question(page, "1.01").locator(".note-box")
    note.get_by_text("Responder ao apontamento").click()
    story.look_at(page, "a note to answer")
    note.get_by_label("Resposta").fill(REPLY)
    story.ana.press("Salvar resposta ao apontamento", at=note)
    expect(note).to_contain_text(REPLY)


def ana_sends_it_again(story):
    story.ana.go(f"{story.room('diagnostico')}enviar/")
    story.ana.press("Enviar diagnóstico")
    story.ana.sees_title("Recibo de envio")
    expect(story.ana.page.locator("dl.facts")).to_contain_text(re.compile(r"Envio número\s*2"))


def helena_validates_the_diagnosis(story):
    """Old answer, note, reply and new answer stand side by side; what did not change counts as read."""
    helena = story.helena
    helena.go(f"{story.desk('diagnostico')}1/")
    card = helena.page.locator('[id="q-1.01"]')
    for text in (answers.COORDINATION, NOTE, REPLY, answers.CORRECTED):
        expect(card).to_contain_text(text)
    read_every_dimension(helena, story)
    helena.press("Validar diagnóstico")
    helena.sees("Diagnóstico validado.")
