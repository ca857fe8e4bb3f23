"""The parts of a sheet in words: on the form, over a note, in a letter."""

from django.utils.translation import gettext_lazy as _

LABELS = {
    "title": _("Título"),
    "title_en": _("Título em inglês"),
    "title_es": _("Título em espanhol"),
    "summary": _("Resumo"),
    "summary_en": _("Resumo em inglês"),
    "summary_es": _("Resumo em espanhol"),
    "language": _("Idioma do relato"),
    "started_year": _("Ano de início"),
    "dimensions": _("Dimensões"),
    "sdg_targets": _("Metas dos ODS"),
    "context": _("Contexto"),
    "problem": _("Problema"),
    "what_was_done": _("O que foi feito"),
    "who": _("Quem fez"),
    "resources": _("Recursos"),
    "results": _("Resultados"),
    "lessons": _("O que se aprendeu"),
    "how_to_replicate": _("Como repetir"),
    "migrants_part": _("Participação das pessoas migrantes"),
    "quote": _("Fala"),
    "quote_by": _("De quem é a fala"),
    "documents": _("Documentos"),
}


def label_of(field):
    return str(LABELS.get(field, field))
