"""Who may do what with a sheet, in which state: asked by pages and by every move."""

from django.core.exceptions import PermissionDenied

from core.routes import EDITOR, MANAGER
from governments import team

from .models import Practice, State
from .models.practice import WrongState

WRITERS = {MANAGER, EDITOR}
# What its own team may still change; afterwards the curators have it.
OPEN_TO_TEAM = {State.DRAFT, State.RETURNED}
OPEN_TO_CURATORS = {State.DRAFT, State.SENT, State.RETURNED, State.PUBLISHED, State.UNPUBLISHED}


def writes_for(user, body):
    """Whether the person fills things in for this government or organisation."""
    return body is not None and team.role_in(user, body) in WRITERS


def may_edit(user, practice):
    """Whether the sheet's text may be changed by this person now."""
    if user.is_coordinator:
        return practice.state in OPEN_TO_CURATORS
    return practice.state in OPEN_TO_TEAM and writes_for(user, practice.owner)


def refuse_stranger(user, practice):
    """Raises PermissionDenied for who neither writes for the owner nor curates."""
    if not (user.is_coordinator or writes_for(user, practice.owner)):
        raise PermissionDenied


def refuse_edit(user, practice):
    """Raises PermissionDenied, or WrongState where it is only the state that stands in the way."""
    refuse_stranger(user, practice)
    if not may_edit(user, practice):
        raise WrongState(practice.state, State.DRAFT)


def refuse_reader(user):
    """Curating is for coordinators."""
    if not user.is_coordinator:
        raise PermissionDenied


def locked(practice, *, by=None):
    """The row as it stands, held until the transaction ends; the person's memberships are read again."""
    if by is not None and by.is_authenticated:
        team.forget(by)
    return Practice.objects.select_for_update(of=("self",)).with_owner().get(pk=getattr(practice, "pk", practice))
