"""What a government says when it enrols: who signs, who leads, who answers, why, and the signed document."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Participation
from core.db import both_or_neither, one_of


class Enrollment(models.Model):
    """The form of the first step, one per participation, saved as it is filled in."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="enrollment")
    signatory_name = models.CharField(_("nome de quem assina"), max_length=200, blank=True)
    signatory_position = models.CharField(_("cargo de quem assina"), max_length=120, blank=True)
    lead_department = models.CharField(_("órgão responsável"), max_length=200, blank=True)
    motives = models.TextField(_("por que o governo quer participar"), blank=True, max_length=5000)
    intent_document = models.ForeignKey(
        "governments.Evidence",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enrollments",
        verbose_name=_("documento de intenção assinado"),
    )
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    def __str__(self):
        return str(self.participation)


class PersonRole(models.TextChoices):
    REFERENCE = "reference", _("pessoa de referência")
    ALTERNATE = "alternate", _("suplente")


class ReferencePerson(models.Model):
    """A reference person or alternate of one of the two pairs. Institutional contacts only."""

    Role = PersonRole

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="people")
    pair = models.PositiveSmallIntegerField(_("dupla"))
    role = models.CharField(max_length=10, choices=PersonRole.choices)
    name = models.CharField(_("nome"), max_length=200)
    position = models.CharField(_("cargo"), max_length=160)
    department = models.CharField(_("secretaria ou órgão"), max_length=200)
    email = models.EmailField(_("e-mail institucional"))
    phone = models.CharField(_("telefone institucional"), max_length=30, blank=True)

    class Meta:
        ordering = ["pair", "-role"]
        constraints = [
            one_of("role", PersonRole, name="reference_person_role_known"),
            models.CheckConstraint(condition=models.Q(pair__in=[1, 2]), name="reference_pair_1_or_2"),
            models.UniqueConstraint(fields=["enrollment", "pair", "role"], name="one_person_a_place"),
        ]

    def __str__(self):
        return self.name


class EnrollmentNote(models.Model):
    """What the coordination asks to be corrected when it returns an enrolment."""

    enrollment = models.ForeignKey(Enrollment, on_delete=models.CASCADE, related_name="notes")
    text = models.TextField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-at"]

    def __str__(self):
        return self.text[:40]


class CourseCompletion(models.Model):
    """That a person completed the mandatory course, with the certificate; counted once the coordination has checked it."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="course_completions")
    person = models.ForeignKey(
        ReferencePerson, on_delete=models.SET_NULL, null=True, blank=True, related_name="course_completions"
    )
    # Who completed it stays readable when the reference person is replaced.
    name = models.CharField(_("nome"), max_length=200)
    completed_on = models.DateField(_("data de conclusão"))
    hours = models.PositiveSmallIntegerField(_("carga horária"), default=30)
    certificate = models.ForeignKey("governments.Evidence", on_delete=models.PROTECT, related_name="course_completions")
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    refused_reason = models.TextField(blank=True)

    class Meta:
        ordering = ["recorded_at"]
        constraints = [both_or_neither("checked_at", "checked_by", name="course_checked_at_and_by")]

    def __str__(self):
        return self.name

    @property
    def counts(self):
        """Checked and not refused."""
        return self.checked_at is not None and not self.refused_reason
