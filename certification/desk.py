"""The coordinators' table: where each government stands, how long it has, when it last moved."""

from dataclasses import dataclass

from django.db.models import Count, Exists, Max, OuterRef, Q, Subquery
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import cycle
from certification.diagnosis.models import Answer
from certification.enrollment.models import Enrollment
from certification.models import Edition, Kind, Participation, State, Step, Transition
from certification.monitoring.models import ProgressEntry
from certification.prioritization.models import PriorityAction
from certification.rail import current_step, small_rail
from core.text import normalise

ORDER = list(Kind)


def participations(user, *, year=None, step="", state="", region="", uf="", text=""):
    """Participations a programme person sees, filtered; annotated with `approved` (steps validated) and the last instants of `_movements`."""
    found = Participation.objects.visible_to(user).annotate(
        approved=Count("steps", filter=Q(steps__state=State.APPROVED)),
        **{name: Subquery(rows.values(instant)[:1]) for name, rows, instant in _movements()},
    )
    if year:
        found = found.filter(edition__year=year)
    if step in ORDER:
        # Steps are approved in order, so that their number says which one is the current.
        found = found.filter(approved=ORDER.index(step))
    if state in State:
        found = found.filter(_current_in(state))
    for name, value in (("region", region), ("uf", uf)):
        if value:
            found = found.filter(**{f"government__{name}": value})
    for word in normalise(text).split():
        found = found.filter(government__search__contains=word)
    return found.order_by("government__search", "pk")


def _movements():
    """(annotation, rows newest first, their instant): every way a participation moves, answers apart, which are read by the page."""
    here = OuterRef("pk")
    return [
        ("last_move", Transition.objects.filter(step__participation=here).order_by("-at"), "at"),
        ("last_form", Enrollment.objects.filter(participation=here, updated_at__isnull=False), "updated_at"),
        (
            "last_plan",
            PriorityAction.objects.filter(plan_items__plan__participation=here, updated_at__isnull=False).order_by(
                "-updated_at"
            ),
            "updated_at",
        ),
        ("last_entry", ProgressEntry.objects.filter(participation=here).order_by("-recorded_at"), "recorded_at"),
    ]


def _current_in(state):
    """Participations whose first step that is not validated stands in this state; `approved`: all five are."""
    if state == State.APPROVED:
        return Q(approved=len(ORDER))
    other = Step.objects.filter(participation=OuterRef("pk"), state=state)
    if state == State.OPEN:
        # Later steps are open in every row: what counts is that none is submitted or returned.
        busy = Step.objects.filter(participation=OuterRef("pk"), state__in=[State.SUBMITTED, State.RETURNED])
        return ~Exists(busy) & Q(approved__lt=len(ORDER))
    return Q(Exists(other))


@dataclass(frozen=True)
class Row:
    """One line of the table. days_left: to the current deadline, None without one; last: instant of the last move or save."""

    participation: Participation
    rail: list
    current: str
    days_left: str
    completeness: str
    last: object
    risk: str


def rows(page, at):
    """The lines of one page, in a constant number of queries."""
    page = list(page)
    answers = _answers_of(page)
    return [_row(participation, answers.get(participation.pk), at) for participation in page]


def _answers_of(page):
    """{participation: (answered, total, last save)} in one query."""
    answered = Q(not_applicable=True) | Q(no_data=True) | Q(value__isnull=False)
    found = (
        Answer.objects.filter(diagnosis__participation__in=[participation.pk for participation in page])
        .values("diagnosis__participation")
        .annotate(answered=Count("pk", filter=answered), total=Count("pk"), last=Max("updated_at"))
    )
    return {row["diagnosis__participation"]: (row["answered"], row["total"], row["last"]) for row in found}


def _row(participation, answers, at):
    step = current_step(participation)
    read = cycle.reading(participation, step, at) if step else State.APPROVED
    answered, total, saved = answers or (0, 0, None)
    moves = [getattr(participation, name) for name, _rows, _instant in _movements()]
    last = max(filter(None, [saved, participation.started_at, *moves]))
    return Row(
        participation=participation,
        rail=small_rail(participation, at),
        current=_("%(step)s: %(state)s") % {"step": step.get_kind_display(), "state": cycle.READINGS[read]}
        if step
        else _("completa"),
        days_left=_days_left(participation, step, read, at),
        completeness=_completeness(step, read, answered, total),
        last=last,
        risk=_risk(participation, read, last, at),
    )


def _days_left(participation, step, read, at):
    if read not in (State.OPEN, State.RETURNED):
        return ""
    closes_at = step.correct_until if read == State.RETURNED else cycle.window_of(participation, step.kind).closes_at
    days = (timezone.localdate(closes_at) - timezone.localdate(at)).days
    if closes_at < at:
        return _("prazo terminou")
    if days == 0:
        return _("termina hoje")
    return ngettext("%(n)s dia", "%(n)s dias", days) % {"n": days}


def _completeness(step, read, answered, total):
    if not step or step.kind != Kind.DIAGNOSIS or read not in (State.OPEN, State.RETURNED) or not total:
        return ""
    return ngettext("%(n)s resposta", "%(n)s respostas", answered) % {"n": answered}


QUIET_DAYS = 14


def _risk(participation, read, last, at):
    """Risk in words, for those whose turn it is."""
    if not participation.is_under_way:
        return _("participação encerrada")
    if read == cycle.ENDED:
        return _("prazo perdido")
    quiet = (at - last).days
    if read in (State.OPEN, State.RETURNED) and quiet >= QUIET_DAYS:
        return _("sem movimento há %(n)s dias") % {"n": quiet}
    return ""


def funnel(edition):
    """How many governments of an edition reached each step: [(label, number)]."""
    reached = (
        Participation.objects.filter(edition=edition)
        .under_way()
        .annotate(approved=Count("steps", filter=Q(steps__state=State.APPROVED)))
        .values_list("approved", flat=True)
    )
    numbers = list(reached)
    labels = [_("inscritos"), _("no diagnóstico"), _("na priorização"), _("na certificação"), _("com selo")]
    return [(label, sum(number >= place for number in numbers)) for place, label in enumerate(labels)]


def editions():
    return Edition.objects.filter(from_before_portal=False)
