"""Keys that sign: one at a time, kept enciphered under SECRET_KEY; retired ones stay published, so that what they signed stays checkable."""

import base64
import hashlib
import json

import jwt
from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from certification.seal.models import SigningKey
from core import audit
from core.links import absolute

ALGORITHM = "EdDSA"


def b64url(data):
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def current():
    """The key that signs now. Made where there is none; made anew where SECRET_KEY changed and the old one cannot be read any more."""
    key = SigningKey.objects.filter(retired_at__isnull=True).first()
    if key is None:
        return _first()
    if _private(key) is None:
        return rotate(by=None, at=timezone.now(), old=key)
    return key


def for_this_address(at):
    """The key in use, made anew where the portal has moved: what a key signs speaks for one address."""
    key = current()
    return key if key.issuer == settings.PUBLIC_BASE_URL else rotate(by=None, at=at, old=key)


def _first():
    try:
        with transaction.atomic():
            return _make(timezone.now())
    except IntegrityError:  # another process made the first one in this moment
        return SigningKey.objects.get(retired_at__isnull=True)


def _make(at):
    private = Ed25519PrivateKey.generate()
    x = b64url(private.public_key().public_bytes_raw())
    thumbprint = thumbprint_of(x)
    return SigningKey.objects.create(
        kid=absolute(f"/selos/chaves/{thumbprint}.json"),
        thumbprint=thumbprint,
        issuer=settings.PUBLIC_BASE_URL,
        x=x,
        enciphered=_cipher().encrypt(private.private_bytes_raw()).decode(),
        created_at=at,
    )


def thumbprint_of(x):
    """The name a public key gives itself (RFC 7638)."""
    shape = json.dumps({"crv": "Ed25519", "kty": "OKP", "x": x}, sort_keys=True, separators=(",", ":"))
    return b64url(hashlib.sha256(shape.encode()).digest())


def rotate(*, by, at, old=None, compromised=False):
    """Retire the key in use and make a new one. The private half of the old is destroyed. Returns the new key, or that of another who was faster."""
    with transaction.atomic():
        known = SigningKey.objects.select_for_update().filter(retired_at__isnull=True).first()
        if old is not None and known != old:
            # Who waited for another to retire the old one does not see the new one in the same look.
            return known or current()
        if known is not None:
            known.retired_at, known.enciphered = at, ""
            known.compromised_at = at if compromised else None
            known.save(update_fields=["retired_at", "enciphered", "compromised_at"])
        made = _make(at)
        audit.record("seal_key.rotated", by=by, subject=made, retired=known and known.kid, compromised=compromised)
        return made


def sign(payload, key, *, kind="JWT"):
    """A compact JWS of a payload. kind: what the header says it is, so that one sort of statement never passes for another."""
    return jwt.encode(payload, _private(key), algorithm=ALGORITHM, headers={"typ": kind, "kid": key.kid})


def published():
    """Every key whose signatures count, the one in use first: as others read them."""
    return [key.jwk for key in SigningKey.objects.filter(compromised_at__isnull=True).order_by("-pk")]


def _private(key):
    try:
        return Ed25519PrivateKey.from_private_bytes(_cipher().decrypt(key.enciphered.encode()))
    except InvalidToken:
        return None


def _cipher():
    secrets = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    return MultiFernet([Fernet(_derived(secret)) for secret in secrets])


def _derived(secret):
    derived = HKDF(algorithm=hashes.SHA256(), length=32, salt=None, info=b"seal signing keys").derive(secret.encode())
    return base64.urlsafe_b64encode(derived)
