"""The plan of priorities and its monitoring, action by action."""

from datetime import time, timedelta

from certification.monitoring import domain as monitoring
from certification.monitoring.evidence import NewPiece
from certification.prioritization import domain as prioritization
from certification.prioritization import gaps
from certification.prioritization.content import ActionContent, Move, Partner
from governments.models import Evidence, Organisation

from .papers import paper

SILENT = "Ainda não começou: a equipe terminou antes as outras ações do plano e marcou o início para o mês que vem."


class Planning:
    """The plan of one run. rows: the profile's actions of this edition. days: the run's Days."""

    def __init__(self, run, rows, days):
        self.run, self.rows, self.days = run, rows, days
        self.participation = run.participation
        self.actions = {}

    def write(self, *, unfinished=False):
        """Put the actions into the plan. unfinished: the last one lacks some fields, and a suggestion is only taken over."""
        places = len(self.rows) or 1
        for place, row in enumerate(self.rows):
            day = self.days.plan_first + place * max((self.days.plan_submit - self.days.plan_first - 1) // places, 0)
            content = self._content(row, draft=unfinished and place == places - 1)
            self.actions[row["key"]] = prioritization.add_action(
                self.participation, content, by=self.run.manager(day), at=self.run.cal.at(day, 10, 25)
            )
        if unfinished:
            self._take_a_suggestion()

    def _content(self, row, *, draft):
        texts = {name: row[name] for name in ("title", "indicator", "why", "objective", "department", "place")}
        whole = {
            "responsible": row["responsible_role"],
            "starts_on": self._day(row["start"]),
            "ends_on": self._day(row["end"]),
            "partners": tuple(_partner(each) for each in row["partners"]),
        }
        if not draft:
            whole |= {"expected_result": row["expected_result"], "measure": row["measure"]}
            whole["next_moves"] = tuple(self._move(each) for each in row["next_moves"])
        return ActionContent(**texts, **whole)

    def _move(self, row):
        return Move(self._day(row["offset"]), row["text"], time.fromisoformat(row["time"]), row["role"])

    def _day(self, offset):
        return self.run.cal.date(self.days.plan_approved + offset)

    def _take_a_suggestion(self):
        taken = {row["indicator"] for row in self.rows}
        free = [gap for gap in gaps.gaps(self.participation) if gap.code not in taken]
        if free:
            day = min(self.run.cal.today - 2, self.days.plan_submit - 1)
            prioritization.use_suggestion(
                self.participation, free[0].code, by=self.run.manager(day), at=self.run.cal.at(day, 17, 5)
            )

    def submit(self):
        day = self.days.plan_submit
        prioritization.submit_plan(self.participation, by=self.run.manager(day), at=self.run.cal.at(day, 16, 20))

    def approve(self):
        at = self.run.cal.at(self.days.plan_approved, 14, 30)
        prioritization.approve_plan(self.participation, by=self.run.programme["helena"], at=at)

    # Monitoring.

    def report(self, *, until):
        """The dated entries of every action, written down once the period has opened. until: the last day something is told of."""
        entries = [(row, entry) for row in self.rows for entry in row["progress"]]
        for row, entry in sorted(entries, key=lambda pair: pair[1]["offset"]):
            day = self.days.plan_approved + entry["offset"]
            told = max(day, self.days.reporting + len(row["key"]) % 9)
            if max(day, told) < until:
                self._entry(row, entry, day, told, until)

    def _entry(self, row, entry, day, told, until):
        basis = entry["basis"] or {}
        manager = self.run.manager(told)
        written = monitoring.add_entry(
            self.participation,
            self.actions[row["key"]].pk,
            dated_on=self.run.cal.date(day),
            status=entry["status"],
            text=entry["text"],
            **basis,
            evidence=self._proof(row, entry, day),
            by=manager,
            at=self.run.cal.at(told, 15, 35),
        )
        look = entry.get("verification")
        if look and self.days.plan_approved + look["offset"] < until:
            looked = max(self.days.plan_approved + look["offset"], told + 2)
            monitoring.verify_entry(
                self.participation,
                written.pk,
                verdict=look["verdict"],
                text=look["text"],
                by=self.run.programme[look["by"]],
                at=self.run.cal.at(looked, 11, 40),
            )

    def _proof(self, row, entry, day):
        """What is done has a document."""
        if entry["status"] != "done":
            return ()
        title = f"Registro final: {row['title']}"[:200]
        kind, dated = Evidence.Kind.REPORT, self.run.cal.date(day)
        uploaded = paper(title, kind, dated, "pdf", lines=[entry["text"]])
        return (NewPiece(file=uploaded, title=title, kind=kind, document_date=dated),)

    def tell_of_the_silent(self, day):
        """Before the report goes out, every action has a word."""
        for action in self.actions.values():
            if not action.entries.exists():
                dated = max(self.run.cal.date(day), action.starts_on)
                monitoring.add_entry(
                    self.participation,
                    action.pk,
                    dated_on=dated,
                    status="not_started",
                    text=SILENT,
                    by=self.run.manager(day),
                    at=self.run.cal.at(day, 9, 50),
                )

    def submit_report(self, day):
        self.tell_of_the_silent(day)
        at = self.run.cal.at(day, 16, 5)
        monitoring.submit_monitoring(self.participation, by=self.run.manager(day), at=at)

    def approve_report(self, day):
        at = self.run.cal.at(day, 10, 45) + timedelta(minutes=3)
        monitoring.approve_monitoring(self.participation, by=self.run.programme["marcos"], at=at)


def _partner(row):
    if "organisation" not in row:
        return Partner(row["name"])
    organisation = Organisation.objects.get(key=row["organisation"])
    return Partner(organisation.name, organisation.pk)
