"""What one save says: read from a form or from JSON, checked against its question, or kept as it came when it is refused."""

import math
import re
from dataclasses import asdict, dataclass, replace
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from dimensions.models import AnswerType
from dimensions.rules import InvalidAnswer, validate_value

LONGEST_COMMENT = 3000
LONGEST_SOURCE = 300
MONTHS = (
    re.compile(r"(?P<year>\d{4})-(?P<month>\d{1,2})(-\d{1,2})?"),
    re.compile(r"(?P<month>\d{1,2})/(?P<year>\d{4})"),
)


@dataclass(frozen=True)
class Content:
    """The typed fields of an answer or of a line of the context sheet, which has fewer of them.

    reference_month: the first day of the month, None, or the text itself where it is no month.
    """

    value: Any = None
    comment: str = ""
    no_data: bool = False
    not_applicable: bool = False
    reason: str = ""
    source: str = ""
    reference_month: date | str | None = None

    def checked(self, indicator):
        """The same content as it is stored, or InvalidAnswer with a sentence that says how to mend it. Incomplete is fine."""
        if self.no_data and indicator.answer_type != AnswerType.NUMBER:
            raise InvalidAnswer(_("“Sem dado” vale só para perguntas que pedem um número."))
        if self.no_data and self.not_applicable:
            raise InvalidAnswer(_("Marque “sem dado” ou “não se aplica”, não os dois."))
        _fits(_("comentário"), self.comment, LONGEST_COMMENT)
        _fits(_("motivo"), self.reason, LONGEST_COMMENT)
        _fits(_("fonte"), self.source, LONGEST_SOURCE)
        if isinstance(self.reference_month, str):
            raise InvalidAnswer(_("Informe o mês e o ano de referência, por exemplo 05/2026."))
        says_no_value = self.no_data or self.not_applicable
        return replace(self, value=None if says_no_value else validate_value(indicator, self.value))

    def as_typed(self):
        """What is put aside when a save is refused: unchecked, cut only where a column is short."""
        no_data = self.no_data and not self.not_applicable
        if not isinstance(self.reference_month, str):
            return replace(self, source=self.source[:LONGEST_SOURCE], no_data=no_data)
        source = f"{self.source} ({self.reference_month})"[:LONGEST_SOURCE]
        return replace(self, source=source, no_data=no_data, reference_month=None)

    def fields(self):
        return asdict(self)

    def for_json(self):
        return asdict(self) | {"reference_month": month_text(self.reference_month)}


def of_json(payload):
    """The content of a PUT. Raises InvalidAnswer where a field has the wrong shape."""
    texts = {name: _text(payload.get(name) or "") for name in ("comment", "reason", "source")}
    flags = {name: bool(payload.get(name)) for name in ("no_data", "not_applicable")}
    return Content(
        value=_clean(payload.get("value")), reference_month=month(payload.get("reference_month")), **texts, **flags
    )


def of_form(post, *, many=False):
    """The content of a form: the same names; a checkbox that is not there is off. many: the question takes several options."""
    value = [code for code in post.getlist("value") if code] if many else post.get("value", "")
    texts = {name: _text(post.get(name, "")).strip() for name in ("comment", "reason", "source")}
    flags = {name: name in post for name in ("no_data", "not_applicable")}
    return Content(value=_clean(value) or None, reference_month=month(post.get("reference_month")), **texts, **flags)


def month(given):
    """The first day of a month given as 2026-05, 2026-05-01 or 05/2026; None for none; anything else as it came."""
    if not given:
        return None
    given = _text(str(given))
    for shape in MONTHS:
        found = shape.fullmatch(given.strip())
        if found and 1900 <= int(found["year"]) <= 2200 and 1 <= int(found["month"]) <= 12:
            return date(int(found["year"]), int(found["month"]), 1)
    return given


def month_text(day):
    return day.strftime("%Y-%m") if isinstance(day, date) else day


def _fits(name, text, limit):
    if len(text) > limit:
        words = {"name": name, "length": len(text), "limit": limit}
        raise InvalidAnswer(_("O campo %(name)s tem %(length)s caracteres e cabem %(limit)s. Encurte-o.") % words)


def _text(given):
    if not isinstance(given, str):
        raise InvalidAnswer(_("Escreva um texto."))
    # Neither database keeps a NUL, nor half a surrogate pair.
    return given.replace("\r\n", "\n").replace("\x00", "").encode("utf-8", "replace").decode()


def _clean(value):
    if isinstance(value, str):
        return _text(value)
    if isinstance(value, list | tuple):
        return [_clean(each) for each in value]
    # JSON has no word for infinity or «not a number», though Python reads them: kept as text, they are refused or put aside like any other.
    is_plain = value is None or isinstance(value, bool | int) or (isinstance(value, float) and math.isfinite(value))
    return value if is_plain else str(value)
