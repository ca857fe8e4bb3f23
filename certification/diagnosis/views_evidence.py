"""Attaching evidence to an answer and taking it away, with and without JavaScript alike: a page of its own, then back to the question."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.cycle import StepClosed
from core import files
from governments.models import Evidence

from . import evidence
from .forms import EvidenceForm
from .models import Answer, AnswerEvidence
from .pages import room_of
from .views import frame, question_url


def attach(request, pk, code):
    room = room_of(request, pk)
    if code not in room.answers:
        raise Http404
    if request.method != "POST":
        return _page(request, room, code, EvidenceForm())
    if room.decision.reason == "role":
        raise PermissionDenied
    if request.POST.get("piece"):
        return _done(request, room, code, lambda lookup, **who: _from_library(request, lookup, who))
    form = EvidenceForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, room, code, form, status=_status_of(form))
    return _done(request, room, code, lambda lookup, **who: _new_piece(lookup, form.cleaned_data, who), form)


def _from_library(request, lookup, who):
    piece = request.POST["piece"]
    if not (piece.isdecimal() and len(piece) < 19):
        raise Http404
    return evidence.attach_from_library(lookup, int(piece), **who)


def _new_piece(lookup, facts, who):
    about = {name: facts[name] for name in ("title", "kind", "document_date")}
    if facts["file"]:
        return evidence.attach_file(lookup, facts["file"], **about, **who)
    return evidence.attach_address(lookup, facts["url"], **about, **who)


def _done(request, room, code, do, form=None):
    lookup = {"diagnosis": room.diagnosis.pk, "code": code}
    try:
        link = do(lookup, by=request.user, at=request.arrived_at)
    except (Answer.DoesNotExist, Evidence.DoesNotExist):
        raise Http404 from None
    except StepClosed as closed:
        return _page(request, room, code, form or EvidenceForm(), status=409, message=closed.decision.message)
    except (files.Refused, evidence.EvidenceRefused) as refused:
        form = form or EvidenceForm()
        if form.is_bound:
            form.add_error("file" if form.cleaned_data.get("file") else None, str(refused))
        return _page(request, room, code, form, status=refused.status, message="" if form.is_bound else str(refused))
    messages.success(request, _("Comprovação anexada: %(title)s.") % {"title": link.evidence.title})
    return redirect(question_url(room, code))


def _status_of(form):
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 413 if "file_too_large" in codes else 422


def _page(request, room, code, form, *, status=200, message=""):
    linked = {link.evidence_id for link in room.question(code).evidence}
    sought = request.GET.get("q", "").strip()
    pieces = Evidence.objects.current().filter(owner=room.government.pk).exclude(pk__in=linked)
    if sought:
        pieces = pieces.filter(title__icontains=sought)
    facts = frame(room) | {
        "question": room.question(code),
        "form": form,
        "pieces": pieces.select_related("file")[:50],
        "sought": sought,
        "message": message,
        "back": question_url(room, code),
    }
    return render(request, "diagnosis/evidence.html", facts, status=status)


def remove(request, pk, code, link):
    room = room_of(request, pk)
    if code not in room.answers:
        raise Http404
    lookup = {"diagnosis": room.diagnosis.pk, "code": code}
    try:
        removed = evidence.detach(lookup, link, by=request.user, at=request.arrived_at)
    except (Answer.DoesNotExist, AnswerEvidence.DoesNotExist):
        raise Http404 from None
    except StepClosed as closed:
        return _page(request, room, code, EvidenceForm(), status=409, message=closed.decision.message)
    text = _("Comprovação retirada desta pergunta: %(title)s. Ela continua na biblioteca.")
    messages.success(request, text % {"title": removed.evidence.title})
    return redirect(question_url(room, code))
