"""A sheet while it is written: begun, saved over the version that was seen, its documents, sent to the curators."""

import hashlib
import re
import uuid
from dataclasses import dataclass, field

from django.db import IntegrityError, transaction
from django.utils.text import slugify
from django.utils.translation import gettext as _

from core import files
from core.text import without_unseen
from governments import library
from governments.models import Evidence

from .access import locked, refuse_edit, refuse_stranger, writes_for
from .domain import record, replace_rows
from .models import DocumentType, Practice, PracticeDocument, Source, State
from .models.practice import WrongState
from .people import tell_coordination, tell_owner

# Fields of the sheet that people write, as the form and the notes name them; texts in three languages count once.
TRANSLATED = ("title", "summary")
TEXTS = ("context", "problem", "what_was_done", "who", "resources", "lessons", "migrants_part")
PLAIN = (
    *(f"{name}_{language}" for name in TRANSLATED for language in ("pt_br", "en", "es")),
    "language",
    "started_year",
    *TEXTS,
    "how_to_replicate",
    "quote",
    "quote_by",
    "sdg_targets",
)
# The kind a document has in the owner's library.
KIND_IN_LIBRARY = {
    DocumentType.TEMPLATE: "other",
    DocumentType.GUIDE: "training_material",
    DocumentType.BOOKLET: "flyer",
    DocumentType.CHECKLIST: "protocol",
    DocumentType.MEDIA: "page",
    DocumentType.LEGAL_OPINION: "other",
    DocumentType.RESOLUTION: "ordinance",
}
MOST_DOCUMENTS = 20


class Stale(Exception):
    """Somebody saved the sheet in between. `other` is the sheet as it stands."""

    status = 412

    def __init__(self, other):
        person = other.updated_by.name if other.updated_by_id else _("Outra pessoa")
        super().__init__(_("%(person)s salvou esta ficha enquanto você escrevia.") % {"person": person})
        self.other = other


class NotComplete(Exception):
    """The sheet may not go on yet. `missing` lists the needs that are not met."""

    status = 422

    def __init__(self, missing):
        super().__init__("; ".join(str(need.label) for need in missing))
        self.missing = missing


class DocumentRefused(Exception):
    """A document that is not taken; the message says what to do."""

    status = 422


@dataclass(frozen=True)
class SheetContent:
    """What a form says of a sheet: fields of the model by name, numbers of dimensions, figures, partners."""

    fields: dict
    dimensions: list = field(default_factory=list)
    results: list = field(default_factory=list)
    partners: list | None = None


# Beginning and saving.


@transaction.atomic
def begin(body, content, *, by, at, key=""):
    """A new draft of a government or organisation. key: of the form; the same key gives the same draft. Raises PermissionDenied."""
    practice = Practice(owner=body, source=Source.TEAM, created_at=at)
    if not by.is_coordinator:
        refuse_stranger(by, practice)
    elif not writes_for(by, body):
        practice.source = Source.PROGRAMME
    return create(practice, content, by=by, at=at, key=key)


def create(practice, content, *, by, at, key=""):
    """The row of a new sheet, once for each form and what it says: who goes back, corrects and sends again loses no word."""
    title = content.fields.get("title_pt_br", "")
    name = new_key(title, key and _print_of(key, content))
    again = Practice.objects.filter(key=name).first() if key else None
    if again and _of_the_same(again, practice):
        return again
    # The name of a published sheet is public: who sends it along with a form gets a sheet of their own, never a hand on that one.
    practice.key = name = new_key(title) if again else name
    _write(practice, content.fields)
    practice.updated_at, practice.updated_by = at, by
    try:
        with transaction.atomic():
            practice.save(force_insert=True)
    except IntegrityError:
        # The same form, sent twice in one moment.
        again = Practice.objects.filter(key=name).first()
        if again is None:
            raise
        return again
    _write_rows(practice, content)
    record("begun", practice, by=by, source=str(practice.source))
    return practice


def _print_of(key, content):
    return hashlib.sha256(repr((key, content)).encode()).hexdigest()


def _of_the_same(row, practice):
    return (row.owner_id, row.source) == (practice.owner_id, practice.source)


