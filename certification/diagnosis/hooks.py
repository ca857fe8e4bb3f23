"""What this room tells the cycle."""

from certification import cycle
from certification.models import Kind

from .opening import open_diagnosis
from .requirements import requirements_of


@cycle.requires(Kind.DIAGNOSIS)
def diagnosis_requires(participation):
    return requirements_of(participation)


@cycle.on_approval(Kind.ENROLLMENT)
def open_with_the_enrolment(participation, by, at):
    open_diagnosis(participation, at=at)
