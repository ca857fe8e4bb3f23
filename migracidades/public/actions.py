"""Priority actions as the public sees them: what was promised, out of the frozen plan; how far it went, out of the dated entries."""

from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from certification import cycle
from certification.models import Kind, Snapshot, State
from certification.monitoring.models import ProgressEntry, ProgressStatus
from certification.monitoring.progress import ICONS, implementation_degree, state_of
from certification.prioritization.models import PriorityAction


def priority_actions(participations, at):
    """Actions of the validated plans of published participations that came to a seal, in their order: dicts of the frozen action with edition,
    degree and state."""
    validated = [
        each
        for each in participations
        if hasattr(each, "seal") and each.step(Kind.PRIORITIZATION).state == State.APPROVED
    ]
    plans = _last_plans(validated)
    live = _live_actions(plans, validated)
    return [
        _action(frozen, live.get(frozen["id"]), participation, at)
        for participation in validated
        for frozen in plans.get(participation.pk, [])
    ]


def _last_plans(participations):
    """{participation: frozen actions} of the last submission of each, which is the validated one."""
    snapshots = Snapshot.objects.filter(participation__in=participations, kind=Kind.PRIORITIZATION).order_by("number")
    return {snapshot.participation_id: snapshot.content.get("actions", []) for snapshot in snapshots}


def _live_actions(plans, participations):
    keys = {frozen["id"] for actions in plans.values() for frozen in actions}
    entries = ProgressEntry.objects.filter(participation__in=participations)
    return PriorityAction.objects.prefetch_related(Prefetch("entries", queryset=entries)).in_bulk(keys)


def _action(frozen, live, participation, at):
    state = _state(live, participation, at) if live else ProgressStatus.NOT_STARTED
    return {
        "title": frozen["title"],
        "objective": frozen["objective"],
        "department": frozen["department"],
        "dimension": frozen["dimension"]["number"],
        "ends_on": date.fromisoformat(frozen["ends_on"]) if frozen["ends_on"] else None,
        "edition": participation.edition,
        "degree": implementation_degree(live) if live else None,
        "state": state,
        "state_label": ProgressStatus(state).label,
        "icon": ICONS[state],
    }


def _state(live, participation, at):
    ended = cycle.reading(participation, participation.step(Kind.MONITORING), at) == cycle.ENDED
    return state_of(live, live.entries.all(), today=timezone.localdate(at), ended=ended)
