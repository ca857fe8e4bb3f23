"""Places and the waiting list. Every move holds the event's row: who asks first is served first, and no place is given twice."""

from dataclasses import dataclass
from datetime import timedelta

from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from core import audit

from . import audience, tokens
from .domain import EventRefused, email_key, locked, post
from .models import AudienceRule, Registration, RegistrationState

# How long a place is kept for an address that nobody has confirmed yet.
HELD_FOR = timedelta(hours=2)
State = RegistrationState
CANCELLED = _("Este encontro foi cancelado e não recebe inscrições.")


class RegistrationClosed(EventRefused):
    """Not now: before the opening, after the closing, or cancelled."""


class NotAdmitted(EventRefused):
    """Not this person: the reason is the audience rule's."""


class TooLate(EventRefused):
    """The event has begun, or the time to confirm is over."""


@dataclass(frozen=True)
class Entry:
    """What a person tells of themself. email: typed, or the account's own. language: of the letters."""

    name: str
    email: str
    government: object = None
    affiliation: str = ""
    language: str = "pt-br"


@transaction.atomic
def register(event, entry, *, at, user=None):
    """A place, or one in the waiting list. Asked again, the same one. Raises RegistrationClosed or NotAdmitted.

    Without an account the place is held until the address is confirmed.
    """
    event = locked(event)
    # First: a place whose time to confirm is over is nobody's standing any more, and its letter would not leave.
    settle(event, at)
    standing = _standing(event, user, entry.email)
    if standing:
        return _again(standing, user, at)
    _check_open(event, at)
    _check_admitted(event, entry, user, at)
    registration = _put_down(event, entry, user, at)
    audit.record("event.registered", by=user, subject=registration, state=str(registration.state))
    post(letter_of(registration), registration)
    return registration


@transaction.atomic
def register_at_door(event, entry, *, at, by):
    """Somebody who came without registering, written down by the coordination: no window, no number of places, no letter to confirm.

    Who has a registration already keeps it, and has a place from now on.
    """
    event = locked(event)
    if event.cancelled_at:
        raise RegistrationClosed(CANCELLED)
    registration = _standing(event, None, entry.email) or _written_down(event, entry, at)
    if registration.state != State.REGISTERED:
        registration.state, registration.hold_until = State.REGISTERED, None
        registration.confirmed_at = registration.confirmed_at or at
        registration.save(update_fields=["state", "hold_until", "confirmed_at"])
    audit.record("event.registered_at_door", by=by, subject=registration)
    return registration


def _written_down(event, entry, at):
    return _create(event, entry, None, at, state=State.REGISTERED, confirmed_at=at)


def _standing(event, user, email):
    """The registration somebody has already, by the account or by the address."""
    active = event.registrations.active().select_related("user")
    own = active.filter(user=user).first() if user else None
    return own or active.filter(email_key=email_key(email)).first()


def _again(registration, user, at):
    """Pressed twice, or come back: the same place. Who signs in with the address has confirmed it."""
    if user and registration.user_id is None:
        registration.user = user
        registration.save(update_fields=["user"])
        confirmed(registration, at)
    elif not user:
        # Whoever types an address learns nothing from the page; its owner reads the letter.
        post("event_again" if registration.confirmed_at else "event_confirm", registration)
    return registration


def _check_open(event, at):
    if event.cancelled_at:
        raise RegistrationClosed(_("Este encontro foi cancelado e não recebe inscrições."))
    if event.published_at is None or event.published_at > at or not event.takes_registrations:
        raise RegistrationClosed(_("Este encontro não recebe inscrições pelo portal."))
    if at < event.registration_opens_at:
        raise RegistrationClosed(_("As inscrições ainda não abriram."))
    if at > event.registration_closes_at:
        raise RegistrationClosed(_("As inscrições já se encerraram."))


def _check_admitted(event, entry, user, at):
    if event.audience_rule == AudienceRule.OPEN and entry.government is None:
        return
    person = audience.Person(email=entry.email) if user is None else audience.person_of(user, at=at)
    admitted = audience.admission(event.audience_rule, event.audience, person)
    if not admitted:
        raise NotAdmitted(admitted.reason)
    if entry.government and entry.government not in admitted.governments:
        raise NotAdmitted(_("Escolha um governo da sua equipe que este encontro recebe."))


