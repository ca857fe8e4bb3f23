"""A diagnosis as pages and requirements see it: what is asked, what was answered, what lacks. No queries of its own."""

from dataclasses import dataclass, field
from functools import cached_property

from django.utils.translation import gettext_lazy as _

from dimensions import catalogue
from dimensions.models import AnswerType
from dimensions.rules import evidence_needed, is_answered

ANSWER, REASON, SOURCE, MONTH, EVIDENCE = "answer", "reason", "source", "reference_month", "evidence"
LACKS = {
    ANSWER: _("sem resposta"),
    REASON: _("falta o motivo de não se aplicar"),
    SOURCE: _("falta a fonte do número"),
    MONTH: _("falta o mês de referência do número"),
    EVIDENCE: _("falta a comprovação do que existe"),
}


def lacks_of(indicator, answer, has_evidence):
    """What an asked question still needs before it can be submitted, as codes of LACKS."""
    if not is_answered(answer):
        return [ANSWER]
    if answer.not_applicable:
        return [] if answer.reason.strip() else [REASON]
    lacks = []
    if indicator.answer_type == AnswerType.NUMBER and not answer.no_data:
        lacks += [SOURCE] if not answer.source.strip() else []
        lacks += [MONTH] if not answer.reference_month else []
    if evidence_needed(indicator, answer) and not has_evidence:
        lacks.append(EVIDENCE)
    return lacks


@dataclass
class Progress:
    """How far one dimension, or the whole, is. to_do: questions that still hold the submission back."""

    total: int = 0
    answered: int = 0
    to_do: int = 0
    returned: int = 0

    def add(self, answered, lacks, returned):
        self.total += 1
        self.answered += answered
        self.to_do += bool(lacks)
        self.returned += returned

    @property
    def is_complete(self):
        return self.total > 0 and not self.to_do


@dataclass
class Sheet:
    """answers: by code, each with `has_evidence`. reopened: codes that may change, while the step is returned."""

    questionnaire_id: int
    government_kind: str
    answers: dict
    reopened: frozenset = field(default_factory=frozenset)

    @cached_property
    def catalogue(self):
        return catalogue.of(self.questionnaire_id)

    @cached_property
    def asked(self):
        """The indicators asked with these answers, in order."""
        return [row for row in self.catalogue.asked(self.government_kind, self.answers) if row.code in self.answers]

    @cached_property
    def asked_codes(self):
        return {row.code for row in self.asked}

    @cached_property
    def lacks(self):
        """What lacks, by code, for the questions where something does."""
        found = {
            row.code: lacks_of(row, self.answers[row.code], self.answers[row.code].has_evidence) for row in self.asked
        }
        return {code: lacks for code, lacks in found.items() if lacks}

    @cached_property
    def progress(self):
        """By dimension number."""
        by_number = {dimension.number: Progress() for dimension in self.catalogue.dimensions}
        for row in self.asked:
            facts = is_answered(self.answers[row.code]), self.lacks.get(row.code), row.code in self.reopened
            by_number[row.dimension_number].add(*facts)
        return by_number

    @cached_property
    def whole(self):
        parts = self.progress.values()
        names = ("total", "answered", "to_do", "returned")
        return Progress(**{name: sum(getattr(part, name) for part in parts) for name in names})

    def asked_in(self, number):
        return [row for row in self.asked if row.dimension_number == number]


def sheet_of(diagnosis, government_kind, answers, reopened=()):
    return Sheet(diagnosis.questionnaire_id, government_kind, answers, frozenset(reopened))
