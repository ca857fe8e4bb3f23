"""Who is told about a sheet: the people of its owner, the coordination, or whoever proposed it by the open form."""

from accounts.models import ProgrammeRole, Role
from core import outbox
from governments.models import Membership

from .access import WRITERS


def writers_of(body):
    """Who fills things in for a government or organisation, while their account is open."""
    rows = Membership.objects.in_force().filter(body=body, role__in=WRITERS, user__is_active=True)
    return [row.user for row in rows.select_related("user")]


def managers_of(body):
    """Who leads it; where nobody does, the coordination hears instead."""
    rows = Membership.objects.in_force().filter(body=body, role="manager", user__is_active=True)
    return [row.user for row in rows.select_related("user")]


def coordinators():
    held = ProgrammeRole.objects.in_force().filter(role=Role.COORDINATOR, user__is_active=True)
    return [row.user for row in held.select_related("user").order_by("pk")]


def tell_owner(kind, subject, practice):
    """A letter to each of the owner's writers; by the open form, to the address that was confirmed."""
    proposal = getattr(practice, "proposal", None)
    people = writers_of(practice.owner) if practice.owner_id else []
    if people:
        for person in people:
            outbox.post(kind, subject=subject, to=person)
    elif proposal and proposal.confirmed_at:
        outbox.post(kind, subject=subject, to=proposal.contact_email)


def tell_coordination(kind, subject):
    for person in coordinators():
        outbox.post(kind, subject=subject, to=person)
