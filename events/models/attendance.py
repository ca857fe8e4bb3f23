"""How many came: numbers typed or counted, and the presences they are counted from."""

from django.conf import settings
from django.db import models
from django.db.models import Q, Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of

from .event import Event, EventSession
from .registration import Registration


class Unit(models.TextChoices):
    """What an attendance counts. People and governments are never added up."""

    PEOPLE = "people", _("pessoas")
    GOVERNMENTS = "governments", _("governos")


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
    # From the presences marked, or typed from a list or a platform's report.
    is_counted = models.BooleanField(default=False)

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


class Presence(models.Model):
    """That a registered person was there, at one session (or at the event, where it has none)."""

    registration = models.ForeignKey(Registration, on_delete=models.CASCADE, related_name="presences")
    session = models.ForeignKey(EventSession, on_delete=models.CASCADE, null=True, blank=True, related_name="presences")
    at = models.DateTimeField(default=timezone.now)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["registration", "session"], name="one_presence_a_session"),
            models.UniqueConstraint(
                fields=["registration"], condition=Q(session__isnull=True), name="one_presence_without_session"
            ),
        ]

    def __str__(self):
        return f"{self.registration_id} · {self.session_id}"
