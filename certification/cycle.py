"""The only door to the cycle: who may do what, when, and the moves themselves.

Views, API, admin, imports, commands and jobs all ask `may`; `locked_step` asks it again under the lock before anything is written. Rooms tell what
their step requires with `requires`, so this module stays below them.
"""

from dataclasses import dataclass
from datetime import datetime

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from certification.models import Kind, Participation, State, Step
from certification.periods import (
    Period,
    WindowsOverlap,
    editions_open_for_enrollment,
    extend,
    general_period,
    is_open_now,
    set_windows,
    spoken,
    the_programme,
    window_of,
)
from certification.rooms import (
    Requirement,
    RequirementsMissing,
    also_tell,
    missing,
    on_approval,
    people_to_tell,
    requirements,
    requires,
    tell_approval,
)
from core import audit
from governments import team

# The calendar and what the rooms tell are part of the door: who asks the cycle finds them here.
__all__ = [
    "Period",
    "Requirement",
    "RequirementsMissing",
    "WindowsOverlap",
    "also_tell",
    "editions_open_for_enrollment",
    "extend",
    "general_period",
    "is_open_now",
    "missing",
    "on_approval",
    "people_to_tell",
    "requirements",
    "requires",
    "set_windows",
    "spoken",
    "tell_approval",
    "the_programme",
    "window_of",
]

MANAGER, EDITOR = "manager", "editor"
COORDINATOR, REVIEWER = "coordinator", "reviewer"

FILLABLE = frozenset({State.OPEN, State.RETURNED})


@dataclass(frozen=True)
class Rule:
    """What an action asks: the step, the roles that may, the states it starts from, whether the step's period must be open."""

    step: Kind
    roles: frozenset
    states: frozenset
    in_period: bool = False


def _rules():
    """edit, submit, review, return and approve for each step a government fills in; the award and the notes apart."""
    rules = {}
    for kind in (Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION, Kind.MONITORING):
        rules[f"edit_{kind}"] = Rule(kind, frozenset({MANAGER, EDITOR}), FILLABLE, in_period=True)
        rules[f"submit_{kind}"] = Rule(kind, frozenset({MANAGER}), FILLABLE, in_period=True)
        rules[f"review_{kind}"] = Rule(kind, frozenset({REVIEWER, COORDINATOR}), frozenset({State.SUBMITTED}))
        rules[f"return_{kind}"] = Rule(kind, frozenset({COORDINATOR}), frozenset({State.SUBMITTED}))
        rules[f"approve_{kind}"] = Rule(kind, frozenset({COORDINATOR}), frozenset({State.SUBMITTED}))
    rules["decline_enrollment"] = Rule(
        Kind.ENROLLMENT, frozenset({COORDINATOR}), frozenset({State.SUBMITTED, State.RETURNED, State.OPEN})
    )
    rules["record_course"] = Rule(Kind.CERTIFICATION, frozenset({MANAGER, EDITOR}), frozenset({State.OPEN}))
    rules["check_course"] = Rule(Kind.CERTIFICATION, frozenset({REVIEWER, COORDINATOR}), frozenset({State.OPEN}))
    rules["award"] = Rule(Kind.CERTIFICATION, frozenset({COORDINATOR}), frozenset({State.OPEN}))
    rules["revoke"] = Rule(Kind.CERTIFICATION, frozenset({COORDINATOR}), frozenset({State.APPROVED}))
    rules["replace"] = Rule(Kind.CERTIFICATION, frozenset({COORDINATOR}), frozenset({State.APPROVED}))
    rules["verify_progress"] = Rule(Kind.MONITORING, frozenset({REVIEWER, COORDINATOR}), frozenset(State))
    return rules


RULES = _rules()
# These do not wait for the step before: a course is recorded while the diagnosis runs.
ANY_TIME = frozenset({"record_course", "check_course"})


@dataclass(frozen=True)
class Decision:
    """The answer of `may`: truthy when allowed; else a reason (role, ended, not_due, state, window) and a sentence for the person."""

    allowed: bool
    reason: str = ""
    message: str | Promise = ""
    closes_at: datetime | None = None

    def __bool__(self):
        return self.allowed


class StepClosed(Exception):
    """It is only the time or the state that forbids it. Carries the decision: 409, and the person's text is kept."""

    status = 409

    def __init__(self, decision):
        super().__init__(str(decision.message))
        self.decision = decision


