"""Monitoring: a dated entry with numbers and evidence, and the coordination's look at it."""

from playwright.sync_api import expect

from tests.browser.opening import today
from tests.browser.papers import upload
from tests.browser.scenes.priorities import COMMITTEE

PROGRESS = "O decreto saiu e o comitê já se reuniu duas vezes, com associações de migrantes."


def ana_tells_how_it_goes(story):
    ana = story.ana
    page = ana.go(story.room("monitoramento"))
    ana.follow("Registrar andamento", at=page.get_by_role("article").filter(has_text=COMMITTEE["title"]))
    page.get_by_label("em andamento").check()
    story.look_at(page, "a progress entry")
    ana.fill(dated_on=today().isoformat(), text=PROGRESS, done="2", total="6", unit="reuniões com ata")
    page.locator("main [name=file]").set_input_files(upload("atas.pdf", "Atas do comitê"))
    ana.fill(piece_title="Atas do comitê")
    ana.press("Salvar o registro")
    ana.sees("Registro de andamento salvo.")
    thread = page.get_by_role("article").filter(has_text=COMMITTEE["title"])
    expect(thread).to_contain_text("Grau de implementação: 33%")


def helena_verifies_it(story):
    helena = story.helena
    helena.go(story.desk("monitoramento"))
    entry = helena.page.locator("li.entry").filter(has_text=PROGRESS)
    atas = helena.download(entry.get_by_role("link", name="Atas do comitê"))
    assert atas.path().read_bytes().startswith(b"%PDF")
    entry.get_by_text("Verificar este registro").click()
    story.look_at(helena.page, "an entry to verify")
    entry.get_by_label("Observação").fill("Atas conferidas.")
    helena.press("Confirmar", at=entry)
    helena.sees("Registro confirmado.")


def ana_sees_the_verification(story):
    page = story.ana.go(story.room("monitoramento"))
    expect(page.locator(".verification")).to_contain_text("Atas conferidas.")
