"""The evidence library of a government: files and addresses that outlive the person who brought them and the edition they served."""

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Count, Exists, OuterRef, Sum
from django.utils.translation import gettext as _

from core import audit, files
from core.text import normalise, words
from governments import team
from governments.models import Body, Evidence

WRITERS = frozenset({team.Role.MANAGER, team.Role.EDITOR})
# Links are kept in the rooms above this one: asked for by their names, never imported.
USES = ("answer_links", "progress_links", "enrollments", "course_completions", "practice_documents")


class EvidenceRefused(Exception):
    """A piece that is not taken; the message says why and what to do instead. `status` and `code` are for the answer."""

    def __init__(self, message, *, status=422, code="evidence_refused"):
        super().__init__(message)
        self.status = status
        self.code = code


class LibraryFull(EvidenceRefused):
    """The government keeps as much as it may."""

    def __init__(self, message):
        super().__init__(message, status=413, code="library_full")


class AlreadySuperseded(Exception):
    """Somebody has put another piece in its place meanwhile."""


def may_write(user, government):
    """Managers and editors bring evidence; everybody else of the team and the programme reads it."""
    return team.role_in(user, government) in WRITERS


def pieces(owner):
    """Every piece of a body, with how often each is used and whether a newer one stands in its place."""
    counts = {f"n_{name}": Count(name, distinct=True) for name in USES}
    newer = Evidence.objects.filter(pk=OuterRef("superseded_by"))
    found = Evidence.objects.filter(owner=owner).annotate(**counts, is_superseded=Exists(newer))
    return found.select_related("file", "added_by").order_by("-added_at", "-pk")


def search(found, text="", kind=""):
    """Narrow a list: every typed word occurs in the title, the file's name or the address, whatever accents and case."""
    if kind in Evidence.Kind.values:
        found = found.filter(kind=kind)
    sought = words(text)
    if not sought:
        return found
    # A government keeps hundreds of pieces, not millions: compared here, they are found alike on every database.
    texts = found.order_by().values_list("pk", "title", "file__original_name", "url")
    return found.filter(pk__in=[pk for pk, *parts in texts if _has_all(sought, parts)])


def _has_all(sought, parts):
    text = normalise(" ".join(part or "" for part in parts))
    return all(word in text for word in sought)


@transaction.atomic
def add(owner, *, by, at, title, **facts):
    """Add a piece whose file, if it has one, is stored already."""
    piece = Evidence.objects.create(owner=owner, added_by=by, added_at=at, title=title[:200], **facts)
    audit.record("evidence.added", by=by, subject=piece, government_id=owner.pk, kind=str(piece.kind))
    return piece


def hold_room(owner, size):
    """The same under the owner's lock, inside the transaction that adds the file: one library grows one piece at a time, so that two
    uploads, from whichever rooms, cannot pass the limit together."""
    if size:
        Body.objects.select_for_update().get(pk=getattr(owner, "pk", owner))
        check_room(owner, size)


def check_room(owner, size):
    """Raises LibraryFull where one more file would pass what a government may keep. owner: a Body or its key."""
    kept = Evidence.objects.filter(owner=owner).aggregate(total=Sum("file__size"))["total"] or 0
    if size and kept + size > settings.GOVERNMENT_MAX_BYTES:
        text = _(
            "A biblioteca do governo chegou ao limite de %(limit)s MiB. Use uma comprovação que já está lá, ou um endereço na internet."
        )
        raise LibraryFull(text % {"limit": settings.GOVERNMENT_MAX_BYTES // files.MEBIBYTE})


@transaction.atomic
def supersede(piece, newer, *, by):
    """Put a newer piece in the place of one: the old stays, and what was submitted with it keeps pointing at it. Raises AlreadySuperseded."""
    locked = Evidence.objects.select_for_update().get(pk=piece.pk)
    if locked.superseded_by_id:
        raise AlreadySuperseded
    locked.superseded_by = newer
    locked.save(update_fields=["superseded_by"])
    audit.record("evidence.superseded", by=by, subject=locked, government_id=locked.owner_id, newer=newer.pk)
    return locked


def add_to_library(government, *, by, at, uploaded=None, url="", replaces=None, **facts):
    """Add a file or an address by hand, maybe in the place of an older piece. Raises PermissionDenied, files.Refused, LibraryFull,
    AlreadySuperseded."""
    if not may_write(by, government):
        raise PermissionDenied
    stored = _stored(government.body, uploaded, by)
    try:
        with transaction.atomic():
            hold_room(government.body, stored.size if stored else 0)
            title = facts.pop("title", "") or (stored.original_name if stored else url)
            new = add(government.body, by=by, at=at, title=title, file=stored, url="" if stored else url, **facts)
            if replaces:
                supersede(replaces, new, by=by)
            return new
    except Exception:
        if stored:
            files.remove(stored)
        raise


def _stored(owner, uploaded, by):
    if not uploaded:
        return None
    check_room(owner, uploaded.size)
    return files.store(uploaded, by=by, kinds=files.EVIDENCE)