def may(action, user, participation, at=None, *, step=None):
    """Whether a person may do something in a participation at an instant. The first failing rule answers.

    action: a key of RULES. at: the request's arrival time. step: the Step row if the caller holds it. Returns a Decision.
    """
    rule, at = RULES[action], at or timezone.now()
    if not roles_of(user, participation) & rule.roles:
        return Decision(False, "role", _("O seu papel não permite fazer isto."))
    if not participation.is_under_way:
        return Decision(False, "ended", _("A participação deste governo nesta edição terminou."))
    step = step or participation.step(rule.step)
    if action not in ANY_TIME and not is_due(participation, rule.step):
        before = Kind(rule.step).before
        return Decision(
            False,
            "not_due",
            _("Esta etapa começa quando a etapa anterior (%(step)s) for validada.") % {"step": before.label},
        )
    if step.state not in rule.states:
        return Decision(False, "state", STATE_MESSAGES[State(step.state)])
    if not rule.in_period:
        return Decision(True)
    return _in_period(participation, step, at)


STATE_MESSAGES = {
    State.OPEN: _("Esta etapa ainda não foi enviada."),
    State.SUBMITTED: _("Esta etapa já foi enviada e está com a coordenação."),
    State.RETURNED: _("Esta etapa foi devolvida e está com o governo para correção."),
    State.APPROVED: _("Esta etapa já foi validada."),
}


def _in_period(participation, step, at):
    if step.state == State.RETURNED:
        if at <= step.correct_until:
            return Decision(True, closes_at=step.correct_until)
        return Decision(
            False,
            "window",
            _("O prazo de correção terminou em %(when)s.") % {"when": spoken(step.correct_until)},
            step.correct_until,
        )
    window = window_of(participation, step.kind)
    if window is None:
        return Decision(
            False,
            "window",
            _("A coordenação ainda não definiu o período desta etapa na edição %(year)s.")
            % {"year": participation.edition.year},
        )
    if at < window.opens_at:
        return Decision(
            False, "window", _("Esta etapa abre em %(when)s.") % {"when": spoken(window.opens_at)}, window.closes_at
        )
    if at > window.closes_at:
        return Decision(
            False,
            "window",
            _("O prazo desta etapa terminou em %(when)s.") % {"when": spoken(window.closes_at)},
            window.closes_at,
        )
    return Decision(True, closes_at=window.closes_at)


def roles_of(user, participation):
    """Roles a person has towards a participation. Who is linked to the government has no programme role there: nobody judges the own house."""
    if not user.is_authenticated or not user.is_active:
        return frozenset()
    own = team.role_in_body(user, participation.government_id)
    return frozenset({own}) if own else frozenset(user.programme_roles)


def is_due(participation, kind):
    """A step is due when the one before it is approved."""
    before = Kind(kind).before
    return before is None or participation.step(before).state == State.APPROVED


# How a step reads: stored state, or «closed» in one of its two senses.
NOT_YET, ENDED, AWAITING = "not_open", "ended", "awaiting"
READINGS = {
    NOT_YET: _("ainda não aberta"),
    ENDED: _("encerrada"),
    AWAITING: _("em andamento"),
    State.OPEN: _("aberta"),
    State.SUBMITTED: _("enviada"),
    State.RETURNED: _("devolvida"),
    State.APPROVED: _("validada"),
}


def reading(participation, step, at=None):
    """How a step reads at an instant: one of the stored states, `not_open`, `awaiting` or `ended`. Time alone changes no row."""
    if step.state != State.OPEN:
        return State(step.state)
    at = at or timezone.now()
    if not participation.is_under_way:
        return ENDED
    if step.kind == Kind.CERTIFICATION:
        return AWAITING if is_due(participation, step.kind) else NOT_YET
    window = window_of(participation, step.kind)
    if window and at > window.closes_at:
        return ENDED
    if window is None or at < window.opens_at or not is_due(participation, step.kind):
        return NOT_YET
    return State.OPEN


# The moves. One lock order: edition, participation, (the room's own parent), step, answer.


def locked_step(participation, kind, *, action, by, at):
    """Lock the participation, read it, the team and the step again, and ask `may` anew. Raises PermissionDenied or StepClosed."""
    locked = Participation.objects.select_for_update(of=("self",)).with_cycle().get(pk=participation.pk)
    team.forget(by)
    step = locked.step(kind)
    decide(may(action, by, locked, at, step=step))
    participation.__dict__.pop("_prefetched_objects_cache", None)
    step.participation = locked
    return step


