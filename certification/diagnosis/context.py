"""The context sheet: a few facts about the place, each saved by itself like an answer."""

from dataclasses import dataclass

from dimensions import catalogue
from dimensions.models import AnswerType
from dimensions.rules import is_answered

from .models import ContextEntry
from .saving import Save
from .sheet import ANSWER, MONTH, SOURCE

OWN = ("value", "no_data", "source", "reference_month")


@dataclass(frozen=True)
class FieldShape:
    """What the rules of answers ask of a question, for a line of the sheet: any number from zero, whole; any text."""

    answer_type: str
    integer: bool = True
    minimum: int | None = 0
    maximum: int | None = None
    unit: str = ""


SHAPES = {"number": FieldShape(AnswerType.NUMBER), "text": FieldShape(AnswerType.TEXT)}


class ContextRows:
    """What `Save` asks of the sheet's lines."""

    name = "context"
    model = ContextEntry

    @staticmethod
    def found():
        return ContextEntry.objects.all()

    @classmethod
    def fields(cls, entry, content):
        return cls.only_own(content.checked(SHAPES[field_of(entry).type]).fields())

    @staticmethod
    def only_own(fields):
        return {name: fields[name] for name in OWN}

    @staticmethod
    def is_reopened(entry):
        """A return names questions; the sheet stays as it was handed over."""
        return False


def field_of(entry):
    fields = catalogue.of(entry.diagnosis.questionnaire_id).profile_fields
    return next(field for field in fields if field.code == entry.code)


def save_context_at(lookup, content, *, based_on, by, at, key=None):
    """Save one line of the sheet. Raises what `save_answer` raises."""
    return Save(ContextRows, lookup, content, based_on, by, at).perform(key)


def entries_of(diagnosis):
    """(field, entry) in the questionnaire's order: one query."""
    entries = {row.code: row for row in diagnosis.context.select_related("updated_by")}
    fields = catalogue.of(diagnosis.questionnaire_id).profile_fields
    return [(field, entries[field.code]) for field in fields if field.code in entries]


def context_lacks(field, entry):
    """What a line still needs, as codes of sheet.LACKS. An optional one may stay empty, but a number that is given says whence and when."""
    if not is_answered_entry(entry):
        return [ANSWER] if field.required else []
    if field.type != "number" or entry.no_data:
        return []
    return [code for code, there in ((SOURCE, entry.source.strip()), (MONTH, entry.reference_month)) if not there]


def is_ready(field, entry):
    return is_answered_entry(entry) and not context_lacks(field, entry)


def is_answered_entry(entry):
    return is_answered(entry.content())