def new_key(title, form_key=""):
    """A readable name that nobody else has: «caderno-de-passagem-3f2a9c»."""
    tail = re.sub(r"[^0-9a-f]", "", form_key.lower())[:32] or uuid.uuid4().hex[:10]
    return f"{slugify(title)[:40].strip('-') or 'pratica'}-{tail}"[:80]


@transaction.atomic
def save(practice, content, *, based_on, by, at):
    """Save what a person wrote over the version they saw. Returns the Practice. Raises Stale, NotComplete, WrongState, PermissionDenied."""
    row = locked(practice, by=by)
    refuse_edit(by, row)
    return save_locked(row, content, based_on=based_on, by=by, at=at)


def save_locked(row, content, *, based_on, by, at):
    if row.version != based_on:
        raise Stale(row)
    lacked = missing(row) if row.state == State.PUBLISHED else None
    _write(row, content.fields)
    row.version, row.updated_at, row.updated_by = based_on + 1, at, by
    row.save()
    _write_rows(row, content)
    if lacked is not None:
        _refuse_loss(row, lacked)
    record("saved", row, by=by, version=row.version)
    return row


def _refuse_loss(row, lacked):
    """A published sheet keeps what it was published with; what came in from elsewhere without a part may still be corrected."""
    lost = [need for need in missing(row) if need not in lacked]
    if lost:
        raise NotComplete(lost)


def _write(practice, fields):
    for name in PLAIN:
        if name in fields:
            text = fields[name]
            setattr(practice, name, without_unseen(text) if isinstance(text, str) else text)


def _write_rows(practice, content):
    replace_rows(practice, content.dimensions, content.results)
    if content.partners is not None:
        practice.partners.set(content.partners)
    practice.refresh_search()


@transaction.atomic
def discard(practice, *, by):
    """Throw a draft away that nobody has sent. Raises WrongState, PermissionDenied."""
    row = locked(practice, by=by)
    refuse_edit(by, row)
    if row.state != State.DRAFT:
        raise WrongState(row.state, State.DRAFT)
    record("discarded", row, by=by)
    row.delete()


# Documents: each is kept at once, so that no upload is lost with a form.


def add_document(practice, *, by, at, uploaded=None, url="", evidence=None, **facts):
    """Put a document beside a sheet: a new file for the owner's library, a piece of it, an address, or only its name so far.
    Raises DocumentRefused, files.Refused, library.LibraryFull, WrongState, PermissionDenied."""
    row = Practice.objects.with_owner().get(pk=practice.pk)
    refuse_edit(by, row)
    if uploaded and row.owner_id is None:
        raise DocumentRefused(_("Diga antes de quem é a prática: o arquivo fica na biblioteca de quem a fez."))
    stored = _stored(row, uploaded, by)
    try:
        with transaction.atomic():
            row = locked(row, by=by)
            refuse_edit(by, row)
            evidence = _in_library(row, stored, facts, by=by, at=at) if stored else evidence
            return _add_document(row, evidence, url, facts, by=by, at=at)
    except Exception:
        if stored:
            files.remove(stored)
        raise


def _stored(practice, uploaded, by):
    if not uploaded:
        return None
    library.check_room(practice.owner, uploaded.size)
    return files.store(uploaded, by=by, kinds=files.EVIDENCE)


def _in_library(practice, stored, facts, *, by, at):
    library.hold_room(practice.owner, stored.size)
    kind = KIND_IN_LIBRARY.get(facts["type"], facts["type"])
    if kind not in Evidence.Kind.values:
        kind = "other"
    return library.add(
        practice.owner,
        by=by,
        at=at,
        title=facts["title"],
        kind=kind,
        file=stored,
        document_date=facts.get("dated_on"),
    )


def _add_document(practice, evidence, url, facts, *, by, at):
    if evidence is not None and evidence.owner_id != practice.owner_id:
        raise DocumentRefused(_("Este documento é da biblioteca de outro governo."))
    number = practice.documents.count()
    if number >= MOST_DOCUMENTS:
        raise DocumentRefused(_("A ficha já tem %(n)d documentos. Retire um antes de pôr outro.") % {"n": number})
    if facts.get("dated_on") and not facts.get("year"):
        facts = {**facts, "year": facts["dated_on"].year}
    last = practice.documents.order_by("-order").values_list("order", flat=True).first()
    document = PracticeDocument.objects.create(
        practice=practice, order=(last or 0) + 1, evidence=evidence, url=url, **facts
    )
    _touched(practice, by, at)
    record("document_added", practice, by=by, document=document.pk)
    return document


