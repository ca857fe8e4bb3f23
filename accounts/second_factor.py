"""Who needs a second factor to sign in, and who has one."""

from allauth.mfa.models import Authenticator
from django.conf import settings

from accounts.models import Role
from core.models import Mark

NEED_IT = frozenset({Role.COORDINATOR, Role.ADMINISTRATOR})


def is_missing(user):
    """Whether this person's role asks for a second factor that is not set up yet."""
    return bool(user.programme_roles & NEED_IT) and not has_one(user) and not is_demonstration(user)


def has_one(user):
    return Authenticator.objects.filter(
        user=user, type__in=[Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN]
    ).exists()


def is_demonstration(user):
    """The sign-ins of the demonstration go without, and only in a database that it marked as its own."""
    if not user.email.endswith(f"@{settings.DEMO_EMAIL_DOMAIN}"):
        return False
    return Mark.objects.filter(name="demo").exists()
