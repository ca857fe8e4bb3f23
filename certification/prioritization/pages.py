"""What the pages of the plan share: one reading of it, and what this person may do with it now."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils.translation import gettext as _

from certification import cycle
from certification.diagnosis.reading import participation_of
from certification.models import Kind, State
from certification.rail import rail
from governments import team

from .frozen import dimension_of, indicator_of
from .gaps import catalogue_of, gaps
from .models import Plan, PriorityAction
from .reading import items_of
from .requirements import lacks_of, weaknesses


@dataclass
class Card:
    """An action as the pages show it."""

    action: object
    dimension: object
    indicator: object
    lacks: list
    weak: list
    first: bool = False
    last: bool = False


@dataclass
class Room:
    """One participation's plan, opened by one person at one instant."""

    participation: object
    plan: object
    user: object
    at: object

    @cached_property
    def decision(self):
        """Whether this person may write it now."""
        return cycle.may("edit_prioritization", self.user, self.participation, self.at)

    @cached_property
    def step(self):
        return self.participation.step(Kind.PRIORITIZATION)

    @property
    def is_returned(self):
        return self.step.state == State.RETURNED

    @property
    def government(self):
        return self.participation.government

    @property
    def role(self):
        return team.role_in(self.user, self.government)

    @cached_property
    def questions(self):
        return catalogue_of(self.participation)

    @cached_property
    def items(self):
        return items_of(self.participation)

    @cached_property
    def cards(self):
        found = [self.card(item.action) for item in self.items]
        if found:
            found[0].first = found[-1].last = True
        return found

    def card(self, action):
        weak = [sentence for _code, sentence in weaknesses(self.plan, action)]
        indicator = indicator_of(action)
        return Card(action, dimension_of(action, self.questions), indicator, lacks_of(action), weak)

    def card_of(self, action_pk):
        """The card of an action of this plan. Raises Http404."""
        found = next((card for card in self.cards if card.action.pk == action_pk), None)
        if found is None:
            raise Http404
        return found

    @cached_property
    def gaps(self):
        return gaps(self.participation)

    def frame(self, *, desk=False):
        """What every page of the room shows around its content."""
        return {
            "room": self,
            "participation": self.participation,
            "government": self.government,
            "rail": rail(self.participation, self.at, desk=desk),
        }


def room_of(request, pk):
    """The plan of a participation this person may see. Raises Http404 (also while it is not open yet)."""
    participation = participation_of(request.user, pk)
    plan = Plan.objects.filter(participation=participation).first()
    if plan is None:
        raise Http404(_("A priorização abre quando o diagnóstico for validado."))
    return Room(participation, plan, request.user, request.arrived_at)


def gap_groups(room):
    """The gaps by dimension, heaviest first inside each; a gap that is in the plan already says so."""
    taken = {card.indicator.code: card.action for card in room.cards if card.indicator}
    groups = {dimension.number: {"dimension": dimension, "gaps": []} for dimension in room.questions.dimensions}
    for gap in room.gaps:
        groups[gap.indicator.dimension_number]["gaps"].append({"gap": gap, "action": taken.get(gap.code)})
    return [group for group in groups.values() if group["gaps"]]


def unfinished(room):
    """Actions of the government's earlier plans that are not in this one: some may go on."""
    here = [item.action_id for item in room.items]
    actions = PriorityAction.objects.filter(government=room.government.pk, plan_items__isnull=False)
    earlier = actions.filter(plan_items__plan__participation__edition__year__lt=room.participation.edition.year)
    # Progress is kept in a room above this one: asked for by its name, never imported.
    return earlier.exclude(pk__in=here).exclude(entries__status="done").distinct()[:20]
