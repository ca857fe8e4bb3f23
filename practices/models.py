"""The bank of good practices: what a government or organisation did, told so that others can do it too.

Titles and summaries are editorial and translated; the story stays in the language it was written in.
"""

from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.translation import gettext_lazy as _

from core.text import normalise, words
from governments.models import Body, Evidence

LANGUAGES = ("pt_br", "en", "es")
STORY = ("context", "problem", "what_was_done", "who", "resources", "lessons", "migrants_part")


class Feature(models.TextChoices):
    """Why a practice is worth copying."""

    OWNERSHIP = "ownership", _("Apropriação local")
    INNOVATION = "innovation", _("Inovação no contexto")
    REPLICABILITY = "replicability", _("Pode ser repetida")
    TANGIBLE_RESULTS = "tangible_results", _("Resultados visíveis")
    HIGH_LEVEL_ENDORSEMENT = "high_level_endorsement", _("Apoio da direção do governo")
    EXISTING_PRIORITIES = "existing_priorities", _("Ligada a prioridades já existentes")
    EXPERTISE = "expertise", _("Apoiada em quem tem experiência")
    SYNERGY = "synergy", _("Soma com outras iniciativas")
    ADDED_VALUE = "added_value", _("Valor próprio da cooperação internacional")
    KNOWLEDGE_EXCHANGE = "knowledge_exchange", _("Gera troca de conhecimento")


class DocumentType(models.TextChoices):
    TEMPLATE = "template", _("Modelo")
    GUIDE = "guide", _("Guia")
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


class PracticeQuerySet(models.QuerySet):
    def public(self, at=None):
        return self.filter(published_at__lte=at or timezone.now())

    def search(self, text):
        """Every typed word occurs somewhere in the sheet, in any language, without regard to accents or case."""
        found = self
        for word in words(text):
            found = found.filter(search__contains=word)
        return found

    def about(self, dimension):
        return self.filter(topics__dimension=dimension)

    def with_owner(self):
        return self.select_related("owner__government", "owner__organisation")


class Practice(models.Model):
    """A policy or action others can learn from. It belongs to a body and outlives every edition."""

    key = models.SlugField(_("identificador"), max_length=80, unique=True)
    owner = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="practices", verbose_name=_("de quem é"))
    title = models.CharField(_("título"), max_length=200)
    summary = models.TextField(_("resumo"))
    language = models.CharField(_("idioma do relato"), max_length=10, default="pt-br")
    context = models.TextField(_("contexto"), blank=True)
    problem = models.TextField(_("problema"), blank=True)
    what_was_done = models.TextField(_("o que foi feito"), blank=True)
    who = models.TextField(_("quem fez"), blank=True)
    partners = models.ManyToManyField(Body, blank=True, related_name="partner_practices", verbose_name=_("parceiros"))
    resources = models.TextField(_("recursos"), blank=True)
    lessons = models.TextField(_("o que se aprendeu"), blank=True)
    how_to_replicate = models.JSONField(_("como repetir"), default=list, blank=True)
    migrants_part = models.TextField(_("participação das pessoas migrantes"), blank=True)
    quote = models.TextField(_("fala"), blank=True)
    quote_by = models.CharField(_("de quem é a fala"), max_length=200, blank=True)
    quote_language = models.CharField(_("idioma da fala"), max_length=10, blank=True)
    indicators = models.JSONField(_("indicadores"), default=list, blank=True)
    sdg_targets = models.JSONField(_("metas dos ODS"), default=list, blank=True)
    features = models.JSONField(_("características"), default=list, blank=True)
    started_year = models.PositiveSmallIntegerField(_("ano de início"), null=True, blank=True)
    published_at = models.DateTimeField(_("publicação"), null=True, blank=True, db_index=True)
    updated_at = models.DateTimeField(auto_now=True)
    search = models.TextField(editable=False)

    objects = PracticeQuerySet.as_manager()

    class Meta:
        ordering = ["-published_at", "-pk"]
        verbose_name = _("boa prática")
        verbose_name_plural = _("boas práticas")

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.search = normalise(" ".join(self._searched()))
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("practice", args=[self.pk])

    def _searched(self):
        yield from (getattr(self, f"{name}_{lang}") or "" for name in ("title", "summary") for lang in LANGUAGES)
        yield from (getattr(self, name) for name in STORY)
        yield str(self.owner)

    @property
    def is_public(self):
        return self.published_at is not None and self.published_at <= timezone.now()

    @property
    def dimensions(self):
        """Numbers of the dimensions it touches, in order."""
        return sorted(topic.dimension for topic in self.topics.all())

    @property
    def feature_labels(self):
        return [Feature(code).label for code in self.features if code in Feature.values]

    @property
    def story(self):
        """Heading and text of each part of the story that was told, in reading order."""
        parts = ("context", "problem", "what_was_done", "who", "resources", "migrants_part", "lessons")
        return [
            (name, self._meta.get_field(name).verbose_name, getattr(self, name))
            for name in parts
            if getattr(self, name)
        ]


class PracticeTopic(models.Model):
    """A dimension a practice touches, by number: numbers outlive the versions of the questionnaire."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="topics")
    dimension = models.PositiveSmallIntegerField(_("dimensão"))

    class Meta:
        ordering = ["dimension"]
        constraints = [models.UniqueConstraint(fields=["practice", "dimension"], name="one_topic_a_dimension")]

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
    return number_format(f"{Decimal(figure).normalize():f}", force_grouping=True)


class PracticeDocument(models.Model):
    """A document to adapt. It may stand in the owner's library, at an address, or only be named so far."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="documents")
    order = models.PositiveSmallIntegerField(default=0)
    title = models.CharField(_("título"), max_length=200)
    type = models.CharField(_("tipo"), max_length=20, choices=DocumentType.choices, default=DocumentType.OTHER)
    year = models.PositiveSmallIntegerField(_("ano"), null=True, blank=True)
    evidence = models.ForeignKey(
        Evidence, on_delete=models.PROTECT, null=True, blank=True, related_name="practice_documents"
    )
    url = models.URLField(_("endereço na internet"), max_length=500, blank=True)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [
            models.CheckConstraint(condition=Q(evidence__isnull=True) | Q(url=""), name="document_has_one_place"),
        ]

    def __str__(self):
        return self.title
