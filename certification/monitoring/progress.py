"""How an action stands, out of its entries: pure functions. A percent is never typed, a state never stored."""

from decimal import ROUND_FLOOR, Decimal

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core.numbers import grouped

from .models import ProgressStatus

FINAL = (ProgressStatus.DONE, ProgressStatus.NOT_DELIVERED)
# Icons of the words; «late» and «not delivered» look as plain as the others.
ICONS = {
    ProgressStatus.NOT_STARTED: "circle-dashed",
    ProgressStatus.IN_PROGRESS: "hourglass",
    ProgressStatus.LATE: "clock-alert",
    ProgressStatus.DONE: "circle-check-big",
    ProgressStatus.NOT_DELIVERED: "circle-slash",
}
SILENCE = _("O período terminou sem registro de andamento.")


def in_order(entries):
    """Entries as a thread: by the day they speak of, then as they were written."""
    return sorted(entries, key=lambda entry: (entry.dated_on, entry.recorded_at, entry.pk))


def standing(entries):
    """Entries that no later one corrects."""
    corrected = {entry.corrects_id for entry in entries if entry.corrects_id}
    return [entry for entry in in_order(entries) if entry.pk not in corrected]


def latest(entries):
    """The last entry that stands, or None."""
    found = standing(entries)
    return found[-1] if found else None


def degree_of(entry):
    """Done out of total as a whole percent, at most 100; None without a basis. Rounded down: 100 means that nothing is left."""
    if entry is None or entry.done is None or not entry.total:
        return None
    share = (Decimal(entry.done) * 100 / Decimal(entry.total)).to_integral_value(rounding=ROUND_FLOOR)
    return min(int(share), 100)


def basis_in_words(entry):
    """«3 de 12 reuniões com ata», or an empty text without a basis."""
    if entry is None or entry.done is None:
        return ""
    words = {"done": _plain(entry.done), "total": _plain(entry.total), "unit": entry.unit}
    return (gettext("%(done)s de %(total)s %(unit)s") % words).strip()


def _plain(number):
    return grouped(Decimal(number).normalize())


def implementation_degree(action):
    """The degree of implementation of an action: derived from its latest standing entry."""
    return degree_of(latest(action.entries.all()))


def state_of(action, entries, *, today, ended=False):
    """A ProgressStatus. Late: the end has passed and it is neither done nor given up. Not delivered: said so, or silence when the period
    of monitoring ended."""
    last = latest(entries)
    if last is None and ended:
        return ProgressStatus.NOT_DELIVERED
    if last is not None and last.status in FINAL:
        return ProgressStatus(last.status)
    if action.ends_on and today > action.ends_on:
        return ProgressStatus.LATE
    return ProgressStatus(last.status) if last else ProgressStatus.NOT_STARTED
