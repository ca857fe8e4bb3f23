"""«Queremos usar»: who adapts which practice, what for, and how far it went."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of
from governments.models import Body, Membership

from .practice import Practice


class AdoptionState(models.TextChoices):
    INTERESTED = "interested", _("quer usar")
    ADAPTING = "adapting", _("está adaptando")
    IN_USE = "in_use", _("usa")
    GAVE_UP = "gave_up", _("desistiu")


class AdoptionQuerySet(models.QuerySet):
    def standing(self):
        return self.filter(withdrawn_at__isnull=True)

    def visible_to(self, user):
        """Of the bodies the person works for, on either side; all of them for people of the programme."""
        if not user.is_authenticated:
            return self.none()
        if user.programme_roles:
            return self
        own = Membership.objects.in_force().filter(user=user).values("body")
        return self.filter(Q(adopter__in=own) | Q(practice__owner__in=own))

    def with_adopter(self):
        return self.select_related("adopter__government", "adopter__organisation")


class Adoption(models.Model):
    """That a body wants to use a practice, adapts it, uses it, or gave it up. Withdrawn, the row stays and nobody sees it in public."""

    State = AdoptionState

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="adoptions")
    adopter = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="adoptions")
    state = models.CharField(_("situação"), max_length=10, choices=AdoptionState.choices, default="interested")
    purpose = models.TextField(_("para quê"), max_length=1000)
    # Institutional, and only for the practice's owner and the coordination.
    department = models.CharField(_("secretaria ou órgão"), max_length=160)
    contact_email = models.EmailField(_("e-mail institucional"))
    reason = models.TextField(_("motivo da desistência"), max_length=1000, blank=True)
    reply = models.TextField(_("resposta de quem fez a prática"), max_length=2000, blank=True)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    version = models.PositiveIntegerField(default=1)
    recorded_at = models.DateTimeField(default=timezone.now)
    recorded_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    changed_at = models.DateTimeField(default=timezone.now)
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    objects = AdoptionQuerySet.as_manager()

    class Meta:
        ordering = ["-recorded_at", "-pk"]
        constraints = [
            one_of("state", AdoptionState, name="adoption_state_known"),
            models.UniqueConstraint(
                fields=["practice", "adopter"], condition=Q(withdrawn_at__isnull=True), name="one_standing_adoption"
            ),
            models.CheckConstraint(
                condition=~Q(state="gave_up") | ~Q(reason=""), name="who_gave_up_a_practice_says_why"
            ),
        ]
        verbose_name = _("uso de uma boa prática")
        verbose_name_plural = _("usos de boas práticas")

    def __str__(self):
        return f"{self.adopter_id} → {self.practice_id}"
