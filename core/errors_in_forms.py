"""The errors of a form as a flat list for the summary on top of the page."""

from typing import NamedTuple


class FieldError(NamedTuple):
    target: str
    label: str
    text: str


def errors_of(form):
    """Every error of a form or formset, in the order of its fields; an empty target belongs to the form as a whole."""
    if hasattr(form, "forms"):
        whole = [FieldError("", "", text) for text in form.non_form_errors()]
        return whole + [error for one in form.forms for error in errors_of(one)]
    form.summary_shown = True  # the crispy template then leaves the form-wide errors to the summary
    whole = [FieldError("", "", text) for text in form.non_field_errors()]
    return whole + [error for bound in form for error in _of_field(bound)]


def _of_field(bound):
    label = "" if bound.is_hidden else bound.label
    return [FieldError(_target(bound), label, text) for text in bound.errors]


def _target(bound):
    """The id to jump to: of the field, or of the first choice where the field is a group of choices."""
    if bound.is_hidden:
        return ""
    return bound.id_for_label or f"{bound.auto_id}_0"
