"""What this room tells the cycle."""

from certification import cycle
from certification.models import Kind

from . import requirements


@cycle.requires(Kind.ENROLLMENT)
def enrollment_requires(participation):
    return requirements.requirements_of(participation)


@cycle.also_tell
def reference_people(participation):
    return requirements.reference_addresses(participation)
