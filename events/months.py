"""A month of the agenda as a sheet of weeks."""

import calendar
import re
from dataclasses import dataclass, field
from datetime import date, timedelta

from django.utils import timezone

from .models import Precision

# Sunday first, as calendars on Brazilian walls.
WEEKS = calendar.Calendar(firstweekday=6)
FIRST_YEAR, LAST_YEAR = 2015, 2100


@dataclass(frozen=True)
class Month:
    year: int
    number: int

    @classmethod
    def of(cls, text):
        """«2026-11», or None where it is no month an agenda could show."""
        found = re.fullmatch(r"(\d{4})-(\d{2})", text, re.ASCII)
        if not found or not 1 <= int(found[2]) <= 12 or not FIRST_YEAR <= int(found[1]) <= LAST_YEAR:
            return None
        return cls(int(found[1]), int(found[2]))

    @classmethod
    def holding(cls, day):
        return cls(day.year, day.month)

    def __str__(self):
        return f"{self.year:04}-{self.number:02}"

    @property
    def first(self):
        return date(self.year, self.number, 1)

    @property
    def last(self):
        return date(self.year, self.number, calendar.monthrange(self.year, self.number)[1])

    @property
    def previous(self):
        month = Month.holding(self.first - timedelta(days=1))
        return month if month.year >= FIRST_YEAR else None

    @property
    def next(self):
        month = Month.holding(self.last + timedelta(days=1))
        return month if month.year <= LAST_YEAR else None


@dataclass(frozen=True)
class Sitting:
    """What stands in the box of a day: an event, with the session where its hour is known."""

    event: object
    session: object = None


@dataclass
class Day:
    date: date
    is_inside: bool
    is_today: bool
    sittings: list = field(default_factory=list)


@dataclass
class Sheet:
    """weeks: lists of seven days. undated: events of which only the month is known."""

    weeks: list
    undated: list
    count: int


def sheet(month, events, today):
    events = list(events)
    days = {
        day: Day(day, day.month == month.number, day == today) for day in WEEKS.itermonthdates(month.year, month.number)
    }
    undated = [event for event in events if event.precision == Precision.MONTH]
    shown = {event.pk for event in undated}
    for event in events:
        for day, sitting in _sittings(event):
            if day in days and days[day].is_inside:
                days[day].sittings.append(sitting)
                shown.add(event.pk)
    for day in days.values():
        day.sittings.sort(key=_hour)
    boxes = list(days.values())
    return Sheet([boxes[start : start + 7] for start in range(0, len(boxes), 7)], undated, len(shown))


def _sittings(event):
    """(day, Sitting) of each sitting; of each day where no hour is known."""
    if event.precision == Precision.MONTH:
        return
    sessions = list(event.sessions.all())
    for session in sessions:
        yield timezone.localdate(session.starts_at), Sitting(event, session)
    if not sessions:
        for number in range(min((event.ends_on - event.starts_on).days, 60) + 1):
            yield event.starts_on + timedelta(days=number), Sitting(event)


def _hour(sitting):
    return timezone.localtime(sitting.session.starts_at).time().isoformat() if sitting.session else ""