def _put_down(event, entry, user, at):
    is_free = event.capacity is None or event.registrations.seated().count() < event.capacity
    if user:
        facts = {"state": State.REGISTERED if is_free else State.WAITING, "confirmed_at": at}
    else:
        facts = {"state": State.HELD if is_free else State.WAITING, "hold_until": at + HELD_FOR}
    return _create(event, entry, user, at, **facts)


def _create(event, entry, user, at, **facts):
    last = event.registrations.aggregate(last=Max("number"))["last"] or 0
    return Registration.objects.create(
        event=event,
        number=last + 1,
        user=user,
        name=entry.name,
        email=entry.email.strip(),
        email_key=email_key(entry.email),
        government=entry.government,
        affiliation=entry.affiliation,
        language=entry.language,
        asked_at=at,
        agreed_at=at,
        **facts,
    )


def letter_of(registration):
    """The letter that tells how a registration stands."""
    if registration.confirmed_at is None:
        return "event_confirm"
    return "event_registered" if registration.is_registered else "event_waiting"


@transaction.atomic
def confirm(token, *, at):
    """Whoever holds the letter's token reads the mailbox. Raises TooLate, or Registration.DoesNotExist."""
    found = Registration.objects.get(confirm_hash=tokens.hash_of(token))
    event = locked(found.event)
    settle(event, at)
    registration = Registration.objects.select_for_update().get(pk=found.pk)
    if event.cancelled_at:
        raise TooLate(CANCELLED)
    if registration.confirmed_at or not registration.is_active:
        raise TooLate(why_not(registration))
    confirmed(registration, at)
    return registration


def why_not(registration):
    """Why a letter's address does not confirm a registration any more."""
    if registration.confirmed_at and registration.is_active:
        return _("Esta inscrição já está confirmada: veja a mensagem que enviamos depois da confirmação.")
    return _("O tempo para confirmar terminou ou a inscrição foi cancelada. Inscreva-se de novo.")


def confirmed(registration, at):
    """The address is the person's own: the place is theirs. The event's row is held by the caller."""
    if registration.confirmed_at:
        return
    registration.confirmed_at, registration.hold_until = at, None
    if registration.state == State.HELD:
        registration.state = State.REGISTERED
    registration.save(update_fields=["confirmed_at", "hold_until", "state"])
    audit.record("event.registration_confirmed", by=registration.user, subject=registration)
    settle(registration.event, at)  # who waited and has confirmed now may find a place
    registration.refresh_from_db(fields=["state", "promoted_at"])
    if registration.promoted_at is None:
        post(letter_of(registration), registration)


@transaction.atomic
def cancel(registration, *, at, by=None):
    """Give the place up; the first in line gets it. Cancelled already, nothing changes. Raises TooLate once the event has begun."""
    event = locked(registration.event)
    registration = Registration.objects.select_for_update(of=("self",)).select_related("user").get(pk=registration.pk)
    if not registration.is_active:
        return registration
    if event.has_begun(at):
        raise TooLate(_("O encontro já começou: não é mais preciso cancelar a inscrição."))
    registration.state, registration.cancelled_at = State.CANCELLED, at
    registration.save(update_fields=["state", "cancelled_at"])
    audit.record("event.registration_cancelled", by=by, subject=registration)
    post("event_registration_cancelled", registration)
    settle(event, at)
    return registration


def settle(event, at):
    """Let go of places nobody confirmed in time and give the free ones to who waits, in order. The event's row is held by the caller."""
    unconfirmed = event.registrations.active().filter(confirmed_at__isnull=True, hold_until__lte=at)
    unconfirmed.update(state=State.LAPSED)
    line = event.registrations.next_in_line().select_related("user")
    if event.cancelled_at or not line.exists() or event.has_begun(at):
        return
    for registration in line if event.capacity is None else line[: _free(event)]:
        registration.state, registration.promoted_at = State.REGISTERED, at
        registration.save(update_fields=["state", "promoted_at"])
        audit.record("event.promoted", subject=registration)
        post("event_promoted", registration)


def _free(event):
    return max(event.capacity - event.registrations.seated().count(), 0)


@transaction.atomic
def settle_by_itself(event, at):
    """What the sweep does: as `settle`, with the lock."""
    settle(locked(event), at)


def counts_of(event):
    """How many registered, hold a place and wait: for the page and for coordinators."""
    states = list(event.registrations.active().values_list("state", flat=True))
    return {str(state): states.count(state) for state in (State.REGISTERED, State.HELD, State.WAITING)}
