"""Constraints the models share."""

from django.db import models
from django.db.models import Q


def both_or_neither(first, second, *, name):
    """A check that two nullable fields (an instant and who acted, say) are set together."""
    unset = {f"{first}__isnull": True, f"{second}__isnull": True}
    is_set = {f"{first}__isnull": False, f"{second}__isnull": False}
    return models.CheckConstraint(condition=Q(**unset) | Q(**is_set), name=name)


def one_of(field, choices, *, name):
    """A check that a text field holds one of its choices: the database refuses what the form never offered."""
    return models.CheckConstraint(condition=Q(**{f"{field}__in": list(choices.values)}), name=name)
