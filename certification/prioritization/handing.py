"""Handing over what stands below a plan: one frozen copy, one receipt, however often the button is pressed. Monitoring uses it too."""

from certification import cycle
from certification.models import Snapshot, State, Step
from certification.models.snapshot import freeze

from .models import PriorityAction


def hand_over_once(participation, kind, *, by, at, freeze):
    """Submit a step. Returns (snapshot, True), or (the snapshot that stands, False). freeze(participation, by=, at=) -> Snapshot.
    Raises PermissionDenied, StepClosed, RequirementsMissing."""
    try:
        snapshot = cycle.hand_over(
            participation, kind, by=by, at=at, freeze=lambda locked: freeze(locked, by=by, at=at)
        )
    except cycle.StepClosed as closed:
        standing = _standing(participation, kind, closed.decision)
        if standing is None:
            raise
        return standing, False
    return snapshot, True


def _standing(participation, kind, decision):
    step = Step.objects.get(participation=participation, kind=kind)
    if decision.reason != "state" or step.state not in (State.SUBMITTED, State.APPROVED):
        return None
    return latest_snapshot(participation, kind)


def latest_snapshot(participation, kind):
    return Snapshot.objects.filter(participation=participation, kind=kind).order_by("-number").first()


def freeze_under_lock(participation, kind, content, *, by, at):
    """The participation is locked by now. An action may stand in another plan too: its row is locked as well, and what is required is checked
    again, so that no save slips in between what is checked and what is frozen."""
    actions = PriorityAction.objects.filter(plan_items__plan__participation=participation).order_by("pk")
    list(actions.select_for_update(of=("self",)).values_list("pk", flat=True))
    lacking = cycle.missing(participation, kind)
    if lacking:
        raise cycle.RequirementsMissing(lacking)
    return freeze(participation, kind, content(), by=by, at=at)
