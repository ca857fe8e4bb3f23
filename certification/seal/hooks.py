"""What this room tells the cycle."""

from certification import cycle
from certification.enrollment.domain import course_requirement
from certification.models import Kind
from certification.seal import domain


@cycle.requires(Kind.CERTIFICATION)
def readiness(participation):
    """What is complete and what is missing for the seal."""
    found = domain.validated(participation)
    edition = participation.edition
    if edition.course_required and not edition.from_before_portal:
        found.append(course_requirement(participation))
    return found
