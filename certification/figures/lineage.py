"""Which question of an earlier questionnaire a question of today continues: what may be compared over the years, and what may not."""

from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _

from dimensions.models import IndicatorLineage, Questionnaire, Relation

COMPARABLE = (Relation.SAME, Relation.REWORDED)


class Comparison(TextChoices):
    SAME = "same", _("comparável")
    NOT_COMPARABLE = "not_comparable", _("não comparável: a pergunta foi dividida ou reunida com outra")
    NOT_ASKED = "not_asked", _("ainda não era perguntado")
    NO_DATA = "no_data", _("sem dado")


@dataclass(frozen=True)
class Trace:
    """code: of the question in that questionnaire, or nothing where it cannot be compared."""

    comparison: Comparison
    code: str = ""


def traces(questionnaire_id, code):
    """{questionnaire: Trace} of one question, back through the versions: two queries."""
    rows = IndicatorLineage.objects.order_by().values_list(
        "indicator__questionnaire", "indicator__code", "relation", "previous__code"
    )
    links = {(key, code): (relation, previous) for key, code, relation, previous in rows}
    before = dict(Questionnaire.objects.order_by().values_list("pk", "previous"))
    found, trace = {}, Trace(Comparison.SAME, code)
    while questionnaire_id is not None and questionnaire_id not in found:
        found[questionnaire_id] = trace
        trace = _earlier(trace, links.get((questionnaire_id, trace.code)))
        questionnaire_id = before.get(questionnaire_id)
    return found


def _earlier(trace, link):
    if trace.comparison != Comparison.SAME:
        return trace
    relation, previous = link or (Relation.NONE, None)
    if relation in COMPARABLE and previous:
        return Trace(Comparison.SAME, previous)
    if relation == Relation.NONE:
        return Trace(Comparison.NOT_ASKED)
    return Trace(Comparison.NOT_COMPARABLE)
