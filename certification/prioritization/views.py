"""The plan, handing it over, the receipt."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from certification import cycle
from certification.models import Kind, Participation, Snapshot
from certification.models.snapshot import canonical

from . import domain
from .pages import gap_groups, receipts_of, room_of, unfinished
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
    room = room_of(request, pk)
    if request.method != "POST":
        return _letter(request, room)
    try:
        snapshot, _created = domain.submit_plan(room.participation, by=request.user, at=request.arrived_at)
    except cycle.RequirementsMissing:
        return _letter(request, room_of(request, pk), status=422)
    except cycle.StepClosed as closed:
        return _letter(request, room_of(request, pk), status=409, message=closed.decision.message)
    return redirect("prioritization:receipt", pk=pk, number=snapshot.number)


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
    """The canonical content: its SHA-256 is the receipt's."""
    participation = get_object_or_404(Participation.objects.visible_to(request.user), pk=pk)
    return json_file(snapshot_of(participation, Kind.PRIORITIZATION, number))


def snapshot_of(participation, kind, number):
    snapshots = Snapshot.objects.select_related("made_by")
    return get_object_or_404(snapshots, participation=participation, kind=kind, number=number)


def json_file(snapshot):
    response = HttpResponse(canonical(snapshot.content), content_type="application/json")
    response["Content-Disposition"] = f'attachment; filename="{snapshot.protocol}.json"'
    return response
