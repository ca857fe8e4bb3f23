"""Two kinds of address for people without an account.

The confirmation: random, only its hash kept, it serves once and for a stated time. A person's own page (place, calendar, cancelling,
certificate): signed, so that nothing that opens it lies in the database and every letter bears the same one.
"""

import secrets

from django.core.signing import BadSignature, Signer

from core.tokens import hash_of

from .models import Registration

_signer = Signer(salt="events.registration", sep=".")


def new_confirmation(registration):
    """A fresh token, made as the letter is written: the clear text exists in the letter alone."""
    token = secrets.token_urlsafe(32)
    registration.confirm_hash = hash_of(token)
    registration.save(update_fields=["confirm_hash"])
    return token


def own_page(registration):
    """The token of a registration's own page."""
    return _signer.sign(registration.code)


def find(token):
    """The registration whose own page a token opens. Raises Registration.DoesNotExist."""
    try:
        code = _signer.unsign(token)
    except BadSignature:
        raise Registration.DoesNotExist from None
    return with_event(Registration.objects).get(code=code)


def with_event(registrations):
    return registrations.select_related("event", "user", "government", "certificate__file").prefetch_related(
        "event__sessions", "presences"
    )
