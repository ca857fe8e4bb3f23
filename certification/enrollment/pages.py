"""What the pages of this room share."""

from django.shortcuts import get_object_or_404

from certification import cycle
from certification.models import Kind, Participation
from certification.rail import rail

from . import people
from .domain import enrollment_of, people_of, receipts

STEP = Kind.ENROLLMENT


def visible(user):
    return Participation.objects.visible_to(user)


def found(request, pk):
    """The participation, if this person may see it: else 404."""
    with_room = ("enrollment__intent_document__file", "enrollment__updated_by")
    return get_object_or_404(visible(request.user).with_cycle().select_related(*with_room), pk=pk)


def frame(request, participation, *, desk=False):
    """What every page of the room shows around its content."""
    enrollment = enrollment_of(participation)
    return {
        "participation": participation,
        "government": participation.government,
        "enrollment": enrollment,
        "step": participation.step(STEP),
        "rail": rail(participation, request.arrived_at, desk=desk),
        "notes": list(enrollment.notes.select_related("by")) if enrollment.pk else [],
        "on_desk": desk,
    }


def reading_facts(participation):
    """The enrolment as it is read: people by place, receipts, what is weak or missing."""
    enrollment = enrollment_of(participation)
    needs = [need for need in cycle.requirements(participation, STEP) if not need.met]
    return {
        "people": [(place, person) for place, person in people_of(enrollment).items()],
        "receipts": list(receipts(participation)),
        "missing": [need for need in needs if not need.weak],
        "weak": [need for need in needs if need.weak],
    }


def personal_mail(content):
    """Addresses of private mail among the people: a warning, never a refusal."""
    addresses = [person["email"] for person in content["people"].values()]
    return [address for address in addresses if people.is_personal_mail(address)]
