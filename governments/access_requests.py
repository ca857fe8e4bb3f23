"""A person without a team asks to work for a government; its managers decide, or the coordination where there is none."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models import ProgrammeRole, Role
from core import audit, outbox
from governments import team
from governments.models import AccessRequest, Membership

State = AccessRequest.State
MOST_OPEN = 5


class AlreadyAsked(team.TeamError):
    message = _("Você já pediu acesso a este governo. Avisaremos por e-mail assim que houver resposta.")


class TooManyOpen(team.TeamError):
    message = _("Você já tem pedidos à espera em vários governos. Aguarde uma resposta antes de pedir outro.")


class AlreadyDecided(team.TeamError):
    message = _("Este pedido já foi respondido.")


class NotYours(team.TeamError):
    message = _("Este governo tem quem o administre: a resposta cabe às pessoas gestoras da equipe.")


@transaction.atomic
def ask(body, *, user, department, position, message=""):
    """Ask for access and tell who decides. Raises AlreadyMember, AlreadyAsked or TooManyOpen."""
    team.lock(body)
    refuse_needless(body, user)
    request = AccessRequest.objects.create(
        body=body, user=user, department=department, position=position, message=message
    )
    for person in deciders(body):
        outbox.post("access_requested", subject=request, to=person)
    record("access_requested", request, by=user)
    return request


def refuse_needless(body, user):
    if Membership.objects.in_force().filter(body=body, user=user).exists():
        raise team.AlreadyMember
    waiting = set(AccessRequest.objects.filter(user=user, state=State.OPEN).values_list("body", flat=True))
    if body.pk in waiting:
        raise AlreadyAsked
    if len(waiting) >= MOST_OPEN:
        raise TooManyOpen


def deciders(body):
    """The people who may answer: managers in force, else the coordination of the programme."""
    managers = [membership.user for membership in team.managers_of(body)]
    return managers or coordinators()


def coordinators():
    """People of the coordination in force, whose accounts are open."""
    held = ProgrammeRole.objects.in_force().filter(role=Role.COORDINATOR, user__is_active=True)
    return [row.user for row in held.select_related("user")]


def open_requests(body):
    return AccessRequest.objects.filter(body=body, state=State.OPEN).select_related("user")


def waiting_for_coordination():
    """Open requests for governments that have no manager."""
    led = Membership.objects.in_force().filter(role=team.Role.MANAGER).values("body")
    waiting = AccessRequest.objects.filter(state=State.OPEN).exclude(body__in=led)
    return waiting.select_related("user", "body__government")


def may_decide(user, request):
    """Managers decide for their team; coordinators only where nobody leads it yet."""
    return user in deciders(request.body)


@transaction.atomic
def approve(request, *, role, by):
    """Let the person in; the first one of a government becomes its manager. Raises AlreadyDecided, NotYours or AlreadyMember."""
    request = _locked_open(request, by)
    role = role if team.managers_of(request.body).exists() else team.Role.MANAGER
    team.add_member(
        request.body, user=request.user, role=role, department=request.department, position=request.position, by=by
    )
    _decide(request, State.APPROVED, by=by)


@transaction.atomic
def decline(request, *, reason, by):
    """Say no, with a reason that goes into the letter. Raises AlreadyDecided or NotYours."""
    request = _locked_open(request, by)
    request.reason = reason
    _decide(request, State.DECLINED, by=by)


def _locked_open(request, by):
    team.lock(request.body)
    request = AccessRequest.objects.select_for_update().get(pk=request.pk)
    if request.state != State.OPEN:
        raise AlreadyDecided
    if not may_decide(by, request):
        raise NotYours
    return request


def _decide(request, state, *, by):
    request.state = state
    request.decided_at = timezone.now()
    request.decided_by = by
    request.save(update_fields=["state", "decided_at", "decided_by", "reason"])
    outbox.post("access_decided", subject=request, to=request.user)
    record(f"access_{state}", request, by=by)


def record(action, request, *, by):
    audit.record(action, by=by, subject=request, government_id=request.body_id)
