"""Certification: what is complete, one coordinator proposes, another confirms, the edition is published, anyone verifies."""

import re

from playwright.sync_api import expect


def ana_sees_that_nothing_is_missing(story):
    story.ana.go(story.room("certificacao"))
    story.ana.sees("Está tudo completo.")


def an_hour_goes_by(story):
    story.portal.run("tests.browser.opening", "an-hour-later")


def helena_proposes_the_award(story):
    """It weighs: who is there has to say so once more, and comes back to what was pressed."""
    helena = story.helena
    helena.go(story.desk("certificacao"))
    helena.press("Propor a concessão")
    helena.confirm_it_is_me()
    helena.sees("Proposta registrada.")
    expect(helena.page.get_by_role("button", name="Confirmar e conceder o selo")).to_have_count(0)


def marcos_confirms_it(story):
    marcos = story.marcos
    marcos.go(f"/coordenacao/edicoes/{story.year}/")
    marcos.follow(story.government)
    marcos.press("Confirmar e conceder o selo")
    marcos.confirm_it_is_me()
    marcos.sees("Selo concedido.")
    story.seal_code = marcos.page.locator("dl.facts").get_by_role("link").first.inner_text()


def visitor_does_not_see_the_seal_yet(story):
    assert story.visitor.request.get(f"/selos/{story.seal_code}/").status == 404


def helena_publishes_the_edition(story):
    """It cannot be taken back: the year is typed again."""
    helena = story.helena
    helena.go(f"/coordenacao/edicoes/{story.year}/")
    helena.fill(year=str(story.year))
    helena.press("Publicar edição")
    helena.sees("Edição publicada:")


def visitor_verifies_the_seal(story):
    """By the code, as people type it."""
    page = story.visitor
    page.goto("/verificar/")
    page.get_by_label("Código do selo").fill(f" {story.seal_code[:4].lower()}-{story.seal_code[4:].lower()}")
    page.get_by_role("button", name="Verificar código").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(story.government)
    expect(page.locator(".seal-verdict")).to_have_text(re.compile(r"^\s*Válido\s*$"))
    assert page.context.cookies() == []