def _touched(practice, by, at):
    Practice.objects.filter(pk=practice.pk).update(updated_at=at, updated_by=by)


@transaction.atomic
def remove_document(practice, document_pk, *, by, at):
    """Take a document away from the sheet; the file stays in the owner's library. Raises PracticeDocument.DoesNotExist."""
    row = locked(practice, by=by)
    refuse_edit(by, row)
    document = row.documents.get(pk=document_pk)
    record("document_removed", row, by=by, document=document.pk)
    document.delete()
    _touched(row, by, at)


# Sending.


@dataclass(frozen=True)
class Need:
    """One thing a sheet needs before it can be read by the curators. anchor: of its field on the form's page."""

    label: str
    met: bool
    anchor: str


def needs(practice):
    """What a sheet must tell, in the order of its form."""
    has = {name: bool(getattr(practice, name)) for name in ("problem", "what_was_done", "who", "migrants_part")}
    return [
        Need(_("Título em português"), bool(practice.title_pt_br), "id_title_pt_br"),
        Need(_("Resumo em português"), bool(practice.summary_pt_br), "id_summary_pt_br"),
        Need(_("Ao menos uma dimensão"), bool(practice.dimensions), "dimensoes"),
        Need(_("O problema que havia"), has["problem"], "id_problem"),
        Need(_("O que foi feito"), has["what_was_done"], "id_what_was_done"),
        Need(_("Quem fez"), has["who"], "id_who"),
        Need(
            _("A participação das pessoas migrantes, ou que não houve"),
            has["migrants_part"],
            "id_migrants_part",
        ),
        Need(_("Ao menos um resultado com número e fonte"), practice.results.exists(), "resultados"),
    ]


def missing(practice):
    return [need for need in needs(practice) if not need.met]


@transaction.atomic
def send(practice, *, by, at):
    """Hand the sheet to the curators. Sent already, nothing happens. Raises NotComplete, WrongState, PermissionDenied."""
    row = locked(practice, by=by)
    refuse_stranger(by, row)
    if row.state == State.SENT:
        return row
    return send_locked(row, by=by, at=at)


def send_locked(row, *, by, at):
    lacking = missing(row)
    if lacking:
        raise NotComplete(lacking)
    row.move(State.SENT, by=by, at=at)
    record("sent", row, by=by)
    tell_coordination("practice_sent", row)
    return row


# From a reviewer's note.


@transaction.atomic
def begin_from_note(note, *, by, at):
    """A draft for the government whose diagnosis the note praises. A note gives one sheet, however often it is asked for.
    Returns (practice, created)."""
    again = Practice.objects.select_for_update().filter(note=note).first()
    if again:
        return again, False
    diagnosis = note.answer.diagnosis
    government = diagnosis.participation.government
    code = note.answer.code
    practice = Practice(
        owner=government.body, source=Source.NOTE, note=note, indicators=[code], context=_told(note), created_at=at
    )
    title = _first_line(note.text)
    content = SheetContent({"title_pt_br": title, "language": "pt-br"}, dimensions=[note.dimension_number])
    try:
        with transaction.atomic():
            practice = create(practice, content, by=by, at=at)
    except IntegrityError:
        return Practice.objects.get(note=note), False
    tell_owner("practice_begun", practice, practice)
    return practice, True


def _first_line(text, longest=110):
    """The beginning of a note as a first title, to be written anew."""
    line = re.split(r"[\n.;:]", text.strip(), maxsplit=1)[0].strip()
    return line if len(line) <= longest else f"{line[: longest - 1].rsplit(' ', 1)[0]}…"


def _told(note):
    """What the government answered and what the reviewer saw in it: where the story begins."""
    return "\n\n".join(filter(None, [note.answer.comment, note.text]))
