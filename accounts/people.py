"""Moves of people and their roles: making an account for somebody, giving and ending a role, ending sessions."""

from allauth.account.models import EmailAddress
from allauth.usersessions.models import UserSession
from django.contrib.auth import SESSION_KEY, get_user_model
from django.contrib.sessions.models import Session
from django.db import transaction
from django.utils import timezone

from core import audit


@transaction.atomic
def create_person(*, email, name, password=None, language="pt-br"):
    """An account whose address counts as confirmed: for commands and demonstrations, where nobody signs up by hand."""
    user = get_user_model().objects.create_user(email, password, name=name, language=language)
    EmailAddress.objects.create(user=user, email=user.email, verified=True, primary=True)
    return user


@transaction.atomic
def give_role(user, role, *, by=None):
    """Give a role of the programme from now on; giving one already held changes nothing."""
    row, created = user.programme_role_rows.get_or_create(role=role, until=None, defaults={"given_by": by})
    if created:
        audit.record("programme_role_given", by=by, subject=user, role=str(role))
    user.forget_roles()
    return row


@transaction.atomic
def end_role(user, role, *, by=None):
    """End a role at once: roles are read on each request, so the next one goes without it."""
    now = timezone.now()
    ended = user.programme_role_rows.in_force(now).filter(role=role).update(until=now)
    if ended:
        audit.record("programme_role_ended", by=by, subject=user, role=str(role))
    user.forget_roles()
    return ended


def revoke_sessions(user, *, by=None, keep=None):
    """Sign a person out everywhere (but in the session `keep`); returns how many sessions ended."""
    theirs = [
        row.pk
        for row in Session.objects.filter(expire_date__gt=timezone.now()).exclude(pk=keep).iterator()
        if row.get_decoded().get(SESSION_KEY) == str(user.pk)
    ]
    Session.objects.filter(pk__in=theirs).delete()
    UserSession.objects.filter(user=user).exclude(session_key=keep).delete()
    if theirs:
        audit.record("sessions_revoked", by=by, subject=user, count=len(theirs))
    return len(theirs)
