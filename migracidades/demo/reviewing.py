"""The coordination's reading of a diagnosis: notes on single questions, a return, the government's corrections, validation."""

from datetime import timedelta

from certification.diagnosis import notes, review
from certification.diagnosis.models import NoteKind, ReviewNote
from certification.diagnosis.submission import submit_diagnosis

RETURN_MESSAGE = "Obrigada pelo cuidado com as respostas. Reabrimos só as perguntas com correção; o resto está lido e fica como está."
APPROVAL_MESSAGE = "Diagnóstico validado. As sugestões ficam como ponto de partida para as prioridades."


class Reviewing:
    """The review of one run. programme: {key: person}."""

    def __init__(self, run, filling):
        self.run, self.filling, self.programme = run, filling, run.programme
        self.participation = run.participation

    def read(self, rows, submitted, *, dimensions=range(1, 11)):
        """Write the notes on their days and mark what was read."""
        last = submitted
        for row in rows:
            last = submitted + row["offset"]
            at = self.run.cal.at(last, 10 + len(row["text"]) % 6, 15)
            kind = row["kind"]
            review.add_note(
                self.participation, row["indicator"], kind=kind, text=row["text"], by=self.programme[row["by"]], at=at
            )
        for number in dimensions:
            by = self.programme["luciana" if number % 2 else "tiago"]
            review.mark_read(self.participation, number, by=by, at=self.run.cal.at(last, 17, number))
        return last

    def give_back(self, day, *, days=15):
        until = self.run.cal.instant(day + days)
        review.return_diagnosis(
            self.participation,
            by=self.programme["helena"],
            at=self.run.cal.at(day, 11),
            correct_until=until,
            message=RETURN_MESSAGE,
        )

    def answer_notes(self, rows, day, *, only_first=False):
        """Replies and corrected answers to what was returned. only_first: half of the corrections still wait."""
        written = {(note.answer.code, note.kind): note for note in self._released()}
        replied = [row for row in rows if row.get("reply")]
        if only_first:
            replied = replied[: max(len(replied) // 2, 1)]
        for row in replied:
            note = written[row["indicator"], row["kind"]]
            lookup = {"diagnosis": self.filling.diagnosis.pk, "code": row["indicator"]}
            by = self.filling.writer(note.dimension_number, day)
            notes.reply(lookup, note.pk, row["reply"], based_on="", by=by, at=self.run.cal.at(day, 15, 5))
            if row["kind"] == NoteKind.CORRECTION:
                self.filling.correct(row["indicator"], row["reply"], day)

    def _released(self):
        found = ReviewNote.objects.filter(round__diagnosis=self.filling.diagnosis, round__released_at__isnull=False)
        return found.select_related("answer")

    def submit(self, day):
        return submit_diagnosis(
            self.participation, by=self.run.manager(day), at=self.run.cal.at(day, 16, 50) + timedelta(seconds=7)
        )

    def approve(self, day):
        """Read what changed and validate."""
        at = self.run.cal.at(day, 14, 20)
        reading = review.current_round(self.participation, at)
        for number in review.unread_dimensions(reading):
            review.mark_read(self.participation, number, by=self.programme["tiago"], at=self.run.cal.at(day, 9, number))
        by = self.programme["marcos"]
        review.approve_diagnosis(self.participation, by=by, at=at, message=APPROVAL_MESSAGE)
