"""Writing a progress entry, correcting one by a new one, and bringing more evidence."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.cycle import StepClosed
from certification.models import Participation
from certification.prioritization.models import Plan, PriorityAction
from core import files
from governments.models import Evidence

from . import domain
from .evidence import EvidenceRefused
from .forms import EntryForm, MorePiecesForm
from .models import ProgressEntry
from .pages import room_of


def add(request, pk, action):
    return _entry_form(request, pk, action)


def correct(request, pk, entry):
    """A new entry that stands for an old one; both stay to be read."""
    action = ProgressEntry.objects.filter(pk=entry, participation=pk).values_list("action_id", flat=True).first()
    if action is None:
        raise Http404
    return _entry_form(request, pk, action, corrects=entry)


def _writable(request, pk):
    """Forms are for who may fill them in; time and state are told on the page itself, with the text kept."""
    room = room_of(request, pk)
    if room.decision.reason == "role":
        raise PermissionDenied
    return room


def _entry_form(request, pk, action, corrects=None):
    form = EntryForm(request.POST, request.FILES) if request.method == "POST" else None

    def page(form, **answer):
        return _entry_page(request, pk, action, form, corrects, **answer)

    def save(who):
        facts = form.facts() | {"corrects": corrects, "evidence": form.evidence()}
        return domain.add_entry(Participation(pk=pk), action, **facts, **who)

    return page(None) if form is None else _save(request, pk, form, save, page, _("Registro de andamento salvo."))


def _entry_page(request, pk, action, form, corrects, *, status=200, message=""):
    room = _writable(request, pk)
    corrected = room.entry(corrects) if corrects else None
    form = form or EntryForm(initial=EntryForm.start(timezone.localdate(request.arrived_at), corrected))
    form.offer(room.library)
    facts = {"action": room.action(action), "form": form, "corrected": corrected, "message": message}
    return render(request, "monitoring/entry.html", room.frame() | facts, status=status)


def evidence(request, pk, entry):
    """More evidence for an entry that stays as written."""
    form = MorePiecesForm(request.POST, request.FILES) if request.method == "POST" else None

    def page(form, *, status=200, message=""):
        room = _writable(request, pk)
        found, form = room.entry(entry), form or MorePiecesForm()
        form.offer(room.library)
        facts = {"action": room.action(found.action_id), "entry": found, "form": form, "message": message}
        return render(request, "monitoring/evidence.html", room.frame() | facts, status=status)

    def save(who):
        return domain.add_evidence(Participation(pk=pk), entry, evidence=form.evidence(), **who)

    return page(None) if form is None else _save(request, pk, form, save, page, _("Comprovação anexada."))


def _save(request, pk, form, save, again, done):
    """One domain call; whatever refuses it, the page comes back with everything typed (a chosen file has to be chosen again)."""
    if not form.is_valid():
        return again(form, status=_status_of(form))
    try:
        entry = save({"by": request.user, "at": request.arrived_at})
    except StepClosed as closed:
        return again(form, status=409, message=closed.decision.message)
    except domain.EntryRefused as refused:
        form.add_error(refused.field if refused.field in form.fields else None, str(refused))
        return again(form, status=422)
    except (files.Refused, EvidenceRefused) as refused:
        form.add_error("file", str(refused))
        return again(form, status=refused.status)
    except Evidence.DoesNotExist:
        form.add_error("pieces", _("Esta comprovação não está na biblioteca do governo."))
        return again(form, status=422)
    except (Plan.DoesNotExist, PriorityAction.DoesNotExist, ProgressEntry.DoesNotExist):
        raise Http404 from None
    messages.success(request, done)
    return redirect(f"{reverse('monitoring:overview', args=[pk])}#acao-{entry.action_id}")


def _status_of(form):
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 413 if "file_too_large" in codes else 422
