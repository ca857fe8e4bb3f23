"""What the diagnosis needs before it can be submitted, and what it may be sent with but is weak: told to the cycle by hooks.py."""

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.cycle import Requirement
from dimensions.rules import is_answered

from . import context, reading
from .models import Diagnosis
from .sheet import LACKS, sheet_of

WHOLE = "answers"


def requirements_of(participation):
    """One for the whole, then each question that lacks something, in the questionnaire's order, then what is weak."""
    diagnosis = Diagnosis.objects.filter(participation=participation).first()
    if diagnosis is None:
        reason = _("O diagnóstico abre quando a inscrição for validada.")
        return [Requirement("diagnosis", _("Diagnóstico aberto"), False, reason)]
    sheet = sheet_of(diagnosis, participation.government.kind, reading.answers_of(diagnosis))
    return requirements_from(participation, sheet, context.entries_of(diagnosis))


def requirements_from(participation, sheet, entries):
    """The same from what was read already."""
    whole = _whole(participation, sheet)
    needs = [_question(participation, sheet, row) for row in sheet.asked if row.code in sheet.lacks]
    return [whole, *_context(participation, entries), *needs, *_weak(participation, sheet)]


def _whole(participation, sheet):
    """«105 de 105 perguntas»: always there, so that a complete diagnosis shows as met."""
    unanswered = sum(not is_answered(sheet.answers[row.code]) for row in sheet.asked)
    label = _("Todas as perguntas respondidas")
    words = {"done": sheet.whole.total - unanswered, "total": sheet.whole.total}
    reason = _("%(done)s de %(total)s perguntas respondidas.") % words
    url = reverse("diagnosis:overview", args=[participation.pk])
    # The questions themselves hold the submission back, each with its link; this line only sums up.
    return Requirement(WHOLE, label, not unanswered, reason, url, weak=True)


def _question(participation, sheet, indicator):
    reason = "; ".join(str(LACKS[code]) for code in sheet.lacks[indicator.code])
    return Requirement(indicator.code, _label(indicator), False, reason, question_url(participation, indicator))


def _label(indicator):
    return f"{indicator.code} {indicator.question}"


def question_url(participation, indicator):
    page = reverse("diagnosis:dimension", args=[participation.pk, indicator.dimension_number])
    return f"{page}#{anchor(indicator.code)}"


def anchor(code):
    return f"p-{code.replace('.', '-')}"


def _context(participation, entries):
    url = reverse("diagnosis:context", args=[participation.pk])
    for field, entry in entries:
        lacks = context.context_lacks(field, entry)
        if lacks:
            reason = "; ".join(str(LACKS[code]) for code in lacks)
            label = _("Ficha de contexto: %(field)s") % {"field": field.label}
            yield Requirement(f"context.{field.code}", label, False, reason, f"{url}#c-{field.code}")


def _weak(participation, sheet):
    """May be sent so; a comment or a document would make it stronger."""
    for row in sheet.asked:
        answer = sheet.answers[row.code]
        reason = weakness(row, answer) if row.code not in sheet.lacks else ""
        if reason:
            url = question_url(participation, row)
            yield Requirement(f"{row.code}.weak", _label(row), False, reason, url, weak=True)


def grouped(sheet, needs):
    """The same by dimension, the context sheet first, each group with its name: a hundred lines in one list help nobody."""
    names = {dimension.number: f"{dimension.number}. {dimension.name}" for dimension in sheet.catalogue.dimensions}
    groups = {}
    for need in needs:
        indicator = sheet.catalogue.indicators.get(need.code.removesuffix(".weak"))
        groups.setdefault(indicator.dimension_number if indicator else 0, []).append(need)
    return [{"name": names.get(number, _("Ficha de contexto")), "needs": each} for number, each in groups.items()]


def weakness(indicator, answer):
    if answer.not_applicable or answer.no_data or not indicator.has_status:
        return ""
    if answer.value == "partial" and indicator.takes_evidence and not answer.has_evidence:
        return _("“Parcialmente” sem comprovação: conte no comentário ou anexe o que já existe.")
    if answer.value not in ("no", None) and not answer.comment.strip():
        return _("sem comentário: uma frase ajuda quem vai ler.")
    return ""
