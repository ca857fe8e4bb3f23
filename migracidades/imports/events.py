"""Events of earlier years, from a list of what was held."""

import calendar
import re
from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core.text import normalise
from events.domain import create_event
from events.models import Attendance, Event, EventType, Precision, Unit

from .lines import Problem, Refused, in_order, read

REQUIRED = ("starts", "type", "title", "audience", "number", "unit")
OPTIONAL = ("ends", "title_en", "audience_en")

# The words lists use for a type or a unit, beside the codes themselves.
TYPE_WORDS = {
    EventType.WEBINAR: ("webinario",),
    EventType.TRAINING: ("formacao", "capacitacao", "curso"),
    EventType.DIALOGUE: ("dialogo", "dialogos", "oficina", "workshop"),
    EventType.WORKING_GROUP: ("grupo de trabalho", "working group", "plenaria"),
    EventType.SHARING_SEMINAR: ("seminario", "sharing seminar", "seminario de troca de praticas"),
    EventType.CEREMONY: ("cerimonia", "award ceremony", "solenidade"),
}
LONGEST = {
    name: Event._meta.get_field(field).max_length
    for name, field in [
        ("title", "title"),
        ("title_en", "title"),
        ("audience", "audience_label"),
        ("audience_en", "audience_label"),
    ]
} | {"number": 9}
UNIT_WORDS = {Unit.PEOPLE: ("pessoas", "participantes"), Unit.GOVERNMENTS: ("governos",)}


@dataclass
class Outcome:
    created: int = 0
    already: int = 0
    totals: dict | None = None


def import_events(path, *, dry_run=False):
    """Put the events of a list on the agenda, each with who came: all of them, or none. Returns Outcome; raises Refused."""
    lines, problems = read(path, REQUIRED, OPTIONAL)
    rows, seen = [], {}
    for line in lines:
        try:
            rows.append(_understood(line, seen))
        except ValueError as error:
            problems.append(Problem(line.number, str(error)))
    if problems:
        raise Refused(in_order(problems))
    return _record(rows, dry_run)


def _understood(line, seen):
    _fits(line)
    starts, ends, precision = _days(line["starts"], line["ends"])
    key = f"{starts:%Y-%m-%d}-{slugify(line['title'])}"[:120]
    if key in seen:
        raise ValueError(_("este evento já está na linha %(line)d; deixe uma das duas.") % {"line": seen[key]})
    seen[key] = line.number
    return {
        "key": key,
        "starts_on": starts,
        "ends_on": ends,
        "precision": precision,
        "type": _code(line["type"], EventType, TYPE_WORDS),
        "title_pt_br": line["title"],
        "title_en": line["title_en"] or None,
        "audience_label_pt_br": line["audience"],
        "audience_label_en": line["audience_en"] or None,
        "attendance": {"number": _number(line["number"]), "unit": _code(line["unit"], Unit, UNIT_WORDS)},
    }


def _fits(line):
    for name, limit in LONGEST.items():
        if len(line[name]) > limit:
            words = {"name": name, "length": len(line[name]), "limit": limit}
            raise ValueError(_("O campo %(name)s tem %(length)s caracteres e cabem %(limit)s. Encurte-o.") % words)


def _days(starts, ends):
    """First and last day, and how exactly they are known."""
    first, first_precision = _day(starts, last=False)
    last, last_precision = _day(ends or starts, last=True)
    if last < first:
        raise ValueError(_("o fim (%(ends)s) vem antes do começo (%(starts)s).") % {"starts": starts, "ends": ends})
    precision = Precision.MONTH if Precision.MONTH in (first_precision, last_precision) else Precision.DAY
    return first, last, precision


def _day(text, *, last):
    """A day as 2021-02-25 or 25/02/2021, or a month as 2021-05: its first or its last day."""
    text = re.sub(r"^(\d{2})/(\d{2})/(\d{4})$", r"\3-\2-\1", text)
    try:
        if re.fullmatch(r"\d{4}-\d{2}", text):
            year, month = (int(part) for part in text.split("-"))
            return date(year, month, calendar.monthrange(year, month)[1] if last else 1), Precision.MONTH
        return date.fromisoformat(text), Precision.DAY
    except ValueError:
        words = _("«%(text)s» não é uma data; escreva como 2021-02-25, ou 2021-02 quando só se sabe o mês.")
        raise ValueError(words % {"text": text}) from None


def _code(text, choices, words):
    sought = normalise(text)
    for choice in choices:
        if sought in (choice.value, choice.value.replace("_", " "), *words[choice]):
            return choice.value
    known = ", ".join(choices.values)
    raise ValueError(_("«%(text)s» não está na lista; use um destes: %(known)s.") % {"text": text, "known": known})


def _number(text):
    if not (text.isascii() and text.isdigit()):
        raise ValueError(_("«%(text)s» não é um número inteiro; escreva só algarismos.") % {"text": text})
    return int(text)


def _record(rows, dry_run):
    outcome = Outcome()
    known = set(Event.objects.filter(key__in=[row["key"] for row in rows]).values_list("key", flat=True))
    with transaction.atomic():
        for row in rows:
            create_event(at=timezone.now(), **row)
        outcome.totals = Attendance.objects.filter(event__key__in=[row["key"] for row in rows]).totals()
        if dry_run:
            transaction.set_rollback(True)
    outcome.already = sum(row["key"] in known for row in rows)
    outcome.created = len(rows) - outcome.already
    return outcome
