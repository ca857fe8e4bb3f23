from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class MonitoringConfig(AppConfig):
    name = "certification.monitoring"
    label = "monitoring"
    verbose_name = _("Monitoramento")

    def ready(self):
        from . import hooks  # noqa: F401  what the room tells the cycle: its requirements, what an approval opens
