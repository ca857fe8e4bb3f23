"""Actions of a plan with their whole thread, in few queries."""

from django.db.models import Prefetch

from certification.prioritization.reading import items_of

from .models import ProgressEntry, ProgressEvidence, Verification


def threads():
    """Entries with who wrote them, their evidence and verifications: three queries."""
    links = ProgressEvidence.objects.select_related("evidence__file")
    looks = Verification.objects.select_related("by")
    return Prefetch(
        "action__entries",
        queryset=ProgressEntry.objects.select_related("recorded_by", "participation__edition").prefetch_related(
            Prefetch("evidence_links", queryset=links), Prefetch("verifications", queryset=looks)
        ),
    )


def actions_of(participation):
    """The plan's actions in order, each with partners, next moves and thread."""
    return [item.action for item in items_of(participation, threads())]
