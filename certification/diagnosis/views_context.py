"""The context sheet: one form a line, saved by itself."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.cycle import StepClosed
from core.dates import hour_text
from core.idempotency import KeyRefused
from dimensions.rules import InvalidAnswer

from . import context
from .content import of_form
from .lines import Line, lines_of
from .models import ContextEntry
from .pages import room_of
from .questions import saved_words
from .saving import Stale
from .views import frame
from .views_answers import ANSWERED_BY, SAVED_AT, based_on_of


def sheet(request, pk):
    return sheet_page(request, room_of(request, pk))


def sheet_page(request, room, *, replace=None, status=200, message=""):
    """The page. replace: a Line that stands in for its saved one."""
    lines = [replace if replace and replace.code == line.code else line for line in lines_of(room)]
    facts = frame(room) | {"lines": lines, "message": message}
    return render(request, "diagnosis/context.html", facts, status=status)


def line(request, pk, code):
    """Save one line."""
    content = of_form(request.POST)
    based_on, wish = based_on_of(request.POST)
    if based_on is None:
        sentence = _("Recarregue a página: falta a versão em que este campo se baseia.")
        return _refused(request, pk, code, content, 428, sentence)
    if wish == "theirs":
        return _anew(request, pk, code)
    lookup = {"diagnosis__participation": pk, "code": code}
    key = request.POST.get("key") or None
    try:
        saved = context.save_context_at(
            lookup, content, based_on=based_on, by=request.user, at=request.arrived_at, key=key
        )
    except ContextEntry.DoesNotExist:
        raise Http404 from None
    except (InvalidAnswer, KeyRefused) as error:
        return _refused(request, pk, code, content, getattr(error, "status", 422), error.message)
    except StepClosed as closed:
        return _refused(request, pk, code, content, 409, closed.decision.message)
    except Stale as stale:
        return _refused(request, pk, code, content, 412, str(stale), other=stale.other)
    return _saved(request, pk, code, saved)


def _saved(request, pk, code, saved):
    if request.htmx:
        response = _fragment(request, _line_of(request, pk, code), 200, "saved")
        response[SAVED_AT] = hour_text(saved.saved_at)
        return response
    words = {"when": saved_words(saved.saved_at, request.user.name)}
    messages.success(request, _("Ficha de contexto: %(when)s.") % words)
    return _anew(request, pk, code)


def _refused(request, pk, code, content, status, message, other=None):
    """Everything typed stays, in the page's fields with htmx, in the page drawn anew without."""
    found = _line_of(request, pk, code)
    found.content, found.error, found.other = content, "" if other else message, other
    if not found.editable:
        found.kept = content
    if request.htmx:
        return _fragment(request, found, status, "refused")
    return sheet_page(request, found.room, replace=found, status=status, message=message)


def _line_of(request, pk, code) -> Line:
    room = room_of(request, pk)
    found = next((each for each in lines_of(room) if each.code == code), None)
    if found is None:
        raise Http404
    return found


def _fragment(request, found, status, said):
    facts = {"line": found, "participation": found.room.participation, "room": found.room}
    response = render(request, "diagnosis/context_state.html", facts, status=status)
    response[ANSWERED_BY] = said
    return response


def _anew(request, pk, code):
    """The page as saved. An htmx request is told to go there too: what it typed is in the history."""
    response = redirect(f"{reverse('diagnosis:context', args=[pk])}#c-{code}")
    if request.htmx:
        response.status_code = 204
        response["HX-Refresh"] = "true"
        response[ANSWERED_BY] = "saved"
    return response
