"""A whole sheet, and the same as a browser sends it."""

from django.urls import reverse

from core.models import OutboxMessage

WHOLE = {
    "title_pt_br": "Agenda única de mediação",
    "summary_pt_br": "Nove mediadoras atendem todas as secretarias.",
    "title_en": "One calendar of mediation",
    "summary_en": "",
    "title_es": "",
    "summary_es": "",
    "language": "pt-br",
    "started_year": 2022,
    "context": "Município grande.",
    "problem": "Havia mediadora ociosa em um lugar e criança traduzindo em outro.",
    "what_was_done": "As vagas foram reunidas.",
    "who": "Centro de referência.",
    "resources": "Cargos novos.",
    "lessons": "A consulta demora mais.",
    "migrants_part": "As mediadoras escreveram o código.",
    "how_to_replicate": ["Contar pedidos", "Reunir as vagas"],
    "quote": "",
    "quote_by": "",
    "sdg_targets": ["10.7", "16.6"],
}


def posted(version, results=((("atendimentos", "5.214", "", "por ano", "Agenda")),), **changes):
    """What the form sends. results: tuples of what, figure, of, unit, source."""
    facts = {name: value for name, value in WHOLE.items() if isinstance(value, str | int)}
    facts |= {
        "sdg_targets": "10.7, 16.6",
        "how_to_replicate": "Contar pedidos\nReunir as vagas",
        "dimensions": ["4", "6"],
        "version": str(version),
        "results-TOTAL_FORMS": str(len(results)),
        "results-INITIAL_FORMS": "0",
    }
    for number, row in enumerate(results):
        for name, value in zip(("what", "figure", "of", "unit", "source"), row, strict=True):
            facts[f"results-{number}-{name}"] = value
    return facts | changes


def letters(kind):
    return set(OutboxMessage.objects.filter(kind=kind).values_list("recipient", flat=True))


def sheet_url(practice):
    return reverse("bank:own-sheet", args=[practice.pk])
