"""Awards of many governments at once: who is ready, who waits for the second person, who still lacks what; each decided on its own."""

from dataclasses import dataclass, field

from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, Q
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind, Participation, State, Step
from certification.seal import domain
from certification.seal.models import DecisionKind, SealDecision

PROPOSE, CONFIRM = "propose", "confirm"
MOVES = {PROPOSE: domain.propose_award, CONFIRM: domain.confirm_award}


@dataclass
class Stand:
    """The participations of an edition without a seal, by what may be done with them now."""

    to_propose: list = field(default_factory=list)
    to_confirm: list = field(default_factory=list)
    mine: list = field(default_factory=list)  # proposed by who looks: another person confirms
    lacking: list = field(default_factory=list)  # (participation, what is missing)

    def offered(self, move):
        return {PROPOSE: self.to_propose, CONFIRM: self.to_confirm}[move]


def stand(edition, user, at):
    """Where the awards of an edition stand for a person, in a constant number of queries."""
    found = Stand()
    for participation in _unsealed(edition, user):
        _place(found, participation, user, at)
    return found


def _unsealed(edition, user):
    waiting = SealDecision.objects.filter(confirmed_at__isnull=True, dropped_at__isnull=True)
    open_steps = Step.objects.filter(kind=Kind.CERTIFICATION, state=State.OPEN)
    return (
        Participation.objects.visible_to(user)
        .under_way()
        .filter(Q(edition=edition), steps__in=open_steps)
        .with_cycle()
        .prefetch_related(
            "course_completions",
            Prefetch("seal_decisions", waiting.select_related("proposed_by"), to_attr="waiting"),
        )
        .order_by("government__search", "pk")
    )


def _place(found, participation, user, at):
    decision = next(iter(participation.waiting), None)
    may = cycle.may("award", user, participation, at)
    if decision and decision.kind == DecisionKind.AWARD:
        (found.mine if decision.proposed_by_id == user.pk or not may else found.to_confirm).append(participation)
        return
    lacking = cycle.missing(participation, Kind.CERTIFICATION)
    if may and not lacking:
        found.to_propose.append(participation)
    else:
        found.lacking.append((participation, [item.label for item in lacking] or [may.message]))


def decide(move, participations, *, by, at):
    """Make one move with each, in a transaction of its own. Returns (those done, [(participation, why not)])."""
    done, refused = [], []
    for participation in participations:
        try:
            MOVES[move](participation, by=by, at=at)
        except (domain.DecisionRefused, cycle.StepClosed) as reason:
            refused.append((participation, str(reason)))
        except cycle.RequirementsMissing as reason:
            what = "; ".join(str(item.label) for item in reason.missing)
            refused.append((participation, _("Ainda falta: %(what)s.") % {"what": what}))
        except PermissionDenied:
            refused.append((participation, _("Quem tem vínculo com o governo não decide sobre o selo dele.")))
        else:
            done.append(participation)
    return done, refused
