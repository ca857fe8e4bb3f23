"""Handing the diagnosis over: one frozen copy, one receipt, however often the button is pressed."""

from django.db.models import F

from certification import cycle
from certification.handing import hand_over_once
from certification.models import Kind
from certification.models.snapshot import freeze

from . import context, reading
from .frozen import content_of
from .models import Diagnosis, DimensionResult, NoteKind, ReviewNote
from .requirements import requirements_from
from .sheet import sheet_of


def submit_diagnosis(participation, *, by, at):
    """Freeze the answers and hand the step over. Returns (snapshot, True), or (the same snapshot, False) when it was submitted before.
    Raises PermissionDenied, StepClosed, RequirementsMissing."""
    return hand_over_once(participation, Kind.DIAGNOSIS, by=by, at=at, freeze=_freeze)


def receipt(snapshot):
    """What the sender keeps: the canonical content has this SHA-256."""
    return {
        "protocol": snapshot.protocol,
        "submitted_at": snapshot.made_at.isoformat(),
        "version": snapshot.number,
        "sha256": snapshot.sha256,
    }


def _freeze(participation, *, by, at):
    """Under the participation's lock, take the diagnosis' own: no save can slip in between what is checked and what is frozen."""
    diagnosis = Diagnosis.objects.select_for_update().get(participation=participation)
    sheet = sheet_of(diagnosis, participation.government.kind, reading.answers_of(diagnosis))
    entries = context.entries_of(diagnosis)
    lacking = [need for need in requirements_from(participation, sheet, entries) if not need.met and not need.weak]
    if lacking:
        raise cycle.RequirementsMissing(lacking)
    answers = [sheet.answers[row.code] for row in sheet.asked]
    content = content_of(sheet, entries, reading.evidence_of(answers, "evidence__file"), corrected_codes(diagnosis))
    snapshot = freeze(participation, Kind.DIAGNOSIS, content, by=by, at=at)
    DimensionResult.objects.bulk_create(_results(participation, snapshot))
    return snapshot


def corrected_codes(diagnosis):
    """Questions that were returned with a correction and saved again since."""
    notes = ReviewNote.objects.filter(round__diagnosis=diagnosis, round__released_at__isnull=False)
    answered = notes.filter(kind=NoteKind.CORRECTION, answer__version__gt=F("answer_version"))
    return set(answered.values_list("answer__code", flat=True))


def _results(participation, snapshot):
    for dimension in snapshot.content["dimensions"]:
        yield DimensionResult(
            snapshot=snapshot, participation=participation, dimension=dimension["number"], **dimension["counts"]
        )
