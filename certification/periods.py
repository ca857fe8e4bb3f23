"""The periods of an edition's steps: windows and extensions are rows, written here and read by the cycle."""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.models import Edition, Extension, Kind, Programme, StepWindow
from core import audit
from core.dates import deadline_text as spoken
from core.routes import COORDINATOR

__all__ = [
    "Period",
    "WindowsOverlap",
    "editions_open_for_enrollment",
    "extend",
    "general_period",
    "is_open_now",
    "set_windows",
    "spoken",
    "the_programme",
    "window_of",
]


@dataclass(frozen=True)
class Period:
    """The period of a step for one government, extensions counted in."""

    opens_at: datetime
    closes_at: datetime
    extension: Extension | None = None


def window_of(participation, kind):
    """The Period of a step for this government, or None when the edition has none. The latest closing of all extensions that reach it counts."""
    return _period(participation.edition, kind, lambda extension: extension.covers(participation.government))


def general_period(edition, kind):
    """The Period of a step for whoever takes part: extensions for all counted in, those for some aside. None when the edition has none."""
    return _period(edition, kind, lambda extension: extension.scope == Extension.Scope.ALL)


def _period(edition, kind, reaches):
    window = next((w for w in edition.windows.all() if w.step == kind), None)
    if window is None:
        return None
    reaching = [e for e in edition.extensions.all() if e.step == kind and reaches(e)]
    latest = max(reaching, key=lambda e: e.closes_at, default=None)
    if latest is None or latest.closes_at <= window.closes_at:
        return Period(window.opens_at, window.closes_at)
    return Period(window.opens_at, latest.closes_at, latest)


def is_open_now(edition, kind, at):
    """Whether a step's general period contains an instant."""
    period = general_period(edition, kind)
    return period is not None and period.opens_at <= at <= period.closes_at


class WindowsOverlap(ValueError):
    """The periods given for an edition do not fit together. The message names the step."""


@transaction.atomic
def set_windows(edition, periods, *, by=None):
    """Set the periods of an edition's steps. periods: {Kind: (opens_at, closes_at)}, aware instants. by: a coordinator, or None for
    a command. Raises PermissionDenied, WindowsOverlap."""
    if by is not None and COORDINATOR not in by.programme_roles:
        raise PermissionDenied
    for kind, (opens_at, closes_at) in periods.items():
        if closes_at <= opens_at:
            raise WindowsOverlap(
                _("O prazo da etapa %(step)s precisa ser depois da abertura.") % {"step": Kind(kind).label}
            )
        StepWindow.objects.update_or_create(
            edition=edition, step=kind, defaults={"opens_at": opens_at, "closes_at": closes_at}
        )
    audit.record("edition.windows_set", by=by, subject=edition)


@transaction.atomic
def extend(edition, step, *, scope, closes_at, reason, by, at=None, region="", uf="", government=None):
    """Grant a later deadline. Only coordinators; acts at once on whoever it covers. Returns the Extension. Raises PermissionDenied, ValueError."""
    if COORDINATOR not in by.programme_roles:
        raise PermissionDenied
    window = StepWindow.objects.select_for_update().filter(edition=edition, step=step).first()
    if window is None:
        raise ValueError(_("Defina primeiro o período da etapa %(step)s.") % {"step": Kind(step).label})
    if closes_at <= window.closes_at:
        raise ValueError(
            _("A prorrogação precisa terminar depois do prazo atual, %(when)s.") % {"when": spoken(window.closes_at)}
        )
    if not reason.strip():
        raise ValueError(_("Escreva o motivo público da prorrogação."))
    extension = Extension.objects.create(
        edition=edition,
        step=step,
        scope=scope,
        region=region,
        uf=uf,
        government=government,
        closes_at=closes_at,
        author=by,
        public_reason=reason.strip(),
        granted_at=at or timezone.now(),
    )
    audit.record("edition.extended", by=by, subject=extension, step=str(step), scope=scope)
    return extension


def the_programme():
    """The programme this installation runs (one row here; a sister programme is another row)."""
    return Programme.objects.order_by("pk").first()


def editions_open_for_enrollment(at):
    """Editions whose general enrolment period contains the instant."""
    return [e for e in Edition.objects.prefetch_related("windows", "extensions") if is_open_now(e, Kind.ENROLLMENT, at)]
