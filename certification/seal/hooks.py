"""What this room tells the cycle."""

from certification import cycle
from certification.enrollment.domain import course_requirement
from certification.models import Kind
from certification.seal import domain


@cycle.requires(Kind.CERTIFICATION)
def readiness(participation):
    """What is complete and what is missing for the seal."""
    found = domain.validated(participation)
    if participation.edition.course_required:
        found.append(course_requirement(participation))
    return found
