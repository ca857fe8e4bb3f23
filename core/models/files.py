import secrets
import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of


def random_name(stored, filename):
    """A name nobody can guess and that says nothing; two levels of folders keep listings short."""
    token = secrets.token_hex(20)
    return f"files/{token[:2]}/{token}"


class Scan(models.TextChoices):
    NOT_SCANNED = "not_scanned", _("não verificado")
    CLEAN = "clean", _("sem ameaças")
    INFECTED = "infected", _("com ameaça")


class StoredFile(models.Model):
    """A file whose content was checked. `core.files` makes and serves it; who may see it is its owner's business."""

    Scan = Scan

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    file = models.FileField(upload_to=random_name, max_length=120, unique=True)
    original_name = models.CharField(max_length=255)
    size = models.PositiveBigIntegerField()
    sha256 = models.CharField(max_length=64, db_index=True)
    media_type = models.CharField(max_length=100)
    scan = models.CharField(max_length=12, choices=Scan, default=Scan.NOT_SCANNED)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    uploaded_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            one_of("scan", Scan, name="file_scan_known"),
            models.CheckConstraint(condition=models.Q(size__gt=0), name="file_not_empty"),
        ]

    def __str__(self):
        return self.original_name
