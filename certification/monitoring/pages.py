"""What the pages of monitoring share: the actions with their threads, and what this person may do with them now."""

from dataclasses import dataclass
from functools import cached_property

from django.http import Http404
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.diagnosis.reading import participation_of
from certification.models import Kind, State
from certification.prioritization.frozen import dimension_of, indicator_of
from certification.prioritization.gaps import catalogue_of
from certification.prioritization.models import Plan
from certification.rail import rail
from governments import team
from governments.models import Evidence

from .forms import OFFERED_PIECES
from .progress import ICONS, SILENCE, basis_in_words, degree_of, in_order, latest, state_of
from .reading import actions_of
from .requirements import is_asked


@dataclass
class Line:
    """One entry of a thread, with what stands around it."""

    entry: object
    degree: int | None
    corrected_by: object
    asked: bool
    icon: str
    basis: str


@dataclass
class Thread:
    """An action as the pages show it: how it stands, derived, and every entry ever written."""

    action: object
    dimension: object
    indicator: object
    state: object
    icon: str
    degree: int | None
    basis: str
    lines: list
    silent: str = ""


@dataclass
class Room:
    """The monitoring of one participation, opened by one person at one instant."""

    participation: object
    user: object
    at: object

    @cached_property
    def decision(self):
        """Whether this person may write entries now."""
        return cycle.may("edit_monitoring", self.user, self.participation, self.at)

    @cached_property
    def step(self):
        return self.participation.step(Kind.MONITORING)

    @property
    def is_returned(self):
        return self.step.state == State.RETURNED

    @cached_property
    def return_message(self):
        """What the coordinators wrote when they gave it back."""
        last = self.step.log.filter(went_to=State.RETURNED).last() if self.is_returned else None
        return last.note if last else ""

    @property
    def government(self):
        return self.participation.government

    @property
    def role(self):
        return team.role_in(self.user, self.government)

    @cached_property
    def ended(self):
        """Whether the time for entries is over: from then on silence reads as not delivered."""
        reading = cycle.reading(self.participation, self.step, self.at)
        return reading in (cycle.ENDED, State.SUBMITTED, State.APPROVED)

    @cached_property
    def actions(self):
        return actions_of(self.participation)

    @cached_property
    def threads(self):
        questions = catalogue_of(self.participation)
        return [self._thread(action, questions) for action in self.actions]

    def _thread(self, action, questions):
        entries = in_order(action.entries.all())
        state = state_of(action, entries, today=timezone.localdate(self.at), ended=self.ended)
        last = latest(entries)
        return Thread(
            action,
            dimension_of(action, questions),
            indicator_of(action),
            state,
            ICONS[state],
            degree_of(last),
            basis_in_words(last),
            lines_of(entries),
            SILENCE if not entries and self.ended else "",
        )

    def action(self, pk):
        found = next((action for action in self.actions if action.pk == pk), None)
        if found is None:
            raise Http404
        return found

    def entry(self, pk):
        """An entry written in this edition. Raises Http404."""
        for action in self.actions:
            for entry in action.entries.all():
                if entry.pk == pk and entry.participation_id == self.participation.pk:
                    return entry
        raise Http404

    @property
    def library(self):
        """The government's newest pieces, to choose evidence from."""
        pieces = Evidence.objects.current().filter(owner=self.government.pk)
        return pieces.order_by("-added_at")[:OFFERED_PIECES]

    def frame(self, *, desk=False):
        """What every page of the room shows around its content."""
        return {
            "room": self,
            "participation": self.participation,
            "government": self.government,
            "rail": rail(self.participation, self.at, desk=desk),
        }


def lines_of(entries):
    """Newest first, each with the entry that corrects it, if one does."""
    corrections = {entry.corrects_id: entry for entry in entries if entry.corrects_id}
    return [
        Line(
            entry,
            degree_of(entry),
            corrections.get(entry.pk),
            is_asked(entry),
            ICONS[entry.status],
            basis_in_words(entry),
        )
        for entry in reversed(entries)
    ]


def room_of(request, pk):
    """The monitoring of a participation this person may see. Raises Http404 (also before there is a plan)."""
    participation = participation_of(request.user, pk)
    if not Plan.objects.filter(participation=participation).exists():
        raise Http404(_("O monitoramento abre quando o selo for concedido."))
    return Room(participation, request.user, request.arrived_at)
