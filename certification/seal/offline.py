"""Checking with saved files only: the published keys and, where there is one, the signed statement of how the seal stood. No row is read."""

import hashlib
import json

from certification.seal.checking import Doubt, NotGenuine, genuine
from certification.seal.status import STATEMENT
from certification.seal.verdicts import Verdict

UNASKED = "unknown"  # genuine, but nobody was asked how it stands
STATES = (Verdict.VALID, Verdict.EXPIRED, Verdict.REVOKED, Verdict.REPLACED)


def keys_in(content):
    """{kid: JWK} of a saved key set. Raises NotGenuine where it is none."""
    try:
        return {key["kid"]: key for key in json.loads(content)["keys"]}
    except (ValueError, KeyError, TypeError) as error:
        raise NotGenuine(Doubt.UNREADABLE) from error


def code_of(claims):
    return str(claims.get("id", "")).rstrip("/").rpartition("/")[2]


def state_of(token, claims, keys, statement, at):
    """How a genuine credential stands: by a signed statement no older than a day, else by its own end alone."""
    expired = "exp" in claims and claims["exp"] <= at.timestamp()
    if statement is None:
        return Verdict.EXPIRED if expired else UNASKED
    told = _told(statement, keys)
    if told.get("sub") != claims.get("id") or told.get("state") not in STATES:
        raise NotGenuine(Doubt.ALTERED)
    if told.get("credential_sha256") != hashlib.sha256(token.encode()).hexdigest():
        raise NotGenuine(Doubt.UNKNOWN)
    if told["state"] == Verdict.VALID and expired:
        return Verdict.EXPIRED
    if told["state"] == Verdict.VALID and told.get("exp", 0) <= at.timestamp():
        return UNASKED
    return told["state"]


def _told(content, keys):
    try:
        token = json.loads(content)["jwt"]
    except (ValueError, KeyError, TypeError) as error:
        raise NotGenuine(Doubt.UNREADABLE) from error
    return genuine(token, keys, kind=STATEMENT)
