"""Reports made from immutable snapshots."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Participation, Snapshot
from core.db import one_of
from governments.models import Government


class ReportKind(models.TextChoices):
    DIAGNOSIS = "diagnosis", _("Relatório de diagnóstico")
    FOLLOW_UP = "follow-up", _("Relatório de seguimento")
    PRIORITIZATION = "prioritization", _("Relatório de priorização")
    MONITORING = "monitoring", _("Relatório de monitoramento")
    CERTIFICATE = "certificate", _("Certificado")


class ReportQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(participation__government__in=Government.objects.visible_to(user))

    def public(self, at=None):
        """Ready reports that were published."""
        return self.filter(published_at__lte=at or timezone.now(), file__isnull=False)


class Report(models.Model):
    """One document in one language from one snapshot and one version of the template: made once, served while `file` is set."""

    Kind = ReportKind

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="reports")
    kind = models.CharField(max_length=15, choices=ReportKind.choices)
    language = models.CharField(max_length=5, default="pt-br")
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="reports")
    template_version = models.CharField(max_length=20)
    requested_at = models.DateTimeField(default=timezone.now)
    requested_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    ready_at = models.DateTimeField(null=True, blank=True)
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    published_at = models.DateTimeField(null=True, blank=True)

    objects = ReportQuerySet.as_manager()

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            one_of("kind", ReportKind, name="report_kind_known"),
            models.UniqueConstraint(
                fields=["snapshot", "kind", "language", "template_version"], name="one_report_a_snapshot"
            ),
            models.CheckConstraint(
                condition=Q(file__isnull=True) | Q(ready_at__isnull=False), name="report_file_has_its_date"
            ),
        ]
        verbose_name = _("relatório")

    def __str__(self):
        return f"{self.get_kind_display()} · {self.participation}"

    def get_absolute_url(self):
        return reverse("report", args=[self.pk])
