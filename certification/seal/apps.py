from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class SealConfig(AppConfig):
    name = "certification.seal"
    label = "seal"
    verbose_name = _("Selos")

    def ready(self):
        from . import hooks  # noqa: F401  what the room tells the cycle: its requirements, what an approval opens
