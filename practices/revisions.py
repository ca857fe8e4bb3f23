"""A revision: a second sheet beside a published one, written by its owner's team and read by the curators like any other. The public reads the
published text until a coordinator publishes the revision in its place."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Max
from django.utils.translation import gettext as _

from .access import locked, writes_for
from .models import FeatureCheck, Practice, PracticeDocument, Source, State
from .models.practice import WrongState
from .writing import PLAIN, SheetContent, create, save_locked

RESULT = ("what", "figure", "of", "unit", "source")
DOCUMENT = ("title", "type", "year", "dated_on", "place", "edition", "language", "evidence_id", "url")
CHECK = ("feature", "verdict", "note", "by_id", "at")


class Overtaken(Exception):
    """The published text changed after the revision was compared with it."""

    status = 412

    def __init__(self):
        super().__init__(
            _("A ficha publicada mudou enquanto você lia a revisão. Compare de novo: o texto de agora está na página.")
        )


def stamp_of(published):
    """A short text that changes with every save of the published sheet, of its documents and of what was read in it."""
    read = published.checks.aggregate(last=Max("at"))["last"]
    return f"{published.updated_at.isoformat()} {read.isoformat() if read else ''}"


@transaction.atomic
def begin(practice, *, by, at):
    """A draft that says what the published sheet says; while one is open, that one. Raises WrongState, PermissionDenied."""
    row = locked(practice, by=by)
    if not writes_for(by, row.owner):
        raise PermissionDenied
    again = row.revisions.open().first()
    if again:
        return again
    if row.state != State.PUBLISHED:
        raise WrongState(row.state, State.PUBLISHED)
    revision = Practice(owner=row.owner, source=Source.TEAM, revises=row, features=row.features, created_at=at)
    revision = create(revision, _content_of(row), by=by, at=at)
    _copy(row.documents, revision, ("order", *DOCUMENT))
    _copy(row.checks, revision, CHECK)
    return revision


def _content_of(row):
    results = [_facts(result, RESULT) for result in row.results.all()]
    return SheetContent(_facts(row, PLAIN), dimensions=row.dimensions, results=results)


def _facts(row, names):
    return {name: getattr(row, name) for name in names}


def _copy(rows, practice, names):
    rows.model.objects.bulk_create(rows.model(practice=practice, **_facts(row, names)) for row in rows.all())


def put_in_place(revision, *, seen, by, at):
    """The published sheet says what its revision does; its address, its first day and who uses it stay. Returns the published sheet.
    Raises Overtaken."""
    row = locked(revision.revises_id)
    if stamp_of(row) != seen:
        raise Overtaken
    row.features = revision.features
    save_locked(row, _content_of(revision), based_on=row.version, by=by, at=at)
    row.checks.all().delete()
    FeatureCheck.objects.filter(practice=revision).update(practice=row)
    _move_documents(revision, row)
    row.refresh_search()
    revision.move(State.MERGED, by=by, at=at)
    return row


def _move_documents(revision, row):
    """What stands in both stays where it is: its public address is linked to."""
    left, new = {document.pk: _told(document) for document in row.documents.all()}, []
    for document in revision.documents.all():
        same = next((pk for pk, told in left.items() if told == _told(document)), None)
        if same is None:
            new.append(document.pk)
        else:
            del left[same]
    row.documents.filter(pk__in=left).delete()
    PracticeDocument.objects.filter(pk__in=new).update(practice=row)
    revision.documents.all().delete()


def _told(document):
    return tuple(_facts(document, DOCUMENT).values())
