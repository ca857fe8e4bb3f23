"""What the demonstration may be told over: an empty house, or itself."""

from django.conf import settings
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import connection, transaction
from django.utils.translation import gettext as _

from accounts.models import User
from certification.models import Participation
from core.context_processors import forget_demo_mark
from core.models import Mark, StoredFile
from dimensions import catalogue


class RealData(Exception):
    """People or participations that the demonstration did not make: it never stands beside them."""


def mark():
    """The row that says that all here is invented, or None."""
    return Mark.objects.filter(name="demo").first()


def refuse_real_data():
    """Raises RealData where there is anything but reference data, earlier awards and the demonstration's own."""
    if _foreign_people().exists():
        raise RealData(
            _("Este banco tem pessoas que a demonstração não criou. Use outro banco de dados; nada foi mudado aqui.")
        )
    if mark() is None and Participation.objects.filter(edition__from_before_portal=False).exists():
        raise RealData(
            _(
                "Este banco tem participações que a demonstração não criou. Use outro banco de dados; nada foi mudado aqui."
            )
        )


def _foreign_people():
    if mark() is None:
        return User.objects.all()
    return User.objects.exclude(email__endswith=f"@{settings.DEMO_EMAIL_DOMAIN}")


def empty_the_house():
    """Throw all rows away and load the reference data again: rows that never change yield to nothing less than a flush. Their files go with
    the commit."""
    names = list(StoredFile.objects.values_list("file", flat=True))
    transaction.on_commit(lambda: [default_storage.delete(name) for name in names], robust=True)
    connection.check_constraints()  # PostgreSQL empties no table that still waits to be checked
    call_command("flush", interactive=False, verbosity=0)
    catalogue.forget()
    forget_demo_mark()
    call_command("load_reference", verbosity=0)
