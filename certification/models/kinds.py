from django.db import models
from django.utils.translation import gettext_lazy as _


class Kind(models.TextChoices):
    """The five mandatory steps, in order."""

    ENROLLMENT = "enrollment", _("Inscrição")
    DIAGNOSIS = "diagnosis", _("Diagnóstico")
    PRIORITIZATION = "prioritization", _("Priorização")
    CERTIFICATION = "certification", _("Certificação")
    MONITORING = "monitoring", _("Monitoramento")

    @property
    def before(self):
        """The step that must be approved before this one is due, or None for the first."""
        order = list(Kind)
        return order[order.index(self) - 1] if order.index(self) else None

    @property
    def after(self):
        order = list(Kind)
        return order[order.index(self) + 1] if self != order[-1] else None


class State(models.TextChoices):
    """What people did. Time changes no row: «closed» is only how an open step reads outside its period."""

    OPEN = "open", _("aberta")
    SUBMITTED = "submitted", _("enviada")
    RETURNED = "returned", _("devolvida")
    APPROVED = "approved", _("validada")
