"""The plan of one edition: actions chosen from gaps or written anew, edited, ordered, handed over, returned, approved."""

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext as _

from certification import cycle
from certification.handing import hand_over_once
from certification.models import Kind
from core import audit, outbox
from governments.models import Organisation

from . import gaps
from .content import ActionContent, Move
from .frozen import content_of
from .handing import freeze_under_lock
from .models import ActionPartner, NextMove, Plan, PlanItem, PriorityAction
from .reading import items_of, locked_plan

LONGEST_TITLE = 200


class Stale(Exception):
    """A colleague saved the action in between. `other` is the action as it stands."""

    status = 412

    def __init__(self, other):
        person = other.updated_by.name if other.updated_by_id else _("Outra pessoa")
        super().__init__(_("%(person)s salvou esta ação enquanto você escrevia.") % {"person": person})
        self.other = other


def open_plan(participation, *, at):
    """The plan of a participation, made once."""
    return Plan.objects.get_or_create(participation=participation, defaults={"opened_at": at})[0]


@transaction.atomic
def add_action(participation, content, *, by, at, key=""):
    """Put a new action at the end of the plan. content: ActionContent. key: of the form; the same key gives the same action.
    Returns the PriorityAction. Raises Plan.DoesNotExist, PermissionDenied, StepClosed, ValidationError."""
    plan = _locked(participation, by, at)
    items = _items(plan)
    # A form of one plan says nothing about another plan of the same government.
    key = f"{plan.pk}-{key}" if key else ""
    again = next((item.action for item in items if key and item.action.key == key), None)
    return again or _add(plan, items, content, by=by, at=at, key=key)


@transaction.atomic
def use_suggestion(participation, code, *, by, at):
    """Make an action of a gap's suggestion. A gap that is in the plan already gives that action. Raises LookupError where there is no such gap."""
    plan = _locked(participation, by, at)
    items = _items(plan)
    again = next((item.action for item in items if item.action.indicator and item.action.indicator.code == code), None)
    if again:
        return again
    gap = next((gap for gap in gaps.gaps(plan.participation) if gap.code == code), None)
    if gap is None:
        raise LookupError(code)
    return _add(plan, items, _suggested(gap), by=by, at=at, key="")


def _suggested(gap):
    """The suggestion as a first draft: short, it is the title; long, its beginning is, and the whole stands as the objective."""
    text = str(gap.suggested_action)
    short = len(text) <= LONGEST_TITLE
    title = text if short else f"{text[: LONGEST_TITLE - 1].rsplit(' ', 1)[0]}…"
    return ActionContent(
        title=title.rstrip("."), indicator=gap.code, why=gaps.why_of(gap), objective="" if short else text
    )


def _add(plan, items, content, *, by, at, key):
    action = PriorityAction(
        government=plan.participation.government, key=key, created_by=by, created_at=at, updated_by=by, updated_at=at
    )
    _place(action, plan, content)
    _write(action, content.fields())
    action.save(force_insert=True)
    _write_partners(action, content.partners)
    _write_moves(action, content.next_moves)
    PlanItem.objects.create(plan=plan, action=action, order=_next(items), added_at=at)
    _record("added", action, by)
    return action


def _place(action, plan, content):
    """Which question and dimension it is of. A question brings its dimension along."""
    questions = gaps.catalogue_of(plan.participation)
    if content.indicator:
        indicator = questions.indicators.get(content.indicator) if questions else None
        if indicator is None:
            raise ValidationError({"indicator": _("Esta pergunta não existe no questionário da edição.")})
        action.indicator_id, action.dimension = indicator.id, indicator.dimension_number
        return
    action.dimension = _dimension(questions, content.dimension)


def _dimension(questions, number):
    if questions is None or number not in {dimension.number for dimension in questions.dimensions}:
        raise ValidationError({"dimension": _("Escolha a dimensão a que a ação pertence.")})
    return number


def _write(action, fields):
    for name, value in fields.items():
        setattr(action, name, value)
    # Lengths only: keys point at rows that were read in this transaction.
    action.clean_fields(exclude=["government", "indicator", "created_by", "updated_by", "dimension", "key", "version"])


def _write_partners(action, partners):
    """A name that is an organisation of the portal points at it; any other stays as written."""
    names = [partner.name for partner in partners if partner.body_id is None]
    known = dict(Organisation.objects.filter(name__in=names).values_list("name", "pk")) if names else {}
    ActionPartner.objects.bulk_create(
        ActionPartner(action=action, name=partner.name, body_id=partner.body_id or known.get(partner.name))
        for partner in partners
    )


def _write_moves(action, moves):
    NextMove.objects.bulk_create(
        NextMove(action=action, on=move.on, time=move.time, text=move.text, role=move.role) for move in moves
    )


def _replace_lines(action, content):
    """Lines that did not change are left alone."""
    if [partner.name for partner in action.partners.all()] != [partner.name for partner in content.partners]:
        action.partners.all().delete()
        _write_partners(action, content.partners)
    moves = [Move(on=move.on, text=move.text, time=move.time, role=move.role) for move in action.next_moves.all()]
    if moves != sorted(content.next_moves, key=lambda move: move.on):
        action.next_moves.all().delete()
        _write_moves(action, content.next_moves)


