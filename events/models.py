"""The agenda: meetings, trainings, dialogues and ceremonies, with sessions, who spoke, what was recorded and how many came."""

from datetime import timedelta

from django.db import models
from django.db.models import F, Q, Sum
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Edition
from core.db import one_of
from governments.models import Body


class EventType(models.TextChoices):
    WEBINAR = "webinar", _("Webinário")
    TRAINING = "training", _("Formação")
    DIALOGUE = "dialogue", _("Diálogo")
    WORKING_GROUP = "working_group", _("Grupo de trabalho")
    SHARING_SEMINAR = "sharing_seminar", _("Seminário de troca de práticas")
    CEREMONY = "ceremony", _("Cerimônia")


class Mode(models.TextChoices):
    ONLINE = "online", _("On-line")
    IN_PERSON = "in_person", _("Presencial")
    HYBRID = "hybrid", _("Presencial e on-line")


class AudienceRule(models.TextChoices):
    OPEN = "open", _("Aberto ao público")
    EDITION_PARTICIPANTS = "edition_participants", _("Governos participantes")
    EDITION_PARTICIPANTS_STEP = "edition_participants_step", _("Governos que chegaram a uma etapa")
    GOVERNMENT_KIND = "government_kind", _("Governos de certos tipos")
    DESCRIBED = "described", _("Conforme a descrição")


class Precision(models.TextChoices):
    """How exactly the dates of an event are known."""

    DAY = "day", _("dia")
    MONTH = "month", _("mês")


class Unit(models.TextChoices):
    """What an attendance counts. People and governments are never added up."""

    PEOPLE = "people", _("pessoas")
    GOVERNMENTS = "governments", _("governos")


class HomeKind(models.TextChoices):
    PROGRAMME = "programme", _("Coordenação do programa")
    GOVERNMENT = "government", _("Governo participante")
    CIVIL_SOCIETY = "civil_society", _("Sociedade civil")
    ORGANISATION = "organisation", _("Organização")


class EventQuerySet(models.QuerySet):
    def public(self, at=None):
        return self.filter(published_at__lte=at or timezone.now())

    def upcoming(self, day):
        return self.filter(ends_on__gte=day).order_by("starts_on", "pk")

    def past(self, day):
        return self.filter(ends_on__lt=day).order_by("-starts_on", "-pk")

    def with_figures(self):
        return self.prefetch_related("attendances", "sessions")


