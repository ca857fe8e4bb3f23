import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone


def new_claim():
    return secrets.token_hex(16)


class KeyState(models.TextChoices):
    IN_PROGRESS = "in_progress"
    DONE = "done"


class IdempotencyKey(models.Model):
    """A write's key and its first result: a request that comes again is answered, not repeated (`core.idempotency`)."""

    State = KeyState

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    key = models.CharField(max_length=128)
    request_hash = models.CharField(max_length=64)
    state = models.CharField(max_length=11, choices=State, default=State.IN_PROGRESS)
    claim = models.CharField(max_length=32, default=new_claim)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.JSONField(null=True)
    created_at = models.DateTimeField(default=timezone.now, db_index=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["user", "key"], name="one_result_of_a_key"),
            models.CheckConstraint(
                condition=Q(state="in_progress", status__isnull=True) | Q(state="done", status__isnull=False),
                name="key_done_with_its_status",
            ),
        ]

    def __str__(self):
        return f"{self.key} ({self.state})"
