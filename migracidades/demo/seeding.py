"""The whole demonstration, told once: editions, people, twelve stories, and those beside them."""

import random
from dataclasses import asdict, dataclass
from pathlib import Path

from django.conf import settings
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone, translation

from certification.models import Kind, State
from certification.reports.models import Report
from core import bell
from core.context_processors import forget_demo_mark
from core.models import Job, Mark, OutboxMessage
from governments.models import Government
from migracidades.imports.certified import import_certified
from migracidades.imports.events import import_events

from . import annual, bank, calendar, content, editions, fillers, generated, people
from .anew import empty_the_house
from .casting import Casting
from .days import Goal
from .story import Run, goal_of

CERTIFIED = Path(settings.BASE_DIR) / "certification" / "data" / "certified-2021.csv"
EVENTS = Path(settings.BASE_DIR) / "events" / "data" / "events-2021.csv"
# The profile of whom the first sign-ins are: corrections wait there, in two editions at once.
FIRST = "returned-corrections"
# The monitoring of the previous edition is not over yet where it was extended.
STILL_RUNNING_FOR = 18


@dataclass(frozen=True)
class Options:
    """What was asked for. governments, editions: None for the twelve profiles and the editions they need."""

    governments: int | None = None
    editions: int | None = None
    stage: str = "prioritization"
    seed: int = 1

    def as_dict(self):
        return asdict(self)


def seed(options, *, now=None, anew=False):
    """Tell it all, or nothing. anew: empty the house first. Returns the sign-ins."""
    now = now or timezone.now()
    with bell.muted(), transaction.atomic(), translation.override("pt-br"):
        if anew:
            empty_the_house()
        elif not Government.objects.exists():
            call_command("load_reference", verbosity=0)
        mark = Mark.objects.create(name="demo", at=now)
        sign_ins = Demonstration(options, now).tell()
        kept = [{name: row[name] for name in row if name != "password"} for row in sign_ins]
        mark.detail = {"options": options.as_dict(), "sign_ins": kept}
        mark.save(update_fields=["detail"])
    forget_demo_mark()
    return sign_ins


