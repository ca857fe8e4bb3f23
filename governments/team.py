"""Who works for which government, read on each request: an ended membership stops working at once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import audit
from governments.models import Body, Membership

Role = Membership.Role


class TeamError(Exception):
    """A move the team's rules refuse; `message` says why and what to do."""

    message = ""

    def __str__(self):
        return str(self.message)


class LastManager(TeamError):
    message = _(
        "Esta é a única pessoa gestora do governo. Dê antes o papel de gestora ou gestor a outra pessoa da equipe."
    )


class AlreadyMember(TeamError):
    message = _("Esta pessoa já faz parte da equipe.")


def memberships_of(user):
    """The person's memberships in force by body id, one query per request: kept on the user, which lives as long."""
    if not user.is_authenticated:
        return {}
    if not hasattr(user, "_memberships_in_force"):
        # Sorted here: an ORDER BY costs more than the few rows do. Of two in one team the later counts.
        rows = sorted(Membership.objects.in_force().filter(user=user).order_by(), key=lambda row: row.since)
        user._memberships_in_force = {row.body_id: row for row in rows}
    return user._memberships_in_force


def role_in(user, government):
    """manager, editor or reader of this government's team, or None."""
    return role_in_body(user, government.pk)


def role_in_body(user, body_id):
    """The same where only the body's id was read."""
    membership = memberships_of(user).get(body_id)
    return membership.role if membership else None


def forget(user):
    """Read the memberships again on the next question: for writes that lock rows and re-check inside the transaction."""
    # By attribute: `request.user` is a lazy wrapper, whose own dictionary is not the person's.
    if hasattr(user, "_memberships_in_force"):
        del user._memberships_in_force


def may_manage(user, government):
    """Managers lead their own team; coordinators watch over all of them."""
    return role_in(user, government) == Role.MANAGER or user.is_coordinator


def managers_of(body):
    """Memberships of the managers in force."""
    return Membership.objects.in_force().filter(body=body, role=Role.MANAGER).select_related("user")


@transaction.atomic
def add_member(body, *, user, role, department="", position="", by, at=None):
    """Let a person in from now on, or from an earlier instant. Raises AlreadyMember."""
    lock(body)
    if Membership.objects.in_force().filter(body=body, user=user).exists():
        raise AlreadyMember
    membership = Membership.objects.create(
        body=body,
        user=user,
        role=role,
        department=department,
        position=position,
        added_by=by,
        since=at or timezone.now(),
    )
    record("member_added", membership, by=by)
    return membership


@transaction.atomic
def change_member(membership, *, role, department, position, by):
    """Change what a member is from now on; what the person was until now stays as a row of its own. Raises LastManager."""
    lock(membership.body)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    if role != Role.MANAGER:
        refuse_last_manager(membership)
    changed_at = timezone.now()
    goes_on = {"role": role, "department": department, "position": position, "until": membership.until}
    membership.until = changed_at
    membership.save(update_fields=["until"])
    renewed = Membership.objects.create(
        body=membership.body, user=membership.user, since=changed_at, added_by=by, **goes_on
    )
    record("member_changed", renewed, by=by, was=membership.role)
    return renewed


@transaction.atomic
def end_membership(membership, *, by, at=None):
    """Take the access away at once; work and history stay. Raises LastManager."""
    lock(membership.body)
    membership = Membership.objects.select_for_update().get(pk=membership.pk)
    refuse_last_manager(membership)
    membership.until = at or timezone.now()
    membership.save(update_fields=["until"])
    record("member_left" if by == membership.user else "member_removed", membership, by=by)
    return membership


def refuse_last_manager(membership):
    if membership.role == Role.MANAGER and not managers_of(membership.body).exclude(pk=membership.pk).exists():
        raise LastManager


def lock(body):
    """One team changes once at a time: two managers must not remove each other in the same second."""
    Body.objects.select_for_update().get(pk=body.pk)


def record(action, row, *, by, **detail):
    """The move in the audit, found again by the government it touches."""
    audit.record(action, by=by, subject=row, government_id=row.body_id, role=str(row.role), **detail)
