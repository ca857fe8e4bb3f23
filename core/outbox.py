"""Mail: posted with the change that causes it, written and sent later.

    outbox.post("diagnosis_returned", subject=round, to=user)       # in the domain, inside its transaction

    @letter("diagnosis_returned")                                   # in the room's letters.py
    def diagnosis_returned(round, message):
        return Letter(subject=_("..."), body=...)                   # or None: the reason to write is gone

The builder runs when the letter is sent, in the recipient's language, so that nobody is reminded of what is done.
"""

import logging
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ObjectDoesNotExist
from django.core.mail import EmailMultiAlternatives
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone, translation

from core import bell, subjects
from core.models import OutboxMessage

logger = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MAX_ATTEMPTS = 6
FIRST_PAUSE = timedelta(minutes=1)
State = OutboxMessage.State

builders = {}


@dataclass(frozen=True)
class Letter:
    """What goes into the envelope. Plain text always; `html` is an alternative with the same words."""

    subject: str
    body: str
    language: str = ""
    html: str = ""
    attachments: tuple = ()


@dataclass(frozen=True)
class Attachment:
    """A text that goes along with a letter; its media type may carry parameters (`text/calendar; method=PUBLISH`)."""

    name: str
    content: str
    media_type: str


def letter(kind):
    """Say which function writes the letters of a kind."""

    def register(function):
        known = builders.get(kind)
        if known and known.__module__ != function.__module__:
            raise ValueError(f"two builders for letters of kind {kind!r}")
        builders[kind] = function
        return function

    return register


def post(kind, *, subject=None, to, due=None, params=None):
    """Put a letter in the outbox. One of the same kind, subject, recipient and date stays one; without a date it goes now."""
    model, key = subjects.reference(subject)
    user = to if hasattr(to, "email") else None
    same = {"kind": kind, "subject_model": model, "subject_id": key, "recipient": user.email if user else to}
    same |= {"due": due} if due else {"at_once": True, "state": State.WAITING}
    new = {"due": timezone.now()} | same | {"user": user, "params": params or {}}
    for _again in range(3):
        found = OutboxMessage.objects.filter(**same).first()
        if found:
            return found
        # Somebody may post the same in this moment: theirs is the row, unless it has left already.
        with suppress(IntegrityError):
            return _put(**new)
    return _put(**new)


def _put(**facts):
    with transaction.atomic():
        message = OutboxMessage.objects.create(**facts)
    if message.at_once:
        transaction.on_commit(lambda: bell.ring_letter(message), robust=True)
    return message


def forget(rows):
    """Delete the letters about rows of one model whose people are forgotten: each letter names an address."""
    if rows:
        model, _key = subjects.reference(rows[0])
        OutboxMessage.objects.filter(subject_model=model, subject_id__in=[str(row.pk) for row in rows]).delete()


def due_letters(at):
    """Waiting ones whose date and pause are over, and those of a sender that died."""
    waiting = Q(state=State.WAITING, due__lte=at) & (Q(lease_until__isnull=True) | Q(lease_until__lte=at))
    return OutboxMessage.objects.filter(waiting | Q(state=State.SENDING, lease_until__lte=at))


def deliver_due(at=None, limit=500):
    """Send what is due. Returns how many went out."""
    ids = due_letters(at or timezone.now()).order_by("due").values_list("pk", flat=True)[:limit]
    return sum(deliver(message_id, at=at) == State.SENT for message_id in list(ids))


def deliver(message_id, at=None):
    """Send one letter, once, however many senders try. Returns its new state, or None where it was not there to be sent."""
    message = _claim(message_id, at or timezone.now())
    if message is None:
        return None
    try:
        written = write(message)
        if written is None:
            return _close(message, State.SKIPPED)
        _send(message, written)
    except Exception as error:
        logger.exception("letter %s %s was not sent", message.kind, message.pk)
        return _put_off(message, error)
    return _close(message, State.SENT, sent_at=timezone.now())


def _claim(message_id, at):
    message = due_letters(at).filter(pk=message_id).first()
    if message is None:
        return None
    facts = {"state": State.SENDING, "attempts": message.attempts + 1, "lease_until": at + LEASE}
    claimed = due_letters(at).filter(pk=message_id, attempts=message.attempts).update(**facts)
    return OutboxMessage.objects.select_related("user").get(pk=message_id) if claimed else None


def write(message):
    """The letter as it reads now; None where nobody needs it any more."""
    if message.user and not message.user.is_active:
        return None
    try:
        subject = message.subject
    except ObjectDoesNotExist:
        return None
    with translation.override(language_of(message)):
        return builders[message.kind](subject, message)


def language_of(message):
    """The account's language; that of `params` where the recipient has no account."""
    asked = getattr(message.user, "language", "") or message.params.get("language", "")
    return asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE


def _send(message, written):
    mail = EmailMultiAlternatives(
        # A line break in a subject would be a header of its own.
        subject=" ".join(written.subject.split()),
        body=written.body,
        to=[message.user.email if message.user else message.recipient],
        headers={
            # The same for every try, so that a mail server can tell a repetition.
            "Message-ID": f"<{message.pk}@{settings.DEFAULT_FROM_EMAIL.rpartition('@')[2].rstrip('>')}>",
            "Content-Language": written.language or language_of(message),
            "Auto-Submitted": "auto-generated",
        },
    )
    if written.html:
        mail.attach_alternative(written.html, "text/html")
    for attachment in written.attachments:
        mail.attach(attachment.name, attachment.content, attachment.media_type)
    mail.send()


def _close(message, state, **facts):
    mine = OutboxMessage.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    mine.update(state=state, lease_until=None, reason="", **facts)
    return state


def _put_off(message, error):
    """Try again after 1, 2, 4, 8, 16 minutes; then it has failed, and says why."""
    mine = OutboxMessage.objects.filter(pk=message.pk, state=State.SENDING, attempts=message.attempts)
    reason = type(error).__name__
    if message.attempts >= MAX_ATTEMPTS:
        mine.update(state=State.FAILED, lease_until=None, reason=reason)
        return State.FAILED
    pause = FIRST_PAUSE * 2 ** (message.attempts - 1)
    # Another one of the same may wait by now: this one is then dated, so that both may stand.
    mine.update(state=State.WAITING, at_once=False, lease_until=timezone.now() + pause, reason=reason)
    return State.WAITING
