"""Priority actions on public pages, out of the prepared rows: promised as frozen, progress as verified."""

from itertools import groupby

from certification.figures.models import PublicAction
from certification.monitoring.models import ProgressStatus
from certification.monitoring.progress import ICONS

# In the order in which an action may go.
STATES = tuple(ProgressStatus)


def actions_of(government, editions):
    """[(edition, actions)] latest first: those of the editions given, {key: edition}."""
    rows = PublicAction.objects.filter(government=government, edition__in=editions).order_by("-edition__year", "order")
    by_edition = groupby((action_facts(row) for row in rows), key=lambda action: action["row"].edition_id)
    return [(editions[key], list(actions)) for key, actions in by_edition]


def action_facts(row):
    """What a card shows."""
    state = ProgressStatus(row.state)
    return {"row": row, "state": state.value, "state_label": state.label, "icon": ICONS[state], "degree": row.degree}


def in_words(numbers):
    """[(state, label, icon, number)] of {state: number}: every state has its line, also those that nobody likes."""
    return [(state.value, state.label, ICONS[state], numbers.get(state.value, 0)) for state in STATES]
