"""What the coordination does with sheets: reading them against the ten features, giving back, publishing, featuring, taking off the air."""

from dataclasses import replace

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _

from certification.diagnosis.models import NoteKind, ReviewNote
from certification.models import Kind
from certification.models import State as StepState
from core.jobs import Job
from governments.models import Body, Organisation

from .access import locked, refuse_reader
from .domain import record
from .models import Feature, FeatureCheck, PracticeNote, Source, State, Verdict
from .models.practice import WrongState
from .people import tell_owner
from .revisions import put_in_place
from .writing import Need, NotComplete, needs, new_key

# What a note may be about, in the order of the sheet.
NOTED = (
    "title",
    "summary",
    "dimensions",
    "sdg_targets",
    "context",
    "problem",
    "what_was_done",
    "who",
    "resources",
    "results",
    "lessons",
    "how_to_replicate",
    "migrants_part",
    "quote",
    "documents",
)


# Where the curators' page shows what the form asks for.
PARTS = {
    "id_title_pt_br": "parte-title",
    "id_summary_pt_br": "parte-summary",
    "dimensoes": "parte-dimensions",
    "id_problem": "parte-problem",
    "id_what_was_done": "parte-what_was_done",
    "id_who": "parte-who",
    "id_migrants_part": "parte-migrants_part",
    "resultados": "parte-results",
}


class ChecksStale(Exception):
    """Somebody else looked at the features in between."""

    status = 412

    def __init__(self):
        super().__init__(
            _("Outra pessoa gravou a leitura das características enquanto você escrevia. As duas estão abaixo.")
        )


class NothingNoted(ValueError):
    """A sheet is given back with at least one note."""

    status = 422


# Where a sheet may begin.


def praised():
    """Notes of kind «good practice» on validated diagnoses."""
    validated = Q(
        answer__diagnosis__participation__steps__kind=Kind.DIAGNOSIS,
        answer__diagnosis__participation__steps__state=StepState.APPROVED,
    )
    return ReviewNote.objects.filter(validated, kind=NoteKind.GOOD_PRACTICE, round__released_at__isnull=False)


# The ten features.


def checks_of(practice):
    """{feature: its FeatureCheck}."""
    return {check.feature: check for check in practice.checks.select_related("by")}


def stamp_of(checks):
    """A short text that changes with every saved check: what a form says it was based on."""
    latest = max((check.at.isoformat() for check in checks.values()), default="")
    return f"{len(checks)} {latest}" if checks else ""


@transaction.atomic
def save_checks(practice, read, *, based_on, by, at):
    """Keep what was seen of each feature. read: {feature: (verdict or "", note)}. Raises ChecksStale, NotComplete."""
    row = locked(practice)
    before = checks_of(row)
    if stamp_of(before) != based_on:
        raise ChecksStale
    if row.state == State.PUBLISHED:
        _refuse_unread(before, read)
    for feature in Feature.values:
        verdict, note = read.get(feature, ("", ""))
        _keep_check(row, before.get(feature), feature, verdict, note.strip(), by=by, at=at)
    row.features = [code for code in Feature.values if read.get(code, ("", ""))[0] == Verdict.YES]
    row.save(update_fields=["features"])
    record("read", row, by=by)
    return row


def _refuse_unread(before, read):
    """It was published with its features read: each may be read otherwise, none may be left unread."""
    unread = [Feature(code) for code in before if not read.get(code, ("", ""))[0]]
    if unread:
        raise NotComplete([Need(feature.label, False, f"id_verdict_{feature}") for feature in unread])


def _keep_check(practice, before, feature, verdict, note, *, by, at):
    if not verdict:
        if before:
            before.delete()
        return
    if before and (before.verdict, before.note) == (verdict, note):
        return
    facts = {"verdict": verdict, "note": note, "by": by, "at": at}
    FeatureCheck.objects.update_or_create(practice=practice, feature=feature, defaults=facts)


# Moves.


def publication_needs(practice):
    """What must be there before the public reads a sheet."""
    unread = [feature for feature in Feature if feature.value not in checks_of(practice)]
    return [
        *(replace(need, anchor=PARTS.get(need.anchor, need.anchor)) for need in needs(practice)),
        Need(_("De quem é a prática"), practice.owner_id is not None, "de-quem"),
        Need(_("As dez características lidas, cada uma com sim ou não"), not unread, "caracteristicas"),
    ]


