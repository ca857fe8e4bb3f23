from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules
from django.utils.translation import gettext_lazy as _


class CoreConfig(AppConfig):
    name = "core"
    label = "core"
    verbose_name = _("Base do portal")

    def ready(self):
        # Each room says in its tasks.py what its jobs do and in its letters.py what its mails say.
        autodiscover_modules("tasks", "letters")
