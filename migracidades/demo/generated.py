"""More governments than the profiles, for load and measurement: varied copies, told with answers dimension by dimension."""

from certification.models import Kind, State

from . import content
from .casting import NobodyLeft, Role
from .days import Goal
from .story import Run
from .variation import Variation

STAGE_STEP = {
    "enrollment": Kind.ENROLLMENT,
    "diagnosis": Kind.DIAGNOSIS,
    "prioritization": Kind.PRIORITIZATION,
    "certified": Kind.CERTIFICATION,
    "monitoring": Kind.MONITORING,
}
STATES = (State.OPEN, State.SUBMITTED, State.APPROVED)


def tell(demo):
    """As many governments as were asked for beyond those that take part already, in every edition held."""
    wanted = demo.options.governments or 0
    missing = wanted - demo.editions[0].participations.count()
    variation = Variation(demo.random)
    for place in range(max(missing, 0)):
        try:
            _tell(demo, variation, place)
        except NobodyLeft:
            return


def _tell(demo, variation, place):
    told = list(content.profiles(demo.cal.year).values())
    returning = demo.random.random() < variation.rules["returning_share"]
    profile = variation.of(told[place % len(told)], key=f"generated-{place}", returning=returning)
    government = demo.casting.any_of(profile["match"]["kind"], listed=returning)
    role = Role(government, profile, government.pk in demo.casting.listed)
    crew = demo.crew_of(role, 0, unique=True)
    for gap in sorted(demo.editions, reverse=True):
        if gap == 0 or returning:
            _tell_edition(demo, variation, crew, profile, gap)
    crew.say_goodbye()


def _tell_edition(demo, variation, crew, profile, gap):
    cal = demo.calendars[gap]
    run = Run(
        demo.editions[gap],
        crew,
        content.with_years(profile, cal.year),
        demo.programme,
        cal=cal,
        goal=_goal(demo, variation, gap),
        random=demo.random,
        pace="early" if demo.options.stage == "diagnosis" else "normal",
        last=gap > 0,
        at_once=True,
    )
    run.tell()


def _goal(demo, variation, gap):
    """Where it stands: it finished each step with the share of governments that do, up to the step of today."""
    shares = variation.rules["finish_share"]
    today = STAGE_STEP[demo.options.stage] if gap == 0 else Kind.MONITORING
    for kind in Kind:
        if kind == today:
            break
        if demo.random.random() > shares[kind] / _share_before(shares, kind):
            return Goal(kind, State.OPEN)
    if today == Kind.CERTIFICATION:
        return Goal(today, State.APPROVED)
    states = (State.OPEN, State.APPROVED) if gap else STATES
    return Goal(today, demo.random.choice(states))


def _share_before(shares, kind):
    before = Kind(kind).before
    return shares[before] if before else 1
