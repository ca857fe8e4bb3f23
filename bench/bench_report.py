"""A whole diagnosis report (template, kept child, stylesheet) against its bare content: WeasyPrint on tagged fixed-layout tables."""

import time
from datetime import UTC, datetime

from django.utils import translation

from bench.paired import compare
from certification.reports import documents
from core import pdf
from core.pdf_worker import Renderer
from tests.reports import sample

LINE = 1.25

# The same fonts, letter sizes and margins, so that both sides fill as many pages; nothing of the design.
BARE = """
@font-face { font-family: "Source Sans Pro"; src: url("asset:fonts/regular.ttf"); font-weight: 400 }
@font-face { font-family: "Source Sans Pro"; src: url("asset:fonts/bold.ttf"); font-weight: 700 }
@page { size: A4; margin: 27mm 18mm 25mm; @bottom-right { content: counter(page) " / " counter(pages) } }
html { font: 10pt/1.45 "Source Sans Pro" }
section { break-before: page }
table { width: 100%; table-layout: fixed; border-collapse: separate; border-spacing: 0; font-size: 8.8pt; line-height: 1.36 }
th, td { text-align: left; vertical-align: top; padding: 1.8mm 2mm; border-bottom: 0.5pt solid; overflow-wrap: anywhere }
.contents a::after { content: " " target-counter(attr(href), page) }
"""


def run():
    from weasyprint import CSS, HTML

    bare_side, child = Renderer(), {"cpu": 0.0}
    stylesheet = CSS(string=BARE, url_fetcher=bare_side.fetcher, font_config=bare_side.fonts)
    content = sample.diagnosis_content()
    html = page_of(content)

    def report():
        with translation.override("pt-br"):
            context = documents.diagnosis(sources(content))
        made = pdf.render("print/diagnosis.html", context, language="pt-br", title="Relatório")
        child["cpu"] += made.cpu

    def bare():
        document = HTML(string=html, url_fetcher=bare_side.fetcher)
        document.write_pdf(stylesheets=[stylesheet], font_config=bare_side.fonts, pdf_variant="pdf/ua-1", cache={})

    names = ("diagnosis report", "its bare tagged tables")
    # The child's processor time counts as ours.
    yield compare(report, bare, names=names, limit=LINE, clock=lambda: time.process_time() + child["cpu"])


def sources(content):
    submitted = datetime(2026, 7, 1, tzinfo=UTC).isoformat()
    return documents.Sources(sample.snapshot_of(content), "https://portal.example.org/relatorios/1/", submitted)


def page_of(content):
    with translation.override("pt-br"):
        context = documents.diagnosis(sources(content))
    return pdf.html_of("print/diagnosis.html", context, language="pt-br", title="Relatório")
