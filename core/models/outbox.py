import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core import subjects
from core.db import one_of


class LetterState(models.TextChoices):
    WAITING = "waiting", _("a enviar")
    SENDING = "sending", _("em envio")
    SENT = "sent", pgettext_lazy("mensagem", "enviada")
    SKIPPED = "skipped", _("dispensada")
    FAILED = "failed", _("não enviada")


class OutboxMessage(models.Model):
    """A letter to write and send when it is due. `core.outbox` posts and delivers it."""

    State = LetterState

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    subject_model = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    recipient = models.EmailField()
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    due = models.DateTimeField()
    # Posted without a date of its own: a second request before the first one left is the same letter.
    at_once = models.BooleanField(default=False)
    params = models.JSONField(default=dict, blank=True)
    state = models.CharField(max_length=8, choices=State, default=State.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While it is being sent: when the sender is taken for dead. While it waits after a failure: when to try again.
    lease_until = models.DateTimeField(null=True)
    reason = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_model", "subject_id", "recipient", "due"], name="one_letter_of_a_kind_and_date"
            ),
            models.UniqueConstraint(
                fields=["kind", "subject_model", "subject_id", "recipient"],
                condition=Q(at_once=True, state="waiting"),
                name="one_letter_waiting_at_once",
            ),
            one_of("state", LetterState, name="letter_state_known"),
            models.CheckConstraint(
                condition=Q(state="sent", sent_at__isnull=False) | (~Q(state="sent") & Q(sent_at__isnull=True)),
                name="letter_sent_with_its_instant",
            ),
        ]
        indexes = [models.Index(fields=["state", "due"], name="letters_due")]

    def __str__(self):
        return f"{self.kind} ({self.state})"

    @property
    def subject(self):
        return subjects.load(self.subject_model, self.subject_id)
