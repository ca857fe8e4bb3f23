"""What is published stays as it is: saves and deletions of a published questionnaire's rows are refused here.

The database refuses the same on its own account (triggers.py), for whoever goes round the models.
"""

from typing import Any

from django.db import models


class Published(Exception):
    """A row of a published questionnaire was about to change."""

    def __init__(self, model):
        super().__init__(
            f"{model._meta.object_name}: a published questionnaire never changes; publish a new version instead"
        )


class GuardedQuerySet(models.QuerySet):
    """Refuses bulk writes that would touch a published row."""

    def published(self):
        return self.filter(**{f"{self.model.PUBLISHED_PATH}__isnull": False})  # type: ignore[attr-defined]

    def _refuse_published(self):
        if self.all().order_by().published().exists():
            raise Published(self.model)

    def update(self, **values):
        self._refuse_published()
        return super().update(**values)

    def delete(self):
        self._refuse_published()
        return super().delete()

    # As on the methods these replace: not for templates, and not on managers.
    update.alters_data = True  # type: ignore[attr-defined]
    delete.alters_data = True  # type: ignore[attr-defined]
    delete.queryset_only = True  # type: ignore[attr-defined]

    def bulk_create(self, objs, *args, **kwargs):
        objs = list(objs)
        self.model.refuse_published_parents(objs)  # type: ignore[attr-defined]
        return super().bulk_create(objs, *args, **kwargs)

    def bulk_update(self, objs, *args, **kwargs):
        objs = tuple(objs)
        self.filter(pk__in=[row.pk for row in objs])._refuse_published()
        return super().bulk_update(objs, *args, **kwargs)


class GuardedModel(models.Model):
    """A row that may be written only until its questionnaire is published."""

    PUBLISHED_PATH = ""  # from this model to Questionnaire.published_at
    PARENT = ""  # the field that leads there; empty on the questionnaire itself

    objects = GuardedQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        self._refuse_if_published()
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        self._refuse_if_published()
        return super().delete(*args, **kwargs)

    @classmethod
    def refuse_published_parents(cls, objs):
        """Nothing is added to a published questionnaire either."""
        if not cls.PARENT:
            return
        parents = {getattr(row, f"{cls.PARENT}_id") for row in objs}
        parent: Any = cls._meta.get_field(cls.PARENT).related_model
        if parent._base_manager.filter(pk__in=parents, **{f"{parent.PUBLISHED_PATH}__isnull": False}).exists():
            raise Published(cls)

    def _refuse_if_published(self):
        # The stored row decides, not the one in memory.
        stored = type(self)._base_manager.filter(pk=self.pk, **{f"{self.PUBLISHED_PATH}__isnull": False})
        if self.pk and stored.exists():
            raise Published(type(self))
        self.refuse_published_parents([self])
