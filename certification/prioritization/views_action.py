"""One action: taken from a suggestion, written, edited, moved, taken out."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from certification.cycle import StepClosed
from certification.models import Participation
from governments.models import Organisation

from . import domain
from .forms import ActionForms
from .models import Plan, PriorityAction
from .pages import room_of
from .views import plan_page

OFFERED_ORGANISATIONS = 300


def use(request, pk):
    """Take a suggestion into the plan and go on to its page."""
    room = room_of(request, pk)
    who = {"by": request.user, "at": request.arrived_at}
    try:
        action = domain.use_suggestion(room.participation, request.POST.get("code", ""), **who)
    except LookupError:
        raise Http404 from None
    except StepClosed as closed:
        return plan_page(request, room, status=409, message=closed.decision.message)
    messages.success(request, _("Ação posta no plano. Complete os campos; pode salvar aos poucos."))
    return redirect("prioritization:action", pk=pk, action=action.pk)


def new(request, pk):
    """An action without a suggestion."""
    if request.method != "POST":
        forms = ActionForms()
        forms.action.initial["dimension"] = request.GET.get("dimensao", "")
        return _page(request, _writable(request, pk), forms)
    forms = ActionForms(data=request.POST)

    def save(content, who):
        return domain.add_action(Participation(pk=pk), content, key=forms.action.cleaned_data["key"], **who)

    return _save(request, pk, forms, save)


def action(request, pk, action):
    """Edit an action of the plan."""
    if request.method != "POST":
        room = _writable(request, pk)
        card = room.card_of(action)
        return _page(request, room, ActionForms(action=card.action), card=card)
    forms = ActionForms(data=request.POST)

    def save(content, who):
        based_on = forms.action.cleaned_data["version"]
        return domain.save_action(Participation(pk=pk), action, content, based_on=based_on, **who)

    return _save(request, pk, forms, save, action)


def _writable(request, pk):
    """The page of a form is for who may fill it in; time and state are told on the page itself."""
    room = room_of(request, pk)
    if room.decision.reason == "role":
        raise PermissionDenied
    return room


def _save(request, pk, forms, save, action=None):
    """One domain call; a page is read only where it has to be shown again, with everything typed in its place."""

    def again(**answer):
        room = _writable(request, pk)
        return _page(request, room, forms, card=room.card_of(action) if action else None, **answer)

    if forms.wants_more:
        return again()
    if not forms.is_valid():
        return again(status=422)
    if action and forms.action.cleaned_data["version"] is None:
        return again(status=428, message=_("Recarregue a página e salve de novo."))
    try:
        saved = save(forms.content(), {"by": request.user, "at": request.arrived_at})
    except ValidationError as error:
        forms.refuse(error.message_dict)
        return again(status=422)
    except StepClosed as closed:
        return again(status=409, message=closed.decision.message)
    except domain.Stale as stale:
        forms.rest_on(stale.other.version)
        return again(status=412, message=str(stale), other=stale.other)
    except (PriorityAction.DoesNotExist, Plan.DoesNotExist):
        raise Http404 from None
    messages.success(request, _("Ação salva: %(title)s.") % {"title": saved.title})
    return redirect(f"{reverse('prioritization:plan', args=[pk])}#acao-{saved.pk}")


def _page(request, room, forms, *, card=None, status=200, message="", other=None):
    forms.action.offer(room.questions.dimensions)
    facts = room.frame() | {
        "forms": forms,
        "card": card,
        "message": message,
        "other": other,
        "other_card": room.card(other) if other else None,
        "organisations": Organisation.objects.values_list("name", flat=True)[:OFFERED_ORGANISATIONS],
        "departments": _departments(room),
    }
    return render(request, "prioritization/action.html", facts, status=status)


def _departments(room):
    names = room.government.body.memberships.in_force().exclude(department="").values_list("department", flat=True)
    return sorted(set(names))


def remove(request, pk, action):
    """First asked, with all that would go; then done."""
    room = _writable(request, pk)
    card = room.card_of(action)
    if request.method != "POST":
        return render(request, "prioritization/remove.html", room.frame() | {"card": card})
    done = _("Ação retirada do plano: %(title)s.") % {"title": card.action.title}
    return _do(request, room, action, domain.remove_action, done)


def move(request, pk, action):
    room = room_of(request, pk)
    return _do(request, room, action, domain.move_action, anchor=action, up=request.POST.get("to") == "up")


def carry(request, pk, action):
    room = room_of(request, pk)
    return _do(request, room, action, domain.carry_action, _("A ação continua neste plano."), anchor=action)


def _do(request, room, action, what, done="", *, anchor=None, **facts):
    try:
        what(room.participation, action, by=request.user, at=request.arrived_at, **facts)
    except PriorityAction.DoesNotExist:
        raise Http404 from None
    except StepClosed as closed:
        return plan_page(request, room, status=409, message=closed.decision.message)
    if done:
        messages.success(request, done)
    place = f"#acao-{anchor}" if anchor else ""
    return redirect(f"{reverse('prioritization:plan', args=[room.participation.pk])}{place}")
