"""What this room tells the cycle."""

from certification import cycle
from certification.models import Kind
from certification.prioritization.domain import open_plan

from .requirements import requirements_of


@cycle.requires(Kind.MONITORING)
def monitoring_requires(participation):
    return requirements_of(participation)


@cycle.on_approval(Kind.CERTIFICATION)
def open_with_the_seal(participation, by, at):
    """Entries hang below the plan, which is there unless the priorities came from outside the portal."""
    open_plan(participation, at=at)
