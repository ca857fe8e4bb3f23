"""Invitations to a team: the letter carries a token of which only the hash is kept; it serves once and expires."""

from allauth.account.models import EmailAddress
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.tokens import hash_of
from governments import team
from governments.models import Invitation, Membership, _token_expiry


class InvitationError(team.TeamError):
    pass


class AlreadyInvited(InvitationError):
    message = _("Já há um convite em aberto para este endereço. Reenvie-o ou cancele-o na lista de convites.")


class UnknownInvitation(InvitationError):
    message = _(
        "Este convite não existe ou foi substituído por um mais novo. Confira se abriu a mensagem mais recente."
    )


class UsedInvitation(InvitationError):
    message = _("Este convite já foi usado. Se foi você, basta entrar na sua conta.")


class RevokedInvitation(InvitationError):
    message = _("Este convite foi cancelado. Fale com a pessoa que convidou você.")


class ExpiredInvitation(InvitationError):
    message = _("O prazo deste convite terminou. Peça um novo à pessoa que convidou você.")


class OtherAddress(InvitationError):
    message = _(
        "Este convite é para outro endereço de e-mail. Saia e entre com a conta desse endereço, "
        "ou peça um convite para o endereço que você usa."
    )


def open_invitations(body):
    """Sent and neither accepted nor cancelled; expired ones are shown, so that they can be sent again."""
    return Invitation.objects.filter(body=body, accepted_at=None, revoked_at=None).select_related("invited_by")


@transaction.atomic
def invite(body, *, email, role, department="", by):
    """Invite an address for seven days. Raises AlreadyMember or AlreadyInvited."""
    email = email.strip().lower()
    team.lock(body)
    if Membership.objects.in_force().filter(body=body, user__email=email).exists():
        raise team.AlreadyMember
    _make_room(body, email)
    invitation = Invitation.objects.create(
        body=body,
        email=email,
        role=role,
        department=department,
        invited_by=by,
        token_hash=hash_of(Invitation.new_token()),
    )
    _send(invitation)
    team.record("invitation_sent", invitation, by=by)
    return invitation


def _make_room(body, email):
    """An expired invitation gives way to the new one; an open one does not."""
    now = timezone.now()
    held = open_invitations(body).filter(email=email)
    if held.filter(expires_at__gt=now).exists():
        raise AlreadyInvited
    held.update(revoked_at=now)


@transaction.atomic
def resend(invitation, *, by):
    """Send it again for seven days more; the token of the earlier letter stops working when the new one is written."""
    invitation = _locked_open(invitation)
    invitation.expires_at = _token_expiry()
    invitation.save(update_fields=["expires_at"])
    _send(invitation)
    team.record("invitation_resent", invitation, by=by)


@transaction.atomic
def revoke(invitation, *, by):
    invitation = _locked_open(invitation)
    invitation.revoked_at = timezone.now()
    invitation.save(update_fields=["revoked_at"])
    team.record("invitation_revoked", invitation, by=by)


def _locked_open(invitation):
    invitation = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if invitation.accepted_at:
        raise UsedInvitation
    if invitation.revoked_at:
        raise RevokedInvitation
    return invitation


def _send(invitation):
    outbox.post("invitation", subject=invitation, to=invitation.email)


def new_token(invitation):
    """A fresh token, made as the letter is written: the clear text exists in the letter alone."""
    token = Invitation.new_token()
    invitation.token_hash = hash_of(token)
    invitation.save(update_fields=["token_hash"])
    return token


def find(token):
    """The invitation a letter's token opens. Raises the error that says why it does not."""
    return usable(Invitation.objects.select_related("body", "invited_by").filter(token_hash=hash_of(token)).first())


def usable(invitation):
    if invitation is None:
        raise UnknownInvitation
    if invitation.accepted_at:
        raise UsedInvitation
    if invitation.revoked_at:
        raise RevokedInvitation
    if invitation.has_expired:
        raise ExpiredInvitation
    return invitation


def is_for(invitation, user):
    """Whether the person holds the invited address, as the account's own or as another confirmed one."""
    confirmed = EmailAddress.objects.filter(user=user, email__iexact=invitation.email, verified=True)
    return user.email == invitation.email or confirmed.exists()


def still_stands(invitation):
    """Whether who invited may still do so: who left the team leaves no door open behind."""
    inviter, government = invitation.invited_by, getattr(invitation.body, "government", None)
    team.forget(inviter)
    return inviter.is_active and government is not None and team.may_manage(inviter, government)


@transaction.atomic
def accept(token, *, user):
    """Join the team. Raises an InvitationError, or AlreadyMember."""
    held = Invitation.objects.select_for_update().filter(token_hash=hash_of(token)).first()
    invitation = usable(held)
    if not is_for(invitation, user):
        raise OtherAddress
    if not still_stands(invitation):
        raise RevokedInvitation
    membership = team.add_member(
        invitation.body, user=user, role=invitation.role, department=invitation.department, by=invitation.invited_by
    )
    invitation.accepted_at = timezone.now()
    invitation.save(update_fields=["accepted_at"])
    team.record("invitation_accepted", invitation, by=user)
    team.forget(user)
    return membership
