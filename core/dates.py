"""How an instant or a month is written for people: date, hour and the name of the zone."""

from datetime import datetime, time

from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import get_language
from django.utils.translation import gettext as _


def day_text(instant):
    """«30/06/2026»; English spells the month, because 06/07 reads two ways there."""
    english = (get_language() or "").startswith("en")
    return date_format(_local(instant), "DATE_FORMAT" if english else "SHORT_DATE_FORMAT")


def hour_text(instant):
    local = _local(instant)
    return _("%(hour)sh%(minute)s") % {"hour": f"{local.hour:02}", "minute": f"{local.minute:02}"}


def month_and_year(kept):
    """«03/2026» out of «2026-03» or «2026-03-01», as answers and their frozen copies keep a month; nothing out of nothing."""
    return f"{kept[5:7]}/{kept[:4]}" if kept else ""


def deadline_text(instant):
    """«30/06/2026, 23h59, horário de Brasília»: the one way a deadline is written, on screen, in mail and in reports."""
    return _("%(date)s, %(time)s, horário de Brasília") % {"date": day_text(instant), "time": hour_text(instant)}


def end_of_day(day):
    """The last second of a day in Brasília: a deadline given as a day is an instant, the same one in every room."""
    return timezone.make_aware(datetime.combine(day, time(23, 59, 59)), timezone.get_default_timezone())


def _local(instant):
    """In Brasília; a plain date is what it is everywhere."""
    return timezone.localtime(instant) if isinstance(instant, datetime) and timezone.is_aware(instant) else instant
