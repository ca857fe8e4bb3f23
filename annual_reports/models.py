"""The programme's report of a year: drafted from the data, with texts people write, frozen when it is published."""

import uuid

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import both_or_neither, one_of
from events.models.event import Language

# Texts of a report in reading order; the names of their columns.
SECTIONS = ("opening", "on_certified", "on_steps", "on_events", "on_course", "on_media", "closing")


class ReportState(models.TextChoices):
    DRAFT = "draft", _("rascunho")
    PUBLISHED = "published", _("publicado")


class AnnualReportQuerySet(models.QuerySet):
    def public(self, at=None):
        return self.filter(published_at__lte=at or timezone.now())

    def latest_of_each_year(self, at=None):
        """The version in force of each year, latest year first."""
        newer = self.model.objects.public(at).filter(year=models.OuterRef("year"), number__gt=models.OuterRef("number"))
        return self.public(at).filter(~models.Exists(newer)).order_by("-year")


class AnnualReport(models.Model):
    """One version of one year's report. Published, it is never changed: to correct it is to publish the next version."""

    State = ReportState

    year = models.PositiveSmallIntegerField(_("ano"))
    number = models.PositiveSmallIntegerField(_("versão"), default=1)
    state = models.CharField(_("situação"), max_length=10, choices=ReportState.choices, default=ReportState.DRAFT)
    opening = models.TextField(_("Apresentação"), blank=True, max_length=6000)
    on_certified = models.TextField(_("Sobre os governos certificados"), blank=True, max_length=4000)
    on_steps = models.TextField(_("Sobre as etapas da edição"), blank=True, max_length=4000)
    on_events = models.TextField(_("Sobre os eventos"), blank=True, max_length=4000)
    on_course = models.TextField(_("Sobre o curso"), blank=True, max_length=4000)
    on_media = models.TextField(_("Sobre o programa na mídia"), blank=True, max_length=4000)
    closing = models.TextField(_("Encerramento"), blank=True, max_length=4000)
    # Typed by hand, each with where it is from; «more than» is a fact of its own.
    media_count = models.PositiveIntegerField(_("notícias sobre o programa"), null=True, blank=True)
    media_at_least = models.BooleanField(_("foram mais do que esse número"), default=False)
    media_source = models.CharField(_("fonte e período da contagem"), max_length=200, blank=True)
    course_people = models.PositiveIntegerField(_("pessoas que concluíram o curso"), null=True, blank=True)
    course_servants = models.PositiveIntegerField(_("delas, no serviço público"), null=True, blank=True)
    course_at_least = models.BooleanField(_("foram mais do que esses números"), default=False)
    course_source = models.CharField(_("fonte e período da contagem"), max_length=200, blank=True)
    # Which of the testimonials told at the year's events are printed: see gathering.key_of.
    chosen = models.JSONField(default=list, blank=True)
    version = models.PositiveIntegerField(default=1)
    reason = models.TextField(_("motivo da correção"), blank=True, max_length=1000)
    created_at = models.DateTimeField(default=timezone.now)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    updated_at = models.DateTimeField(default=timezone.now)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    published_at = models.DateTimeField(_("publicação"), null=True, blank=True)
    published_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    content = models.JSONField(null=True, blank=True, editable=False)
    sha256 = models.CharField(max_length=64, blank=True, editable=False)

    objects = AnnualReportQuerySet.as_manager()

    class Meta:
        ordering = ["-year", "-number"]
        constraints = [
            models.UniqueConstraint(fields=["year", "number"], name="one_annual_report_a_version"),
            models.UniqueConstraint(fields=["year"], condition=Q(state="draft"), name="one_annual_draft_a_year"),
            one_of("state", ReportState, name="annual_report_state_known"),
            both_or_neither("published_at", "published_by", name="annual_report_published_at_and_by"),
            models.CheckConstraint(
                condition=Q(state="draft", published_at__isnull=True, content__isnull=True, sha256="")
                | (Q(state="published", published_at__isnull=False, content__isnull=False) & ~Q(sha256="")),
                name="annual_report_published_is_frozen",
            ),
            models.CheckConstraint(condition=Q(number=1) | ~Q(reason=""), name="annual_correction_says_why"),
        ]
        verbose_name = _("relatório anual")
        verbose_name_plural = _("relatórios anuais")

    def __str__(self):
        return f"{self.year} · {self.number}"

    def get_absolute_url(self):
        return reverse("annual_report_version", args=[self.year, self.number])

    @property
    def is_draft(self):
        return self.state == ReportState.DRAFT


class Quote(models.Model):
    """A testimonial typed into the report itself, with the consent of who said it."""

    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="quotes")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("depoimento"), max_length=2000)
    language = models.CharField(_("idioma"), max_length=5, choices=Language.choices, default=Language.PT_BR)
    name = models.CharField(_("quem disse"), max_length=200)
    role = models.CharField(_("função"), max_length=200, blank=True)
    consent = models.BooleanField(_("a pessoa autorizou a publicação"), default=False)

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("depoimento")

    def __str__(self):
        return self.name


class AnnualDocument(models.Model):
    """The PDF of some content in one language: of a published version, or of a draft as it was when somebody asked."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    report = models.ForeignKey(AnnualReport, on_delete=models.CASCADE, related_name="documents")
    language = models.CharField(max_length=5, choices=Language.choices)
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    requested_at = models.DateTimeField(default=timezone.now)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    pages = models.PositiveSmallIntegerField(null=True, blank=True)
    ready_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-requested_at"]
        constraints = [
            models.UniqueConstraint(fields=["report", "language", "sha256"], name="one_annual_document_a_content"),
            both_or_neither("file", "ready_at", name="annual_document_file_has_its_date"),
        ]

    def __str__(self):
        return f"{self.report} · {self.language}"
