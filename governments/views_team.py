"""The team room: who works for a government, who is invited, who leaves. What it may do lies in team.py and its siblings."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from governments import access_requests, invitations, team
from governments.forms import DecisionForm, InviteForm, MemberForm
from governments.models import Government, Membership


def visible_government(request, ibge_code):
    """Outside what the person may see: 404."""
    return get_object_or_404(Government.objects.visible_to(request.user), ibge_code=ibge_code)


def managed_government(request, ibge_code):
    """Seen, but not led by this person: 403."""
    government = visible_government(request, ibge_code)
    if not team.may_manage(request.user, government):
        raise PermissionDenied
    return government


def members(request, ibge_code, invite_form=None, decision_form=None, status=200):
    government = visible_government(request, ibge_code)
    body, manages = government.body, team.may_manage(request.user, government)
    context = {
        "government": government,
        "members": members_of(body),
        "former": former(body),
        "manages": manages,
        "own": team.memberships_of(request.user).get(body.pk),
        "invitations": invitations.open_invitations(body) if manages else [],
        "requests": requests_of(request.user, body) if manages else [],
        "invite_form": invite_form or InviteForm(),
        "decision_form": decision_form or DecisionForm(),
    }
    return render(request, "governments/team/members.html", context, status=status)


def members_of(body):
    """Who is in force now: managers first, then who fills in, then who reads."""
    order = Membership.Role.values
    found = Membership.objects.in_force().filter(body=body).select_related("user").order_by("since")
    return sorted(found, key=lambda membership: order.index(membership.role))


def former(body):
    """Ended memberships, latest first: the history of the team."""
    ended = Membership.objects.filter(body=body, until__lte=timezone.now())
    return ended.select_related("user").order_by("-until")[:50]


def requests_of(user, body):
    waiting = access_requests.open_requests(body)
    return [request for request in waiting if access_requests.may_decide(user, request)]


def invite(request, ibge_code):
    government = managed_government(request, ibge_code)
    form = InviteForm(request.POST)
    if not form.is_valid():
        return members(request, ibge_code, invite_form=form, status=422)
    try:
        invitation = invitations.invite(government.body, by=request.user, **form.cleaned_data)
    except team.TeamError as refused:
        form.add_error("email", refused.message)
        return members(request, ibge_code, invite_form=form, status=409)
    messages.success(request, _("Convite enviado para %(email)s. Vale por 7 dias.") % {"email": invitation.email})
    return redirect("team:members", ibge_code)


def resend(request, ibge_code, pk):
    return on_invitation(request, ibge_code, pk, invitations.resend, _("Convite reenviado. Vale por mais 7 dias."))


def revoke(request, ibge_code, pk):
    return on_invitation(request, ibge_code, pk, invitations.revoke, _("Convite cancelado: o endereço não serve mais."))


def on_invitation(request, ibge_code, pk, move, done):
    government = managed_government(request, ibge_code)
    invitation = get_object_or_404(government.body.invitations, pk=pk)
    return attempt(request, ibge_code, done, move, invitation, by=request.user)


def attempt(request, ibge_code, done, move, *args, **kwargs):
    """Make a move of the team and say how it went."""
    try:
        move(*args, **kwargs)
    except team.TeamError as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, done)
    return redirect("team:members", ibge_code)


def member(request, ibge_code, pk):
    """Role, department and position of one member."""
    government = managed_government(request, ibge_code)
    membership = get_object_or_404(Membership.objects.in_force().filter(body=government.body), pk=pk)
    form = MemberForm(request.POST or None, instance=membership)
    status = 200
    if request.method == "POST":
        status = change(request, membership, form)
    if status == 302:
        return redirect("team:members", ibge_code)
    context = {"government": government, "person": membership.user, "form": form}
    return render(request, "governments/team/member.html", context, status=status)


def change(request, membership, form):
    """The status to answer with: 302 when it is done, 422 for a wrong field, 409 where the team's rules refuse it."""
    if not form.is_valid():
        return 422
    try:
        team.change_member(membership, by=request.user, **form.cleaned_data)
    except team.TeamError as refused:
        form.add_error("role", refused.message)
        return 409
    messages.success(request, _("Alterações salvas. Valem desde já."))
    return 302


def end(request, ibge_code, pk):
    government = managed_government(request, ibge_code)
    membership = get_object_or_404(Membership.objects.in_force().filter(body=government.body), pk=pk)
    if request.method == "GET":
        return confirm_end(request, government, membership)
    done = _("O acesso de %(person)s terminou agora.") % {"person": membership.user}
    return attempt(request, ibge_code, done, team.end_membership, membership, by=request.user)


def confirm_end(request, government, membership):
    context = {"government": government, "membership": membership, "leaving": membership.user == request.user}
    return render(request, "governments/team/end.html", context)


def leave(request, ibge_code):
    """One's own way out: anyone may leave but the last manager."""
    government = visible_government(request, ibge_code)
    membership = team.memberships_of(request.user).get(government.pk)
    if membership is None:
        raise PermissionDenied
    if request.method == "GET":
        return confirm_end(request, government, membership)
    try:
        team.end_membership(membership, by=request.user)
    except team.TeamError as refused:
        messages.error(request, refused.message)
        return redirect("team:members", ibge_code)
    messages.success(request, _("Você saiu da equipe de %(government)s.") % {"government": government})
    return redirect("workspace")


def decide(request, ibge_code, pk):
    """A manager's answer to a request for access."""
    government = managed_government(request, ibge_code)
    asked = get_object_or_404(access_requests.open_requests(government.body), pk=pk)
    form = DecisionForm(request.POST)
    if not form.is_valid():
        return members(request, ibge_code, decision_form=form, status=422)
    return attempt(request, ibge_code, _("Resposta enviada."), answer, asked, request, form)


def answer(asked, request, form):
    """Approve or decline, by the button that was pressed."""
    if "decline" in request.POST:
        access_requests.decline(asked, reason=form.cleaned_data["reason"], by=request.user)
    else:
        role = form.cleaned_data["role"] or Membership.Role.EDITOR
        access_requests.approve(asked, role=role, by=request.user)
