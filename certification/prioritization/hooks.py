"""What this room tells the cycle."""

from certification import cycle
from certification.models import Kind

from .domain import open_plan
from .requirements import requirements_of


@cycle.requires(Kind.PRIORITIZATION)
def plan_requires(participation):
    return requirements_of(participation)


@cycle.on_approval(Kind.DIAGNOSIS)
def open_with_the_diagnosis(participation, by, at):
    open_plan(participation, at=at)
