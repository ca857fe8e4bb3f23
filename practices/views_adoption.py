"""«Queremos usar esta prática»: the page that explains and takes it down, and its two sides afterwards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from governments import team

from . import access, adoptions
from .forms import TextForm
from .forms_adoption import AdoptionChangeForm, AdoptionForm
from .models import Adoption, Practice
from .views_own import own_bodies


def want(request, pk):
    """Anyone reads what it is; who fills things in for somebody finds the form."""
    practice = get_object_or_404(Practice.objects.public(request.arrived_at).with_owner(), pk=pk)
    bodies = _bodies_for(request.user, practice) if request.user.is_authenticated else []
    return _want_page(request, practice, bodies, AdoptionForm(bodies=bodies))


def _bodies_for(user, practice):
    return [body for body in own_bodies(user) if body.pk != practice.owner_id]


def _want_page(request, practice, bodies, form, status=200, message=""):
    signed_in = request.user.is_authenticated
    already = practice.adoptions.standing().filter(adopter__in=bodies).with_adopter() if bodies else []
    facts = {
        "practice": practice,
        "form": form,
        "bodies": bodies,
        "signed_in": signed_in,
        "already": already,
        "message": message,
        "reads_only": signed_in and not bodies and bool(team.memberships_of(request.user)),
    }
    return render(request, "practices/want.html", facts, status=status)


def record(request, pk):
    practice = get_object_or_404(Practice.objects.public(request.arrived_at).with_owner(), pk=pk)
    bodies = _bodies_for(request.user, practice)
    if not bodies:
        raise PermissionDenied
    form = AdoptionForm(request.POST, bodies=bodies)
    if not form.is_valid():
        return _want_page(request, practice, bodies, form, status=422)
    facts = dict(form.cleaned_data)
    body = next(row for row in bodies if row.pk == facts.pop("body"))
    try:
        adoption, created = adoptions.record_adoption(practice, body, by=request.user, at=request.arrived_at, **facts)
    except adoptions.AdoptionRefused as refused:
        return _want_page(request, practice, bodies, form, status=refused.status, message=str(refused))
    if created:
        messages.success(request, _("Registrado. Quem fez a prática recebe uma mensagem com o contato do órgão."))
    else:
        messages.info(request, _("Este uso já estava registrado: é este."))
    return redirect("bank:adoption", adoption.pk)


def _visible(request, pk):
    rows = Adoption.objects.visible_to(request.user).with_adopter().select_related("practice", "replied_by")
    rows = rows.select_related("practice__owner__government", "practice__owner__organisation")
    return get_object_or_404(rows, pk=pk)


def adoption(request, pk):
    """One use, as its two sides see it."""
    found = _visible(request, pk)
    return _page(request, found, _change_form(found))


def _change_form(adoption, data=None):
    names = ("state", "purpose", "department", "contact_email", "reason", "version")
    return AdoptionChangeForm(data, initial={name: getattr(adoption, name) for name in names})


def _page(request, adoption, form, *, answering=None, status=200, message="", other=None):
    uses, owns = (access.writes_for(request.user, body) for body in (adoption.adopter, adoption.practice.owner))
    sees_contact = request.user.is_coordinator or bool(
        {adoption.adopter_id, adoption.practice.owner_id} & set(team.memberships_of(request.user))
    )
    facts = {
        "adoption": adoption,
        "form": form if uses and not adoption.withdrawn_at else None,
        "answering": (answering or _answer_form(initial={"text": adoption.reply}))
        if owns and not adoption.withdrawn_at
        else None,
        "sees_contact": sees_contact,
        "message": message,
        "other": other,
        "government": getattr(adoption.adopter if uses else adoption.practice.owner, "government", None),
    }
    return render(request, "practices/adoption.html", facts, status=status)


def _answer_form(data=None, **kwargs):
    return TextForm(
        data,
        label=_("Resposta"),
        required=_("Escreva a resposta."),
        help_text=_("Quem quer usar a prática recebe por e-mail. Não aparece em público."),
        **kwargs,
    )


def change(request, pk):
    found = _visible(request, pk)
    if not access.writes_for(request.user, found.adopter):
        raise PermissionDenied
    form = _change_form(found, request.POST)
    if not form.is_valid():
        return _page(request, found, form, status=422)
    facts = dict(form.cleaned_data)
    try:
        adoptions.change_adoption(found, based_on=facts.pop("version"), by=request.user, at=request.arrived_at, **facts)
    except adoptions.AdoptionStale as stale:
        form.data = form.data.copy()
        form.data["version"] = str(stale.other.version)
        return _page(request, stale.other, form, status=412, message=str(stale), other=stale.other)
    except adoptions.AdoptionRefused as refused:
        return _page(request, found, form, status=refused.status, message=str(refused))
    messages.success(request, _("Registro atualizado."))
    return redirect("bank:adoption", pk)


def withdraw(request, pk):
    found = _visible(request, pk)
    if not access.writes_for(request.user, found.adopter):
        raise PermissionDenied
    adoptions.withdraw(found, by=request.user, at=request.arrived_at)
    messages.success(request, _("Registro retirado: não aparece mais na página da prática."))
    return redirect("bank:own")


def answer(request, pk):
    found = _visible(request, pk)
    if not access.writes_for(request.user, found.practice.owner):
        raise PermissionDenied
    form = _answer_form(request.POST)
    if not form.is_valid():
        return _page(request, found, _change_form(found), answering=form, status=422)
    try:
        adoptions.answer(found, form.cleaned_data["text"], by=request.user, at=request.arrived_at)
    except adoptions.AdoptionRefused as refused:
        return _page(request, found, _change_form(found), answering=form, status=refused.status, message=str(refused))
    messages.success(request, _("Resposta enviada."))
    return redirect("bank:adoption", pk)
