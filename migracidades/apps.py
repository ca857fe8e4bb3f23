from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "migracidades"

    def ready(self):
        from . import checks  # noqa: F401
