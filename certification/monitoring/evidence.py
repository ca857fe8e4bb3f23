"""Evidence of an entry: a new file, an address, or a piece of the government's library. It belongs to the government, not to the entry."""

from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date

from django.conf import settings
from django.utils.translation import ngettext

from core import audit, files
from governments import library
from governments.library import EvidenceRefused
from governments.models import Evidence

from .models import ProgressEvidence


@dataclass(frozen=True)
class NewPiece:
    """A piece the library does not have yet: `file` as uploaded, or `url`."""

    file: object = None
    url: str = ""
    title: str = ""
    kind: str = Evidence.Kind.OTHER
    document_date: date | None = None

    def row(self, owner_id, stored, *, by, at):
        title = self.title or (stored.original_name if stored else self.url)
        facts = {"title": title[:200], "kind": self.kind, "document_date": self.document_date}
        return Evidence(owner_id=owner_id, file=stored, url=self.url, added_by=by, added_at=at, **facts)


@contextmanager
def stored_files(pieces, *, by):
    """Uploaded files kept before the transaction, forgotten if it fails. Gives (piece, StoredFile or None) pairs. Raises files.Refused."""
    kept = []
    try:
        for piece in pieces:
            is_upload = isinstance(piece, NewPiece) and piece.file
            kept.append((piece, files.store(piece.file, by=by, kinds=files.EVIDENCE) if is_upload else None))
        yield kept
    except Exception:
        for _piece, stored in kept:
            if stored:
                files.remove(stored)
        raise


def link(entry, kept, *, by, at):
    """Tie pieces to an entry, inside its transaction. A piece of the library is given as its row. Raises EvidenceRefused, Evidence.DoesNotExist."""
    if not kept:
        return
    owner_id = entry.participation.government_id
    _check_room(entry, owner_id, kept)
    rows = [_row(piece, stored, owner_id, by=by, at=at) for piece, stored in kept]
    for piece in rows:
        _made, created = ProgressEvidence.objects.get_or_create(
            entry=entry, evidence=piece, defaults={"linked_at": at, "linked_by": by}
        )
        if created:
            audit.record("progress.evidence_added", by=by, subject=piece, government_id=owner_id, entry=entry.pk)


def _row(piece, stored, owner_id, *, by, at):
    if not isinstance(piece, NewPiece):
        return Evidence.objects.get(pk=getattr(piece, "pk", piece), owner=owner_id)
    row = piece.row(owner_id, stored, by=by, at=at)
    row.save()
    return row


def _check_room(entry, owner_id, kept):
    limit = settings.FILES_PER_ANSWER
    if entry.evidence_links.count() + len(kept) > limit:
        text = ngettext(
            "Cabe %(limit)s comprovação em um registro. Escreva outro registro para anexar mais.",
            "Cabem %(limit)s comprovações em um registro. Escreva outro registro para anexar mais.",
            limit,
        )
        raise EvidenceRefused(text % {"limit": limit}, code="too_many_files")
    size = sum(stored.size for _piece, stored in kept if stored)
    library.hold_room(owner_id, size)