def decide(decision):
    """Raise what a refusal means: PermissionDenied for a role, StepClosed for time and state. Returns the decision."""
    if decision:
        return decision
    if decision.reason == "role":
        raise PermissionDenied(str(decision.message))
    raise StepClosed(decision)


def hand_over(participation, kind, *, by, at, freeze):
    """Submit a step: lock, ask, check what is required, freeze with `freeze(participation)` -> Snapshot, move. Returns the Snapshot."""
    with transaction.atomic():
        step = locked_step(participation, kind, action=f"submit_{kind}", by=by, at=at)
        lacking = missing(step.participation, kind)
        if lacking:
            raise RequirementsMissing(lacking)
        snapshot = freeze(step.participation)
        step.submit(by=by, at=at)
        audit.record(
            f"{kind}.submitted",
            by=by,
            subject=snapshot,
            government_id=participation.government_id,
            protocol=snapshot.protocol,
            sha256=snapshot.sha256,
        )
        return snapshot


def give_back(participation, kind, *, by, at, correct_until, note=""):
    """Return a submitted step for correction. correct_until: instant, in the future of `at`."""
    if correct_until <= at:
        raise ValueError(_("O prazo de correção precisa ser depois de agora."))
    with transaction.atomic():
        step = locked_step(participation, kind, action=f"return_{kind}", by=by, at=at)
        step.return_for_correction(by=by, at=at, correct_until=correct_until, note=note)
        audit.record(f"{kind}.returned", by=by, subject=step.participation, government_id=participation.government_id)
        return step


def accept(participation, kind, *, by, at, note=""):
    """Approve a submitted step; the next one becomes due with it."""
    with transaction.atomic():
        step = locked_step(participation, kind, action=f"approve_{kind}", by=by, at=at)
        step.approve(by=by, at=at, note=note)
        audit.record(f"{kind}.approved", by=by, subject=step.participation, government_id=participation.government_id)
        tell_approval(kind, step.participation, by=by, at=at)
        return step


def decline(participation, *, by, at, reason):
    """Decline an enrolment with a reason the government reads."""
    if not reason.strip():
        raise ValueError(_("Escreva o motivo da recusa."))
    with transaction.atomic():
        locked = locked_step(participation, Kind.ENROLLMENT, action="decline_enrollment", by=by, at=at).participation
        locked.declined_at, locked.declined_by, locked.decline_reason = at, by, reason.strip()
        locked.save(update_fields=["declined_at", "declined_by", "decline_reason"])
        audit.record("participation.declined", by=by, subject=locked, government_id=locked.government_id)
        return locked


# Beginning.


class AlreadyTakesPart(Exception):
    """The government has a participation in this edition already. Carries it."""

    def __init__(self, participation):
        super().__init__(
            _("%(government)s já participa da edição %(year)s.")
            % {"government": participation.government, "year": participation.edition.year}
        )
        self.participation = participation


def begin(edition, government, *, by, at):
    """Open a government's participation with its five steps. Only a manager of it, within the enrolment's period. Raises AlreadyTakesPart, StepClosed."""
    participation = Participation(edition=edition, government=government, started_at=at, started_by=by)
    if team.role_in(by, government) != MANAGER:
        raise PermissionDenied
    existing = Participation.objects.filter(edition=edition, government=government).first()
    if existing:
        raise AlreadyTakesPart(existing)
    decide(_in_period(participation, Step(kind=Kind.ENROLLMENT), at))
    with transaction.atomic():
        # Two people of one city hall may press at once: the constraint decides, the second sees the first's.
        participation, created = Participation.objects.get_or_create(
            edition=edition, government=government, defaults={"started_at": at, "started_by": by}
        )
        if not created:
            raise AlreadyTakesPart(participation)
        open_steps(participation)
        audit.record("participation.started", by=by, subject=participation, government_id=government.pk)
    return participation


def open_steps(participation):
    """The five rows of a participation, all open: a step reads as closed until it is due."""
    Step.objects.bulk_create(Step(participation=participation, kind=kind) for kind in Kind)


def record_earlier_award(edition, government, *, source, at):
    """A participation of an edition from before the portal, awarded: no windows, source named. Returns (participation, created)."""
    with transaction.atomic():
        participation, created = Participation.objects.get_or_create(
            edition=edition, government=government, defaults={"started_at": at}
        )
        if created:
            open_steps(participation)
            for kind in (Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION, Kind.CERTIFICATION):
                participation.steps.get(kind=kind).record_earlier_approval(at=at, source=source)
            audit.record(
                "participation.earlier_award", subject=participation, government_id=government.pk, source=source
            )
        return participation, created
