"""How numbers, days and kinds are said in a report, in the active language."""

from datetime import date
from types import SimpleNamespace

from django.utils.dateparse import parse_datetime
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import deadline_text
from core.numbers import grouped
from events.models import EventType, Unit
from events.templatetags.event_dates import event_days, long_day
from governments.models import GovernmentKind

# Kinds in the order in which they are listed, with the plural that heads their list.
KINDS = {
    "municipality": lambda n: ngettext("%(n)s município", "%(n)s municípios", n),
    "state": lambda n: ngettext("%(n)s estado", "%(n)s estados", n),
    "federal_district": lambda n: _("o Distrito Federal"),
    "state_district": lambda n: ngettext("%(n)s distrito estadual", "%(n)s distritos estaduais", n),
}
UNITS = {
    Unit.PEOPLE: lambda n: ngettext("%(n)s pessoa", "%(n)s pessoas", n),
    Unit.GOVERNMENTS: lambda n: ngettext("%(n)s governo", "%(n)s governos", n),
}


def counted(number, unit):
    """«21 governos»"""
    return UNITS[unit](number) % {"n": grouped(number)}


def governments(number):
    return counted(number, Unit.GOVERNMENTS)


def kinds(numbers):
    """«32 municípios e 9 estados» out of {kind: number}."""
    said = [say(numbers[kind]) % {"n": grouped(numbers[kind])} for kind, say in KINDS.items() if numbers.get(kind)]
    return get_text_list(said, _("e"))


def kind_label(kind):
    return {
        "municipality": _("Municípios"),
        "state": _("Estados"),
        "federal_district": _("Distrito Federal"),
        "state_district": _("Distritos estaduais"),
    }[GovernmentKind(kind).value]


def place(row):
    """A name nobody mistakes: «Goiânia (GO)» the city, «Goiás» under the heading of states."""
    return f"{row['name']} ({row['uf']})" if row["kind"] in ("municipality", "state_district") else row["name"]


def at_least(text, more):
    return _("mais de %(number)s") % {"number": text} if more else text


def day(text):
    """«16 de dezembro de 2021» out of «2021-12-16»."""
    return long_day(date.fromisoformat(text)) if text else ""


def instant(text):
    return deadline_text(parse_datetime(text))


def days(event):
    """The days of an event as the agenda writes them."""
    first, last = date.fromisoformat(event["starts_on"]), date.fromisoformat(event["ends_on"])
    return event_days(SimpleNamespace(starts_on=first, ends_on=last, precision=event["precision"]))


def type_label(event):
    return EventType(event["type"]).label


def said(texts):
    """(text, language tag or nothing): in the active language, else in Portuguese and marked so."""
    language = get_language()
    if texts.get(language):
        return texts[language], ""
    return texts.get("pt-br", ""), "pt-BR" if texts and language != "pt-br" else ""
