"""Ways into a team: accepting an invitation, asking for access, and the coordination's answer where nobody leads yet."""

from allauth.account.adapter import get_adapter
from django.contrib import messages
from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from governments import access_requests, invitations, team
from governments.forms import AskForm, DecisionForm, SearchForm
from governments.models import Government
from governments.views_team import answer

PAGE_SIZE = 20


def accept(request, token):
    """The page an invitation's letter leads to: read by anyone who holds the token, accepted by the invited person."""
    try:
        invitation = invitations.find(token)
        if request.method == "POST" and request.user.is_authenticated:
            return join(request, token)
    except team.TeamError as refused:
        return refuse(request, refused)
    context = {"invitation": invitation, "government": None, "token": token, **ways_in(request, invitation, token)}
    return render(request, "governments/team/accept.html", context)


def join(request, token):
    membership = invitations.accept(token, user=request.user)
    text = _("Pronto: você faz parte da equipe de %(government)s.") % {"government": membership.body}
    messages.success(request, text)
    return redirect("workspace")


def refuse(request, refused):
    context = {"message": refused.message, "other_address": isinstance(refused, invitations.OtherAddress)}
    return render(request, "governments/team/accept_refused.html", context, status=410)


def ways_in(request, invitation, token):
    here = urlencode({"next": reverse("team:accept", args=[token])})
    known = request.user.is_authenticated
    return {
        "sign_in_url": f"{reverse('account_login')}?{here}",
        "fits": known and invitations.is_for(invitation, request.user),
    }


def accept_with_new_account(request, token):
    """Whoever holds the token reads the invited mailbox: the address needs no second confirmation."""
    try:
        invitation = invitations.find(token)
    except team.TeamError as refused:
        return refuse(request, refused)
    get_adapter().stash_verified_email(request, invitation.email)
    query = urlencode({"email": invitation.email, "next": reverse("team:accept", args=[token])})
    return redirect(f"{reverse('account_signup')}?{query}")


def find_government(request):
    """Search among all governments; a plain form that works without scripts."""
    form = SearchForm(request.GET or None)
    text = form.cleaned_data["q"].strip() if form.is_bound and form.is_valid() else ""
    found = Government.objects.search(text) if text else Government.objects.none()
    page = Paginator(found, PAGE_SIZE).get_page(request.GET.get("page"))
    context = {"form": form, "text": text, "page": page, "own_requests": own_requests(request.user)}
    return render(request, "governments/team/find.html", context)


def own_requests(user):
    return user.access_requests.select_related("body__government").order_by("-created_at")[:10]


def ask(request, ibge_code):
    government = get_object_or_404(Government, ibge_code=ibge_code)
    form = AskForm(request.POST or None)
    status = 200
    if request.method == "POST":
        status = send(request, government, form)
    if status == 302:
        return redirect("team:find")
    has_managers = team.managers_of(government.body).exists()
    context = {"asked_for": government, "form": form, "has_managers": has_managers}
    return render(request, "governments/team/ask.html", context, status=status)


def send(request, government, form):
    if not form.is_valid():
        return 422
    try:
        access_requests.ask(government.body, user=request.user, **form.cleaned_data)
    except team.TeamError as refused:
        form.add_error(None, refused.message)
        return 409
    messages.success(request, _("Pedido enviado. Avisaremos por e-mail assim que houver resposta."))
    return 302


def requests(request, decision_form=None, status=200):
    """The coordination's list: people who ask for governments that nobody leads yet."""
    context = {"requests": access_requests.waiting_for_coordination(), "form": decision_form or DecisionForm()}
    return render(request, "governments/team/requests.html", context, status=status)


def decide_request(request, pk):
    asked = get_object_or_404(access_requests.waiting_for_coordination(), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return requests(request, decision_form=form, status=422)
    try:
        answer(asked, request, form)
    except team.TeamError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Resposta enviada."))
    return redirect("team:requests")
