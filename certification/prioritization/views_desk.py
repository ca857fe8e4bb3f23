"""The coordinators' side: read the plan as it was handed over, give it back or approve it."""

from django.contrib import messages
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind
from core.dates import end_of_day

from . import domain
from .forms import ReturnForm
from .pages import receipts_of, room_of, usual_deadline
from .timeline import timeline


def review(request, pk):
    return _page(request, room_of(request, pk))


def _page(request, room, *, form=None, status=200, message=""):
    actions = ("return_prioritization", "approve_prioritization")
    may = [cycle.may(action, request.user, room.participation, request.arrived_at) for action in actions]
    facts = room.frame(desk=True) | {
        "may_decide": all(may),
        "why_not": "" if all(may) else may[0].message,
        "form": form or ReturnForm(initial={"correct_until": usual_deadline(request.arrived_at)}),
        "timeline": timeline([card.action for card in room.cards]),
        "receipts": receipts_of(room.participation, Kind.PRIORITIZATION),
        "message": message,
    }
    return render(request, "prioritization/review.html", facts, status=status)


def give_back(request, pk):
    room = room_of(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, room, form=form, status=422)
    facts = {"message": form.cleaned_data["message"], "correct_until": end_of_day(form.cleaned_data["correct_until"])}
    try:
        domain.return_plan(room.participation, by=request.user, at=request.arrived_at, **facts)
    except ValueError as refused:
        form.add_error("correct_until", str(refused))
        return _page(request, room, form=form, status=422)
    except cycle.StepClosed as closed:
        return _page(request, room_of(request, pk), form=form, status=409, message=closed.decision.message)
    messages.success(request, _("Plano devolvido. O governo recebe a mensagem por e-mail."))
    return redirect("prioritization:review", pk=pk)


def approve(request, pk):
    room = room_of(request, pk)
    try:
        domain.approve_plan(room.participation, by=request.user, at=request.arrived_at)
    except cycle.StepClosed as closed:
        return _page(request, room_of(request, pk), status=409, message=closed.decision.message)
    messages.success(request, _("Priorização validada."))
    return redirect("prioritization:review", pk=pk)
