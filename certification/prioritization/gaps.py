"""What the validated diagnosis says does not exist yet, or only partly, and the action suggested for each."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from certification.diagnosis.content import Content
from certification.diagnosis.models import Diagnosis
from certification.handing import latest_snapshot
from certification.models import Kind
from dimensions import catalogue
from dimensions.rules import Status, answer_in_words, status, suggests_action

# Before the same weight: what does not exist comes before what exists in part, and both before what only informs.
RANK = {Status.NOT_YET: 0, Status.PARTLY: 1}


@dataclass(frozen=True)
class Gap:
    """A question whose answer suggests an action. Its weight orders and is shown to nobody."""

    indicator: object
    status: Status
    in_words: str
    comment: str

    @property
    def code(self):
        return self.indicator.code

    @property
    def suggested_action(self):
        return self.indicator.suggested_action

    @property
    def place(self):
        return (
            -self.indicator.weight,
            RANK.get(self.status, 2),
            self.indicator.dimension_number,
            self.indicator.order,
        )


def catalogue_of(participation):
    """The questionnaire the diagnosis was made with, or None before there is one."""
    try:
        return catalogue.of(participation.diagnosis.questionnaire_id)
    except Diagnosis.DoesNotExist:
        return None


def gaps(participation):
    """The gaps of the diagnosis as it was handed over last, heaviest first."""
    questions, snapshot = catalogue_of(participation), latest_snapshot(participation, Kind.DIAGNOSIS)
    if questions is None or snapshot is None:
        return []
    answers = [row for dimension in snapshot.content.get("dimensions", []) for row in dimension["answers"]]
    found = [_gap(questions.indicator(row["code"]), row) for row in answers if row["code"] in questions.indicators]
    return sorted((gap for gap in found if gap), key=lambda gap: gap.place)


def _gap(indicator, row):
    answer = Content(value=row["value"], no_data=row["no_data"], not_applicable=row["not_applicable"])
    if not suggests_action(indicator, answer):
        return None
    return Gap(indicator, status(indicator, answer), str(answer_in_words(indicator, answer)), row.get("comment", ""))


def why_of(gap):
    """What an action taken from a gap says at first of why: the answer, and the government's own comment on it."""
    said = _("No diagnóstico, à pergunta «%(question)s» respondemos: %(answer)s.") % {
        "question": gap.indicator.question,
        "answer": gap.in_words.rstrip("."),
    }
    return "\n\n".join(filter(None, [said, gap.comment]))[:3000]
