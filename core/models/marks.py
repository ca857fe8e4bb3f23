from django.db import models
from django.utils import timezone


class Mark(models.Model):
    """A fact about this database as a whole, by name: `demo` says that its content is invented."""

    name = models.SlugField(unique=True)
    at = models.DateTimeField(default=timezone.now)
    detail = models.JSONField(default=dict, blank=True)

    def __str__(self):
        return self.name
