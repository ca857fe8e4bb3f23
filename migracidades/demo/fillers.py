"""Governments without a profile at the steps that no profile stands at, and what happens seldom: a seal that waits for its second
person, one that was revoked, an enrolment that never became a diagnosis."""

from dataclasses import dataclass

from certification.models import Kind, State
from certification.seal import domain as seals
from certification.seal import replacement

from . import content, editions
from .calendar import WINDOWS
from .casting import Role
from .days import Goal
from .story import Run
from .variation import Variation

REVOKED = (
    "Revogado a pedido do próprio governo: depois da cerimônia, ele informou que duas das ações validadas dependiam de um convênio que não "
    "foi assinado. O governo segue na edição atual e o histórico continua público. (Decisão fictícia de demonstração.)"
)
REPLACED = (
    "O certificado dizia o cargo titular de quem assinou o documento de intenção, que o exercia interinamente. Nada mais muda: etapas, datas e "
    "validade são as mesmas. (Decisão fictícia de demonstração.)"
)


@dataclass(frozen=True)
class Filler:
    """key: of the story. like: the profile varied. goal, gap: where it stands, in the edition how many years ago. reason: why it got more time."""

    key: str
    like: str
    goal: Goal
    gap: int = 0
    reason: str = ""


CURRENT = (
    Filler("enrolling", "metropolitan-industrial", Goal(Kind.ENROLLMENT, State.OPEN), reason=editions.SIGNATURE),
    Filler("enrolled", "university-town", Goal(Kind.ENROLLMENT, State.SUBMITTED), reason=editions.NEW_GOVERNMENT),
    Filler("unsigned", "agro-meatpacking", Goal(Kind.ENROLLMENT, State.RETURNED), reason=editions.NO_ACCESS),
)
PREVIOUS = (
    Filler("revoked", "handover", Goal(Kind.MONITORING, State.OPEN), 1),
    Filler("proposed", "returned-corrections", Goal(Kind.CERTIFICATION, State.OPEN), 1),
    Filler("gave-up", "coast-trade", Goal(Kind.DIAGNOSIS, State.OPEN), 1),
)


def tell(demo):
    """The stories that fit: those of the current edition where enrolment is over and all who were asked for have not come yet."""
    variation = Variation(demo.random)
    for filler in _wanted(demo):
        _tell(demo, variation, filler)


def _wanted(demo):
    room = 3 if demo.options.governments is None else max(demo.options.governments - len(demo.roles), 0)
    current = CURRENT if demo.options.stage in ("diagnosis", "prioritization") else ()
    previous = PREVIOUS if 1 in demo.editions else ()
    return [*current[:room], *previous]


def _tell(demo, variation, filler):
    profile = variation.of(content.profiles(demo.cal.year)[filler.like], key=filler.key, returning=bool(filler.gap))
    government = demo.casting.any_of(profile["match"]["kind"], listed=True)
    role = Role(government, profile, listed=True)
    crew = demo.crew_of(role, 0, unique=True)
    cal, edition = demo.calendars[filler.gap], demo.editions[filler.gap]
    if filler.gap == 0:
        _more_time(demo, government, filler.reason)
    run = Run(
        edition,
        crew,
        content.with_years(profile, cal.year),
        demo.programme,
        cal=cal,
        goal=filler.goal,
        random=demo.random,
        last=bool(filler.gap),
        at_once=bool(filler.gap),
    )
    participation = run.tell()
    crew.say_goodbye()
    if filler.key == "proposed":
        _propose(demo, participation)


def _more_time(demo, government, reason):
    """Enrolment, and the diagnosis after it, are over for everybody else."""
    today = demo.cal.today
    for kind, day in ((Kind.ENROLLMENT, today + 6), (Kind.DIAGNOSIS, max(today + 18, WINDOWS[Kind.DIAGNOSIS][1] + 1))):
        facts = {"by": demo.programme["helena"], "granted": today - 24, "government": government}
        editions.extend(demo.editions[0], demo.cal, kind, day, reason, **facts)


def _propose(demo, participation):
    """The course was completed late: the first coordinator has proposed the seal, the second has still to confirm it."""
    at = demo.cal.at(demo.cal.today - 2, 16, 30)
    seals.propose_award(participation, by=demo.programme["helena"], at=at)


def revoke(demo):
    """The seal of one government, once its edition is public."""
    crew = demo.crews.get("revoked")
    if crew is None or demo.editions[1].published_at is None:
        return
    participation = demo.editions[1].participations.get(government=crew.government)
    helena, marcos = demo.programme["helena"], demo.programme["marcos"]
    day = max(demo.cal.today - 60, -80)
    seals.propose_revocation(participation, reason=REVOKED, by=helena, at=demo.cal.at(day, 10, 15))
    seals.confirm_revocation(participation, by=marcos, at=demo.cal.at(day + 2, 11, 5))


def replace(demo):
    """One seal of the same edition gives way to a corrected one."""
    if 1 not in demo.editions or demo.editions[1].published_at is None:
        return
    found = demo.editions[1].participations.filter(seal__revoked_at__isnull=True, seal__snapshot__isnull=False)
    participation = found.order_by("government__search").first()
    if participation is None:
        return
    position = replacement.said_by(participation.seal)["signatory_position"]
    helena, marcos = demo.programme["helena"], demo.programme["marcos"]
    day = max(demo.cal.today - 40, -60)
    replacement.propose_replacement(
        participation,
        reason=REPLACED,
        corrections={"signatory_position": f"{position} em exercício"},
        by=marcos,
        at=demo.cal.at(day, 9, 40),
    )
    replacement.confirm_replacement(participation, by=helena, at=demo.cal.at(day + 1, 14, 20))
