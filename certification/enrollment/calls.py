"""Which calls a person may answer, and for which governments."""

from certification import cycle
from certification.models import Edition, Kind, Participation
from governments import team
from governments.models import Government


def managed_governments(user):
    """Governments whose team the person leads: only these may be enrolled by them."""
    managed = [key for key, found in team.memberships_of(user).items() if found.role == cycle.MANAGER]
    return list(Government.objects.filter(pk__in=managed))


def editions():
    """Editions run in the portal, with their periods."""
    found = Edition.objects.filter(from_before_portal=False).order_by("-year")
    return list(found.prefetch_related("windows", "extensions"))


def open_calls(governments, at):
    """(edition, government) pairs whose enrolment period contains the instant, extensions counted in, and that have not begun it."""
    begun = set(Participation.objects.filter(government__in=governments).values_list("edition", "government"))
    return [
        (edition, government)
        for edition in editions()
        for government in governments
        if (edition.pk, government.pk) not in begun and _is_open(edition, government, at)
    ]


def _is_open(edition, government, at):
    period = cycle.window_of(Participation(edition=edition, government=government), Kind.ENROLLMENT)
    return period is not None and period.opens_at <= at <= period.closes_at


def next_opening(at):
    """The next enrolment period that opens, or None where none is set."""
    windows = [window for edition in editions() for window in edition.windows.all() if window.step == Kind.ENROLLMENT]
    return min((window for window in windows if window.opens_at > at), key=lambda window: window.opens_at, default=None)
