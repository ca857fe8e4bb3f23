"""Who was there: marked at the door, by the code a phone reads, or from a list of addresses; and the figures counted from it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from core.text import words

from . import certificates
from .domain import EventRefused, email_key, locked, record_attendance
from .models import Attendance, Presence, Registration, RegistrationState, Unit


class NotRegistered(EventRefused):
    """Only who has a place, or waits for one and came all the same, can be marked present."""


MAY_BE_PRESENT = (RegistrationState.REGISTERED, RegistrationState.WAITING, RegistrationState.HELD)


def session_at(event, at):
    """The session held at this instant, else that of its day, else the first; None where the event has none."""
    sessions = list(event.sessions.all())
    # After midnight the one of last night is still on.
    held = next((each for each in sessions if each.starts_at <= at < each.ends_at), None)
    of_the_day = next((each for each in sessions if timezone.localdate(each.starts_at) == timezone.localdate(at)), None)
    return held or of_the_day or (sessions[0] if sessions else None)


@transaction.atomic
def mark(registration, session, *, by, at):
    """The person is here. Marked already, it stays as it was. Who waited and was let in has a place from now on."""
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    if registration.state not in MAY_BE_PRESENT:
        raise NotRegistered(_("Esta inscrição foi cancelada ou não foi confirmada: peça à pessoa que se inscreva."))
    presence, created = Presence.objects.get_or_create(
        registration=registration, session=session, defaults={"by": by, "at": at}
    )
    if registration.state != RegistrationState.REGISTERED:
        registration.state, registration.hold_until = RegistrationState.REGISTERED, None
        registration.confirmed_at = registration.confirmed_at or at
        registration.save(update_fields=["state", "hold_until", "confirmed_at"])
    if created:
        audit.record("event.present", by=by, subject=registration, session=session.pk if session else None)
        certificates.restore_if_earned(registration, by=by)
    return presence


@transaction.atomic
def unmark(registration, session, *, by, at):
    """The person was not here after all: a certificate that stood on it is withdrawn, until the presence is marked again."""
    registration = Registration.objects.select_for_update().get(pk=registration.pk)
    gone, _models = Presence.objects.filter(registration=registration, session=session).delete()
    if gone:
        audit.record("event.presence_undone", by=by, subject=registration, session=session.pk if session else None)
        certificates.withdraw_if_unearned(registration, at=at, by=by)


@transaction.atomic
def mark_listed(event, session, text, *, by, at):
    """Mark everybody whose address stands in a text (a platform's report, say). Returns (how many, addresses nobody registered with)."""
    asked = {
        email_key(part.strip("<>,;()")) for part in text.replace(",", " ").replace(";", " ").split() if "@" in part
    }
    found = {row.email_key: row for row in event.registrations.active().filter(email_key__in=asked)}
    for registration in found.values():
        mark(registration, session, by=by, at=at)
    return len(found), sorted(asked - set(found))


def search(registrations, text):
    """Each typed word in name, address, code, government or affiliation, whatever accents: an event has hundreds of rows, not millions."""
    sought = words(text)
    if not sought:
        return registrations
    return [row for row in registrations if all(word in _words_of(row) for word in sought)]


def _words_of(row):
    texts = (row.name, row.email, row.code, row.affiliation, row.government.name if row.government else "")
    return " ".join(words(" ".join(texts)))


@transaction.atomic
def count_presences(event, *, unit, by):
    """Figures out of the marks: of each session, and of the whole event, where who came twice counts once."""
    event = locked(event)
    presences = list(Presence.objects.filter(registration__event=event).select_related("registration"))
    for session in event.sessions.all():
        held = [each for each in presences if each.session_id == session.pk]
        record_attendance(event, session=session, number=_number(held, unit), unit=unit, by=by, is_counted=True)
    return record_attendance(event, number=_number(presences, unit), unit=unit, by=by, is_counted=True)


def _number(presences, unit):
    if unit == Unit.GOVERNMENTS:
        return len({each.registration.government_id for each in presences} - {None})
    return len({each.registration_id for each in presences})


@transaction.atomic
def record_numbers(event, *, unit, total, by_session, by):
    """Figures typed from a list or a platform's report. total or a session's number None: not known, and forgotten if it was told before."""
    event = locked(event)
    for session, number in [(None, total), *by_session]:
        if number is None:
            Attendance.objects.filter(event=event, session=session).delete()
        else:
            record_attendance(event, session=session, number=number, unit=unit, by=by)
