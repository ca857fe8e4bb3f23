"""The coordination's reading of a submitted diagnosis: rounds, notes on single questions, return of those, validation."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind, Snapshot, State
from core import audit, outbox

from .models import Answer, Diagnosis, DimensionReview, NoteKind, ReviewNote, ReviewRound


class ReviewRefused(Exception):
    """The review cannot do this now; the message says what to do first."""


def current_round(participation, at=None):
    """The open round of a submitted diagnosis, opened at the first look; else the last one, or None before any submission."""
    open_one = ReviewRound.objects.filter(diagnosis__participation=participation, released_at__isnull=True).first()
    if open_one:
        return open_one
    if participation.steps.filter(kind=Kind.DIAGNOSIS, state=State.SUBMITTED).exists():
        return _open_round(participation, at or timezone.now())
    return ReviewRound.objects.filter(diagnosis__participation=participation).order_by("-number").first()


@transaction.atomic
def _open_round(participation, at):
    # Two reviewers may look first at once: the diagnosis' lock lets one of them open the round.
    diagnosis = Diagnosis.objects.select_for_update().get(participation=participation)
    found = diagnosis.rounds.filter(released_at__isnull=True).first()
    if found:
        return found
    snapshot = Snapshot.objects.filter(participation=participation, kind=Kind.DIAGNOSIS).latest()
    number = diagnosis.rounds.count() + 1
    return ReviewRound.objects.create(diagnosis=diagnosis, number=number, snapshot=snapshot, opened_at=at)


def _reading(participation, *, by, at, action="review_diagnosis"):
    """Lock the participation, ask again, and give its open round. Raises PermissionDenied, StepClosed."""
    cycle.locked_step(participation, Kind.DIAGNOSIS, action=action, by=by, at=at)
    return current_round(participation, at)


@transaction.atomic
def add_note(participation, code, *, kind, text, by, at):
    """Write a note on one question. Raises ReviewRefused for an empty text or a question that was not asked."""
    reading = _reading(participation, by=by, at=at)
    answer = Answer.objects.filter(diagnosis=reading.diagnosis_id, code=code).first()
    if answer is None or code not in asked_codes(reading.snapshot):
        raise ReviewRefused(_("A pergunta %(code)s não faz parte deste diagnóstico.") % {"code": code})
    note = ReviewNote.objects.create(
        round=reading,
        answer=answer,
        kind=_known_kind(kind),
        text=_said(text),
        by=by,
        at=at,
        answer_version=answer.version,
    )
    _record("added", note, by)
    return note


@transaction.atomic
def change_note(participation, note_pk, *, kind, text, by, at):
    """Correct a note of the open round: its author may, and any coordinator."""
    note = _own_note(participation, note_pk, by=by, at=at)
    note.kind, note.text, note.at = _known_kind(kind), _said(text), at
    note.save(update_fields=["kind", "text", "at"])
    _record("changed", note, by)
    return note


@transaction.atomic
def delete_note(participation, note_pk, *, by, at):
    """Take back a note nobody outside the programme has read."""
    note = _own_note(participation, note_pk, by=by, at=at)
    _record("deleted", note, by)
    note.delete()


def _own_note(participation, note_pk, *, by, at):
    reading = _reading(participation, by=by, at=at)
    note = ReviewNote.objects.filter(pk=note_pk, round=reading).select_related("answer").first()
    if note is None:
        raise ReviewRefused(_("Este apontamento não está mais aqui, ou já foi enviado ao governo."))
    if note.by_id != by.pk and not by.is_coordinator:
        raise ReviewRefused(_("Só quem escreveu o apontamento, ou a coordenação, pode mudá-lo."))
    return note


def _known_kind(kind):
    if kind not in NoteKind.values:
        raise ReviewRefused(_("Escolha o tipo do apontamento: correção, sugestão ou boa prática."))
    return kind


LONGEST_NOTE = 3000


def _said(text):
    text = text.strip()
    if not text:
        raise ReviewRefused(_("Escreva o apontamento."))
    if len(text) > LONGEST_NOTE:
        raise ReviewRefused(
            _("O apontamento tem %(length)s caracteres; o limite é %(limit)s.")
            % {"length": len(text), "limit": LONGEST_NOTE}
        )
    return text


def _record(what, note, by):
    audit.record(f"review_note.{what}", by=by, subject=note, kind=note.kind, code=note.answer.code)


@transaction.atomic
def mark_read(participation, dimension, *, by, at, is_read=True):
    """Say that a dimension was read to its end, or that it was not."""
    reading = _reading(participation, by=by, at=at)
    if dimension not in dimension_numbers(reading.snapshot):
        raise ReviewRefused(_("Esta dimensão não existe no questionário."))
    if is_read:
        DimensionReview.objects.get_or_create(round=reading, dimension=dimension, defaults={"by": by, "at": at})
    else:
        reading.dimensions_read.filter(dimension=dimension).delete()


@transaction.atomic
def return_diagnosis(participation, *, by, at, correct_until, message=""):
    """Send the noted questions back: releases the round, reopens only questions with a correction. Raises ReviewRefused, ValueError."""
    reading = _reading(participation, by=by, at=at, action=f"return_{Kind.DIAGNOSIS}")
    if not reading.notes.filter(kind=NoteKind.CORRECTION).exists():
        raise ReviewRefused(_("Escreva ao menos um apontamento de correção: só as perguntas apontadas reabrem."))
    cycle.give_back(participation, Kind.DIAGNOSIS, by=by, at=at, correct_until=correct_until, note=message)
    _release(reading, by=by, at=at, message=message)
    _tell("diagnosis_returned", participation, reading)
    return reading


@transaction.atomic
def approve_diagnosis(participation, *, by, at, message=""):
    """Validate: releases suggestions and good practices, opens the prioritization. Raises ReviewRefused while a dimension is unread or a correction stands."""
    reading = _reading(participation, by=by, at=at, action=f"approve_{Kind.DIAGNOSIS}")
    unread = unread_dimensions(reading)
    if unread:
        raise ReviewRefused(_("Falta ler: dimensão %(numbers)s.") % {"numbers": ", ".join(map(str, unread))})
    if reading.notes.filter(kind=NoteKind.CORRECTION).exists():
        raise ReviewRefused(
            _("Há apontamentos de correção nesta leitura: devolva o diagnóstico, ou mude-os para sugestão.")
        )
    cycle.accept(participation, Kind.DIAGNOSIS, by=by, at=at, note=message)
    _release(reading, by=by, at=at, message=message)
    _tell("diagnosis_approved", participation, reading)
    return reading


def _release(reading, *, by, at, message):
    reading.released_at, reading.released_by, reading.message = at, by, message.strip()
    reading.save(update_fields=["released_at", "released_by", "message"])


def _tell(kind, participation, reading):
    for person in cycle.people_to_tell(participation):
        outbox.post(kind, subject=reading, to=person)


# What is read: the frozen copies.


def dimension_numbers(snapshot):
    return [dimension["number"] for dimension in snapshot.content["dimensions"]]


def asked_codes(snapshot):
    return {answer["code"] for dimension in snapshot.content["dimensions"] for answer in dimension["answers"]}


def answers_by_code(snapshot):
    """{code: frozen answer} of a submission, or nothing for None."""
    if snapshot is None:
        return {}
    return {answer["code"]: answer for dimension in snapshot.content["dimensions"] for answer in dimension["answers"]}


def snapshot_before(snapshot):
    """The submission before this one, or None."""
    earlier = Snapshot.objects.filter(
        participation=snapshot.participation_id, kind=Kind.DIAGNOSIS, number__lt=snapshot.number
    )
    return earlier.order_by("-number").first()


COMPARED = ("value", "comment", "no_data", "not_applicable", "reason", "source", "reference_month", "evidence")


def changed_codes(snapshot, before):
    """Questions whose answer differs from the submission before; none for a first submission."""
    if before is None:
        return set()
    old = answers_by_code(before)
    return {code for code, new in answers_by_code(snapshot).items() if _differs(new, old.get(code))}


def _differs(new, old):
    return old is None or any(new[name] != old[name] for name in COMPARED)


def unread_dimensions(reading):
    """Dimensions that still have to be read: in this round, or in an earlier one where nothing has changed since."""
    read_now = set(reading.dimensions_read.values_list("dimension", flat=True))
    read_before = set(
        DimensionReview.objects.filter(
            round__diagnosis=reading.diagnosis_id, round__number__lt=reading.number
        ).values_list("dimension", flat=True)
    )
    changed = {int(code.split(".")[0]) for code in changed_codes(reading.snapshot, snapshot_before(reading.snapshot))}
    return [
        number for number in dimension_numbers(reading.snapshot) if number not in read_now | (read_before - changed)
    ]
