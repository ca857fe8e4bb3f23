"""The coordinators' side: read the threads, verify entries, ask for evidence, give the step back or approve it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind
from certification.prioritization.forms import ReturnForm
from certification.prioritization.pages import receipts_of, usual_deadline
from core.dates import end_of_day

from . import domain
from .forms import VerificationForm
from .models import ProgressEntry, Verdict
from .pages import room_of


def review(request, pk):
    return _page(request, room_of(request, pk))


def _page(request, room, *, form=None, refused=None, status=200, message=""):
    """refused: {entry, text, message} of a verification that was not kept, shown again in its place."""
    actions = ("return_monitoring", "approve_monitoring")
    may = [cycle.may(action, request.user, room.participation, request.arrived_at) for action in actions]
    facts = room.frame(desk=True) | {
        "may_decide": all(may),
        "why_not": "" if all(may) else may[0].message,
        "may_verify": cycle.may("verify_progress", request.user, room.participation, request.arrived_at),
        "form": form or ReturnForm(initial={"correct_until": usual_deadline(request.arrived_at)}),
        "receipts": receipts_of(room.participation, Kind.MONITORING),
        "refused": refused,
        "message": message,
        "on_desk": True,
    }
    return render(request, "monitoring/review.html", facts, status=status)


def verify(request, pk, entry):
    room = room_of(request, pk)
    form = VerificationForm(request.POST)
    kept = {"entry": entry, "text": request.POST.get("text", "")}
    if not form.is_valid():
        sentence = " ".join(text for errors in form.errors.values() for text in errors)
        return _page(request, room, refused=kept | {"message": sentence}, status=422)
    try:
        verification = domain.verify_entry(
            room.participation, entry, by=request.user, at=request.arrived_at, **form.cleaned_data
        )
    except ProgressEntry.DoesNotExist:
        raise Http404 from None
    except domain.EntryRefused as refused:
        return _page(request, room, refused=kept | {"message": str(refused)}, status=422)
    except cycle.StepClosed as closed:
        return _page(request, room, refused=kept | {"message": closed.decision.message}, status=409)
    asked = verification.verdict == Verdict.EVIDENCE_ASKED
    messages.success(request, _("Comprovação solicitada por e-mail.") if asked else _("Registro confirmado."))
    return redirect(f"{reverse('monitoring:review', args=[pk])}#registro-{entry}")


def give_back(request, pk):
    room = room_of(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _page(request, room, form=form, status=422)
    facts = {"message": form.cleaned_data["message"], "correct_until": end_of_day(form.cleaned_data["correct_until"])}
    try:
        domain.return_monitoring(room.participation, by=request.user, at=request.arrived_at, **facts)
    except ValueError as refused:
        form.add_error("correct_until", str(refused))
        return _page(request, room, form=form, status=422)
    except cycle.StepClosed as closed:
        return _page(request, room_of(request, pk), form=form, status=409, message=closed.decision.message)
    messages.success(request, _("Monitoramento devolvido. O governo recebe a mensagem por e-mail."))
    return redirect("monitoring:review", pk=pk)


def approve(request, pk):
    room = room_of(request, pk)
    try:
        domain.approve_monitoring(room.participation, by=request.user, at=request.arrived_at)
    except cycle.StepClosed as closed:
        return _page(request, room_of(request, pk), status=409, message=closed.decision.message)
    messages.success(request, _("Monitoramento validado."))
    return redirect("monitoring:review", pk=pk)
