"""Who wants to come, in the order in which they asked, and what they take home."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of
from governments.models import Government

from .event import Event, Language

# Capitals and digits that are not mistaken for one another, read aloud or typed at a door.
ALPHABET = "ABCDEFGHJKMNPQRSTVWXYZ23456789"
CODE_LENGTH = 10


def new_code():
    return "".join(secrets.choice(ALPHABET) for _each in range(CODE_LENGTH))


class RegistrationState(models.TextChoices):
    HELD = "held", _("aguardando confirmação por e-mail")
    REGISTERED = "registered", _("inscrição confirmada")
    WAITING = "waiting", _("lista de espera")
    CANCELLED = "cancelled", _("inscrição cancelada")
    LAPSED = "lapsed", _("não confirmada a tempo")


class RegistrationQuerySet(models.QuerySet):
    ACTIVE = (RegistrationState.HELD, RegistrationState.REGISTERED, RegistrationState.WAITING)
    SEATED = (RegistrationState.HELD, RegistrationState.REGISTERED)

    def active(self):
        return self.filter(state__in=self.ACTIVE)

    def seated(self):
        """Those who take a place: a held one counts until its time is over."""
        return self.filter(state__in=self.SEATED)

    def registered(self):
        return self.filter(state=RegistrationState.REGISTERED)

    def next_in_line(self):
        """Who waits and has confirmed the address, first come first."""
        return self.filter(state=RegistrationState.WAITING, confirmed_at__isnull=False).order_by("number")


class Registration(models.Model):
    """One person's place at an event, or in its waiting list. Who cancels and comes back stands at the end again: a new row."""

    State = RegistrationState

    event = models.ForeignKey(Event, on_delete=models.PROTECT, related_name="registrations")
    # The order in which people asked; given under the event's lock.
    number = models.PositiveIntegerField()
    code = models.CharField(max_length=12, unique=True, default=new_code)
    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="event_registrations"
    )
    name = models.CharField(_("nome completo"), max_length=150)
    email = models.EmailField(_("e-mail"))
    # The address as compared: one mailbox, one place.
    email_key = models.CharField(max_length=254, db_index=True)
    government = models.ForeignKey(
        Government,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="event_registrations",
        verbose_name=_("governo"),
    )
    affiliation = models.CharField(_("instituição ou coletivo"), max_length=200, blank=True)
    language = models.CharField(_("idioma das mensagens"), max_length=5, choices=Language.choices, default="pt-br")
    state = models.CharField(max_length=10, choices=RegistrationState.choices)
    asked_at = models.DateTimeField(default=timezone.now)
    # When the person read what the data are for and agreed.
    agreed_at = models.DateTimeField()
    hold_until = models.DateTimeField(null=True, blank=True)
    confirm_hash = models.CharField(max_length=64, blank=True, db_index=True)
    confirmed_at = models.DateTimeField(null=True, blank=True)
    promoted_at = models.DateTimeField(null=True, blank=True)
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = RegistrationQuerySet.as_manager()

    class Meta:
        ordering = ["number"]
        constraints = [
            one_of("state", RegistrationState, name="registration_state_known"),
            models.UniqueConstraint(fields=["event", "number"], name="registration_number_once"),
            models.UniqueConstraint(
                fields=["event", "email_key"],
                condition=Q(state__in=("held", "registered", "waiting")),
                name="one_registration_an_address",
            ),
            models.UniqueConstraint(
                fields=["event", "user"],
                condition=Q(state__in=("held", "registered", "waiting"), user__isnull=False),
                name="one_registration_a_person",
            ),
            models.CheckConstraint(
                condition=~Q(state="registered") | Q(confirmed_at__isnull=False), name="registered_is_confirmed"
            ),
            models.CheckConstraint(
                condition=~Q(state="held") | Q(hold_until__isnull=False, confirmed_at__isnull=True),
                name="held_until_an_instant",
            ),
            models.CheckConstraint(
                condition=Q(state="cancelled", cancelled_at__isnull=False)
                | (~Q(state="cancelled") & Q(cancelled_at__isnull=True)),
                name="registration_cancelled_with_its_instant",
            ),
        ]
        indexes = [models.Index(fields=["event", "state"], name="registrations_by_state")]
        verbose_name = _("inscrição em evento")
        verbose_name_plural = _("inscrições em eventos")

    def __str__(self):
        return f"{self.event_id} · {self.number} · {self.state}"

    @property
    def is_active(self):
        return self.state in RegistrationQuerySet.ACTIVE

    @property
    def is_registered(self):
        return self.state == RegistrationState.REGISTERED


class AttendanceCertificate(models.Model):
    """That a person took part: name as typed, event, hours, frozen when it was issued. Its code opens a page anyone may read."""

    registration = models.OneToOneField(Registration, on_delete=models.PROTECT, related_name="certificate")
    code = models.CharField(max_length=12, unique=True, default=new_code)
    name = models.CharField(max_length=150)
    hours = models.DecimalField(max_digits=5, decimal_places=1)
    language = models.CharField(max_length=5, choices=Language.choices, default="pt-br")
    issued_at = models.DateTimeField()
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        verbose_name = _("certificado de participação")
        verbose_name_plural = _("certificados de participação")

    def __str__(self):
        return self.code
