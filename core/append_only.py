"""Rows that are written once: logs, revisions, the audit trail."""

from django.db import models


class AppendOnlyError(TypeError):
    """Somebody tried to change or remove a row that is history."""

    def __init__(self, model):
        super().__init__(f"{model.__name__} is append-only: write a new row instead")


class AppendOnlyQuerySet(models.QuerySet):
    def update(self, **values):
        raise AppendOnlyError(self.model)

    def delete(self):
        raise AppendOnlyError(self.model)

    def bulk_update(self, objs, fields, batch_size=None):
        raise AppendOnlyError(self.model)


class AppendOnly(models.Model):
    """Base of such rows. Only the database's own tools (a flush, a restore) get past it."""

    objects = AppendOnlyQuerySet.as_manager()

    class Meta:
        abstract = True

    def save(self, *args, **kwargs):
        if not self._state.adding:
            raise AppendOnlyError(type(self))
        kwargs["force_insert"] = True
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise AppendOnlyError(type(self))
