"""What `check --deploy` refuses beside Django's own list."""

from django.apps import apps
from django.conf import settings
from django.core.checks import Error, Tags, Warning, register
from django.db import DatabaseError


@register(Tags.security, deploy=True)
def address_is_https(app_configs, **kwargs):
    if settings.PUBLIC_BASE_URL.startswith("https://"):
        return []
    return [
        Error(
            f"PUBLIC_BASE_URL is {settings.PUBLIC_BASE_URL!r}: passwords and sessions would travel in the open.",
            hint="Serve the portal over TLS and set PUBLIC_BASE_URL to its https:// address.",
            id="migracidades.E001",
        )
    ]


@register(Tags.security, deploy=True)
def database_is_no_demo(app_configs, **kwargs):
    if not is_demo():
        return []
    return [
        Error(
            "The database holds the demo, whose people sign in without a second factor.",
            hint="Point DATABASE_URL at a database of its own, migrated and filled with load_reference.",
            id="migracidades.E002",
        )
    ]


@register(Tags.security, deploy=True)
def mail_is_sent(app_configs, **kwargs):
    if not settings.EMAIL_BACKEND.endswith("filebased.EmailBackend"):
        return []
    return [
        Warning(
            "Mail is kept in files and reaches nobody.",
            hint="Set EMAIL_URL, for example smtp+tls://user:password@mail.example.org:587.",
            id="migracidades.W001",
        )
    ]


def is_demo():
    """Whether `seed_demo` marked this database; one that is empty or cannot be read is no demo."""
    try:
        return apps.get_model("core", "Mark").objects.filter(name="demo").exists()
    except DatabaseError:
        return False
