"""Submitted copies: immutable, with a hash anyone can compute again."""

import hashlib
import json
import secrets

from django.conf import settings
from django.db import models, transaction
from django.utils.translation import gettext_lazy as _

from .kinds import Kind
from .participation import Participation

# Without letters and digits that are mistaken for one another when read aloud.
PROTOCOL_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


class SnapshotIsImmutable(Exception):
    """A submitted copy cannot be changed or deleted; a correction makes a new one."""


def canonical(content):
    """The bytes whose SHA-256 is the receipt's: JSON with sorted keys, UTF-8, no spaces."""
    return json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":")).encode()


class SnapshotQuerySet(models.QuerySet):
    def update(self, **kwargs):
        raise SnapshotIsImmutable

    def delete(self):
        raise SnapshotIsImmutable


class Snapshot(models.Model):
    """What was handed over at one instant by one step.

    `content` always has: schema, kind, number, government {ibge_code, name, uf, kind, region}, edition {year, programme}, submitted_by, submitted_at; and by
    kind of step what its room's `freeze` documents (diagnosis: context, dimensions with questions, answers in words, comments, evidence; and so on).
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="snapshots")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    number = models.PositiveIntegerField()  # 1 for the first submission, 2 after a return
    content = models.JSONField()
    sha256 = models.CharField(max_length=64)
    protocol = models.CharField(_("protocolo"), max_length=30, unique=True)
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    objects = SnapshotQuerySet.as_manager()

    class Meta:
        ordering = ["made_at"]
        get_latest_by = "number"
        constraints = [
            models.UniqueConstraint(fields=["participation", "kind", "number"], name="one_snapshot_a_number")
        ]

    def __str__(self):
        return self.protocol

    def save(self, *args, **kwargs):
        if self.pk and not kwargs.get("force_insert"):
            raise SnapshotIsImmutable
        super().save(*args, **kwargs)

    def delete(self, *args, **kwargs):
        raise SnapshotIsImmutable


@transaction.atomic
def freeze(participation, kind, content, *, by, at):
    """Store what a step hands over; the caller holds the step's lock. Returns the Snapshot."""
    government, edition = participation.government, participation.edition
    number = participation.snapshots.filter(kind=kind).count() + 1
    whole = {
        "schema": 1,
        "kind": str(kind),
        "number": number,
        "government": {
            "ibge_code": government.ibge_code,
            "name": government.name,
            "uf": government.uf,
            "kind": government.kind,
            "region": government.region,
        },
        "edition": {"year": edition.year, "programme": edition.programme.name},
        "submitted_by": by.name if by else None,
        "submitted_at": at.isoformat(timespec="seconds"),
        **content,
    }
    return Snapshot.objects.create(
        participation=participation,
        kind=kind,
        number=number,
        content=whole,
        sha256=hashlib.sha256(canonical(whole)).hexdigest(),
        protocol=new_protocol(edition.year, kind),
        made_at=at,
        made_by=by,
    )


def new_protocol(year, kind):
    """A number to quote on the phone: year, step's letter, eight random signs."""
    letter = {"enrollment": "I", "diagnosis": "D", "prioritization": "P", "certification": "C", "monitoring": "M"}[kind]
    return f"{year}-{letter}-{''.join(secrets.choice(PROTOCOL_ALPHABET) for _ in range(8))}"