class Demonstration:
    def __init__(self, options, now):
        self.options, self.now = options, now
        self.random = random.Random(options.seed)  # noqa: S311  nothing secret hangs on it
        self.cal = calendar.of_stage(options.stage, now)
        self.calendars, self.editions, self.crews = {}, {}, {}
        self.actions = {}

    def tell(self):
        import_certified(CERTIFIED)
        import_events(EVENTS)
        self.programme = people.programme_team(self.cal.at(-2000, 9))
        bank.found_organisations()
        self.casting = Casting(self.random)
        self._cast()
        self._open_editions()
        self._tell_of_profiles()
        fillers.tell(self)
        generated.tell(self)
        self._publish()
        bank.publish_practices(self)
        bank.hold_events(self)
        annual.tell(self)
        self._settle()
        return people.sign_ins(self.programme, self._crews_in_order())

    # Casting and calendar.

    def _cast(self):
        wanted = self.options.governments
        keys = list(content.profiles(self.cal.year))[:wanted]
        told = content.profiles(self.cal.year)
        self.roles = {key: self.casting.role(told[key]) for key in keys}

    def _open_editions(self):
        for gap in self._gaps():
            cal = self.cal.before(gap)
            self.calendars[gap] = cal
            self.editions[gap] = editions.open_edition(cal, by=self.programme["helena"])
        self._extend()

    def _gaps(self):
        """Years before the current edition of those that are held: what the profiles need, or as many as were asked for."""
        needed = {0} | {role.profile["last_edition_gap"] or 0 for role in self.roles.values()} | {1}
        wanted = self.options.editions
        if wanted is not None:
            free = [gap for gap in range(wanted + 1) if self.cal.before(gap).year != 2021]
            needed = set(free[:wanted])
        return sorted(needed, reverse=True)

    def _extend(self):
        governments = {key: role.government for key, role in self.roles.items()}
        helena = self.programme["helena"]
        for kind, day, whom, reason in editions.extensions_of(self.options.stage, self.cal.today, governments):
            editions.extend(self.editions[0], self.cal, kind, day, reason, by=helena, **whom)
        previous = self.calendars.get(1)
        if previous and previous.today > 435 - STILL_RUNNING_FOR:
            day = previous.today + STILL_RUNNING_FOR
            editions.extend(
                self.editions[1],
                previous,
                Kind.MONITORING,
                day,
                editions.MONITORING_FLOODS,
                by=self.programme["marcos"],
            )

    # The stories.

    def _tell_of_profiles(self):
        for key, role in self.roles.items():
            self.tell_of(role, goal_of(role.profile["by_stage"][self.options.stage]), pace=self.pace(key))

    def pace(self, key):
        if self.options.stage in ("enrollment", "diagnosis"):
            return "early"
        return {"returned-corrections": "slow", "coast-trade": "slow", "late-start": "late"}.get(key, "normal")

    def tell_of(self, role, goal, *, pace="normal", at_once=False, unique=False):
        """A government's seals from before, its last edition, what changed in its team, and its current edition."""
        gap = role.profile["last_edition_gap"] or 0
        crew = self.crew_of(role, gap, unique=unique)
        self._earlier_seals(role, gap)
        if gap in self.editions and gap:
            self._last_edition(role, crew, gap)
        crew.say_goodbye()
        profile = content.with_years(role.profile, self.cal.year)
        run = Run(
            self.editions[0],
            crew,
            profile,
            self.programme,
            cal=self.cal,
            goal=goal,
            random=self.random,
            pace=pace,
            at_once=at_once,
        )
        return run.tell()

    def crew_of(self, role, gap, *, unique=False):
        rows = role.profile["people"] + (people.missing_team(role.profile, gap) if gap else [])
        crew = people.Crew(role.government, rows, self.cal, self.programme["helena"], unique=unique)
        self.crews[role.key] = crew
        return crew

    def _earlier_seals(self, role, gap):
        held = {cal.year for cal in self.calendars.values()}
        number = role.profile["seals_before"] - (1 if gap in self.editions and gap else 0) - (1 if role.listed else 0)
        editions.seals_between(role.government, number, held)

    def _last_edition(self, role, crew, gap):
        cal = self.calendars[gap]
        told = content.profiles(cal.year).get(role.key) or role.profile
        goal = Goal(Kind.MONITORING, LAST_ENDED.get(role.key, State.OPEN))
        if cal.today > 435 + 200:
            goal = Goal(Kind.MONITORING, State.APPROVED)
        run = Run(
            self.editions[gap],
            crew,
            told,
            self.programme,
            cal=cal,
            goal=goal,
            random=self.random,
            last=True,
            at_once=True,
        )
        return run.tell()

    # The end.

    def _publish(self):
        for gap, edition in self.editions.items():
            editions.publish(edition, self.calendars[gap], by=self.programme["marcos"])
        fillers.revoke(self)
        fillers.replace(self)

    def _settle(self):
        """Letters of the past stay unsent: they are told, not written to anybody."""
        OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).update(
            state=OutboxMessage.State.SKIPPED, reason="demo"
        )
        drop_outdated_reports()

    def _crews_in_order(self):
        return sorted(self.crews.values(), key=lambda crew: crew is not self.crews.get(FIRST))


def drop_outdated_reports():
    """Of a diagnosis report asked for anew with the priorities, the first copy is not worth the worker's time: nobody has waited for it."""
    latest = {}
    for report in Report.objects.filter(file__isnull=True).order_by("requested_at"):
        before = latest.get((report.participation_id, report.kind, report.language))
        latest[report.participation_id, report.kind, report.language] = report
        if before:
            Job.objects.filter(kind="report", subject_id=str(before.pk), state=Job.State.QUEUED).delete()
            before.delete()


# Where the last edition's monitoring of some profiles stands; the others are still at it.
LAST_ENDED = {"state-six-departments": State.SUBMITTED, "metropolitan-industrial": State.APPROVED}
