"""Reports: asked for, seen getting ready without a reload, downloaded by the government and by anyone."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import expect

KINDS = {
    "diagnosis": "Relatório de diagnóstico",
    "prioritization": "Relatório de priorização",
    "certificate": "Certificado",
}
# Two cores render several documents; the page says by itself when each is there.
MADE = 120_000


def shelf(page, kind):
    return page.locator(".card").filter(has=page.get_by_role("heading", name=KINDS[kind]))


def ana_asks_for_one_in_english(story):
    """The page changes by itself from «being made» to «ready»."""
    ana = story.ana
    page = ana.go(story.room("relatorios"))
    expect(shelf(page, "diagnosis")).to_contain_text("pronto", timeout=MADE)
    page.evaluate("window.sameDocument = true")
    shelf(page, "diagnosis").get_by_label("Em outro idioma").select_option("en")
    ana.press("Gerar relatório", at=shelf(page, "diagnosis"))
    ana.sees("Um relatório está sendo montado.")
    story.look_at(page, "a report being made")
    page.evaluate("window.sameDocument = true")
    expect(shelf(page, "diagnosis").get_by_text(re.compile(r"Inglês ·"))).to_be_visible(timeout=MADE)
    expect(page.get_by_text("Um relatório está sendo montado.")).to_have_count(0, timeout=MADE)
    assert page.evaluate("window.sameDocument") is True


def ana_downloads_each(story):
    page = story.ana.go(story.room("relatorios"))
    for kind in KINDS:
        keep(story, kind, copy_in(shelf(page, kind), "Português"))
    keep(story, "diagnosis-en", copy_in(shelf(page, "diagnosis"), "Inglês"))


def copy_in(card, language):
    """The button under the line that names the language; the newest copy stands first."""
    line = card.locator("p", has_text=f"{language} ·").first
    return line.locator("xpath=following-sibling::p[1]").get_by_role("link", name="Baixar PDF")


def keep(story, name, link):
    path = story.folder / f"{name}.pdf"
    story.ana.download(link).save_as(path)
    story.documents[name] = path


def visitor_reads_a_report(story):
    """Published with the edition: the same file, without an account."""
    page = story.visitor
    page.goto("/governos/4318705/")
    page.get_by_role("main").get_by_role("link", name=KINDS["prioritization"]).first.click()
    story.report = urlsplit(page.url).path
    with page.expect_download() as caught:
        page.get_by_role("link", name=re.compile("Baixar PDF")).click()
    assert caught.value.path().read_bytes() == story.documents["prioritization"].read_bytes()
    assert page.context.cookies() == []
