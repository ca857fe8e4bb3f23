from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class FiguresConfig(AppConfig):
    name = "certification.figures"
    label = "figures"
    verbose_name = _("Números públicos")

    def ready(self):
        from . import hooks  # noqa: F401  what the room does when the cycle moves
