"""A question as its template draws it: what is asked, what was answered or typed, and what may be done with it."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from django.utils.formats import number_format
from django.utils.timezone import localdate, localtime
from django.utils.translation import gettext as _

from core.dates import day_text, hour_text
from dimensions.models import AnswerType
from dimensions.rules import answer_in_words, is_answered

from .content import month_text
from .requirements import anchor
from .sheet import ANSWER, LACKS


@dataclass
class Conflict:
    """Two texts for one question: the typed one stands in the form, `other` (saving.as_json) is what was saved meanwhile."""

    other: dict
    other_in_words: str
    mine_in_words: str

    @property
    def person(self):
        """The first name of who saved, as on the status line."""
        return first_name(self.other)


@dataclass
class Question:
    """content: what the fields show, the saved answer or what a refused request had typed."""

    indicator: Any
    answer: Any
    content: Any
    lacks: list = field(default_factory=list)
    evidence: list = field(default_factory=list)
    notes: list = field(default_factory=list)
    editable: bool = False
    locked_because: str = ""
    error: str = ""
    conflict: Conflict | None = None
    kept: Any = None
    is_parent: bool = False

    @property
    def code(self):
        return self.indicator.code

    @property
    def anchor(self):
        return anchor(self.indicator.code)

    @property
    def key(self):
        """A new idempotency key for the next save of this form."""
        return uuid.uuid4().hex

    @property
    def kind(self):
        """radio, checkbox, number or text."""
        kinds = {AnswerType.MULTI_CHOICE: "checkbox", AnswerType.NUMBER: "number", AnswerType.TEXT: "text"}
        return kinds.get(self.indicator.answer_type, "radio")

    @property
    def choices(self):
        value = self.content.value
        chosen = set(value) if isinstance(value, list) else {value}
        return [(option.code, option.label, option.code in chosen) for option in self.indicator.options]

    @property
    def typed_value(self):
        """A number as people write it; what could not be read stays as it was typed."""
        value = self.content.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return number_format(value, use_l10n=True)
        return value if value is not None else ""

    @property
    def typed_month(self):
        return month_text(self.content.reference_month) or ""

    @property
    def is_answered(self):
        return is_answered(self.answer)

    @property
    def in_words(self):
        return answer_in_words(self.indicator, self.answer)

    @property
    def lacking(self):
        """What is missing beside the answer itself, in words: an unanswered question says so already."""
        return [LACKS[code] for code in self.lacks if code != ANSWER]

    @property
    def saved_words(self):
        return saved_words(self.answer.updated_at, self.answer.author) if self.answer.updated_at else ""


def first_name(other):
    return first_of(other["updated_by"])


def first_of(name):
    return (name or "").split(" ")[0]


def saved_words(at, name):
    """«Salvo às 14h32 por Ana», with the day when it was another one."""
    words = {"time": hour_text(at), "person": first_of(name)}
    if localtime(at).date() == localdate():
        return _("Salvo às %(time)s por %(person)s") % words
    return _("Salvo em %(day)s às %(time)s por %(person)s") % (words | {"day": day_text(at)})
