"""The actions with their threads, handing the step over, the receipt."""

from django.shortcuts import get_object_or_404, redirect, render

from certification import cycle
from certification.models import Kind, Participation
from certification.prioritization.pages import receipts_of
from certification.prioritization.views import json_file, snapshot_of

from . import domain
from .pages import room_of
from .requirements import requirements_from


def overview(request, pk):
    room = room_of(request, pk)
    return render(
        request,
        "monitoring/overview.html",
        room.frame() | {"receipts": receipts_of(room.participation, Kind.MONITORING)},
    )


def submit(request, pk):
    room = room_of(request, pk)
    if request.method != "POST":
        return _letter(request, room)
    try:
        snapshot, _created = domain.submit_monitoring(room.participation, by=request.user, at=request.arrived_at)
    except cycle.RequirementsMissing:
        return _letter(request, room_of(request, pk), status=422)
    except cycle.StepClosed as closed:
        return _letter(request, room_of(request, pk), status=409, message=closed.decision.message)
    return redirect("monitoring:receipt", pk=pk, number=snapshot.number)


def _letter(request, room, *, status=200, message=""):
    """What will be sent, by whom, what is missing, what is weak, what happens next."""
    needs = requirements_from(room.participation, room.actions)
    facts = room.frame() | {
        "missing": [need for need in needs if not need.met and not need.weak],
        "weak": [need for need in needs if not need.met and need.weak],
        "may_submit": cycle.may("submit_monitoring", request.user, room.participation, request.arrived_at),
        "message": message,
    }
    return render(request, "monitoring/submit.html", facts, status=status)


def receipt(request, pk, number):
    room = room_of(request, pk)
    snapshot = snapshot_of(room.participation, Kind.MONITORING, number)
    return render(request, "monitoring/receipt.html", room.frame() | {"snapshot": snapshot})


def receipt_json(request, pk, number):
    """The canonical content: its SHA-256 is the receipt's."""
    participation = get_object_or_404(Participation.objects.visible_to(request.user), pk=pk)
    return json_file(snapshot_of(participation, Kind.MONITORING, number))
