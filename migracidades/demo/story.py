"""One government in one edition, from the first click to where it stands today."""

from certification import cycle
from certification.models import Kind, Participation, State
from certification.seal import domain as seals
from dimensions import catalogue as catalogues
from dimensions.rules import evidence_needed

from . import answers
from .days import Goal, days_of
from .enrolling import Enrolling
from .filling import Filling, document_day
from .planning import Planning
from .reviewing import Reviewing


class Run:
    """One participation being told.

    crew: the government's people. profile: with the years of this edition. cal: this edition's calendar. goal: where it ends. pace: of
    days.PACES. last: it is the profile's last edition, not its current one. at_once: also a diagnosis under way is told in sittings, not answer by answer.
    """

    def __init__(
        self, edition, crew, profile, programme, *, cal, goal, random, pace="normal", last=False, at_once=False
    ):
        self.edition, self.crew, self.profile, self.programme = edition, crew, profile, programme
        self.government, self.cal, self.goal = crew.government, cal, goal
        self.last, self.at_once = last, at_once
        self.days = days_of(goal, pace, cal.today, random.randint(0, 3), self._ready(), self._closing())
        self.participation = None

    # People and documents on a day of this edition.

    def _crew_day(self, day):
        return self.crew.cal.day_of(self.cal.instant(day))

    def manager(self, day):
        return self.crew.manager(self._crew_day(day))

    def writers(self, day):
        return self.crew.writers(self._crew_day(day))

    def signatory(self):
        return next(row for row in self.profile["people"] if row["kind"] == "signatory")

    def pair(self, day):
        """Reference person and alternate; a colleague stands in where nobody was named alternate yet."""
        rows = self.writers(day)
        lead, others = rows[0], rows[1:]
        alternates = [row for row in others if row["kind"] == "alternate"] or others or [self.signatory()]
        return [lead, alternates[0]]

    def _ready(self):
        """The first day on which a pair of people is there; unless somebody is only expected later than today."""
        arrivals = [row["from"] for row in self.crew.rows if row["kind"] in ("reference", "alternate")]
        seen = [day for day in arrivals if 0 < day < self.crew.cal.today] if not self.last else []
        return max(seen, default=0) + 1

    def _closing(self):
        """{Kind: last day of its period for this government}."""
        nobody_yet = Participation(edition=self.edition, government=self.government)
        return {kind: self.cal.day_of(cycle.window_of(nobody_yet, kind).closes_at) for kind in Kind}

    def document_day(self, offset, at):
        return document_day(self.crew.cal.date(self.crew.cal.today), offset, at)

    # The steps.

    def tell(self):
        """Everything up to the goal. Returns the Participation."""
        enrolling = Enrolling(self, self.days)
        self.participation = enrolling.begin()
        self._enrollment(enrolling)
        if self.goal.is_past(Kind.ENROLLMENT):
            self._diagnosis()
        if self.goal.is_past(Kind.DIAGNOSIS):
            self._plan(enrolling)
        return self.participation

    def _enrollment(self, enrolling):
        if self.goal.stands_at(Kind.ENROLLMENT, State.OPEN):
            return enrolling.fill(partly=True)
        enrolling.fill()
        enrolling.submit()
        if self.goal.stands_at(Kind.ENROLLMENT, State.RETURNED):
            return enrolling.give_back()
        return enrolling.accept() if self.goal.is_past(Kind.ENROLLMENT) else None

    def _diagnosis(self):
        if not self.goal.reaches(Kind.DIAGNOSIS) or self.cal.today <= self.days.first_answer:
            return
        filling = Filling(self, self._contents())
        is_draft = self.goal.stands_at(Kind.DIAGNOSIS, State.OPEN)
        if self.days.first_answer < self.cal.today:
            filling.share(self.days.first_answer)
        self._fill(filling, is_draft)
        if not is_draft:
            self._review(filling)

    def _contents(self):
        catalogue = catalogues.of(self.participation.diagnosis.questionnaire_id)
        given = answers.last if self.last and self.profile.get("last_year") else answers.current
        return given(self.profile, catalogue, self.government.kind, self.cal.date(self.days.submit))

    def _fill(self, filling, is_draft):
        days, blank = self.days, set(self.profile["answers"]["blank_in_draft"]) if is_draft else set()
        if self.at_once or not self.goal.stands_at(Kind.DIAGNOSIS, State.OPEN, State.RETURNED):
            filling.answer_in_sittings(days.first_answer, days.last_answer, leave=blank)
        else:
            filling.answer_one_by_one(days.first_answer, days.last_answer, leave=blank)
        leave = ("highlighted_practices", "contributors") if is_draft else ()
        filling.context(self.profile["context_sheet"], days.last_answer, leave=leave)
        answered = [code for code in filling.contents if code not in blank]
        filling.attach(self._covering(filling), self.profile["evidence_links"], days.last_answer, answered=answered)

    def _covering(self, filling):
        """The profile's documents; what needs evidence and has none borrows the first."""
        pieces = [dict(piece, indicators=list(piece["indicators"])) for piece in self.profile["evidence"]]
        covered = {code for piece in [*pieces, *self.profile["evidence_links"]] for code in piece["indicators"]}
        needed = [
            code
            for code, content in filling.contents.items()
            if evidence_needed(filling.catalogue.indicator(code), content) and code not in covered
        ]
        pieces[0]["indicators"] += needed
        return pieces

    def _review(self, filling):
        reviewing, days = Reviewing(self, filling), self.days
        reviewing.submit(days.submit)
        rows = [] if self.last else self._notes(filling)
        if self.goal.stands_at(Kind.DIAGNOSIS, State.SUBMITTED):
            early = [row for row in rows if days.submit + row["offset"] < self.cal.today]
            return reviewing.read(early[:2], days.submit, dimensions=range(1, 5)) if early else None
        reviewing.read(rows, days.submit)
        if any(row["kind"] == "correction" for row in rows):
            reviewing.give_back(days.returned)
            waiting = self.goal.stands_at(Kind.DIAGNOSIS, State.RETURNED)
            reviewing.answer_notes(rows, min(days.returned + 2, days.corrected), only_first=waiting)
            if waiting:
                return None
            reviewing.submit(days.corrected)
        return reviewing.approve(days.approved)

    def _notes(self, filling):
        return [row for row in self.profile["review_notes"] if row["indicator"] in filling.contents]

    def _plan(self, enrolling):
        if not self.goal.reaches(Kind.PRIORITIZATION):
            return None
        wanted = "previous" if self.last else "current"
        planning = Planning(self, [row for row in self.profile["actions"] if row["edition"] == wanted], self.days)
        unfinished = self.goal.stands_at(Kind.PRIORITIZATION, State.OPEN)
        planning.write(unfinished=unfinished)
        if unfinished:
            return self._course_waits(enrolling)
        planning.submit()
        if self.goal.stands_at(Kind.PRIORITIZATION, State.SUBMITTED):
            return self._course_waits(enrolling)
        planning.approve()
        return self._certification(enrolling, planning)

    def _course_waits(self, enrolling):
        enrolling.course(self.cal.today - 6)

    def _certification(self, enrolling, planning):
        enrolling.course(self.days.course, checked=self.days.course_checked)
        if not self.goal.is_past(Kind.CERTIFICATION):
            return
        helena, marcos = self.programme["helena"], self.programme["marcos"]
        seals.propose_award(self.participation, by=helena, at=self.cal.at(self.days.proposed, 10, 5))
        seals.confirm_award(self.participation, by=marcos, at=self.cal.at(self.days.awarded, 15, 25))
        if self.goal.reaches(Kind.MONITORING):
            self._monitoring(planning)

    def _monitoring(self, planning):
        # A report that is in was sent near its end, or shortly before the day of seeding.
        sent = min(430, self.cal.today - 7)
        over = self.goal.state in (State.SUBMITTED, State.APPROVED)
        planning.report(until=sent if over else min(self.cal.today, 435))
        if over:
            planning.submit_report(sent)
        if self.goal.state == State.APPROVED:
            planning.approve_report(min(sent + 6, self.cal.today - 1))


def goal_of(row):
    """A by_stage row as a Goal: «closed» is how an open step reads after its end, «approved» enrolment waits at the next step."""
    state = State.OPEN if row["state"] == "closed" else State(row["state"])
    return Goal(Kind(row["step"]), state)
