"""On which day of an edition each move of a participation happens: at its own pace, ending where the stage wants it today."""

from dataclasses import dataclass

from certification.models import Kind, State

ORDER = list(Kind)
# First and last day of answering, submission, return, corrections, validation.
PACES = {
    "early": (46, 66, 68, 77, 81, 85),
    "normal": (46, 102, 104, 113, 119, 123),
    "slow": (52, 156, 158, 167, 172, 175),
    "late": (60, 172, 175, 182, 187, 190),
}


@dataclass(frozen=True)
class Goal:
    """Where a participation stands on the day of seeding; earlier steps are validated."""

    step: Kind
    state: str

    def is_past(self, kind):
        """Whether the step is validated by now."""
        mine, other = ORDER.index(self.step), ORDER.index(Kind(kind))
        return mine > other or (mine == other and self.state == State.APPROVED)

    def reaches(self, kind):
        return self.is_past(kind) or self.step == kind

    def stands_at(self, kind, *states):
        return self.step == kind and self.state in states


@dataclass
class Days:
    """Days counted from the opening of the edition's enrolment."""

    begin: int = 4
    enroll: int = 9
    enroll_returned: int = 12
    enroll_approved: int = 14
    first_answer: int = 46
    last_answer: int = 102
    submit: int = 104
    returned: int = 113
    corrected: int = 119
    approved: int = 123
    plan_first: int = 132
    plan_submit: int = 150
    plan_approved: int = 160
    course: int = 130
    course_checked: int = 141
    proposed: int = 243
    awarded: int = 247
    reporting: int = 254


def days_of(goal, pace, today, jitter, ready, closing):
    """The Days of a participation. jitter: some days more, so that not all move at once. ready: the day from which its people are there.
    closing: {Kind: last day of its period, extensions counted in}."""
    days = Days(begin=min(max(2 + jitter, ready), 40))
    days.enroll = min(days.begin + 5, 43)
    days.enroll_approved = days.enroll + 3
    answers = [day + jitter for day in PACES[pace]]
    days.first_answer, days.last_answer, days.submit, days.returned, days.corrected, days.approved = answers
    days.first_answer = max(days.first_answer, days.enroll_approved + 1)
    days.plan_first = max(132, days.approved + 3)
    days.plan_submit = max(148 + 2 * jitter, days.plan_first + 8)
    days.plan_approved = days.plan_submit + 9
    for name in ("proposed", "awarded"):
        setattr(days, name, getattr(days, name) + jitter)
    _end_today(days, goal, today, closing)
    return days


def _end_today(days, goal, today, closing):
    """Bring the last moves near to the day of seeding, or of the closing: what waits has not waited for months."""
    endings = {
        Kind.ENROLLMENT: _end_enrollment,
        Kind.DIAGNOSIS: _end_diagnosis,
        Kind.PRIORITIZATION: _end_plan,
    }
    if goal.step in endings:
        endings[goal.step](days, goal, today, closing[goal.step])


def _end_enrollment(days, goal, today, closing):
    if goal.state == State.SUBMITTED:
        days.enroll = min(max(days.enroll, today - 5), closing)
    if goal.state == State.OPEN:
        days.begin = max(days.begin, min(today - 3, closing))
    if goal.state == State.RETURNED:
        days.enroll = min(max(days.enroll, today - 10), closing)
        days.enroll_returned = max(min(today - 4, days.enroll + 12), days.enroll + 1)
    days.begin = max(days.begin, days.enroll - 4) if goal.state != State.OPEN else days.begin


def _end_diagnosis(days, goal, today, closing):
    if goal.state == State.OPEN:
        days.last_answer = min(today - 1, closing)
    if goal.state == State.RETURNED:
        days.submit = min(days.submit, today - 13)
        days.last_answer = min(days.last_answer, days.submit - 1)
        days.returned = today - 4


def _end_plan(days, goal, today, closing):
    if goal.state == State.OPEN:
        days.plan_submit, days.plan_approved = min(today + 6, closing + 1), min(today, closing) + 12
    if goal.state == State.SUBMITTED:
        days.plan_submit, days.plan_approved = min(today - 6, closing), today + 4
