"""Events as calendar files: the feed of the agenda, one event to keep, and what goes along with letters."""

from datetime import timedelta

from django.utils import timezone
from django.utils.timezone import get_default_timezone
from django.utils.translation import gettext as _
from icalendar import Calendar
from icalendar import Event as Entry

from core.links import absolute
from core.text import without_unseen

from .models import Precision

PUBLISH, CANCEL = "PUBLISH", "CANCEL"
REFRESH = timedelta(hours=6)


def calendar_of(events, *, method=PUBLISH, for_registered=False, own_address="", name=""):
    """The text of a calendar file. Events need their sessions loaded.

    for_registered: with place and room address. own_address: the person's own page, in place of the public one.
    """
    calendar = Calendar()
    calendar.add("prodid", "-//MigraCidades//Eventos//PT-BR")
    calendar.add("version", "2.0")
    calendar.add("method", method)
    if name:
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", REFRESH, parameters={"VALUE": "DURATION"})
    for event in events:
        for entry in _entries(event, method, for_registered, own_address):
            calendar.add_component(entry)
    calendar.add_missing_timezones()
    return without_unseen(calendar.to_ical().decode())


def _entries(event, method, for_registered, own_address):
    sessions = list(event.sessions.all())
    if not sessions and event.precision == Precision.DAY:
        return [_whole_days(event, method, for_registered, own_address)]
    return [_sitting(event, session, len(sessions) > 1, method, for_registered, own_address) for session in sessions]


def _sitting(event, session, is_one_of_many, method, for_registered, own_address):
    entry = _common(event, method, for_registered, own_address)
    entry.add("uid", f"{session.uid}@migracidades")
    title = f"{event.title}: {session.title}" if is_one_of_many and session.title else event.title
    entry.add("summary", _told(event, title))
    # With the zone's name and not as UTC: a meeting at ten stays at ten when the clocks' rules change.
    zone = get_default_timezone()
    entry.add("dtstart", timezone.localtime(session.starts_at, zone))
    entry.add("dtend", timezone.localtime(session.ends_at, zone))
    return entry


def _whole_days(event, method, for_registered, own_address):
    entry = _common(event, method, for_registered, own_address)
    entry.add("uid", f"event-{event.key}@migracidades")
    entry.add("summary", _told(event, event.title))
    entry.add("dtstart", event.starts_on)
    entry.add("dtend", event.ends_on + timedelta(days=1))
    return entry


def _told(event, title):
    return _("Cancelado: %(title)s") % {"title": title} if event.cancelled_at else title


def _common(event, method, for_registered, own_address):
    entry = Entry()
    address = own_address or absolute(event.get_absolute_url())
    entry.add("dtstamp", event.updated_at)
    entry.add("last-modified", event.updated_at)
    entry.add("sequence", event.sequence)
    entry.add("status", "CANCELLED" if event.cancelled_at or method == CANCEL else "CONFIRMED")
    entry.add("transp", "OPAQUE" if for_registered else "TRANSPARENT")
    entry.add("categories", [str(event.get_type_display())])
    entry.add("description", _description(event, for_registered, address))
    entry.add("url", address)
    place = _place(event, for_registered)
    if place:
        entry.add("location", place)
    return entry


def _place(event, for_registered):
    if not for_registered:
        return event.shown_place or ("" if event.mode == "in_person" else str(event.get_mode_display()))
    return " · ".join(part for part in (event.place, event.meeting_url) if part) or str(event.get_mode_display())


def _description(event, for_registered, address):
    parts = [event.cancel_reason if event.cancelled_at else "", event.description]
    if for_registered:
        parts += [event.meeting_url, event.access_note]
    return "\n\n".join(part for part in (*parts, address) if part)
