"""The plan, handing it over, the receipt."""

from django.shortcuts import render

from certification import cycle
from certification.models import Kind
from certification.pages import hand_in, receipt_file, receipts_of, snapshot_of

from . import domain
from .pages import gap_groups, room_of, unfinished
from .requirements import requirements_from
from .timeline import timeline


def plan(request, pk):
    return plan_page(request, room_of(request, pk))


def plan_page(request, room, *, status=200, message=""):
    facts = room.frame() | {
        "groups": gap_groups(room),
        "earlier": unfinished(room) if room.decision else [],
        "timeline": timeline([card.action for card in room.cards]),
        "receipts": receipts_of(room.participation, Kind.PRIORITIZATION),
        "message": message,
    }
    return render(request, "prioritization/plan.html", facts, status=status)


def submit(request, pk):
    return hand_in(
        request, pk, room_of=room_of, submit=domain.submit_plan, letter=_letter, receipt="prioritization:receipt"
    )


def _letter(request, room, *, status=200, message=""):
    """What will be sent, by whom, what is missing, what is weak, what happens next."""
    needs = requirements_from(room.participation, room.plan, room.items)
    facts = room.frame() | {
        "missing": [need for need in needs if not need.met and not need.weak],
        "weak": [need for need in needs if not need.met and need.weak],
        "may_submit": cycle.may("submit_prioritization", request.user, room.participation, request.arrived_at),
        "message": message,
    }
    return render(request, "prioritization/submit.html", facts, status=status)


def receipt(request, pk, number):
    room = room_of(request, pk)
    snapshot = snapshot_of(room.participation, Kind.PRIORITIZATION, number)
    return render(request, "prioritization/receipt.html", room.frame() | {"snapshot": snapshot})


def receipt_json(request, pk, number):
    return receipt_file(request, pk, Kind.PRIORITIZATION, number)