@transaction.atomic
def save_action(participation, action_pk, content, *, based_on, by, at):
    """Save what a person wrote over the version they saw. Returns the action. Raises Stale, ValidationError, PriorityAction.DoesNotExist,
    Plan.DoesNotExist, PermissionDenied, StepClosed."""
    plan = _locked(participation, by, at)
    action = PriorityAction.objects.select_related("updated_by").get(pk=action_pk, plan_items__plan=plan)
    if action.version != based_on:
        raise Stale(action)
    if action.indicator_id is None and content.dimension is not None:
        action.dimension = _dimension(gaps.catalogue_of(plan.participation), content.dimension)
    _write(action, content.fields())
    action.version, action.updated_by, action.updated_at = based_on + 1, by, at
    # The guard holds without the lock too: an action of two plans is locked by two of them.
    if not PriorityAction.objects.filter(pk=action.pk, version=based_on).update(**_columns(action)):
        raise Stale(PriorityAction.objects.select_related("updated_by").get(pk=action.pk))
    _replace_lines(action, content)
    _record("saved", action, by, version=action.version)
    return action


def _columns(action):
    kept = {"id", "government", "indicator", "key", "created_at", "created_by"}
    return {
        field.attname: getattr(action, field.attname)
        for field in action._meta.concrete_fields
        if field.name not in kept
    }


@transaction.atomic
def carry_action(participation, action_pk, *, by, at):
    """Go on in this plan with an action of an earlier one. Twice is once. Raises PriorityAction.DoesNotExist for another government's."""
    plan = _locked(participation, by, at)
    action = PriorityAction.objects.get(pk=action_pk, government=plan.participation.government)
    items = _items(plan)
    if not any(item.action_id == action.pk for item in items):
        PlanItem.objects.create(plan=plan, action=action, order=_next(items), added_at=at)
        _record("carried_on", action, by)
    return action


@transaction.atomic
def move_action(participation, action_pk, *, up, by, at):
    """One place up or down; at the end of the list nothing happens. Raises PriorityAction.DoesNotExist."""
    items = _items(_locked(participation, by, at))
    place = _place_of(items, action_pk)
    other = place - 1 if up else place + 1
    if 0 <= other < len(items):
        items[place], items[other] = items[other], items[place]
        _renumber(items)


def _renumber(items):
    for number, item in enumerate(items, start=1):
        item.order = number
    PlanItem.objects.bulk_update(items, ["order"])


@transaction.atomic
def remove_action(participation, action_pk, *, by, at):
    """Take an action out of the plan. Its row stays where another plan or a progress entry holds it. Raises PriorityAction.DoesNotExist."""
    items = _items(_locked(participation, by, at))
    item = items[_place_of(items, action_pk)]
    action = item.action
    item.delete()
    _record("removed", action, by, title=action.title)
    try:
        action.delete()
    except ProtectedError:
        return


def _place_of(items, action_pk):
    for place, item in enumerate(items):
        if item.action_id == action_pk:
            return place
    raise PriorityAction.DoesNotExist


def _items(plan):
    return list(plan.items.select_related("action__indicator"))


def _next(items):
    return max((item.order for item in items), default=0) + 1


def _locked(participation, by, at):
    return locked_plan(participation, Kind.PRIORITIZATION, action="edit_prioritization", by=by, at=at)


def _record(what, action, by, **detail):
    audit.record(f"action.{what}", by=by, subject=action, government_id=action.government_id, **detail)


# The step as a whole.


def submit_plan(participation, *, by, at):
    """Freeze the plan and hand it over. Returns (snapshot, True), or (the same snapshot, False) when it was submitted before.
    Raises PermissionDenied, StepClosed, RequirementsMissing."""
    return hand_over_once(participation, Kind.PRIORITIZATION, by=by, at=at, freeze=_frozen)


def _frozen(participation, *, by, at):
    return freeze_under_lock(
        participation, Kind.PRIORITIZATION, lambda: content_of(items_of(participation), participation), by=by, at=at
    )


@transaction.atomic
def return_plan(participation, *, message, correct_until, by, at):
    """Give the plan back with a message the government reads. Raises ValueError, PermissionDenied, StepClosed."""
    if not message.strip():
        raise ValueError(_("Escreva o que o governo precisa corrigir."))
    step = cycle.give_back(
        participation, Kind.PRIORITIZATION, by=by, at=at, correct_until=correct_until, note=message.strip()
    )
    Plan.objects.filter(participation=participation).update(return_message=message.strip())
    _tell("prioritization_returned", step)
    return step


@transaction.atomic
def approve_plan(participation, *, by, at):
    """Accept the priorities as complete. Raises PermissionDenied, StepClosed."""
    step = cycle.accept(participation, Kind.PRIORITIZATION, by=by, at=at)
    _tell("prioritization_approved", step)
    return step


def _tell(kind, step):
    for person in cycle.people_to_tell(step.participation):
        outbox.post(kind, subject=step, to=person)
