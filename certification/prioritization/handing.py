"""Freezing what stands below a plan, its actions locked. Monitoring uses it too."""

from certification import cycle
from certification.models.snapshot import freeze

from .models import PriorityAction


def freeze_under_lock(participation, kind, content, *, by, at):
    """The participation is locked by now. An action may stand in another plan too: its row is locked as well, and what is required is checked
    again, so that no save slips in between what is checked and what is frozen."""
    actions = PriorityAction.objects.filter(plan_items__plan__participation=participation).order_by("pk")
    list(actions.select_for_update(of=("self",)).values_list("pk", flat=True))
    lacking = cycle.missing(participation, kind)
    if lacking:
        raise cycle.RequirementsMissing(lacking)
    return freeze(participation, kind, content(), by=by, at=at)
