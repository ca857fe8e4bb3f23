"""Whether a credential is genuine: who signed it, whether a sign was changed since, whether this portal knows it. What it looks like proves nothing.

The steps are those of docs/seal-verification.md, so that the portal and a verifier somebody else wrote agree.
"""

import base64
import binascii
import json
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from certification.seal.models import Credential, Seal, SigningKey
from certification.seal.verdicts import verdict

ALGORITHM = "EdDSA"
CREDENTIAL = "JWT"
LONGEST = 64 * 1024  # a credential has some 3,500 signs, a statement with its reason more


class Doubt:
    """Why a credential is not taken, in a code for programs and a sentence for people."""

    UNREADABLE, ALTERED, OTHER_ISSUER, UNKNOWN, WITHDRAWN = (
        "unreadable",
        "altered",
        "other_issuer",
        "unknown",
        "withdrawn_key",
    )
    WORDS = {
        UNREADABLE: _("Não há aqui uma credencial de selo que se possa ler."),
        ALTERED: _("A credencial foi alterada depois de assinada: o conteúdo não confere com a assinatura."),
        OTHER_ISSUER: _("A credencial não foi assinada com uma chave deste programa: não é um selo MigraCidades."),
        UNKNOWN: _("A assinatura confere, mas nenhum selo público tem esta credencial. O programa não a reconhece."),
        WITHDRAWN: _("A chave que assinou esta credencial foi retirada. Baixe a credencial atual na página do selo."),
    }


class NotGenuine(Exception):
    """The credential is not taken. `doubt` says why."""

    def __init__(self, doubt):
        super().__init__(str(Doubt.WORDS[doubt]))
        self.doubt = doubt


@dataclass(frozen=True)
class Checked:
    """A genuine credential: its claims, the seal it is of, and how that stands."""

    claims: dict
    seal: Seal
    state: str


def check(token, at):
    """Check a credential against the portal's keys and rows. Returns Checked; raises NotGenuine."""
    claims = genuine(token, published_keys())
    seal = _seal_of(token)
    if seal is None or not seal.participation.edition.is_public(at):
        raise NotGenuine(Doubt.UNKNOWN)
    return Checked(claims, seal, verdict(seal, at))


def published_keys():
    """{kid: JWK} of every key, those withdrawn marked: who signed with one is told so."""
    return {key.kid: key.jwk | {"withdrawn": bool(key.compromised_at)} for key in SigningKey.objects.all()}


def _seal_of(token):
    """The seal whose credential this is, sign for sign: what a key of ours signed and we never gave is none."""
    found = Credential.objects.filter(jwt=token).select_related(
        "seal__participation__government",
        "seal__participation__edition",
        "seal__revocation",
        "seal__replacement",
        "seal__replaced_by",
    )
    credential = found.first()
    return credential and credential.seal


def genuine(token, keys, *, kind=CREDENTIAL):
    """The claims of a compact JWS signed with one of `keys` ({kid: JWK}). Asks nobody and nothing else. Raises NotGenuine."""
    header, claims = _parts(token)
    if header.get("alg") != ALGORITHM or header.get("typ") != kind:
        raise NotGenuine(Doubt.OTHER_ISSUER)
    key = keys.get(header.get("kid")) if isinstance(header.get("kid"), str) else None
    if key is None:
        raise NotGenuine(Doubt.OTHER_ISSUER)
    if key.get("withdrawn"):
        raise NotGenuine(Doubt.WITHDRAWN)
    _hold_signature(token, key)
    if claims.get("iss") != key.get("iss"):
        raise NotGenuine(Doubt.OTHER_ISSUER)
    return claims


def claims_of(token):
    """What a compact credential says, not checked. Raises NotGenuine where it cannot be read."""
    return _parts(token)[1]


def _parts(token):
    """Header and claims, read strictly: each part is written in the one way base64url allows, so that no other spelling passes for the same."""
    pieces = token.split(".")
    if len(token) > LONGEST or len(pieces) != 3:
        raise NotGenuine(Doubt.UNREADABLE)
    try:
        header, claims = (json.loads(_decoded(piece)) for piece in pieces[:2])
    except (ValueError, RecursionError) as error:
        raise NotGenuine(Doubt.UNREADABLE) from error
    if not isinstance(header, dict) or not isinstance(claims, dict):
        raise NotGenuine(Doubt.UNREADABLE)
    return header, claims


def _decoded(piece):
    try:
        return base64.urlsafe_b64decode(piece.encode("ascii") + b"=" * (-len(piece) % 4))
    except (binascii.Error, UnicodeEncodeError) as error:
        raise ValueError(piece) from error


def _hold_signature(token, key):
    signed, _dot, piece = token.rpartition(".")
    try:
        signature = _decoded(piece)
        Ed25519PublicKey.from_public_bytes(_decoded(key["x"])).verify(signature, signed.encode("ascii"))
    except (InvalidSignature, ValueError, KeyError) as error:
        raise NotGenuine(Doubt.ALTERED) from error
    if base64.urlsafe_b64encode(signature).rstrip(b"=").decode() != piece:
        raise NotGenuine(Doubt.ALTERED)
