"""The coordinators' side: read the threads, verify entries, ask for evidence, give the step back or approve it."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import cycle, pages
from certification.models import Kind

from . import domain
from .forms import VerificationForm
from .models import ProgressEntry, Verdict
from .pages import room_of


def review(request, pk):
    return _page(request, room_of(request, pk))


def _page(request, room, *, form=None, refused=None, status=200, message=""):
    """refused: {entry, text, message} of a verification that was not kept, shown again in its place."""
    facts = room.frame(desk=True) | pages.decision_facts(request, room, Kind.MONITORING, form)
    facts |= {
        "may_verify": cycle.may("verify_progress", request.user, room.participation, request.arrived_at),
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
    said = _("Monitoramento devolvido. O governo recebe a mensagem por e-mail.")
    return pages.give_back(request, pk, move=domain.return_monitoring, said=said, **OWN)


def approve(request, pk):
    return pages.approve(request, pk, move=domain.approve_monitoring, said=_("Monitoramento validado."), **OWN)


OWN = {"room_of": room_of, "page": _page, "back_to": "monitoring:review"}
