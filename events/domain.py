"""Creating events and recording who came."""

from django.db import transaction
from django.utils import timezone

from core import audit

from .models import Attendance, Event, EventSession, Material, Speaker, Unit


@transaction.atomic
def create_event(key, *, at, by=None, sessions=(), speakers=(), materials=(), attendance=None, **facts):
    """Put an event on the agenda, or replace the one of this key. Returns the Event.

    sessions: dicts {starts_at, minutes, title_pt_br, ..., attendance}; the days of the event follow from them unless given. speakers: dicts
    {name, role_pt_br, home_kind, home}. materials: dicts {type, title_pt_br, url}. attendance: {number, unit} of the whole event.
    """
    event = Event.objects.filter(key=key).first() or Event(key=key, published_at=at)
    facts = {**_days_of(sessions), **facts}
    for name, value in facts.items():
        setattr(event, name, value)
    event.full_clean()
    event.save()
    _replace_rows(event, sessions, speakers, materials)
    if attendance:
        record_attendance(event, by=by, **attendance)
    audit.record("event.created", by=by, subject=event)
    return event


def record_attendance(event, *, number, unit=Unit.PEOPLE, session=None, by=None):
    """How many came, in people or governments. Told again, it is corrected."""
    row, _created = Attendance.objects.update_or_create(
        event=event, session=session, defaults={"number": number, "unit": Unit(unit)}
    )
    audit.record("event.attendance", by=by, subject=event, number=number, unit=str(unit))
    return row


def _days_of(sessions):
    days = [timezone.localdate(session["starts_at"]) for session in sessions]
    return {"starts_on": min(days), "ends_on": max(days)} if days else {}


def _replace_rows(event, sessions, speakers, materials):
    for rows in (event.sessions, event.speakers, event.materials, event.attendances):
        rows.all().delete()
    for session in sessions:
        facts = {name: value for name, value in session.items() if name != "attendance"}
        row = EventSession.objects.create(event=event, **facts)
        if session.get("attendance") is not None:
            Attendance.objects.create(event=event, session=row, number=session["attendance"], unit=Unit.PEOPLE)
    Speaker.objects.bulk_create(Speaker(event=event, order=order, **row) for order, row in enumerate(speakers))
    Material.objects.bulk_create(Material(event=event, order=order, **row) for order, row in enumerate(materials))
