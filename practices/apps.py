from django.apps import AppConfig
from django.db.models.signals import m2m_changed, post_delete, post_migrate, post_save, pre_migrate
from django.utils.translation import gettext_lazy as _


class PracticesConfig(AppConfig):
    name = "practices"
    label = "practices"
    verbose_name = _("Práticas")

    def ready(self):
        pre_migrate.connect(let_go_of_words, sender=self)
        post_migrate.connect(index_words, sender=self)
        self._watch_rows_beside()

    def _watch_rows_beside(self):
        """A sheet's words follow its documents and topics, whoever changes them."""
        for model in (self.get_model("PracticeDocument"), self.get_model("PracticeTopic")):
            post_save.connect(refresh_words, sender=model)
            post_delete.connect(refresh_words, sender=model)
        m2m_changed.connect(refresh_words_of_partners, sender=self.get_model("Practice").partners.through)


def let_go_of_words(using, **kwargs):
    from . import search_index

    search_index.remove(using)


def index_words(using, **kwargs):
    from . import search_index

    search_index.install(using)


def refresh_words(instance, raw=False, **kwargs):
    if raw:
        return  # the sheet may not be loaded yet, and comes with its words
    from .models import Practice

    practice = Practice.objects.filter(pk=instance.practice_id).with_owner().first()
    if practice:
        practice.refresh_search()


def refresh_words_of_partners(instance, action, reverse, **kwargs):
    if action.startswith("post_") and not reverse:
        instance.refresh_search()
