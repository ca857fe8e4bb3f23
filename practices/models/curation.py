"""How a sheet came to the public: every move, the notes it was given back with, the ten features looked at one by one."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of

from .practice import Feature, Practice, State


class PracticeMove(models.Model):
    """The log: one row for each change of state."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="moves")
    came_from = models.CharField(max_length=12, choices=State.choices)
    went_to = models.CharField(max_length=12, choices=State.choices)
    # The proposer of the open form has no account.
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    text = models.TextField(blank=True, max_length=3000)

    class Meta:
        ordering = ["at", "pk"]
        constraints = [one_of("went_to", State, name="practice_move_state_known")]

    def __str__(self):
        return f"{self.practice_id}: {self.came_from} → {self.went_to}"

    @property
    def in_words(self):
        """What happened; where the state is the same, the owner wrote to the coordination or a revision took the place."""
        if self.came_from != self.went_to:
            return self.get_went_to_display()
        return _("avisou o que mudou") if self.text else _("publicou uma revisão")


class PracticeNote(models.Model):
    """What is asked about one field of a sheet that is given back."""

    move = models.ForeignKey(PracticeMove, on_delete=models.CASCADE, related_name="notes")
    field = models.CharField(max_length=30)
    text = models.TextField(_("apontamento"), max_length=2000)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["move", "field"], name="one_practice_note_a_field"),
            models.CheckConstraint(condition=~Q(text=""), name="practice_note_says_something"),
        ]

    def __str__(self):
        return f"{self.field}: {self.text[:40]}"


class Verdict(models.TextChoices):
    YES = "yes", _("sim")
    NO = "no", _("não")


class FeatureCheck(models.Model):
    """One of the ten features, looked at in a sheet, with what was seen there."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="checks")
    feature = models.CharField(max_length=30, choices=Feature.choices)
    verdict = models.CharField(max_length=3, choices=Verdict.choices)
    note = models.TextField(_("por quê"), blank=True, max_length=1000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "feature"], name="one_check_a_feature"),
            one_of("feature", Feature, name="checked_feature_known"),
            one_of("verdict", Verdict, name="feature_verdict_known"),
        ]

    def __str__(self):
        return f"{self.practice_id} · {self.feature}: {self.verdict}"
