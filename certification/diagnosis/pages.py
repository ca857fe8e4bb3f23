"""What the pages of the answering side share: one reading of the diagnosis, and what this person may do with it now."""

from dataclasses import dataclass
from functools import cached_property

from django.db.models import prefetch_related_objects
from django.http import Http404
from django.urls import reverse
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind, State
from certification.rail import rail, small_rail
from dimensions.rules import InvalidAnswer, answer_in_words

from . import reading
from .content import Content
from .models import Diagnosis, NoteKind
from .questions import Conflict, Question
from .saving import not_reopened
from .sheet import sheet_of


@dataclass
class Room:
    """One participation's diagnosis, opened by one person at one instant."""

    participation: object
    diagnosis: object
    user: object
    at: object
    # A reply to a note that was refused, shown again in its place.
    reply_note: int | None = None
    reply_text: str = ""

    @cached_property
    def decision(self):
        """Whether this person may fill it in now."""
        return cycle.may("edit_diagnosis", self.user, self.participation, self.at)

    @cached_property
    def step(self):
        return self.participation.step(Kind.DIAGNOSIS)

    @cached_property
    def base(self):
        """The address that all of this room's begin with: a page has some fifty of them."""
        return reverse("diagnosis:overview", args=[self.participation.pk])

    @property
    def is_returned(self):
        return self.step.state == State.RETURNED

    @property
    def government(self):
        return self.participation.government

    @cached_property
    def notes(self):
        """Released notes by answer; nobody looks for them before a first submission."""
        return reading.released_notes(self.diagnosis) if self.step.submitted_at else {}

    @cached_property
    def reopened(self):
        """Codes open for correction: those with a correction in the last released round."""
        if not self.is_returned:
            return frozenset()
        every = [note for about in self.notes.values() for note in about]
        last = max((note.round.number for note in every), default=0)
        answers = {note.answer_id for note in every if note.round.number == last and note.kind == NoteKind.CORRECTION}
        return frozenset(code for code, answer in self.answers.items() if answer.pk in answers)

    @property
    def return_message(self):
        """What the coordinators wrote when they returned it."""
        if not self.is_returned:
            return ""
        rounds = [note.round for about in self.notes.values() for note in about]
        return max(rounds, key=lambda one: one.number).message if rounds else ""

    @cached_property
    def answers(self):
        return reading.answers_of(self.diagnosis)

    @cached_property
    def sheet(self):
        return sheet_of(self.diagnosis, self.government.kind, self.answers, self.reopened)

    @property
    def rail(self):
        prefetch_related_objects(list(self.participation.steps.all()), "submitted_by", "approved_by")
        return rail(self.participation, self.at)

    @property
    def small_rail(self):
        return small_rail(self.participation, self.at)

    @cached_property
    def role(self):
        return cycle.team.role_in(self.user, self.government)

    def why_locked(self, code):
        """An empty text when this question may be changed now; else the sentence that says why not."""
        if not self.decision:
            return str(self.decision.message)
        if self.is_returned and code not in self.reopened:
            return str(not_reopened().message)
        return ""

    def questions(self, indicators):
        """The Question of each indicator, with evidence read for all of them at once."""
        evidence = reading.evidence_of(self.answers[row.code] for row in indicators)
        return [self._question(row, evidence) for row in indicators]

    def question(self, code):
        return self.questions([self.sheet.catalogue.indicator(code)])[0]

    def _question(self, indicator, evidence):
        answer = self.answers[indicator.code]
        locked = self.why_locked(indicator.code)
        return Question(
            indicator,
            answer,
            answer.content(),
            lacks=self.sheet.lacks.get(indicator.code, []),
            evidence=evidence.get(answer.pk, []),
            notes=self.notes.get(answer.pk, []),
            editable=not locked,
            locked_because=locked,
            is_parent=bool(self.sheet.catalogue.dependants(indicator.code)),
        )

    def question_state(self, code):
        """The Question for its status line alone: without evidence and notes, which a save does not change."""
        return self._question(self.sheet.catalogue.indicator(code), {})


def room_of(request, pk):
    """The diagnosis of a participation this person may see. Raises Http404 (also while it is not open yet)."""
    participation = reading.participation_of(request.user, pk)
    try:
        return Room(participation, participation.diagnosis, request.user, request.arrived_at)
    except Diagnosis.DoesNotExist:
        raise Http404(_("O diagnóstico abre quando a inscrição for validada.")) from None


def dimension_links(room):
    """The ten dimensions with progress, for the tiles and to turn pages."""
    return [
        {
            "number": dimension.number,
            "name": dimension.name,
            "url": f"{room.base}{dimension.number}/",
            "progress": room.sheet.progress[dimension.number],
        }
        for dimension in room.sheet.catalogue.dimensions
    ]


def conflict_of(indicator, mine, other):
    """Both texts side by side, each also in words."""
    theirs = Content(**{name: other[name] for name in ("value", "no_data", "not_applicable")})
    return Conflict(other, str(answer_in_words(indicator, theirs)), words_of_typed(indicator, mine))


def words_of_typed(indicator, mine):
    """Typed content in words; what does not fit the question, as it was typed."""
    try:
        return str(answer_in_words(indicator, mine.checked(indicator)))
    except InvalidAnswer:
        return str(mine.value)
