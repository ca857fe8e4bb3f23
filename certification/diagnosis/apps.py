from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class DiagnosisConfig(AppConfig):
    name = "certification.diagnosis"
    label = "diagnosis"
    verbose_name = _("Diagnóstico")

    def ready(self):
        from . import hooks  # noqa: F401  what the room tells the cycle: its requirements, what an approval opens
