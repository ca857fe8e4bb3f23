"""The submitted copy of an enrolment, and what a correction changed in it."""

from django.utils.translation import gettext as _

from . import people

TEXT_LABELS = {
    "signatory": lambda: _("Quem assina"),
    "lead_department": lambda: _("Órgão responsável"),
    "motives": lambda: _("Motivos"),
    "intent_document": lambda: _("Documento de intenção"),
}


def content_of(enrollment):
    """{"signatory": {name, position}, "lead_department", "people": [{pair, role, name, position, department, email, phone}], "motives",
    "intent_document": {title, sha256} or None}"""
    document = enrollment.intent_document
    rows = enrollment.people.all() if enrollment.pk else []
    return {
        "signatory": {"name": enrollment.signatory_name, "position": enrollment.signatory_position},
        "lead_department": enrollment.lead_department,
        "people": [
            {"pair": row.pair, "role": row.role} | {name: getattr(row, name) for name in people.FIELDS} for row in rows
        ],
        "motives": enrollment.motives,
        "intent_document": {"title": document.title, "sha256": document.file.sha256} if document else None,
    }


def changes(before, after):
    """What differs between two copies: (label, text before, text after) in the order of the form."""
    found = [(label(), _in_words(before.get(key)), _in_words(after.get(key))) for key, label in TEXT_LABELS.items()]
    found[2:2] = [
        (str(place.label), _in_words(_at(before, place)), _in_words(_at(after, place))) for place in people.PLACES
    ]
    # Two documents of one title differ by their content.
    return [row for row in found if row[1] != row[2]]


def _at(content, place):
    rows = content.get("people", [])
    return next((row for row in rows if (row["pair"], row["role"]) == (place.pair, place.role)), None)


def _in_words(value):
    if not value:
        return ""
    if isinstance(value, str):
        return value
    return " · ".join(str(text) for name, text in value.items() if text and name not in ("pair", "role"))
