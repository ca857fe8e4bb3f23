"""How a seal stands at an instant, and how its code leads to it."""

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.seal.models import Seal
from core.verifiable import plain


class Verdict:
    """How a seal stands at an instant, in the word the public reads."""

    VALID, EXPIRED, REVOKED, REPLACED = "valid", "expired", "revoked", "replaced"
    ICONS = {VALID: "badge-check", EXPIRED: "calendar-x", REVOKED: "ban", REPLACED: "replace"}
    WORDS = {VALID: _("Válido"), EXPIRED: _("Expirado"), REVOKED: _("Revogado"), REPLACED: _("Substituído")}


def verdict(seal, at=None):
    """valid, expired (from the day after `valid_until`, in Brasília), revoked or replaced."""
    at = at or timezone.now()
    if seal.revoked_at and seal.revoked_at <= at:
        return Verdict.REVOKED
    if seal.replaced_at and seal.replaced_at <= at:
        return Verdict.REPLACED
    if seal.valid_until and timezone.localdate(at) > seal.valid_until:
        return Verdict.EXPIRED
    return Verdict.VALID


def find(code, *, user=None, at=None):
    """The seal of a code as people type it (any case, spaces and hyphens), if this person may see it, or None."""
    seal = (
        Seal.objects.select_related(
            "participation__government",
            "participation__edition__programme",
            "revocation",
            "replacement",
            "decision",
            "snapshot",
            "replaces",
            "replaced_by",
        )
        .filter(code=plain(code))
        .first()
    )
    if seal is None or seal.participation.edition.is_public(at):
        return seal
    may_see = user is not None and type(seal.participation).objects.visible_to(user).filter(pk=seal.participation_id)
    return seal if may_see and may_see.exists() else None
