"""Before submitting, submitting, and the receipt; sharing out, and replies to notes."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind
from certification.pages import hand_in, receipt_file, snapshot_of

from . import notes, requirements, shares, submission
from .context import entries_of
from .models import Answer, ReviewNote
from .pages import room_of
from .views import dimension_page, frame, question_url


def submit(request, pk):
    return hand_in(
        request, pk, room_of=room_of, submit=submission.submit_diagnosis, letter=_letter, receipt="diagnosis:receipt"
    )


def _letter(request, room, *, status=200, message=""):
    """What will be sent, by whom, what is missing, what is weak, what happens next and by when."""
    needs = requirements.requirements_from(room.participation, room.sheet, entries_of(room.diagnosis))
    missing = [need for need in needs if not need.met and not need.weak]
    weak = [need for need in needs if not need.met and need.weak and need.code != requirements.WHOLE]
    facts = frame(room) | {
        "missing": missing,
        "missing_groups": requirements.grouped(room.sheet, missing),
        "weak": weak,
        "weak_groups": requirements.grouped(room.sheet, weak),
        "whole": room.sheet.whole,
        "may_submit": cycle.may("submit_diagnosis", request.user, room.participation, request.arrived_at),
        "next_period": cycle.window_of(room.participation, Kind.PRIORITIZATION),
        "message": message,
    }
    return render(request, "diagnosis/submit.html", facts, status=status)


def receipt(request, pk, number):
    room = room_of(request, pk)
    snapshot = snapshot_of(room.participation, Kind.DIAGNOSIS, number)
    return render(request, "diagnosis/receipt.html", frame(room) | {"snapshot": snapshot})


def receipt_json(request, pk, number):
    return receipt_file(request, pk, Kind.DIAGNOSIS, number)


def share(request, pk):
    room = room_of(request, pk)
    numbers = [dimension.number for dimension in room.sheet.catalogue.dimensions]
    departments = {number: request.POST.get(f"department-{number}", "")[:160] for number in numbers}
    try:
        shares.share_out(room.participation, departments, by=request.user, at=request.arrived_at)
    except cycle.StepClosed as closed:
        return render(request, "409.html", {"message": closed.decision.message}, status=409)
    messages.success(request, _("Divisão das dimensões salva."))
    return redirect(f"{reverse('diagnosis:overview', args=[pk])}#divisao")


def reply(request, pk, code, note):
    """The government's reply to a note; everything typed comes back if it is refused."""
    text = request.POST.get("reply", "").replace("\r\n", "\n").replace("\x00", "").strip()
    based_on = request.POST.get("based_on", "").replace("\r\n", "\n")
    lookup = {"diagnosis__participation": pk, "code": code}
    try:
        notes.reply(lookup, note, text, based_on=based_on, by=request.user, at=request.arrived_at)
    except (Answer.DoesNotExist, ReviewNote.DoesNotExist):
        raise Http404 from None
    except (cycle.StepClosed, notes.ReplyIsStale, notes.ReplyTooLong) as refused:
        return _reply_refused(request, pk, code, note, text, refused)
    messages.success(request, _("Resposta ao apontamento salva."))
    return redirect(question_url(room_of(request, pk), code))


def _reply_refused(request, pk, code, note, text, refused):
    room = room_of(request, pk)
    room.reply_note, room.reply_text = note, text
    number = room.sheet.catalogue.indicator(code).dimension_number
    status = getattr(refused, "status", 422)
    return dimension_page(request, room, number, status=status, message=str(refused))
