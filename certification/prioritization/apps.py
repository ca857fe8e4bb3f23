from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PrioritizationConfig(AppConfig):
    name = "certification.prioritization"
    label = "prioritization"
    verbose_name = _("Priorização")

    def ready(self):
        from . import hooks  # noqa: F401  what the room tells the cycle: its requirements, what an approval opens
