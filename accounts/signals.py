"""What sign-in leaves in the audit, and sessions that end when a second factor appears."""

from allauth.account.signals import password_changed, password_reset
from allauth.core import context as allauth_context
from allauth.mfa.models import Authenticator
from allauth.mfa.signals import authenticator_added, authenticator_removed
from django.contrib.auth.signals import user_logged_in, user_logged_out, user_login_failed
from django.db.models.signals import post_save
from django.dispatch import receiver

from accounts import people
from core import audit


@receiver(user_logged_in)
def record_sign_in(sender, request, user, **kwargs):
    audit.record("sign_in", by=user, subject=user)


@receiver(user_logged_out)
def record_sign_out(sender, request, user, **kwargs):
    if user is not None:
        audit.record("sign_out", by=user, subject=user)


@receiver(user_login_failed)
def record_refused_sign_in(sender, credentials, request=None, **kwargs):
    """Neither address nor password: somebody may have typed the one into the other's field."""
    audit.record("sign_in_refused", by=None, subject=None)


@receiver([password_changed, password_reset])
def end_sessions_after_a_new_password(sender, request, user, **kwargs):
    audit.record("password_changed", by=user, subject=user)
    people.revoke_sessions(user, by=user, keep=request.session.session_key if request.user == user else None)


@receiver(post_save, sender=Authenticator)
def end_sessions_without_second_factor(sender, instance, created, **kwargs):
    """In the transaction that adds it: from then on every session of this person has passed the second factor."""
    if created and instance.type != Authenticator.Type.RECOVERY_CODES:
        request = allauth_context.request
        people.revoke_sessions(instance.user, keep=request.session.session_key if request else None)


@receiver(authenticator_added)
def record_added_second_factor(sender, request, user, authenticator, **kwargs):
    audit.record("second_factor_added", by=user, subject=user, kind=authenticator.type)


@receiver(authenticator_removed)
def record_removed_second_factor(sender, request, user, authenticator, **kwargs):
    audit.record("second_factor_removed", by=user, subject=user, kind=authenticator.type)
