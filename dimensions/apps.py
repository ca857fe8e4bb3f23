from django.apps import AppConfig
from django.db.models.signals import post_migrate, pre_migrate
from django.utils.translation import gettext_lazy as _


class DimensionsConfig(AppConfig):
    name = "dimensions"
    label = "dimensions"
    verbose_name = _("Questionário")

    def ready(self):
        pre_migrate.connect(unlock_catalogue, sender=self)
        post_migrate.connect(lock_catalogue, sender=self)


def unlock_catalogue(using, **kwargs):
    from . import triggers

    triggers.remove(using)


def lock_catalogue(using, **kwargs):
    from . import triggers

    triggers.install(using)
