"""The programme, its yearly editions, and the periods of their steps."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of
from governments.models import Government

from .kinds import Kind


class Programme(models.Model):
    """A certification programme of one country. Terms and rules that may differ between programmes are rows of its editions."""

    slug = models.SlugField(unique=True)
    name = models.CharField(_("nome"), max_length=120)

    def __str__(self):
        return self.name


class Edition(models.Model):
    """One yearly run. It gives the seal its year, even when the ceremony falls in the next."""

    programme = models.ForeignKey(Programme, on_delete=models.PROTECT, related_name="editions")
    year = models.PositiveIntegerField(_("ano"))
    questionnaire = models.ForeignKey(
        "dimensions.Questionnaire", on_delete=models.PROTECT, null=True, blank=True, related_name="editions"
    )
    call = models.TextField(_("chamada"), blank=True)
    ceremony_at = models.DateTimeField(_("cerimônia"), null=True, blank=True)
    published_at = models.DateTimeField(
        _("publicação"),
        null=True,
        blank=True,
        help_text=_("A partir deste instante, selos e relatórios desta edição são públicos."),
    )
    seal_valid_until = models.DateField(_("validade do selo"), null=True, blank=True)
    award_by_two = models.BooleanField(_("selo concedido por duas pessoas da coordenação"), default=True)
    course_required = models.BooleanField(_("curso obrigatório"), default=True)
    from_before_portal = models.BooleanField(_("anterior ao portal"), default=False)

    class Meta:
        ordering = ["-year"]
        constraints = [models.UniqueConstraint(fields=["programme", "year"], name="one_edition_a_year")]
        verbose_name = _("edição")
        verbose_name_plural = _("edições")

    def __str__(self):
        return _("Edição %(year)s") % {"year": self.year}

    def get_absolute_url(self):
        return reverse("edition", args=[self.year])

    def is_public(self, at=None):
        """Whether seals and reports of this edition may be shown to anyone at this instant."""
        return self.published_at is not None and self.published_at <= (at or timezone.now())


class StepWindow(models.Model):
    """The period of one step of one edition: from opening to deadline, both instants."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="windows")
    step = models.CharField(_("etapa"), max_length=20, choices=Kind.choices)
    opens_at = models.DateTimeField(_("abertura"))
    closes_at = models.DateTimeField(_("prazo"))

    class Meta:
        ordering = ["opens_at"]
        constraints = [
            one_of("step", Kind, name="window_step_known"),
            models.UniqueConstraint(fields=["edition", "step"], name="one_window_a_step"),
            models.CheckConstraint(condition=Q(closes_at__gt=F("opens_at")), name="window_closes_after_it_opens"),
        ]
        verbose_name = _("período da etapa")
        verbose_name_plural = _("períodos das etapas")

    def __str__(self):
        return f"{self.edition} · {self.get_step_display()}"


class Extension(models.Model):
    """A later deadline of one step for all, a region, a UF or one government, with who decided and the reason everybody may read."""

    class Scope(models.TextChoices):
        ALL = "all", _("todos os governos")
        REGION = "region", _("uma região")
        UF = "uf", _("uma UF")
        GOVERNMENT = "government", _("um governo")

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="extensions")
    step = models.CharField(_("etapa"), max_length=20, choices=Kind.choices)
    scope = models.CharField(_("alcance"), max_length=12, choices=Scope.choices)
    region = models.CharField(_("região"), max_length=20, blank=True)
    uf = models.CharField(_("UF"), max_length=2, blank=True)
    government = models.ForeignKey(Government, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    closes_at = models.DateTimeField(_("novo prazo"))
    author = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    public_reason = models.TextField(_("motivo público"))
    granted_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["granted_at"]
        constraints = [
            one_of("step", Kind, name="extension_step_known"),
            models.CheckConstraint(
                condition=Q(scope="all", region="", uf="", government__isnull=True)
                | (Q(scope="region", uf="", government__isnull=True) & ~Q(region=""))
                | (Q(scope="uf", region="", government__isnull=True) & ~Q(uf=""))
                | Q(scope="government", region="", uf="", government__isnull=False),
                name="extension_scope_names_its_object",
            ),
            models.CheckConstraint(condition=~Q(public_reason=""), name="extension_has_a_public_reason"),
        ]
        verbose_name = _("prorrogação")
        verbose_name_plural = _("prorrogações")

    def __str__(self):
        return f"{self.edition} · {self.get_step_display()} · {self.get_scope_display()}"

    def covers(self, government):
        """Whether this extension reaches the government."""
        return {
            self.Scope.ALL: True,
            self.Scope.REGION: self.region == government.region,
            self.Scope.UF: self.uf == government.uf,
            self.Scope.GOVERNMENT: self.government_id == government.pk,
        }[self.scope]
