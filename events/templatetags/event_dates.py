"""How the days of an event and the number of those who came are written."""

from datetime import datetime

from django import template
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.dates import hour_text
from core.numbers import grouped

from ..models import Precision, Unit

register = template.Library()


@register.filter
def event_days(event):
    """«25 de fevereiro de 2021», «8 a 15 de outubro de 2021» or, where only months are known, «maio a outubro de 2021»."""
    first, last = event.starts_on, event.ends_on
    if event.precision == Precision.MONTH:
        name = "F" if first.year == last.year else "YEAR_MONTH_FORMAT"
        return _range(_small(date_format(first, name)), long_month(last), long_month(first) == long_month(last))
    return _range(_beginning(first, last), long_day(last), first == last)


def _beginning(first, last):
    """The first day, without what the last one says again."""
    if first.year != last.year:
        return long_day(first)
    if first.month == last.month and get_language() != "en":
        return str(first.day)
    return _small(date_format(first, "MONTH_DAY_FORMAT"))


@register.filter
def long_day(day):
    """«25 de fevereiro de 2021»: months are written small in Portuguese and Spanish. Of an instant, its day in Brasília."""
    return _small(date_format(timezone.localtime(day) if isinstance(day, datetime) else day))


@register.filter
def long_month(day):
    return _small(date_format(day, "YEAR_MONTH_FORMAT"))


def _small(text):
    return text if get_language() == "en" else text.lower()


def _range(first, last, alone):
    return last if alone else _("%(first)s a %(last)s") % {"first": first, "last": last}


@register.filter
def weekday(day):
    """«segunda-feira»"""
    return _small(date_format(day, "l"))


@register.filter
def hour(instant):
    """«14h00»"""
    return hour_text(instant)


@register.filter
def session_time(session):
    """«3 de maio de 2026, 14h00 a 15h40»"""
    words = {
        "day": long_day(session.starts_at),
        "from": hour_text(session.starts_at),
        "to": hour_text(session.ends_at),
    }
    return _("%(day)s, %(from)s a %(to)s") % words


@register.filter
def figure(attendance):
    """«1.140 pessoas», «21 governos»"""
    number = attendance.number
    if attendance.unit == Unit.PEOPLE:
        words = ngettext("%(n)s pessoa", "%(n)s pessoas", number)
    else:
        words = ngettext("%(n)s governo", "%(n)s governos", number)
    return words % {"n": grouped(number)}
