from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class ReportsConfig(AppConfig):
    name = "certification.reports"
    label = "reports"
    verbose_name = _("Relatórios")

    def ready(self):
        from . import hooks  # noqa: F401  what the room tells the cycle: its requirements, what an approval opens
