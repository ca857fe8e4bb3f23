"""Filling in a diagnosis: answers by the people of each department, the context sheet, the evidence, day after day."""

from dataclasses import replace
from datetime import timedelta

from certification.diagnosis import evidence
from certification.diagnosis.answers import save_answer
from certification.diagnosis.bulk import answers_in_bulk
from certification.diagnosis.content import Content
from certification.diagnosis.context import save_context_at
from certification.diagnosis.shares import share_out
from dimensions import catalogue as catalogues
from governments.models import Evidence

from .calendar import month_before
from .papers import paper

# Words in the name of a department that make a dimension its own.
OWN_WORDS = {
    2: ("Administração", "Planejamento"),
    5: ("Justiça", "Segurança"),
    6: ("Saúde",),
    7: ("Educação",),
    8: ("Assistência", "Desenvolvimento Social"),
    9: ("Trabalho", "Econômico", "Emprego", "Fazenda"),
    10: ("Mulher", "Direitos", "Cidadania"),
}
NEGATIVE = (None, "no", "none", [], ["none"])


def departments(writers):
    """{dimension: department}: each dimension to the department that its name points at, the rest to the lead."""
    lead = writers[0]["department"]
    return {number: _department(number, writers, lead) for number in range(1, 11)}


def _department(number, writers, lead):
    for row in writers:
        if any(word in row["department"] for word in OWN_WORDS.get(number, ())):
            return row["department"]
    return lead


class Filling:
    """One diagnosis being filled in between two days by a crew.

    run: the participation's story (crew, cal, participation). shift: days from the crew's calendar to the run's.
    """

    def __init__(self, run, contents):
        self.run, self.contents = run, contents
        self.diagnosis = run.participation.diagnosis
        self.catalogue = catalogues.of(self.diagnosis.questionnaire_id)

    def share(self, day):
        writers = self.run.writers(day)
        shared = departments(writers)
        if len(set(shared.values())) > 1:
            share_out(self.run.participation, shared, by=self.run.manager(day), at=self.run.cal.at(day, 9, 20))

    def writer(self, number, day):
        """Who answers a dimension on a day: somebody of its department, else the manager."""
        writers = self.run.writers(day)
        department = departments(writers)[number]
        row = next((row for row in writers if row["department"] == department), writers[0])
        return self.run.crew.user(row)

    def answer_one_by_one(self, first, last, leave=()):
        """Each answer saved by itself, spread over the days. leave: codes still without an answer."""
        todo = [code for code in self.contents if code not in leave]
        for place, code in enumerate(todo):
            day, minute = self._moment(place, len(todo), first, last)
            self._save(code, self.contents[code], day, minute)

    def _moment(self, place, count, first, last):
        days = max(last - first, 1)
        # Fourteen answers or so a sitting, two minutes each.
        return first + place * days // max(count, 1), place % 14

    def _save(self, code, content, day, minute):
        number = int(code.partition(".")[0])
        at = self.run.cal.at(day, 9 + number % 8, 2 * minute + 3)
        save_answer(self.diagnosis, code, content, based_on=0, by=self.writer(number, day), at=at)

    def answer_in_sittings(self, first, last, leave=()):
        """Diagnoses that were handed over long since: two sittings a dimension, each of one person on one day."""
        sittings = [part for number in range(1, 11) for part in self._sittings(number, leave)]
        for place, (number, part) in enumerate(sittings):
            day, _place = self._moment(place, len(sittings), first, last)
            at = self.run.cal.at(day, 9 + place % 8, 4 * number)
            answers_in_bulk(self.diagnosis, part, by=self.writer(number, day), at=at)

    def _sittings(self, number, leave):
        codes = [code for code in self.contents if code.startswith(f"{number}.") and code not in leave]
        for half in (codes[: len(codes) // 2], codes[len(codes) // 2 :]):
            if half:
                yield number, {code: self.contents[code] for code in half}

    def correct(self, code, addition, day):
        """Save a returned answer again, with what was lacking added to its comment."""
        content = self.contents[code]
        comment = " ".join(filter(None, [content.comment, addition])).strip()
        row = self.diagnosis.answers.get(code=code)
        by = self.writer(int(code.partition(".")[0]), day)
        save_answer(
            self.diagnosis,
            code,
            replace(content, comment=comment),
            based_on=row.version,
            by=by,
            at=self.run.cal.at(day, 15, 12),
        )

    def context(self, sheet, day, *, leave=()):
        by, at = self.run.manager(day), self.run.cal.at(day, 11, 30)
        for field in self.catalogue.profile_fields:
            if field.code in sheet and field.code not in leave:
                content = _line(sheet[field.code], self.run.cal.date(day))
                lookup = {"diagnosis": self.diagnosis.pk, "code": field.code}
                save_context_at(lookup, content, based_on=0, by=by, at=at)

    # Evidence.

    def attach(self, pieces, addresses, day, *, answered=None):
        """Tie the profile's documents and addresses to the answers that need or bear them. answered: codes saved so far."""
        answered = set(self.contents if answered is None else answered)
        for piece in pieces:
            codes = [code for code in piece["indicators"] if code in answered and self._speaks_of_something(code)]
            self._attach_everywhere(codes, day, lambda lookup, facts, piece=piece: self._file(lookup, piece, facts))
        for link in addresses:
            codes = [code for code in link["indicators"] if code in answered and self._speaks_of_something(code)]
            self._attach_everywhere(
                codes,
                day,
                lambda lookup, facts, link=link: evidence.attach_address(
                    lookup, link["url"], title=link["title"], **facts
                ),
            )

    def _speaks_of_something(self, code):
        content = self.contents[code]
        return not content.not_applicable and content.value not in NEGATIVE

    def _attach_everywhere(self, codes, day, first):
        """The first answer brings the piece; the others take it from the library."""
        piece = None
        for code in codes:
            facts = {"by": self.writer(int(code.partition(".")[0]), day), "at": self.run.cal.at(day, 16, 40)}
            lookup = {"diagnosis": self.diagnosis.pk, "code": code}
            if piece is None:
                piece = first(lookup, facts).evidence
            else:
                evidence.attach_from_library(lookup, piece.pk, **facts)

    def _file(self, lookup, piece, facts):
        """A document of the library where it was there before; else a new one, as old as the day allows."""
        dated = self.run.document_day(piece["document_date"], facts["at"])
        known = Evidence.objects.filter(
            owner=self.run.government.pk, title=piece["title"], document_date=dated, file__isnull=False
        ).first()
        if known:
            return evidence.attach_from_library(lookup, known.pk, **facts)
        uploaded = paper(piece["title"], piece["kind"], dated, piece["file_type"])
        return evidence.attach_file(
            lookup, uploaded, title=piece["title"], kind=piece["kind"], document_date=dated, **facts
        )


def document_day(seeded, offset, at):
    """The day of a document: counted back from the seeding, and by whole years further until it lies before its upload."""
    day = seeded + timedelta(days=offset)
    while day >= at.date():
        day -= timedelta(days=365)
    return day


def _line(value, day):
    if not isinstance(value, dict):
        return Content(value=value)
    month = month_before(day, value["months_ago"])
    return Content(value=value["value"], source=value["source"], reference_month=month)
