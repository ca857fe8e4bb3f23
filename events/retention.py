"""How long personal data of registrations are kept: as long as somebody may want a certificate checked, and no longer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from core import audit, outbox

from .models import Registration, RegistrationState

# After the last day. Who holds a certificate is kept until they ask to be forgotten: its page must go on answering.
KEPT = timedelta(days=2 * 365)
# Nobody confirmed, or cancelled by the person: soon.
KEPT_UNUSED = timedelta(days=90)
UNUSED = (RegistrationState.LAPSED, RegistrationState.CANCELLED)


def due(at=None):
    """Registrations whose person may be forgotten by now. What this gives is the dry run of `forget`."""
    today = timezone.localdate(at or timezone.now())
    open_ones = Registration.objects.filter(certificate__isnull=True).exclude(name="")
    old = open_ones.filter(event__ends_on__lt=today - KEPT)
    unused = open_ones.filter(event__ends_on__lt=today - KEPT_UNUSED, state__in=UNUSED)
    return old | unused


@transaction.atomic
def forget(at=None, *, by=None):
    """Who it was goes, letters included; that somebody came stays: figures do not change. Returns how many."""
    rows = list(due(at).order_by("pk"))
    for row in rows:
        row.name, row.email, row.email_key, row.affiliation = "", "", f"forgotten-{row.pk}", ""
        row.user, row.confirm_hash = None, ""
        row.save(update_fields=["name", "email", "email_key", "affiliation", "user", "confirm_hash"])
    outbox.forget(rows)
    if rows:
        audit.record("event.registrations_forgotten", by=by, count=len(rows))
    return len(rows)
