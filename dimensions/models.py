"""The questionnaire catalogue: published versions of dimensions, indicators and their options.

Rows are read through `catalogue.py` and written by `loader` alone. A published version never changes: see immutable.py.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from .immutable import GuardedModel


class AnswerType(models.TextChoices):
    YES_NO_PARTIAL = "yes_no_partial", _("Sim, parcialmente ou não")
    SINGLE_CHOICE = "single_choice", _("Uma opção")
    MULTI_CHOICE = "multi_choice", _("Várias opções")
    NUMBER = "number", _("Número")
    TEXT = "text", _("Texto")


class EvidencePolicy(models.TextChoices):
    NONE = "none", _("Sem comprovação")
    OPTIONAL = "optional", _("Comprovação opcional")
    REQUIRED_IF_YES = "required_if_yes", _("Comprovação do que existe")


class AppliesTo(models.TextChoices):
    BOTH = "both", _("Todos os governos")
    MUNICIPALITY = "municipality", _("Municípios e quem faz o trabalho de um")
    STATE = "state", _("Estados")


class Relation(models.TextChoices):
    """How an indicator comes from the version before."""

    SAME = "same", _("Igual")
    REWORDED = "reworded", _("Reescrito")
    SPLIT = "split", _("Dividido")
    MERGED = "merged", _("Reunido")
    NONE = "none", _("Novo")


class Questionnaire(GuardedModel):
    """One version. Lists, labels and rules that the file states once for all questions stand in `frame`, as in the file."""

    PUBLISHED_PATH = "published_at"

    slug = models.SlugField(_("identificador"), max_length=80)
    version = models.PositiveIntegerField(_("versão"))
    title = models.CharField(_("título"), max_length=200)
    introduction = models.TextField(_("introdução"))
    frame = models.JSONField(default=dict)
    dropped = models.JSONField(
        default=list, blank=True, help_text=_("Códigos da versão anterior que deixaram de existir.")
    )
    previous = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="following")
    digest = models.CharField(max_length=64, editable=False, help_text=_("SHA-256 do conteúdo do arquivo."))
    created_at = models.DateTimeField(auto_now_add=True)
    published_at = models.DateTimeField(_("publicado em"), null=True, blank=True)

    class Meta:
        verbose_name = _("questionário")
        verbose_name_plural = _("questionários")
        ordering = ["slug", "-version"]
        constraints = [
            models.UniqueConstraint(fields=["slug", "version"], name="one_questionnaire_of_a_version"),
            models.CheckConstraint(condition=models.Q(version__gte=1), name="questionnaire_version_from_1"),
        ]

    def __str__(self):
        return f"{self.title} ({self.version})"


class Dimension(GuardedModel):
    PUBLISHED_PATH = "questionnaire__published_at"
    PARENT = "questionnaire"

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="dimensions")
    number = models.PositiveSmallIntegerField(_("número"))
    slug = models.SlugField(max_length=60)
    group = models.SlugField(_("grupo"), max_length=40)
    name = models.CharField(_("nome"), max_length=200)
    description = models.TextField(_("descrição"))
    sdg_targets = models.JSONField(default=list)
    suggested_respondents = models.JSONField(default=list)

    class Meta:
        verbose_name = _("dimensão")
        verbose_name_plural = _("dimensões")
        ordering = ["questionnaire", "number"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "number"], name="one_dimension_of_a_number"),
            models.UniqueConstraint(fields=["questionnaire", "slug"], name="one_dimension_of_a_slug"),
        ]

    def __str__(self):
        return f"{self.number}. {self.name}"


class Indicator(GuardedModel):
    """One question. Weight and the options' scores only order suggestions: they are never shown outside the team."""

    PUBLISHED_PATH = "questionnaire__published_at"
    PARENT = "questionnaire"

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="indicators")
    dimension = models.ForeignKey(Dimension, models.CASCADE, related_name="indicators")
    code = models.CharField(_("código"), max_length=10)
    order = models.PositiveSmallIntegerField(_("ordem"))
    question = models.TextField(_("pergunta"))
    help = models.TextField(_("ajuda"))
    answer_type = models.CharField(_("tipo de resposta"), max_length=20, choices=AnswerType)
    unit = models.CharField(_("unidade"), max_length=60, blank=True)
    period = models.CharField(_("período"), max_length=30, blank=True)
    minimum = models.DecimalField(_("mínimo"), max_digits=18, decimal_places=4, null=True, blank=True)
    maximum = models.DecimalField(_("máximo"), max_digits=18, decimal_places=4, null=True, blank=True)
    integer = models.BooleanField(_("número inteiro"), default=False)
    evidence = models.CharField(_("comprovação"), max_length=20, choices=EvidencePolicy)
    applies_to = models.CharField(_("vale para"), max_length=20, choices=AppliesTo)
    weight = models.PositiveSmallIntegerField(_("peso"))
    facet = models.SlugField(_("aspecto"), max_length=40)
    maturity = models.SlugField(_("estágio"), max_length=40)
    basis = models.JSONField(_("fundamento"), default=list)
    suggest_when = models.JSONField(default=dict)
    suggested_action = models.TextField(_("ação sugerida"))
    depends_on_code = models.CharField(_("depende de"), max_length=10, blank=True)
    depends_on_answers = models.JSONField(default=list, blank=True)
    country_scope = models.CharField(_("país"), max_length=2, blank=True)

    class Meta:
        verbose_name = _("indicador")
        verbose_name_plural = _("indicadores")
        ordering = ["questionnaire", "dimension__number", "order"]
        constraints = [
            models.UniqueConstraint(fields=["questionnaire", "code"], name="one_indicator_of_a_code"),
            models.UniqueConstraint(fields=["dimension", "order"], name="one_indicator_at_a_place"),
            models.CheckConstraint(
                condition=models.Q(answer_type__in=AnswerType.values), name="indicator_answer_type_known"
            ),
            models.CheckConstraint(
                condition=models.Q(evidence__in=EvidencePolicy.values), name="indicator_evidence_known"
            ),
            models.CheckConstraint(
                condition=models.Q(applies_to__in=AppliesTo.values), name="indicator_applies_to_known"
            ),
        ]

    def __str__(self):
        return f"{self.code} {self.question}"


