"""Progress of priority actions: append-only dated entries, verified apart."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Participation
from certification.prioritization.models import PriorityAction
from core.append_only import AppendOnly
from core.db import one_of


class ProgressStatus(models.TextChoices):
    NOT_STARTED = "not_started", _("não iniciada")
    IN_PROGRESS = "in_progress", _("em andamento")
    LATE = "late", _("em atraso")
    DONE = "done", _("concluída")
    NOT_DELIVERED = "not_delivered", _("não entregue")


class ProgressEntry(AppendOnly):
    """A dated note on an action: where it stands, what was done out of how much, in whose words. Corrected by a new entry, never overwritten."""

    Status = ProgressStatus

    action = models.ForeignKey(PriorityAction, on_delete=models.PROTECT, related_name="entries")
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="progress_entries")
    dated_on = models.DateField(_("data"))
    status = models.CharField(_("situação"), max_length=15, choices=ProgressStatus.choices)
    done = models.DecimalField(_("quanto foi feito"), max_digits=12, decimal_places=2, null=True, blank=True)
    total = models.DecimalField(_("de quanto"), max_digits=12, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("o que se conta"), max_length=100, blank=True)
    text = models.TextField(_("o que aconteceu"), max_length=5000)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    corrects = models.OneToOneField(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="corrected_by"
    )
    # Of the form that made it: the same form sent twice makes one entry.
    key = models.CharField(max_length=64, blank=True, editable=False)

    class Meta:
        ordering = ["dated_on", "recorded_at"]
        constraints = [
            one_of("status", ProgressStatus, name="entry_status_known"),
            models.CheckConstraint(
                condition=Q(done__isnull=True, total__isnull=True) | Q(done__gte=0, total__gt=0),
                name="entry_done_of_total",
            ),
            models.CheckConstraint(condition=~Q(corrects=F("id")), name="entry_corrects_another"),
            models.UniqueConstraint(fields=["action", "key"], condition=~Q(key=""), name="one_entry_a_form"),
        ]
        verbose_name = _("registro de andamento")

    def __str__(self):
        return f"{self.action_id} · {self.dated_on}"


class ProgressEvidence(models.Model):
    """Ties a piece of the library to an entry."""

    entry = models.ForeignKey(ProgressEntry, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey("governments.Evidence", on_delete=models.PROTECT, related_name="progress_links")
    linked_at = models.DateTimeField(default=timezone.now)
    linked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["linked_at", "pk"]
        constraints = [models.UniqueConstraint(fields=["entry", "evidence"], name="one_progress_link_an_evidence")]

    def __str__(self):
        return f"{self.entry_id} ← {self.evidence_id}"


class Verdict(models.TextChoices):
    CONFIRMED = "confirmed", _("confirmado")
    EVIDENCE_ASKED = "evidence_asked", _("comprovação solicitada")


class Verification(AppendOnly):
    """A coordinator's or reviewer's look at an entry: apart from what the government says of itself."""

    entry = models.ForeignKey(ProgressEntry, on_delete=models.CASCADE, related_name="verifications")
    verdict = models.CharField(max_length=15, choices=Verdict.choices)
    text = models.TextField(_("observação"), blank=True, max_length=3000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["at"]
        constraints = [one_of("verdict", Verdict, name="verdict_known")]

    def __str__(self):
        return f"{self.entry_id} · {self.verdict}"
