"""The questionnaires, question by question and option by option, in three languages. What only orders suggestions is never told."""

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from dimensions import catalogue
from dimensions.models import Questionnaire

from .table import INTEGER, TEXT, Column, Table, in_three_languages


def questionnaires():
    """The published versions, in order."""
    rows = Questionnaire.objects.filter(published_at__isnull=False).order_by("slug", "version")
    return [catalogue.of(pk) for pk in rows.values_list("pk", flat=True)]


def question_rows(at):
    for questionnaire in questionnaires():
        for dimension in questionnaire.dimensions:
            for indicator in dimension.indicators:
                yield from _rows_of(questionnaire, dimension, indicator)


def _rows_of(questionnaire, dimension, indicator):
    """One row an option; a question without options has one row."""
    before = (
        f"{questionnaire.slug}-{questionnaire.version}",
        dimension.number,
        *_three(dimension.name),
        indicator.code,
        *_three(indicator.question),
        *_three(indicator.help),
        indicator.answer_type,
        *_three(indicator.unit),
        indicator.applies_to,
        indicator.evidence,
    )
    for option in indicator.options:
        yield (*before, option.code, *_three(option.label))
    if not indicator.options:
        yield (*before, None, None, None, None)


def _three(text):
    said = text.as_dict()
    return tuple(said.get(language) or None for language in catalogue.LANGUAGES)


def _count(at):
    return sum(max(len(indicator.options), 1) for each in questionnaires() for indicator in each.indicators.values())


QUESTIONNAIRE = Table(
    "questionnaire",
    _("Questionário"),
    _("As dimensões, as perguntas e as opções de resposta de cada versão publicada, em três idiomas."),
    (
        Column("questionnaire", TEXT, _("identificador e versão do questionário")),
        Column("dimension", INTEGER, _("número da dimensão")),
        *in_three_languages("dimension_name", TEXT, _("nome da dimensão")),
        Column("indicator", TEXT, _("código da pergunta, estável entre as versões")),
        *in_three_languages("question", TEXT, _("a pergunta")),
        *in_three_languages("help", TEXT, _("por que se pergunta e como responder")),
        Column("answer_type", TEXT, _("tipo de resposta: yes_no_partial, single_choice, multi_choice, number, text")),
        *in_three_languages("unit", TEXT, _("o que se conta, em perguntas de número")),
        Column("applies_to", TEXT, _("a quem se pergunta: both (todos), municipality, state")),
        Column("evidence", TEXT, _("comprovação: none (não se pede), optional, required_if_yes")),
        Column("option", TEXT, _("código da opção; vazio em perguntas sem opções")),
        *in_three_languages("option_label", TEXT, _("a opção em palavras")),
    ),
    rows=question_rows,
    count=_count,
    changed=lambda at: Questionnaire.objects.aggregate(at=Max("published_at"))["at"],
    mark=lambda at: [each.digest for each in questionnaires()],
)
