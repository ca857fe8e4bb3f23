"""Enrolment: the form in parts, the signed document, sending it, the coordination's answer; the course and its certificate."""

import re
from datetime import timedelta

from playwright.sync_api import expect

from tests.browser.opening import today
from tests.browser.papers import upload

MAYOR = {"signatory_name": "Jussara Prado", "signatory_position": "Prefeita"}
REFERENCE = {
    "reference_1_name": "Ana Prates",
    "reference_1_position": "Coordenadora",
    "reference_1_department": "Secretaria de Direitos Humanos",
    "reference_1_email": "ana.prates@saoleopoldo.example",
}
ALTERNATE = {
    "alternate_1_name": "Davi Menezes",
    "alternate_1_position": "Assistente social",
    "alternate_1_department": "Secretaria de Assistência Social",
    "alternate_1_email": "davi.menezes@saoleopoldo.example",
}
MOTIVES = "A cidade recebe famílias venezuelanas e haitianas desde 2014 e quer organizar o que cada secretaria já faz."


def ana_begins(story):
    ana = story.ana
    ana.go("/painel/")
    ana.follow("Inscrever o meu governo")
    ana.press("Começar a inscrição")
    ana.sees("Inscrição começada.")
    story.participation = int(re.search(r"/participacoes/(\d+)/", ana.page.url)[1])


def ana_fills_in_the_form(story):
    """In two sittings: what is saved half done is there when she comes back."""
    ana = story.ana
    ana.fill(**MAYOR)
    ana.press("Salvar", exact=True)
    ana.sees("Inscrição salva.")
    expect(ana.page.locator("[name=signatory_name]")).to_have_value(MAYOR["signatory_name"])
    story.look_at(ana.page, "the form of the enrolment")
    ana.fill(lead_department="Secretaria de Direitos Humanos", motives=MOTIVES, **REFERENCE, **ALTERNATE)
    document = upload("documento-de-intencao.pdf", "Documento de intenção assinado")
    ana.page.locator("[name=intent_document]").set_input_files(document)
    ana.press("Salvar e conferir")
    ana.sees("Nada falta.")
    story.look_at(ana.page, "the enrolment before it is sent")


def ana_sends_the_enrolment(story):
    story.ana.press("Enviar inscrição")
    story.ana.sees_title("Recibo de envio")
    expect(story.ana.page.locator("dl.facts")).to_contain_text(re.compile(r"SHA-256\s*[0-9a-f]{64}"))


def helena_validates_the_enrolment(story):
    helena = story.helena
    helena.go("/coordenacao/inscricoes/")
    helena.follow(story.government)
    helena.sees(MOTIVES)
    story.look_at(helena.page, "an enrolment to answer")
    intent = helena.download(helena.page.get_by_role("link", name="documento-de-intencao.pdf"))
    assert intent.path().read_bytes().startswith(b"%PDF")
    helena.press("Validar inscrição")
    helena.sees("validada")


def ana_records_the_course(story):
    ana = story.ana
    ana.go(f"/painel/participacoes/{story.participation}/curso/")
    ana.page.locator("[name=person]").select_option(label="Ana Prates")
    ana.fill(completed_on=(today() - timedelta(days=3)).isoformat())
    ana.page.locator("[name=certificate]").set_input_files(upload("certificado.pdf", "Certificado do curso"))
    ana.press("Registrar conclusão")
    ana.sees("Conclusão registrada.")


def helena_checks_the_certificate(story):
    helena = story.helena
    helena.go("/coordenacao/certificados/")
    helena.follow(story.government)
    helena.press("Conferido, conta para o selo")
    helena.sees("exigência cumprida")
