"""The coordination's side: who waits, what was sent, the three answers to it."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.db.models import Count, F, FilteredRelation, Q
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification import cycle
from certification.models import Kind, Participation, State
from governments.models import Government

from . import course, domain, frozen
from .forms import ReasonForm, ReturnForm
from .pages import found, frame, reading_facts

PAGE = 50
DECLINED, ALL = "declined", "all"
FILTERS = {
    State.SUBMITTED.value: gettext_lazy("para analisar"),
    State.RETURNED.value: gettext_lazy("devolvidas"),
    State.OPEN.value: gettext_lazy("em preenchimento"),
    State.APPROVED.value: gettext_lazy("validadas"),
    DECLINED: gettext_lazy("recusadas"),
    ALL: gettext_lazy("todas"),
}


def queue(request):
    """Enrolments by state, those that wait longest first; filters in the address."""
    chosen = request.GET.get("situacao", State.SUBMITTED.value)
    chosen = chosen if chosen in FILTERS else State.SUBMITTED.value
    text = request.GET.get("q", "").strip()[:100]
    every = _enrolments(request.user, text)
    listed = every.filter(_in(chosen)).annotate(submitted_at=F("first_step__submitted_at"))
    ordered = listed.order_by(
        "submitted_at" if chosen == State.SUBMITTED else "-submitted_at", "government__search", "pk"
    )
    page = Paginator(ordered, PAGE).get_page(request.GET.get("page"))
    counts = every.aggregate(**{name: Count("pk", filter=_in(name)) for name in FILTERS})
    facts = {
        "page": page,
        "rows": [_row(participation, request.arrived_at) for participation in page.object_list],
        "chips": [(name, label, counts[name]) for name, label in FILTERS.items()],
        "chosen": chosen,
        "text": text,
        "courses_waiting": course.waiting().filter(participation__in=_visible(request.user)).count(),
    }
    return render(request, "enrollment/queue.html", facts)


def _visible(user):
    return Participation.objects.visible_to(user).filter(edition__from_before_portal=False)


def _enrolments(user, text):
    """One row a participation, beside its first step."""
    first_step = FilteredRelation("steps", condition=Q(steps__kind=Kind.ENROLLMENT))
    rows = _visible(user).annotate(first_step=first_step)
    if text:
        rows = rows.filter(government__in=Government.objects.search(text))
    return rows.select_related("government", "edition", "enrollment__updated_by")


def _in(name):
    if name == ALL:
        return Q(pk__isnull=False)
    if name == DECLINED:
        return Q(declined_at__isnull=False)
    return Q(first_step__state=name, declined_at__isnull=True, withdrawn_at__isnull=True)


def _row(participation, at):
    submitted_at = participation.submitted_at
    return {
        "participation": participation,
        "enrollment": domain.enrollment_of(participation),
        "submitted_at": submitted_at,
        "days": (at - submitted_at).days if submitted_at else None,
    }


def review(request, pk):
    """What was sent, what changed since the last time, and the three answers."""
    return _page(request, found(request, pk))


def _page(request, participation, *, returning=None, declining=None, status=200, message=""):
    facts = frame(request, participation, desk=True) | reading_facts(participation)

    def may(action):
        return cycle.may(action, request.user, participation, request.arrived_at)

    facts |= {
        "may_accept": may("approve_enrollment"),
        "may_decline": may("decline_enrollment"),
        "returning": returning or ReturnForm(prefix="return"),
        "declining": declining or ReasonForm(prefix="decline"),
        "changes": _changes(facts["receipts"]),
        "course": course.course_requirement(participation) if participation.edition.course_required else None,
        "message": message,
    }
    return render(request, "enrollment/review.html", facts, status=status)


def _changes(receipts):
    """What the last correction changed, field by field."""
    return frozen.changes(receipts[1].content, receipts[0].content) if len(receipts) > 1 else []


def accept(request, pk):
    participation = found(request, pk)
    done = _("Inscrição validada. O governo foi avisado e o diagnóstico é a próxima etapa.")
    return _move(request, participation, domain.accept_enrollment, done)


def give_back(request, pk):
    participation = found(request, pk)
    form = ReturnForm(request.POST, prefix="return")
    if not form.is_valid():
        return _page(request, participation, returning=form, status=422)
    done = _("Inscrição devolvida. O governo recebeu o que precisa corrigir e o prazo.")
    return _move(request, participation, domain.return_enrollment, done, form.cleaned_data, returning=form)


def decline(request, pk):
    participation = found(request, pk)
    form = ReasonForm(request.POST, prefix="decline")
    if not form.is_valid():
        return _page(request, participation, declining=form, status=422)
    done = _("Inscrição recusada. O governo recebeu o motivo.")
    return _move(request, participation, domain.decline_enrollment, done, form.cleaned_data, declining=form)


def _move(request, participation, move, done, facts=None, **typed):
    """One move: made once and told, or refused with everything typed kept on the page."""
    try:
        move(participation, by=request.user, at=request.arrived_at, **(facts or {}))
    except cycle.StepClosed as closed:
        again = found(request, participation.pk)
        return _page(request, again, status=409, message=closed.decision.message, **typed)
    except (cycle.RequirementsMissing, ValueError) as refused:  # no questionnaire to open the diagnosis with, say
        return _page(request, participation, status=422, message=str(refused), **typed)
    messages.success(request, done)
    return redirect("enrollment:review", pk=participation.pk)
