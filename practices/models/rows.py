"""What stands beside a sheet: dimensions, figures, documents."""

from decimal import Decimal

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.numbers import grouped
from governments.models import Evidence

from .practice import Practice


class PracticeTopic(models.Model):
    """A dimension a practice touches, by number: numbers outlive the versions of the questionnaire."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="topics")
    dimension = models.PositiveSmallIntegerField(_("dimensão"))

    class Meta:
        ordering = ["dimension"]
        constraints = [models.UniqueConstraint(fields=["practice", "dimension"], name="one_topic_a_dimension")]
        indexes = [models.Index(fields=["dimension", "practice"], name="practices_of_a_dimension")]

    def __str__(self):
        return f"{self.practice_id} · {self.dimension}"


class PracticeResult(models.Model):
    """A figure with what it counts and where it comes from."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="results")
    order = models.PositiveSmallIntegerField(default=0)
    what = models.CharField(_("resultado"), max_length=300)
    figure = models.DecimalField(_("número"), max_digits=14, decimal_places=2)
    of = models.DecimalField(_("de um total de"), max_digits=14, decimal_places=2, null=True, blank=True)
    unit = models.CharField(_("unidade"), max_length=100)
    source = models.CharField(_("fonte"), max_length=200)

    class Meta:
        ordering = ["order", "pk"]

    def __str__(self):
        return self.what

    @property
    def figure_written(self):
        return written(self.figure)

    @property
    def of_written(self):
        return written(self.of) if self.of is not None else ""


def written(figure):
    """«5.214» or «2,5»: no decimals that say nothing."""
    return grouped(f"{Decimal(figure).normalize():f}")


class DocumentType(models.TextChoices):
    TEMPLATE = "template", _("Modelo")
    GUIDE = "guide", _("Guia")
    BOOKLET = "booklet", _("Cartilha")
    PLAN = "plan", _("Plano")
    REPORT = "report", _("Relatório")
    AGREEMENT = "agreement", _("Acordo")
    PROTOCOL = "protocol", _("Protocolo")
    CHECKLIST = "checklist", _("Lista de verificação")
    MEDIA = "media", _("Áudio ou vídeo")
    LAW = "law", _("Lei")
    DECREE = "decree", _("Decreto")
    MINUTES = "minutes", _("Ata")
    TRAINING_MATERIAL = "training_material", _("Material de formação")
    LEGAL_OPINION = "legal_opinion", _("Parecer jurídico")
    RESOLUTION = "resolution", _("Resolução")
    SPREADSHEET = "spreadsheet", _("Planilha")
    FLYER = "flyer", _("Folheto")
    OTHER = "other", _("Outro documento")


class PracticeDocument(models.Model):
    """A document to adapt. It may stand in the owner's library, at an address, or only be named so far."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="documents")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("título"), max_length=200)
    type = models.CharField(_("tipo"), max_length=20, choices=DocumentType.choices, default=DocumentType.OTHER)
    year = models.PositiveSmallIntegerField(_("ano"), null=True, blank=True)
    dated_on = models.DateField(_("data"), null=True, blank=True)
    place = models.CharField(_("lugar"), max_length=120, blank=True)
    edition = models.CharField(_("edição ou versão"), max_length=60, blank=True)
    language = models.CharField(
        _("idioma do documento"), max_length=10, choices=settings.LANGUAGES, blank=True, default=""
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="practice_documents"
    )
    url = models.URLField(_("endereço na internet"), max_length=500, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(evidence__isnull=True) | Q(url=""), name="document_has_one_place"),
        ]
        indexes = [models.Index(fields=["type", "practice"], name="practices_by_document_type")]

    def __str__(self):
        return self.title

    @property
    def is_kept(self):
        """Whether its file is here to download."""
        return bool(self.evidence_id and self.evidence.file_id)

    @property
    def address(self):
        """Where it is on the internet, if it has no file here."""
        if self.url:
            return self.url
        return self.evidence.url if self.evidence_id and not self.evidence.file_id else ""
