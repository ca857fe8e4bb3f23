"""The plan with the cycle around it, in few queries: for writes, which lock the plan first, and for pages."""

from django.db.models import OuterRef, Subquery

from certification import cycle
from certification.diagnosis.reading import remember, skip_extensions
from certification.models import Kind, Participation, Step, StepWindow
from governments import team
from governments.models import Government

from .models import Plan, PlanItem


def locked_plan(participation, kind, *, action, by, at):
    """Lock the participation, then read its plan, the step, its period and the team anew, and ask `may`. Both rooms that write below a plan
    begin here, as a submission does: what is added points at the participation, and a lock taken later would wait for itself in a circle.
    Raises Plan.DoesNotExist (also for what the person may not see), PermissionDenied, StepClosed."""
    mine = Participation.objects.filter(government__in=Government.objects.visible_to(by), plan__isnull=False)
    locked = mine.select_for_update(of=("self",)).filter(pk=participation.pk)
    key = locked.values_list("plan", flat=True).first()
    if key is None:
        raise Plan.DoesNotExist
    plan = _with_cycle(key, Kind(kind))
    skip_extensions(plan.participation, at)
    team.forget(by)
    cycle.decide(cycle.may(action, by, plan.participation, at))
    return plan


def _with_cycle(key, kind):
    """One query for all the cycle asks of one step; extensions are read only where somebody asks."""
    steps = Step.objects.filter(participation=OuterRef("participation"))
    window = StepWindow.objects.filter(edition=OuterRef("participation__edition"), step=kind)
    facts = {f"{each}_state": Subquery(steps.filter(kind=each).values("state")[:1]) for each in (kind.before, kind)}
    facts["correct_until"] = Subquery(steps.filter(kind=kind).values("correct_until")[:1])
    facts |= {name: Subquery(window.values(name)[:1]) for name in ("opens_at", "closes_at")}
    plans = Plan.objects.select_related(
        "participation__government", "participation__edition", "participation__diagnosis"
    )
    plan = plans.annotate(**facts).get(pk=key)
    _remember(plan, kind)
    return plan


def _remember(plan, kind):
    participation = plan.participation
    steps = [
        Step(kind=each, state=getattr(plan, f"{each}_state"), participation=participation)
        for each in (kind.before, kind)
    ]
    steps[-1].correct_until = plan.correct_until
    remember(participation, "steps", steps)
    window = StepWindow(step=kind, opens_at=plan.opens_at, closes_at=plan.closes_at)
    remember(participation.edition, "windows", [window] if plan.opens_at else [])


def items_of(participation, *prefetch):
    """The plan's items in order, each with its action, partners and next moves: three queries, and what is asked for beside."""
    items = PlanItem.objects.filter(plan__participation=participation)
    items = items.select_related("action__indicator", "action__updated_by", "action__government")
    return list(items.prefetch_related("action__partners", "action__next_moves", *prefetch))
