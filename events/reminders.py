"""What time alone brings about: reminders the day before, and places nobody confirmed. Safe to run as often as one likes."""

from datetime import timedelta

from django.utils import timezone

from core.models import OutboxMessage

from . import registering
from .domain import post
from .models import Event, Registration

BEFORE = timedelta(hours=24)


def sweep(at=None):
    """Returns how many reminders were posted."""
    at = at or timezone.now()
    for event in Event.objects.filter(registrations__in=lapsing(at)).distinct():
        registering.settle_by_itself(event, at)
    return sum(remind(event, at) for event in soon(at))


def lapsing(at):
    return Registration.objects.active().filter(confirmed_at__isnull=True, hold_until__lte=at)


def soon(at):
    """Events with a sitting within a day."""
    return (
        Event.objects.public(at)
        .filter(cancelled_at__isnull=True, sessions__starts_at__gt=at, sessions__starts_at__lte=at + BEFORE)
        .distinct()
        .prefetch_related("sessions")
    )


def first_of_days(event):
    """The first sitting of each day: who comes for the morning needs no second reminder for the afternoon."""
    days = {}
    for session in event.sessions.all():
        days.setdefault(timezone.localdate(session.starts_at), session)
    return days.values()


def remind(event, at):
    """One letter a person and day, dated from the sitting: run again, it posts none twice."""
    posted = 0
    for session in first_of_days(event):
        if not at < session.starts_at <= at + BEFORE:
            continue
        due = session.starts_at - BEFORE
        told = OutboxMessage.objects.filter(kind="event_reminder", due=due, subject_model="events.registration")
        known = set(told.values_list("subject_id", flat=True))
        for registration in event.registrations.registered().select_related("user"):
            # Who registers within the last day has just had the letter with all of it.
            if str(registration.pk) not in known and registration.confirmed_at < due:
                post("event_reminder", registration, due=due)
                posted += 1
    return posted


def session_reminded(event, due):
    """The sitting a reminder of that date is about; None where it was moved since."""
    return next((session for session in first_of_days(event) if session.starts_at - BEFORE == due), None)
