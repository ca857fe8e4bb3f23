"""The open form: how to propose, the form itself, and the page a letter's address opens."""

from django.core.cache import cache
from django.shortcuts import redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from . import curation, proposals, writing
from .forms import ProposerForm, SheetForms
from .labels import label_of
from .models import State

# Of one network address in an hour: a whole office behind one address may still propose.
MOST_AN_HOUR = 20


def propose(request):
    """The ways to propose a practice; sets no cookie."""
    return render(request, "practices/propose.html", {"signed_in": request.user.is_authenticated})


def form(request):
    if request.method != "POST":
        return _form_page(request, SheetForms(), ProposerForm())
    forms, proposer = SheetForms(data=request.POST), ProposerForm(request.POST)
    if forms.wants_more:
        return _form_page(request, forms, proposer)
    valid = [forms.is_valid(), proposer.is_valid()]
    if not all(valid):
        return _form_page(request, forms, proposer, status=422)
    if _too_many(request):
        text = _("Recebemos muitas propostas deste endereço na última hora. Espere um pouco e envie de novo.")
        return _form_page(request, forms, proposer, status=429, message=text)
    proposals.propose(
        forms.content(), at=request.arrived_at, key=forms.key, language=get_language(), **proposer.cleaned_data
    )
    return redirect("bank:proposed")


def _too_many(request):
    key = f"practice-proposals:{request.client_address}:{request.arrived_at:%Y%m%d%H}"
    cache.add(key, 0, timeout=3600)
    try:
        return cache.incr(key) > MOST_AN_HOUR
    except ValueError:  # it ran out in this very moment
        return False


def _form_page(request, forms, proposer, *, status=200, message=""):
    facts = {"forms": forms, "proposer": proposer, "message": message}
    return render(request, "practices/propose_form.html", facts, status=status)


def proposed(request):
    return render(request, "practices/proposed.html")


def proposal(request, token):
    """Confirm the address, or complete what was given back."""
    try:
        found = proposals.find(token, request.arrived_at)
    except proposals.LinkDead as dead:
        return _dead(request, dead)
    if request.method == "POST":
        return _act(request, token, found)
    return _page(request, found, token, SheetForms(practice=found.practice))


def _act(request, token, found):
    """Save what was written and, by the other button, hand it over."""
    forms = SheetForms(data=request.POST)
    if forms.wants_more:
        return _page(request, found, token, forms)
    if not forms.is_valid():
        return _page(request, found, token, forms, status=422)
    if forms.based_on is None:
        return _page(request, found, token, forms, status=428, message=_("Recarregue a página e salve de novo."))
    try:
        found.practice = proposals.save(token, forms.content(), based_on=forms.based_on, at=request.arrived_at)
        if "send" in request.POST:
            proposals.confirm(token, at=request.arrived_at)
    except writing.Stale as stale:
        forms.rest_on(stale.other.version)
        return _page(request, found, token, forms, status=412, message=str(stale))
    except proposals.LinkDead as dead:
        return _dead(request, dead)
    except writing.NotComplete:
        message = _("A ficha está salva, mas ainda falta completar para enviar.")
        return _page(request, found, token, SheetForms(practice=found.practice), status=422, message=message)
    return redirect("bank:proposal", token)


def _page(request, found, token, forms, *, status=200, message=""):
    practice = found.practice
    last = curation.last_return(practice) if practice.state == State.RETURNED else None
    facts = {
        "proposal": found,
        "practice": practice,
        "token": token,
        "forms": forms,
        "editable": practice.state in proposals.EDITABLE,
        "needs": writing.needs(practice),
        "last_return": last,
        "notes": [(label_of(note.field), note.text) for note in last.notes.all()] if last else [],
        "message": message,
    }
    response = render(request, "practices/proposal.html", facts, status=status)
    response["Cache-Control"] = "private, no-store"
    return response


def _dead(request, dead):
    response = render(request, "practices/proposal_dead.html", {"message": str(dead)}, status=dead.status)
    response["Cache-Control"] = "no-store"
    return response
