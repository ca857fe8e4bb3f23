"""The step rail: five steps with state, date and who acted, alike on every page and cover."""

from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind, State
from core.dates import day_text

GOVERNMENT_SIDE = {
    Kind.ENROLLMENT: "enrollment:form",
    Kind.DIAGNOSIS: "diagnosis:overview",
    Kind.PRIORITIZATION: "prioritization:plan",
    Kind.CERTIFICATION: "seal:readiness",
    Kind.MONITORING: "monitoring:overview",
}
DESK_SIDE = {
    Kind.ENROLLMENT: "enrollment:review",
    Kind.DIAGNOSIS: "diagnosis:review",
    Kind.PRIORITIZATION: "prioritization:review",
    Kind.CERTIFICATION: "seal:desk",
    Kind.MONITORING: "monitoring:review",
}


def rail(participation, at=None, *, desk=False):
    """What `{% step_rail %}` draws. desk: links lead to the coordinators' pages; else to the government's."""
    at = at or timezone.now()
    names = DESK_SIDE if desk else GOVERNMENT_SIDE
    return [
        _state(step, read, is_current) | _facts_and_address(participation, step, read, names[step.kind])
        for step, read, is_current in _read(participation, at)
    ]


def small_rail(participation, at):
    """What `{% step_rail compact=True %}` draws: neither dates nor people, so nobody has to be read for it."""
    return [_state(*each) for each in _read(participation, at)]


def _read(participation, at):
    current = current_step(participation, at)
    return [(step, cycle.reading(participation, step, at), step is current) for step in _ordered(participation)]


def _ordered(participation):
    order = list(Kind)
    return sorted(participation.steps.all(), key=lambda step: order.index(step.kind))


def current_step(participation, at=None):
    """The first step that is not approved, or None when all are."""
    return next((step for step in _ordered(participation) if step.state != State.APPROVED), None)


def _state(step, read, is_current):
    return {
        "kind": step.kind,
        "label": Kind(step.kind).label,
        "state": "open" if read == cycle.AWAITING else read,
        "state_label": cycle.READINGS[read],
        "current": is_current,
    }


def _facts_and_address(participation, step, read, name):
    date, who = _facts(participation, step, read)
    return {"date": date, "who": who, "url": _url(name, participation) if read != cycle.NOT_YET else ""}


def _facts(participation, step, read):
    if read == State.APPROVED:
        return day_text(step.approved_at), step.approved_by.name if step.approved_by else ""
    if read == State.SUBMITTED:
        return day_text(step.submitted_at), step.submitted_by.name
    if read == State.RETURNED:
        return _("corrigir até %(day)s") % {"day": day_text(step.correct_until)}, ""
    window = cycle.window_of(participation, step.kind)
    if read == State.OPEN:
        return _("até %(day)s") % {"day": day_text(window.closes_at)}, ""
    if read == cycle.NOT_YET and window and window.opens_at > timezone.now():
        return _("abre em %(day)s") % {"day": day_text(window.opens_at)}, ""
    return "", ""


def _url(name, participation):
    try:
        return reverse(name, args=[participation.pk])
    except NoReverseMatch:
        return ""
