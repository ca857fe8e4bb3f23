"""Putting events on the agenda, publishing and cancelling them, and recording how many came."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import audit, outbox

from .models import Attendance, Event, EventSession, Material, Speaker, Testimonial, Unit


class EventRefused(Exception):
    """What was asked cannot be done now; the message says why and what to do instead."""

    def __init__(self, message):
        super().__init__(message)
        self.message = message


@transaction.atomic
def create_event(
    key,
    *,
    at,
    by=None,
    sessions=(),
    speakers=(),
    materials=(),
    testimonials=(),
    organisers=None,
    attendance=None,
    **facts,
):
    """Put an event on the agenda, or replace the one of this key. Returns the Event.

    sessions: dicts {starts_at, minutes, title_pt_br, ..., attendance}; the days of the event follow from them unless given. speakers: dicts
    {name, role_pt_br, home_kind, home}. materials: dicts {type, title_pt_br, url}. testimonials: dicts {text, name, role, consent}.
    organisers: bodies. attendance: {number, unit} of the whole event.
    """
    event = Event.objects.filter(key=key).first() or Event(key=key, published_at=at)
    facts = {**days_of(sessions), **facts}
    for name, value in facts.items():
        setattr(event, name, value)
    event.full_clean()
    event.save()
    _replace_rows(event, sessions, speakers, materials, testimonials)
    if organisers is not None:
        event.organisers.set(organisers)
    if attendance:
        record_attendance(event, by=by, **attendance)
    audit.record("event.created", by=by, subject=event)
    return event


def record_attendance(event, *, number, unit=Unit.PEOPLE, session=None, by=None, is_counted=False):
    """How many came, in people or governments. Told again, it is corrected."""
    row, _created = Attendance.objects.update_or_create(
        event=event, session=session, defaults={"number": number, "unit": Unit(unit), "is_counted": is_counted}
    )
    audit.record("event.attendance", by=by, subject=event, number=number, unit=str(unit))
    return row


def days_of(sessions):
    """The first and the last day of an event, out of its sessions: one that runs past midnight ends on the day after."""
    if not sessions:
        return {}
    # Over at midnight sharp, it takes nothing of the next day.
    ends = max(row["starts_at"] + timedelta(minutes=row["minutes"]) for row in sessions) - timedelta(seconds=1)
    starts = min(row["starts_at"] for row in sessions)
    return {"starts_on": timezone.localdate(starts), "ends_on": timezone.localdate(ends)}


def _replace_rows(event, sessions, speakers, materials, testimonials):
    for rows in (event.speakers, event.materials, event.attendances, event.testimonials):
        rows.all().delete()
    _replace_sessions(event, sessions)
    Speaker.objects.bulk_create(Speaker(event=event, order=order, **row) for order, row in enumerate(speakers))
    Material.objects.bulk_create(Material(event=event, order=order, **row) for order, row in enumerate(materials))
    Testimonial.objects.bulk_create(
        Testimonial(event=event, order=order, **row) for order, row in enumerate(testimonials)
    )


def _replace_sessions(event, sessions):
    """In their order, so that a session told again keeps its row: presences and people's calendars point at it."""
    known = list(event.sessions.all())
    for row in known[len(sessions) :]:
        row.delete()
    for place, told in enumerate(sessions):
        row = known[place] if place < len(known) else EventSession(event=event)
        for name, value in told.items():
            if name != "attendance":
                setattr(row, name, value)
        row.save()
        if told.get("attendance") is not None:
            Attendance.objects.create(event=event, session=row, number=told["attendance"], unit=Unit.PEOPLE)


def locked(event):
    """The event's row under a lock: places, publication and cancellation are decided one after the other."""
    return Event.objects.select_for_update().get(pk=event.pk)


@transaction.atomic
def publish_event(event, *, by, at):
    """Show it on the agenda from now on. Published already, it stays as it is."""
    event = locked(event)
    if event.published_at is None or event.published_at > at:
        event.published_at, event.updated_at = at, at
        event.save(update_fields=["published_at", "updated_at"])
        audit.record("event.published", by=by, subject=event)
    return event


@transaction.atomic
def cancel_event(event, *, by, at, reasons):
    """Take place it will not: the agenda says so with the reason, and everybody with a registration is told. Cancelled already, it stays so.

    reasons: {"pt_br": text, "en": text, "es": text}; the first is needed.
    """
    event = locked(event)
    if event.cancelled_at:
        return event
    event.cancelled_at, event.cancelled_by, event.updated_at = at, by, at
    for suffix, text in reasons.items():
        setattr(event, f"cancel_reason_{suffix}", text)
    event.sequence += 1
    event.version += 1
    event.save()
    audit.record("event.cancelled", by=by, subject=event)
    tell_registered(event, "event_cancelled")
    return event


def tell_registered(event, kind):
    """A letter to everybody whose registration stands; each is written when it leaves. Addresses nobody has confirmed are left in peace."""
    for registration in event.registrations.active().filter(confirmed_at__isnull=False).select_related("user"):
        post(kind, registration)


def post(kind, registration, *, due=None, **params):
    """To the account where there is one, else to the typed address in the language of the page it was typed on."""
    return outbox.post(
        kind,
        subject=registration,
        to=registration.user or registration.email,
        due=due,
        params={"language": registration.language, **params},
    )


def email_key(email):
    """An address as compared: whatever case and spaces it was typed with."""
    return email.strip().lower()
