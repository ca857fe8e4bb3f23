"""What the rooms' pages do alike: hand a step in, show its receipt, give it back, approve it."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import cycle
from certification.models import Participation, Snapshot
from certification.models.snapshot import canonical
from core.dates import end_of_day
from core.forms import DateField

A_FORTNIGHT = timedelta(days=14)


# Handing in.


def hand_in(request, pk, *, room_of, submit, letter, receipt):
    """The letter before sending, and the sending.

    room_of(request, pk) opens the room; submit(participation, by=, at=) gives (snapshot, created); letter(request, room, status=, message=) draws
    the page; receipt is the name of the receipt's route.
    """
    room = room_of(request, pk)
    if request.method != "POST":
        return letter(request, room)
    try:
        snapshot, _created = submit(room.participation, by=request.user, at=request.arrived_at)
    except cycle.RequirementsMissing:
        return letter(request, room_of(request, pk), status=422)
    except cycle.StepClosed as closed:
        return letter(request, room_of(request, pk), status=409, message=closed.decision.message)
    return redirect(receipt, pk=pk, number=snapshot.number)


# Receipts.


def receipts_of(participation, kind):
    return list(Snapshot.objects.filter(participation=participation, kind=kind).order_by("-number"))


def snapshot_of(participation, kind, number):
    """What was handed over the given time. Raises Http404."""
    snapshots = Snapshot.objects.select_related("made_by")
    return get_object_or_404(snapshots, participation=participation, kind=kind, number=number)


def receipt_file(request, pk, kind, number):
    """The canonical content to keep: its SHA-256 is the receipt's."""
    participation = get_object_or_404(Participation.objects.visible_to(request.user), pk=pk)
    snapshot = snapshot_of(participation, kind, number)
    response = HttpResponse(canonical(snapshot.content), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{snapshot.protocol}.json"'
    return response


# The coordinators' decision.


class ReturnForm(forms.Form):
    """What has to be corrected, and until when."""

    message = forms.CharField(
        label=_("O que o governo precisa corrigir"),
        max_length=3000,
        widget=forms.Textarea(attrs={"rows": 5}),
        error_messages={"required": _("Escreva o que o governo precisa corrigir.")},
    )
    correct_until = DateField(
        label=_("Corrigir até"),
        help_text=_("Até 23h59 deste dia, horário de Brasília."),
        error_messages={"required": _("Informe até que dia o governo pode corrigir.")},
    )


def return_form(at):
    """The form as it is first shown: two weeks are offered."""
    return ReturnForm(initial={"correct_until": timezone.localdate(at + A_FORTNIGHT)})


def decision_facts(request, room, kind, form):
    """What a review page says of the two moves: whether this person may, why not, and the form of a return."""
    may = [
        cycle.may(f"{verb}_{kind}", request.user, room.participation, request.arrived_at)
        for verb in ("return", "approve")
    ]
    return {
        "may_decide": all(may),
        "why_not": "" if all(may) else may[0].message,
        "form": form or return_form(request.arrived_at),
        "receipts": receipts_of(room.participation, kind),
    }


def give_back(request, pk, *, room_of, page, move, said, back_to):
    """Return a step with a message. move(participation, message=, correct_until=, by=, at=); page(request, room, form=, status=, message=) draws the
    review again with what was typed; said is what the person reads once it is done."""
    room = room_of(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return page(request, room, form=form, status=422)
    facts = {"message": form.cleaned_data["message"], "correct_until": end_of_day(form.cleaned_data["correct_until"])}
    try:
        move(room.participation, by=request.user, at=request.arrived_at, **facts)
    except ValueError as refused:
        form.add_error("correct_until", str(refused))
        return page(request, room, form=form, status=422)
    except cycle.StepClosed as closed:
        return page(request, room_of(request, pk), form=form, status=409, message=closed.decision.message)
    messages.success(request, said)
    return redirect(back_to, pk=pk)


def approve(request, pk, *, room_of, page, move, said, back_to):
    """Approve a step. move(participation, by=, at=); the rest as in `give_back`."""
    room = room_of(request, pk)
    try:
        move(room.participation, by=request.user, at=request.arrived_at)
    except cycle.StepClosed as closed:
        return page(request, room_of(request, pk), status=409, message=closed.decision.message)
    messages.success(request, said)
    return redirect(back_to, pk=pk)
