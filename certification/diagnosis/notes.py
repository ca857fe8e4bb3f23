"""What the government may read of a review, which questions it opens again, and the government's reply beside a note."""

from django.db import transaction
from django.utils.translation import gettext as _

from core import audit

from .models import Answer, NoteKind, ReviewNote
from .saving import lock_row, may_change

LONGEST_REPLY = 3000


def reopened_codes(diagnosis):
    """Codes of the questions that may change while the step is returned: those with a correction in the last released round."""
    notes = _last_released(diagnosis).filter(kind=NoteKind.CORRECTION)
    return set(notes.values_list("answer__code", flat=True))


def is_reopened(diagnosis, code):
    """The same for one question, in one query."""
    return _last_released(diagnosis).filter(kind=NoteKind.CORRECTION, answer__code=code).exists()


def _last_released(diagnosis):
    latest = diagnosis.rounds.filter(released_at__isnull=False).order_by("-number").values("pk")[:1]
    return ReviewNote.objects.filter(round__in=latest)


class ReplyIsStale(Exception):
    """A colleague replied to the note in between. Carries the note as it stands."""

    status = 412

    def __init__(self, note):
        super().__init__(_("Outra pessoa da equipe respondeu a este apontamento enquanto você escrevia."))
        self.note = note


class ReplyTooLong(ValueError):
    """The reply does not fit; the message says by how much."""


@transaction.atomic
def reply(lookup, note_pk, text, *, based_on, by, at):
    """The government's answer to a released note, while the step is returned. based_on: the reply the person saw.
    Raises ReviewNote.DoesNotExist, PermissionDenied, StepClosed, ReplyIsStale, ReplyTooLong."""
    answer = lock_row(Answer.objects.all(), lookup, by, at)
    may_change(answer, by, at, reopened=lambda row: True)
    note = ReviewNote.objects.get(pk=note_pk, answer=answer, round__released_at__isnull=False)
    if len(text) > LONGEST_REPLY:
        words = {"length": len(text), "limit": LONGEST_REPLY}
        raise ReplyTooLong(_("A resposta tem %(length)s caracteres e cabem %(limit)s. Encurte-a.") % words)
    if note.reply != based_on:
        raise ReplyIsStale(note)
    note.reply, note.replied_at, note.replied_by = text, at, by
    note.save(update_fields=["reply", "replied_at", "replied_by"])
    government_id = answer.diagnosis.participation.government_id
    audit.record("note.replied", by=by, subject=note, government_id=government_id, code=answer.code)
    return note