@transaction.atomic
def give_back(practice, notes, *, message="", by, at):
    """Return a sheet with notes on its fields. notes: {field: text}. Raises NothingNoted, WrongState, PermissionDenied."""
    refuse_reader(by)
    said = {name: text.strip() for name, text in notes.items() if name in NOTED and text.strip()}
    if not said:
        raise NothingNoted(_("Escreva ao menos um apontamento: é por ele que se sabe o que completar."))
    row = locked(practice)
    move = row.move(State.RETURNED, by=by, at=at, text=message.strip())
    PracticeNote.objects.bulk_create(PracticeNote(move=move, field=name, text=text) for name, text in said.items())
    record("returned", row, by=by, notes=len(said))
    tell_owner("practice_returned", move, row)
    return row


@transaction.atomic
def publish(practice, *, by, at, seen=""):
    """Put a sheet before the public, a revision in the place of what it revises (seen: the stamp of the text it was compared with).
    Published already, nothing happens. Returns (practice, changed). Raises NotComplete, Overtaken, WrongState, PermissionDenied."""
    refuse_reader(by)
    row = locked(practice)
    if row.state in (State.PUBLISHED, State.MERGED):
        return row.revises or row, False
    if row.state not in row.MOVES[State.PUBLISHED]:
        raise WrongState(row.state, State.PUBLISHED)
    lacking = [need for need in publication_needs(row) if not need.met]
    if lacking:
        raise NotComplete(lacking)
    if row.revises_id:
        row = put_in_place(row, seen=seen, by=by, at=at)
    move = row.move(
        State.PUBLISHED,
        by=by,
        at=at,
        published_at=row.published_at or at,
        checked_on=timezone.localdate(at),
    )
    record("published", row, by=by)
    tell_owner("practice_published", move, row)
    Job.request("practice_sheet", subject=row, by=by, params={"language": "pt-br"})
    return row, True


@transaction.atomic
def decline(practice, *, reason, by, at):
    """Leave a proposal out of the bank, and say why. Raises ValueError, WrongState, PermissionDenied."""
    return _close(practice, State.DECLINED, "declined", reason, by=by, at=at)


@transaction.atomic
def unpublish(practice, *, reason, by, at):
    """Take a sheet off the air, and say why. Raises ValueError, WrongState, PermissionDenied."""
    return _close(practice, State.UNPUBLISHED, "unpublished", reason, by=by, at=at, featured_at=None)


def _close(practice, state, what, reason, *, by, at, **facts):
    refuse_reader(by)
    if not reason.strip():
        raise ValueError(_("Escreva o motivo: ele vai na mensagem a quem propôs a prática."))
    row = locked(practice)
    move = row.move(state, by=by, at=at, text=reason.strip(), **facts)
    record(what, row, by=by)
    tell_owner(f"practice_{what}", move, row)
    return row


@transaction.atomic
def feature(practice, *, on, by, at):
    """Show it first on the home page, or no longer. Raises WrongState, PermissionDenied."""
    refuse_reader(by)
    row = locked(practice)
    if row.state != State.PUBLISHED:
        raise WrongState(row.state, State.PUBLISHED)
    row.featured_at = (row.featured_at or at) if on else None
    row.save(update_fields=["featured_at"])
    record("featured" if on else "no_longer_featured", row, by=by)
    return row


# Whose it is, where nobody signed in to say so.


@transaction.atomic
def set_owner(practice, *, body=None, by):
    """Say whose a sheet of the open form is: a body of the portal, or, without one, an organisation made from the proposal.
    Raises WrongState, PermissionDenied."""
    refuse_reader(by)
    row = locked(practice)
    if row.source != Source.OPEN_FORM:
        raise PermissionDenied  # its team said so when it began
    if row.state == State.PUBLISHED:
        raise WrongState(row.state, State.SENT)
    row.owner = body or _organisation_of(row.proposal)
    row.save(update_fields=["owner"])
    record("owner_set", row, by=by, owner=row.owner_id)
    return row


def _organisation_of(proposal):
    same = Organisation.objects.filter(name__iexact=proposal.organisation, kind=proposal.kind).first()
    if same:
        return same.body
    body = Body.objects.create(kind=Body.Kind.ORGANISATION)
    facts = {"name": proposal.organisation, "kind": proposal.kind, "uf": proposal.uf}
    Organisation.objects.create(body=body, key=new_key(proposal.organisation)[:60], **facts)
    return body


def last_return(practice):
    """The last time it was given back, with its notes, or None."""
    return (
        practice.moves.filter(went_to=State.RETURNED)
        .prefetch_related("notes")
        .select_related("by")
        .order_by("-pk")
        .first()
    )
