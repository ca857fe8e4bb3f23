"""How a seal stands now, told to programs: a small signed statement per seal, and the list of revoked ones that any verifier of credentials reads."""

import hashlib
from datetime import timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from openbadgeslib.ob3 import build_status_list_credential
from openbadgeslib.ob3.status_list import DEFAULT_SIZE_BITS

from certification.seal import keys
from certification.seal.credential import LANGUAGE
from certification.seal.models import Seal
from certification.seal.verdicts import Verdict, verdict
from core.links import absolute

STATEMENT = "seal-status+jwt"
# A statement kept longer than this says nothing about today any more.
STATEMENT_LASTS = timedelta(days=1)


def statement(seal, at):
    """The situation of a seal at an instant: state, dates, reason, successor; and the same, signed."""
    told = _facts(seal, at)
    key = keys.current()
    claims = told | {"iss": key.issuer, "sub": told["id"]}
    claims |= {"iat": int(at.timestamp()), "exp": int((at + STATEMENT_LASTS).timestamp())}
    return told | {"jwt": keys.sign(claims, key, kind=STATEMENT)}


def _facts(seal, at):
    state = verdict(seal, at)
    with translation.override(LANGUAGE):
        successor = absolute(seal.replaced_by.get_absolute_url()) if state == Verdict.REPLACED else None
        page = absolute(seal.get_absolute_url())
    decision = {Verdict.REVOKED: seal.revocation, Verdict.REPLACED: seal.replacement}.get(state)
    return {
        "id": page,
        "code": seal.code,
        "state": state,
        "in_words": in_all_languages(state),
        "as_of": _second(at),
        "awarded_at": _second(seal.awarded_at),
        "valid_until": seal.valid_until and seal.valid_until.isoformat(),
        "revoked_at": _second(seal.revoked_at) if state == Verdict.REVOKED else None,
        "replaced_at": _second(seal.replaced_at) if state == Verdict.REPLACED else None,
        "replaced_by": successor,
        "public_reason": decision.public_reason if decision else None,
        "credential_sha256": fingerprint(seal.credential),
    }


def fingerprint(credential):
    """Which credential the seal has: what anybody else makes with a stolen key has another."""
    return credential and hashlib.sha256(credential.jwt.encode()).hexdigest()


def in_all_languages(state):
    said = {}
    for code, _name in settings.LANGUAGES:
        with translation.override(code):
            said[code] = str(Verdict.WORDS[state])
    return said


def _second(instant):
    return timezone.localtime(instant).isoformat(timespec="seconds")


def status_list(at):
    """The W3C Bitstring Status List of all seals, signed now: a bit is set where a seal was revoked or replaced."""
    out = Seal.objects.filter(revoked_at__lte=at) | Seal.objects.filter(replaced_at__lte=at)
    key, last = keys.current(), Seal.objects.order_by("-pk").values_list("pk", flat=True).first() or 0
    with translation.override(LANGUAGE):
        address = absolute(reverse("seal-status-list"))
    size = max(DEFAULT_SIZE_BITS, (last // 8 + 1) * 8)
    document = build_status_list_credential(
        key.issuer,
        address,
        "revocation",
        out.values_list("pk", flat=True),
        size_bits=size,
        issued=at,
        valid_until=at + STATEMENT_LASTS,
    )
    claims = document | {"iss": key.issuer, "jti": address, "nbf": int(at.timestamp())}
    return keys.sign(claims, key)
