"""Who answers what: a manager shares the dimensions out to departments."""

from django.db import transaction

from certification import cycle
from core import audit

from .models import Diagnosis, DimensionShare


def shares_of(diagnosis):
    """Department by dimension number."""
    return dict(diagnosis.shares.values_list("dimension", "department"))


@transaction.atomic
def share_out(participation, departments, *, by, at):
    """departments: {dimension number: department, or an empty text for nobody in particular}. Raises PermissionDenied, StepClosed."""
    diagnosis = Diagnosis.objects.select_for_update().get(participation=participation)
    cycle.team.forget(by)
    cycle.decide(cycle.may("submit_diagnosis", by, participation, at))
    diagnosis.shares.all().delete()
    DimensionShare.objects.bulk_create(
        DimensionShare(diagnosis=diagnosis, dimension=number, department=department.strip())
        for number, department in departments.items()
        if department.strip()
    )
    audit.record("diagnosis.shared_out", by=by, subject=diagnosis, government_id=participation.government_id)
