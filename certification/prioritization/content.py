"""What a person writes of a priority action, as one value: given by a form, by a suggestion or by an import."""

import datetime
from dataclasses import dataclass

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

TEXTS = ("title", "why", "objective", "department", "responsible", "place", "expected_result", "measure")


@dataclass(frozen=True)
class Partner:
    """Who works along: a name as written, with the body of the portal where there is one."""

    name: str
    body_id: int | None = None


@dataclass(frozen=True)
class Move:
    """The smallest dated task: when, what, who."""

    on: datetime.date
    text: str
    time: datetime.time | None = None
    role: str = ""


@dataclass(frozen=True)
class ActionContent:
    """All fields of an action. Incomplete is fine but for the title; submission names what lacks.

    indicator: code of the question it answers, on a new action only; its dimension then follows from it.
    """

    title: str
    dimension: int | None = None
    indicator: str = ""
    why: str = ""
    objective: str = ""
    department: str = ""
    responsible: str = ""
    place: str = ""
    starts_on: datetime.date | None = None
    ends_on: datetime.date | None = None
    expected_result: str = ""
    measure: str = ""
    partners: tuple = ()
    next_moves: tuple = ()

    def fields(self):
        """The columns of the action itself, checked for what the database would refuse. Raises ValidationError by field."""
        if not self.title.strip():
            raise ValidationError({"title": _("Escreva em uma linha o que vai ser feito.")})
        if self.starts_on and self.ends_on and self.ends_on < self.starts_on:
            raise ValidationError({"ends_on": _("O fim precisa ser no dia do início ou depois dele.")})
        texts = {name: getattr(self, name).strip() for name in TEXTS}
        return texts | {"starts_on": self.starts_on, "ends_on": self.ends_on}
