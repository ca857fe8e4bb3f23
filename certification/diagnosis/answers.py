"""Saving one answer. How: saving.py."""

from dimensions import catalogue

from .models import Answer
from .notes import is_reopened
from .reading import HAS_EVIDENCE
from .saving import Save

ANSWERS_AND_EVIDENCE = Answer.objects.annotate(has_evidence=HAS_EVIDENCE)


class AnswerRows:
    """What `Save` asks of answers."""

    name = "answer"
    model = Answer

    @staticmethod
    def found():
        return Answer.objects.all()

    @staticmethod
    def fields(answer, content):
        """The columns to write. Raises InvalidAnswer."""
        indicator = catalogue.of(answer.diagnosis.questionnaire_id).indicator(answer.code)
        return content.checked(indicator).fields()

    @staticmethod
    def only_own(fields):
        return fields

    @staticmethod
    def is_reopened(answer):
        return is_reopened(answer.diagnosis, answer.code)


class AnswerRowsOfPage(AnswerRows):
    """With what the status line of the page says of evidence."""

    @staticmethod
    def found():
        return ANSWERS_AND_EVIDENCE


def save_answer(diagnosis, code, content, *, based_on, by, at, key=None):
    """Save the answer to one question. content: a content.Content. based_on: the version the person saw. key: an idempotency key.
    Returns Saved. Raises Answer.DoesNotExist, PermissionDenied, StepClosed, Stale, InvalidAnswer, idempotency.KeyRefused."""
    return save_answer_at({"diagnosis": diagnosis.pk, "code": code}, content, based_on=based_on, by=by, at=at, key=key)


def save_answer_at(lookup, content, *, based_on, by, at, key=None, rows=AnswerRows):
    """The same, for an answer that the saving query itself finds by this look-up."""
    return Save(rows, lookup, content, based_on, by, at).perform(key)
