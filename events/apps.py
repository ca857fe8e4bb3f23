from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class EventsConfig(AppConfig):
    name = "events"
    label = "events"
    verbose_name = _("Eventos")

    def ready(self):
        from core import verifiable

        from . import certificates

        verifiable.register("attendance", certificates.page_of)
