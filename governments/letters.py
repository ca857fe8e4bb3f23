"""Letters about teams: each reads its facts when it leaves, and is dropped where they no longer hold."""

from django.utils.translation import gettext as _

from core.dates import day_text, deadline_text
from core.links import absolute_url
from core.outbox import Letter, letter
from governments import invitations
from governments.models import AccessRequest, Membership


@letter("invitation")
def invitation(invitation, message):
    if invitation.accepted_at or invitation.revoked_at or invitation.has_expired:
        return None
    facts = {
        "who": invitation.invited_by,
        "government": invitation.body,
        "role": invitation.get_role_display(),
        "link": absolute_url("team:accept", invitations.new_token(invitation)),
        "until": deadline_text(invitation.expires_at),
    }
    body = _(
        "Olá,\n\n"
        "%(who)s convidou você para a equipe de %(government)s no MigraCidades, com o papel: %(role)s.\n\n"
        "Para aceitar, abra este endereço até %(until)s:\n%(link)s\n\n"
        "O endereço serve uma única vez e só para quem recebeu esta mensagem. "
        "Se você não esperava este convite, não precisa fazer nada.\n"
    )
    return Letter(subject=_("Convite para a equipe de %(government)s") % facts, body=body % facts)


@letter("access_requested")
def access_requested(request, message):
    """To the managers, or to the coordination where the government has none yet."""
    if request.state != AccessRequest.State.OPEN:
        return None
    facts = {
        "who": request.user,
        "email": request.user.email,
        "government": request.body,
        "department": request.department,
        "position": request.position,
        "link": _where_to_decide(request, message.user),
    }
    body = _(
        "Olá,\n\n"
        "%(who)s (%(email)s) pediu acesso à equipe de %(government)s.\n"
        "Secretaria ou órgão: %(department)s. Cargo: %(position)s.\n\n"
        "Confira se a pessoa trabalha mesmo para este governo e responda aqui:\n%(link)s\n"
    )
    return Letter(subject=_("Pedido de acesso à equipe de %(government)s") % facts, body=body % facts)


def _where_to_decide(request, person):
    leads = Membership.objects.in_force().filter(body=request.body, user=person, role=Membership.Role.MANAGER)
    if leads.exists():
        return absolute_url("team:members", request.body.government.ibge_code)
    return absolute_url("team:requests")


@letter("access_decided")
def access_decided(request, message):
    if request.state == AccessRequest.State.OPEN:
        return None
    facts = {
        "government": request.body,
        "date": day_text(request.decided_at),
    }
    if request.state == AccessRequest.State.APPROVED:
        facts["link"] = absolute_url("workspace")
        subject = _("Você já faz parte da equipe de %(government)s")
        body = _("Olá,\n\nO seu pedido de acesso foi aceito em %(date)s. Comece por aqui:\n%(link)s\n")
    else:
        facts["reason"] = request.reason
        subject = _("Resposta ao pedido de acesso a %(government)s")
        body = _("Olá,\n\nO seu pedido de acesso não foi aceito em %(date)s.\nMotivo: %(reason)s\n")
    return Letter(subject=subject % facts, body=body % facts)
