"""The actions with their threads, handing the step over, the receipt."""

from django.shortcuts import render

from certification import cycle
from certification.models import Kind
from certification.pages import hand_in, receipt_file, receipts_of, snapshot_of

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
    return hand_in(
        request, pk, room_of=room_of, submit=domain.submit_monitoring, letter=_letter, receipt="monitoring:receipt"
    )


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
    return receipt_file(request, pk, Kind.MONITORING, number)
