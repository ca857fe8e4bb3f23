"""What an answer says, suggests, needs and may be: the rules the questionnaire file states, as pure functions.

An indicator is one of `catalogue.Indicator`; an answer is anything with `value`, `no_data` and `not_applicable`. Whether a question
is asked at all is `Catalogue.applicable`. Scores and weights never leave here: only the words for a status do.
"""

from typing import Any, Protocol

from django.db.models import TextChoices
from django.utils.functional import lazy
from django.utils.translation import gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _

from core.numbers import grouped

from .models import AnswerType, EvidencePolicy
from .values import InvalidAnswer, validate_value

__all__ = [
    "Answer",
    "InvalidAnswer",
    "Status",
    "answer_in_words",
    "evidence_needed",
    "in_words",
    "is_answered",
    "status",
    "suggests_action",
    "validate_value",
]

CHOICES = (AnswerType.YES_NO_PARTIAL, AnswerType.SINGLE_CHOICE)


class Answer(Protocol):
    value: Any
    no_data: bool
    not_applicable: bool


class Status(TextChoices):
    EXISTS = "exists", _("Existe")
    PARTLY = "partly", _("Existe em parte")
    NOT_YET = "not_yet", _("Ainda não existe")
    NOT_APPLICABLE = "not_applicable", _("Não se aplica")
    UNANSWERED = "unanswered", _("Sem resposta")
    NO_STATUS = "no_status", pgettext_lazy("status of an indicator", "Informativo")


def is_answered(answer: Answer | None) -> bool:
    """A value, "no data" or "does not apply": something was said. An empty text or list was not."""
    if answer is None:
        return False
    return answer.not_applicable or answer.no_data or not _blank(answer.value)


def status(indicator, answer: Answer | None) -> Status:
    """status_rule: yes, an option outside suggest_when.answers, or more options than at_most_selected exist; partial, such an option with
    a score, or few options exist in part; no, an option without score, or the exclusive option do not exist yet. Numbers and texts have
    no status; "does not apply" and unanswered are counted apart."""
    if not indicator.has_status:
        return Status.NO_STATUS
    if answer is not None and answer.not_applicable:
        return Status.NOT_APPLICABLE
    if answer is None or _blank(answer.value):
        return Status.UNANSWERED
    if indicator.answer_type == AnswerType.MULTI_CHOICE:
        return _status_of_selection(indicator, answer.value)
    return _status_of_choice(indicator, answer.value)


def _status_of_choice(indicator, code):
    if code not in indicator.suggest_when["answers"]:
        return Status.EXISTS
    return Status.PARTLY if indicator.option(code).score > 0 else Status.NOT_YET


def _status_of_selection(indicator, codes):
    if any(indicator.option(code).exclusive for code in codes):
        return Status.NOT_YET
    few = len(codes) <= indicator.suggest_when["at_most_selected"]
    return Status.PARTLY if few else Status.EXISTS


def suggests_action(indicator, answer: Answer | None) -> bool:
    """suggest_when_rule: an answer in `answers`; no more selected than `at_most_selected`; a number not greater than `at_most`; left blank or
    marked as no data where `blank` says so. Never when the answer is "does not apply"; that the question is asked, the caller knows."""
    when = indicator.suggest_when
    if answer is not None and answer.not_applicable:
        return False
    if answer is None or answer.no_data or _blank(answer.value):
        return bool(when.get("blank"))
    if indicator.answer_type == AnswerType.NUMBER:
        return "at_most" in when and answer.value <= when["at_most"]
    if indicator.answer_type == AnswerType.MULTI_CHOICE:
        named = any(code in when["answers"] for code in answer.value)
        return named or len(answer.value) <= when["at_most_selected"]
    return answer.value in when.get("answers", ())


def evidence_needed(indicator, answer: Answer | None) -> bool:
    """evidence_rule: with required_if_yes, a file or address is needed when yes_no_partial is yes (partial: asked for, not needed), when a
    single_choice answer is not in suggest_when.answers, or when a multi_choice answer is not the exclusive option."""
    if indicator.evidence != EvidencePolicy.REQUIRED_IF_YES or not indicator.has_status:
        return False
    if answer is None or answer.not_applicable or _blank(answer.value):
        return False
    if indicator.answer_type == AnswerType.MULTI_CHOICE:
        return not any(indicator.option(code).exclusive for code in answer.value)
    return answer.value not in indicator.suggest_when["answers"]


def in_words(indicator, value):
    """The value as a person reads it, in the language active when it is shown; empty for none."""
    return _words(indicator, value)


def answer_in_words(indicator, answer: Answer | None):
    """The whole answer in words, "no data" and "does not apply" included."""
    if answer is None or not is_answered(answer):
        return Status.UNANSWERED.label
    if answer.not_applicable:
        return Status.NOT_APPLICABLE.label
    if answer.no_data:
        return _("Sem dado")
    return in_words(indicator, answer.value)


def _in_words(indicator, value):
    if _blank(value):
        return ""
    if indicator.answer_type in CHOICES:
        return str(indicator.option(value).label)
    if indicator.answer_type == AnswerType.MULTI_CHOICE:
        return "; ".join(str(indicator.option(code).label) for code in value)
    if indicator.answer_type == AnswerType.NUMBER:
        return _number_in_words(indicator, value)
    return value


def _number_in_words(indicator, value):
    number, unit = grouped(value), str(indicator.unit)
    if unit == "%":
        return f"{number}%"
    return gettext("%(number)s %(unit)s") % {"number": number, "unit": unit} if unit else number


_words = lazy(_in_words, str)


def _blank(value):
    return value is None or value == [] or (isinstance(value, str) and not value.strip())
