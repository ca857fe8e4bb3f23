"""The agenda: meetings, trainings, dialogues and ceremonies, with sessions, who spoke and what was left for those who missed it."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Edition
from core.db import both_or_neither, one_of
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
    CERTIFIED_IN_ALL = "certified_in_all", _("Governos certificados em todas as edições indicadas")
    LISTED = "listed", _("Governos e pessoas de uma lista")
    DESCRIBED = "described", _("Conforme a descrição")


class Precision(models.TextChoices):
    """How exactly the dates of an event are known."""

    DAY = "day", _("dia")
    MONTH = "month", _("mês")


class HomeKind(models.TextChoices):
    PROGRAMME = "programme", _("Coordenação do programa")
    GOVERNMENT = "government", _("Governo participante")
    CIVIL_SOCIETY = "civil_society", _("Sociedade civil")
    ORGANISATION = "organisation", _("Organização")


class EventSeries(models.Model):
    """Events that belong together: the meetings of a working group, say."""

    key = models.SlugField(_("identificador"), max_length=120, unique=True)
    title = models.CharField(_("título"), max_length=250)

    class Meta:
        ordering = ["title_pt_br", "pk"]
        verbose_name = _("série de encontros")
        verbose_name_plural = _("séries de encontros")

    def __str__(self):
        return self.title


class EventQuerySet(models.QuerySet):
    def public(self, at=None):
        """Published by this instant. Cancelled ones stay: who had planned to come must find them."""
        return self.filter(published_at__lte=at or timezone.now())

    def about(self, number):
        return self.filter(dimension_marks__contains=f"|{int(number)}|")

    def upcoming(self, day):
        return self.filter(ends_on__gte=day).order_by("starts_on", "pk")

    def past(self, day):
        return self.filter(ends_on__lt=day).order_by("-starts_on", "-pk")

    def involving(self, body):
        """Those a government or an organisation holds or speaks at."""
        return self.filter(Q(organisers=body) | Q(speakers__home=body)).distinct()

    def between(self, first, last):
        """Those with a day in a range of days, in order."""
        return self.filter(starts_on__lte=last, ends_on__gte=first).order_by("starts_on", "pk")

    def with_figures(self):
        return self.prefetch_related("attendances", "sessions")


class Event(models.Model):
    """Something people come to. Its days are facts of their own: of earlier events only the days, or the months, are known."""

    key = models.SlugField(_("identificador"), max_length=120, unique=True)
    edition = models.ForeignKey(
        Edition, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("edição")
    )
    series = models.ForeignKey(
        EventSeries, on_delete=models.PROTECT, null=True, blank=True, related_name="events", verbose_name=_("série")
    )
    type = models.CharField(_("tipo"), max_length=20, choices=EventType.choices)
    title = models.CharField(_("título"), max_length=250)
    description = models.TextField(_("descrição"), blank=True)
    mode = models.CharField(_("formato"), max_length=10, choices=Mode.choices, default=Mode.ONLINE)
    place = models.CharField(_("local"), max_length=250, blank=True)
    place_is_public = models.BooleanField(_("mostrar o local a todas as pessoas"), default=True)
    # How to get in online. Only ever shown to those whose registration stands.
    meeting_url = models.URLField(_("endereço da sala on-line"), max_length=500, blank=True)
    access_note = models.CharField(_("como entrar"), max_length=500, blank=True)
    starts_on = models.DateField(_("primeiro dia"), db_index=True)
    ends_on = models.DateField(_("último dia"), db_index=True)
    precision = models.CharField(_("datas conhecidas por"), max_length=5, choices=Precision.choices, default="day")
    audience_rule = models.CharField(_("para quem"), max_length=30, choices=AudienceRule.choices, default="described")
    audience = models.JSONField(_("detalhes do público"), default=dict, blank=True)
    audience_label = models.CharField(_("público"), max_length=300)
    organisers = models.ManyToManyField(Body, blank=True, related_name="+", verbose_name=_("quem organiza"))
    dimensions = models.JSONField(_("dimensões"), default=list, blank=True)
    # The same numbers as «|1|7|»: looked up alike on every database.
    dimension_marks = models.CharField(max_length=40, blank=True, editable=False)
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
    certificate_sessions = models.PositiveSmallIntegerField(_("presenças para o certificado"), null=True, blank=True)
    result_note = models.TextField(_("o que resultou"), blank=True)
    source = models.CharField(_("fonte"), max_length=300, blank=True)
    published_at = models.DateTimeField(_("publicação"), null=True, blank=True)
    cancelled_at = models.DateTimeField(_("cancelamento"), null=True, blank=True)
    cancelled_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    cancel_reason = models.CharField(_("motivo do cancelamento"), max_length=500, blank=True)
    # Counts saves, so that a page opened before somebody else's save does not overwrite it.
    version = models.PositiveIntegerField(default=0)
    # Counts changes of time and place, as calendars want to know.
    sequence = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(default=timezone.now)

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
            both_or_neither("registration_opens_at", "registration_closes_at", name="event_registration_has_both_ends"),
            both_or_neither("cancelled_at", "cancelled_by", name="event_cancelled_at_and_by"),
            models.CheckConstraint(
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason_pt_br=""),
                name="event_cancelled_with_a_reason",
            ),
        ]
        verbose_name = _("evento")
        verbose_name_plural = _("eventos")

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.dimension_marks = "".join(f"|{int(number)}" for number in sorted(self.dimensions)) + "|"
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("event", args=[self.pk])

    @property
    def total(self):
        """The attendance of the whole event (who came to two sessions is counted once), or None."""
        return next((row for row in self.attendances.all() if row.session_id is None), None)

    @property
    def starts_at(self):
        """The first instant, of the loaded sessions; None where only days are known."""
        return min((session.starts_at for session in self.sessions.all()), default=None)

    @property
    def ends_at(self):
        return max((session.ends_at for session in self.sessions.all()), default=None)

    def is_past(self, at):
        ends_at = self.ends_at
        return ends_at <= at if ends_at else self.ends_on < timezone.localdate(at)

    def has_begun(self, at):
        starts_at = self.starts_at
        return starts_at <= at if starts_at else self.starts_on <= timezone.localdate(at)

    @property
    def takes_registrations(self):
        return self.registration_opens_at is not None

    def registration_is_open(self, at):
        """By the window alone; who may and whether there are places are questions of their own."""
        if self.cancelled_at or not self.takes_registrations:
            return False
        return self.registration_opens_at <= at <= self.registration_closes_at

    @property
    def shown_place(self):
        return self.place if self.place_is_public else ""

    @property
    def sessions_for_certificate(self):
        """How many sessions one must have come to: all of them where nothing else was said."""
        held = max(len(self.sessions.all()), 1)
        return min(self.certificate_sessions or held, held)


class EventSession(models.Model):
    """One sitting with its hour."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="sessions")
    # The name of the entry in people's calendars: it stays when the hour changes.
    uid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
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


class Language(models.TextChoices):
    PT_BR = "pt-br", "Português"
    EN = "en", "English"
    ES = "es", "Español"


class Testimonial(models.Model):
    """What somebody said about an event, in their own language; public only with their consent."""

    event = models.ForeignKey(Event, on_delete=models.CASCADE, related_name="testimonials")
    order = models.PositiveSmallIntegerField(default=0)
    text = models.TextField(_("depoimento"), max_length=2000)
    language = models.CharField(_("idioma"), max_length=5, choices=Language.choices, default=Language.PT_BR)
    name = models.CharField(_("quem disse"), max_length=200)
    role = models.CharField(_("função"), max_length=200, blank=True)
    consent = models.BooleanField(_("a pessoa autorizou a publicação"), default=False)

    class Meta:
        ordering = ["order", "pk"]
        constraints = [one_of("language", Language, name="testimonial_language_known")]
        verbose_name = _("depoimento")
        verbose_name_plural = _("depoimentos")

    def __str__(self):
        return self.name

    @property
    def language_tag(self):
        """The tag browsers and readers know: pt-BR for Django's pt-br."""
        return "pt-BR" if self.language == Language.PT_BR else self.language
