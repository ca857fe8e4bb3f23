"""An outsider's verifier of seals, written from docs/seal-verification.md alone: it knows nothing of the portal's code."""

import base64
import hashlib
import json

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


def decoded(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def checked(text, keys, typ):  # steps 1 to 4
    try:
        first, second, third = text.split(".")
        header, claims = json.loads(decoded(first)), json.loads(decoded(second))
        kid, iss = (header.get("alg"), header.get("typ"), str(header.get("kid"))), claims.get("iss")
    except (ValueError, AttributeError):
        return "unreadable", None
    if kid[:2] != ("EdDSA", typ) or kid[2] not in keys:
        return "not ours", None
    try:
        assert base64.urlsafe_b64encode(decoded(third)).rstrip(b"=").decode() == third
        key = Ed25519PublicKey.from_public_bytes(decoded(keys[kid[2]]["x"]))
        key.verify(decoded(third), f"{first}.{second}".encode())
    except (InvalidSignature, ValueError, AssertionError):
        return "altered", None
    return ("genuine", claims) if iss == keys[kid[2]]["iss"] else ("not ours", None)


def verify(text, fetch, now):  # fetch(path at the portal) -> text, or None where it answers 404
    keys = {key["kid"]: key for key in json.loads(fetch("/.well-known/seal-keys.json"))["keys"]}
    answer, claims = checked(text, keys, "JWT")
    found = claims and fetch(claims["id"].removeprefix(claims["iss"]) + "situacao.json")
    told = found and checked(json.loads(found)["jwt"], keys, "seal-status+jwt")[1]
    same = told and told["credential_sha256"] == hashlib.sha256(text.encode()).hexdigest()
    known = same and told["sub"] == claims["id"] and told["exp"] > now
    return answer if claims is None else told["state"] if known else "unknown"
