"""A government's way through an edition, made plainly: what its submissions would freeze, without the screens."""

from certification import cycle
from certification.diagnosis.models import DimensionResult
from certification.models import Kind, Participation, State
from certification.models.snapshot import freeze
from certification.prioritization.models import PriorityAction
from certification.seal.models import Seal

COUNTED = ("exists", "partly", "not_yet", "not_applicable")


def take_part(edition, government, *, by, coordinator, at, to=Kind.CERTIFICATION, answers=None, actions=(), unit=""):
    """A participation validated up to a step; with a seal if it came that far. answers: {code: status}; actions: [(dimension, title, end)]."""
    participation = Participation.objects.create(edition=edition, government=government)
    cycle.open_steps(participation)
    order = list(Kind)
    validated = order[: order.index(to) + 1]
    participation.steps.filter(kind__in=validated).update(
        state=State.APPROVED, submitted_at=at, submitted_by=by, approved_at=at, approved_by=coordinator
    )
    _freeze_diagnosis(participation, answers or {}, unit, by, at)
    _freeze_plan(participation, actions, by, at)
    if Kind.CERTIFICATION in validated:
        Seal.objects.create(participation=participation, awarded_at=at, earlier_source="teste")
    return participation


def _freeze_diagnosis(participation, answers, unit, by, at):
    dimensions = {}
    for code, status in answers.items():
        dimensions.setdefault(int(code.split(".")[0]), []).append({"code": code, "status": status})
    content = {
        "context": [{"code": "reference_unit", "value": unit}],
        "dimensions": [{"number": number, "answers": rows} for number, rows in dimensions.items()],
    }
    snapshot = freeze(participation, Kind.DIAGNOSIS, content, by=by, at=at)
    for number, rows in dimensions.items():
        counts = {name: sum(row["status"] == name for row in rows) for name in COUNTED}
        DimensionResult.objects.create(snapshot=snapshot, participation=participation, dimension=number, **counts)


def _freeze_plan(participation, actions, by, at):
    frozen = []
    for dimension, title, ends_on in actions:
        action = PriorityAction.objects.create(
            government=participation.government, dimension=dimension, title=title, ends_on=ends_on
        )
        frozen.append(
            {
                "id": action.pk,
                "title": title,
                "objective": "Ouvir cada pessoa",
                "department": "Saúde",
                "dimension": {"number": dimension, "name": {}},
                "indicator": None,
                "starts_on": None,
                "ends_on": ends_on.isoformat() if ends_on else None,
            }
        )
    freeze(participation, Kind.PRIORITIZATION, {"actions": frozen}, by=by, at=at)
