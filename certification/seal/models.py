"""The seal: a decision by two people on a frozen snapshot, with a short code anyone can look up."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Participation, Snapshot
from certification.models.snapshot import PROTOCOL_ALPHABET
from core.db import both_or_neither, one_of


class DecisionKind(models.TextChoices):
    AWARD = "award", _("concessão do selo")
    REVOCATION = "revocation", _("revogação do selo")


class SealDecision(models.Model):
    """A proposal by one coordinator and its confirmation by another; with the edition's setting off, one person does both, logged."""

    Kind = DecisionKind

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="seal_decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    public_reason = models.TextField(_("motivo público"), blank=True, max_length=3000)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_one_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            one_of("kind", DecisionKind, name="decision_kind_known"),
            both_or_neither("confirmed_at", "confirmed_by", name="decision_confirmed_at_and_by"),
            both_or_neither("dropped_at", "dropped_by", name="decision_dropped_at_and_by"),
            models.CheckConstraint(
                condition=~Q(kind="revocation", public_reason=""), name="revocation_has_a_public_reason"
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")) | Q(by_one_person=True),
                name="decision_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="one_open_decision",
            ),
        ]

    def __str__(self):
        return f"{self.participation_id} · {self.kind}"


def new_code():
    """Ten signs without those mistaken for one another: about 49 bits, for a public address that is looked up, not guessed in bulk."""
    return "".join(secrets.choice(PROTOCOL_ALPHABET) for _ in range(10))


class SealQuerySet(models.QuerySet):
    def public(self, at=None):
        """Seals anyone may see: of editions published by this instant."""
        return self.filter(participation__edition__published_at__lte=at or timezone.now())


class Seal(models.Model):
    """That a government engaged in every step of an edition up to certification. No grade."""

    participation = models.OneToOneField(Participation, on_delete=models.PROTECT, related_name="seal")
    code = models.CharField(_("código"), max_length=12, unique=True, default=new_code)
    # Empty for editions from before the portal, whose documents it never held.
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="seals")
    decision = models.ForeignKey(SealDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    awarded_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)
    earlier_source = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation = models.ForeignKey(SealDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_at"]
        constraints = [
            both_or_neither("revoked_at", "revocation", name="seal_revoked_at_and_decision"),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=False, decision__isnull=False, earlier_source="")
                | (Q(snapshot__isnull=True, decision__isnull=True) & ~Q(earlier_source="")),
                name="seal_has_a_snapshot_or_an_earlier_source",
            ),
        ]
        verbose_name = _("selo")

    def __str__(self):
        return self.code

    def get_absolute_url(self):
        return reverse("seal", args=[self.code])
