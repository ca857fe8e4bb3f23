"""Handing a step in: one frozen copy, one receipt, however often the button is pressed."""

from certification import cycle
from certification.models import Snapshot, State, Step


def hand_over_once(participation, kind, *, by, at, freeze, afterwards=None):
    """Submit a step. Returns (snapshot, True), or (the snapshot that stands, False).

    freeze(participation, by=, at=) gives the Snapshot; afterwards(snapshot) runs in the same transaction. Raises PermissionDenied,
    StepClosed, RequirementsMissing.
    """

    def frozen(locked):
        snapshot = freeze(locked, by=by, at=at)
        if afterwards:
            afterwards(snapshot)
        return snapshot

    try:
        return cycle.hand_over(participation, kind, by=by, at=at, freeze=frozen), True
    except cycle.StepClosed as closed:
        standing = _standing(participation, kind, closed.decision)
        if standing is None:
            raise
        return standing, False


def _standing(participation, kind, decision):
    step = Step.objects.get(participation=participation, kind=kind)
    if decision.reason != "state" or step.state not in (State.SUBMITTED, State.APPROVED):
        return None
    return latest_snapshot(participation, kind)


def latest_snapshot(participation, kind):
    """What was handed over last, or None."""
    return Snapshot.objects.filter(participation=participation, kind=kind).order_by("-number").first()