class Event(models.Model):
    """Something people come to. Its days are facts of their own: of earlier events only the days, or the months, are known."""

    key = models.SlugField(_("identificador"), max_length=120, unique=True)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("edição")
    )
    type = models.CharField(_("tipo"), max_length=20, choices=EventType.choices)
    title = models.CharField(_("título"), max_length=250)
    description = models.TextField(_("descrição"), blank=True)
    mode = models.CharField(_("formato"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    place = models.CharField(_("local"), max_length=250, blank=True)
    starts_on = models.DateField(_("primeiro dia"), db_index=True)
    ends_on = models.DateField(_("último dia"), db_index=True)
    precision = models.CharField(_("datas conhecidas por"), max_length=5, choices=Precision.choices, default="day")
    audience_rule = models.CharField(_("para quem"), max_length=30, choices=AudienceRule.choices, default="described")
    audience = models.JSONField(_("detalhes do público"), default=dict, blank=True)
    audience_label = models.CharField(_("público"), max_length=300)
    dimensions = models.JSONField(_("dimensões"), default=list, blank=True)
    # Keys of practices shown beside the event: the bank and the agenda do not know each other, the roof joins them.
    practice_keys = models.JSONField(_("práticas relacionadas"), default=list, blank=True)
    capacity = models.PositiveIntegerField(_("vagas"), null=True, blank=True)
    registration_opens_at = models.DateTimeField(_("inscrições a partir de"), null=True, blank=True)
    registration_closes_at = models.DateTimeField(_("inscrições até"), null=True, blank=True)
    recording_published = models.BooleanField(_("gravação publicada"), default=False)
    recording_url = models.URLField(_("gravação"), max_length=500, blank=True)
    recording_reason = models.CharField(_("por que não há gravação"), max_length=300, blank=True)
    certificate_hours = models.DecimalField(
        _("horas do certificado"), max_digits=5, decimal_places=1, null=True, blank=True
    )
    source = models.CharField(_("fonte"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("publicação"), null=True, blank=True)

    objects = EventQuerySet.as_manager()

    class Meta:
        ordering = ["-starts_on", "-pk"]
        constraints = [
            one_of("type", EventType, name="event_type_known"),
            one_of("mode", Mode, name="event_mode_known"),
            one_of("precision", Precision, name="event_precision_known"),
            one_of("audience_rule", AudienceRule, name="event_audience_rule_known"),
            models.CheckConstraint(condition=Q(ends_on__gte=F("starts_on")), name="event_ends_after_start"),
            models.CheckConstraint(
                condition=Q(registration_opens_at__isnull=True)
                | Q(registration_closes_at__isnull=True)
                | Q(registration_closes_at__gte=F("registration_opens_at")),
                name="event_registration_closes_after_opening",
            ),
        ]
        verbose_name = _("evento")
        verbose_name_plural = _("eventos")

    def __str__(self):
        return self.title

    def get_absolute_url(self):
        return reverse("event", args=[self.pk])

    @property
    def total(self):
        """The attendance of the whole event (who came to two sessions is counted once), or None."""
        return next((row for row in self.attendances.all() if row.session_id is None), None)


class EventSession(models.Model):
    """One sitting with its hour."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    title = models.CharField(_("título"), max_length=250, blank=True)
    starts_at = models.DateTimeField(_("início"))
    minutes = models.PositiveSmallIntegerField(_("duração em minutos"))

    class Meta:
        ordering = ["starts_at", "pk"]
        constraints = [models.CheckConstraint(condition=Q(minutes__gt=0), name="session_lasts")]

    def __str__(self):
        return f"{self.event_id} · {self.starts_at:%Y-%m-%d}"

    @property
    def ends_at(self):
        return self.starts_at + timedelta(minutes=self.minutes)


class Speaker(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="speakers")
    order = models.PositiveSmallIntegerField(default=0)
    name = models.CharField(_("nome"), max_length=200)
    role = models.CharField(_("função"), max_length=200, blank=True)
    home_kind = models.CharField(_("de onde vem"), max_length=15, choices=HomeKind.choices, blank=True)
    home = models.ForeignKey(Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("quem fala")

    def __str__(self):
        return self.name


class MaterialType(models.TextChoices):
    SLIDES = "slides", _("Apresentação")
    TEMPLATE = "template", _("Modelo")
    FAQ = "faq", _("Perguntas e respostas")
    SPREADSHEET = "spreadsheet", _("Planilha")
    READING = "reading", _("Leituras")
    WORKBOOK = "workbook", _("Caderno de exercícios")
    POSTER = "poster", _("Cartaz")
    MINUTES = "minutes", _("Ata")
    GUIDE = "guide", _("Guia")
    PROGRAMME = "programme", _("Programação")
    PROCEEDINGS = "proceedings", _("Anais")
    LIST = "list", _("Lista")
    OTHER = "other", _("Outro material")


class Material(models.Model):
    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="materials")
    order = models.PositiveSmallIntegerField(default=0)
    type = models.CharField(_("tipo"), max_length=15, choices=MaterialType.choices, default=MaterialType.OTHER)
    title = models.CharField(_("título"), max_length=250)
    url = models.URLField(_("endereço na internet"), max_length=500, blank=True)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")

    class Meta:
        ordering = ["order", "pk"]
        verbose_name = _("material")
        verbose_name_plural = _("materiais")

    def __str__(self):
        return self.title


class AttendanceQuerySet(models.QuerySet):
    def of_whole_events(self):
        """Leaves the figures of single sessions out: who came twice would be counted twice."""
        return self.filter(session__isnull=True)

    def totals(self):
        """{unit: number}, each unit added up by itself."""
        rows = self.of_whole_events().order_by().values("unit").annotate(total=Sum("number"))
        return dict.fromkeys(Unit.values, 0) | {row["unit"]: row["total"] for row in rows}


class Attendance(models.Model):
    """How many came to an event, or to one session of it: a number and what it counts, apart."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="attendances")
    session = models.OneToOneField(
        EventSession, on_delete=models.CASCADE, null=True, blank=True, related_name="attendance"
    )
    number = models.PositiveIntegerField(_("número"))
    unit = models.CharField(_("unidade"), max_length=12, choices=Unit.choices, default=Unit.PEOPLE)

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        ordering = ["pk"]
        constraints = [
            one_of("unit", Unit, name="attendance_unit_known"),
            models.UniqueConstraint(
                fields=["event"], condition=Q(session__isnull=True), name="one_attendance_of_a_whole_event"
            ),
        ]
        verbose_name = _("presença")
        verbose_name_plural = _("presenças")

    def __str__(self):
        return f"{self.number} {self.unit}"
