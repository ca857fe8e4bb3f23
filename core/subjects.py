"""Pointing at any row by model and key: the floor serves rooms it must not import."""

from django.apps import apps


def reference(subject):
    """(model label, key) of a saved row, or two empty texts for none."""
    if subject is None:
        return "", ""
    if subject.pk is None:
        raise ValueError(f"{subject!r} must be saved before anything can point at it")
    return subject._meta.concrete_model._meta.label_lower, str(subject.pk)


def load(model_label, key):
    """The row a reference points at; None for the empty reference. Raises the model's DoesNotExist."""
    if not model_label:
        return None
    return apps.get_model(model_label)._base_manager.get(pk=key)
