from django.conf import settings
from django.db import models
from django.utils import timezone

from core.append_only import AppendOnly


class AuditEvent(AppendOnly):
    """Who did what to which row, and in which request. `core.audit.record` writes it."""

    at = models.DateTimeField(default=timezone.now, db_index=True)
    action = models.CharField(max_length=80)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    subject_model = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    # A plain number: governments live above the floor.
    government_id = models.BigIntegerField(null=True, db_index=True)
    request_id = models.CharField(max_length=64, blank=True)
    address = models.GenericIPAddressField(null=True)
    detail = models.JSONField(default=dict)

    class Meta:
        indexes = [models.Index(fields=["subject_model", "subject_id", "at"], name="audit_of_a_subject")]

    def __str__(self):
        return f"{self.action} {self.subject_model} {self.subject_id}".strip()