class Option(GuardedModel):
    """A choice of a single_choice or multi_choice indicator; those of yes_no_partial stand once in the questionnaire's frame."""

    PUBLISHED_PATH = "indicator__questionnaire__published_at"
    PARENT = "indicator"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="options")
    code = models.SlugField(_("código"), max_length=60)
    order = models.PositiveSmallIntegerField(_("ordem"))
    label = models.CharField(_("rótulo"), max_length=200)
    score = models.DecimalField(max_digits=5, decimal_places=4, null=True, blank=True)
    exclusive = models.BooleanField(_("exclui as outras"), default=False)

    class Meta:
        verbose_name = _("opção")
        verbose_name_plural = _("opções")
        ordering = ["indicator", "order"]
        constraints = [models.UniqueConstraint(fields=["indicator", "code"], name="one_option_of_a_code")]

    def __str__(self):
        return self.label


class ProfileField(GuardedModel):
    """A line of the context sheet."""

    class Kind(models.TextChoices):
        NUMBER = "number", _("Número")
        TEXT = "text", _("Texto")

    PUBLISHED_PATH = "questionnaire__published_at"
    PARENT = "questionnaire"

    questionnaire = models.ForeignKey(Questionnaire, models.CASCADE, related_name="profile_fields")
    code = models.SlugField(_("código"), max_length=60)
    order = models.PositiveSmallIntegerField(_("ordem"))
    type = models.CharField(_("tipo"), max_length=10, choices=Kind)
    required = models.BooleanField(_("obrigatório"), default=False)
    label = models.CharField(_("rótulo"), max_length=200)
    help = models.TextField(_("ajuda"))

    class Meta:
        verbose_name = _("campo da ficha de contexto")
        verbose_name_plural = _("campos da ficha de contexto")
        ordering = ["questionnaire", "order"]
        constraints = [models.UniqueConstraint(fields=["questionnaire", "code"], name="one_profile_field_of_a_code")]

    def __str__(self):
        return self.label


class IndicatorLineage(GuardedModel):
    """Where an indicator comes from: one row per indicator of the version before, or one without it when it is new.

    `split` and `merged` are not comparable over time; `same` and `reworded` are.
    """

    PUBLISHED_PATH = "indicator__questionnaire__published_at"
    PARENT = "indicator"

    indicator = models.ForeignKey(Indicator, models.CASCADE, related_name="lineage")
    relation = models.CharField(_("relação"), max_length=10, choices=Relation)
    previous = models.ForeignKey(Indicator, models.PROTECT, null=True, blank=True, related_name="successors")

    class Meta:
        verbose_name = _("origem do indicador")
        verbose_name_plural = _("origens dos indicadores")
        ordering = ["indicator", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["indicator", "previous"], name="one_lineage_of_a_pair"),
            models.UniqueConstraint(
                fields=["indicator"], condition=models.Q(previous=None), name="one_lineage_of_a_new_indicator"
            ),
            models.CheckConstraint(
                condition=models.Q(relation=Relation.NONE, previous=None)
                | (models.Q(relation__in=["same", "reworded", "split", "merged"]) & models.Q(previous__isnull=False)),
                name="lineage_new_has_no_previous",
            ),
        ]

    def __str__(self):
        return f"{self.get_relation_display()} {self.previous or ''}".strip()
