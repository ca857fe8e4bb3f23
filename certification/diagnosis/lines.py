"""A line of the context sheet as its template draws it."""

import uuid
from dataclasses import dataclass, field
from typing import Any

from core.numbers import grouped

from .content import month_text
from .context import context_lacks, entries_of
from .questions import first_name, saved_words
from .saving import not_reopened
from .sheet import ANSWER, LACKS


@dataclass
class Line:
    room: Any
    field: Any
    entry: Any
    content: Any
    editable: bool = False
    locked_because: str = ""
    error: str = ""
    other: dict | None = None
    kept: Any = None
    lacks: list = field(default_factory=list)

    @property
    def code(self):
        return self.field.code

    @property
    def key(self):
        return uuid.uuid4().hex

    @property
    def typed_value(self):
        return in_words(self.content.value)

    @property
    def typed_month(self):
        return month_text(self.content.reference_month) or ""

    @property
    def other_in_words(self):
        return in_words(self.other["value"])

    @property
    def other_person(self):
        return first_name(self.other)

    @property
    def lacking(self):
        return [LACKS[code] for code in self.lacks if code != ANSWER]

    @property
    def saved_words(self):
        return saved_words(self.entry.updated_at, self.entry.author) if self.entry.updated_at else ""


def in_words(value):
    if isinstance(value, int | float) and not isinstance(value, bool):
        return grouped(value)
    return value if value is not None else ""


def lines_of(room):
    locked = (
        str(room.decision.message) if not room.decision else str(not_reopened().message) if room.is_returned else ""
    )
    return [
        Line(
            room,
            field_,
            entry,
            entry.content(),
            editable=not locked,
            locked_because=locked,
            lacks=context_lacks(field_, entry),
        )
        for field_, entry in entries_of(room.diagnosis)
    ]
