"""Governments at known points of known editions, so that every number can be counted by hand."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification import cycle
from certification.diagnosis.models import DimensionResult
from certification.figures import domain
from certification.models import Edition, Kind, Participation, State
from certification.models.edition import Programme
from certification.models.snapshot import freeze
from certification.prioritization.models import PriorityAction
from certification.seal.models import Seal
from dimensions import catalogue, loader
from tests.factories import GovernmentFactory

COUNTED = ("exists", "partly", "not_yet", "not_applicable")


@pytest.fixture
def questionnaire(db):
    catalogue.forget()
    yield loader.load_default()
    catalogue.forget()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def edition_of(db, now):
    """Editions of one programme, held in the portal and published unless said otherwise."""
    programme = Programme.objects.create(slug="p", name="MigraCidades")

    def make(year, *, public=True, questionnaire=None, earlier=False):
        facts = {"questionnaire_id": questionnaire.pk if questionnaire else None, "from_before_portal": earlier}
        facts["published_at"] = now - timedelta(days=30) if public else None
        return Edition.objects.create(programme=programme, year=year, **facts)

    return make


@pytest.fixture
def took_part(ana, helena, now):
    """A participation that came to a step; with a seal if it came that far. Answers and actions are frozen as a submission would."""

    def make(edition, government, *, to=Kind.CERTIFICATION, answers=None, actions=(), unit=""):
        participation = Participation.objects.create(edition=edition, government=government)
        cycle.open_steps(participation)
        order = list(Kind)
        validated = order[: order.index(to) + 1]
        participation.steps.filter(kind__in=validated).update(
            state=State.APPROVED, submitted_at=now, submitted_by=ana, approved_at=now, approved_by=helena
        )
        _freeze_diagnosis(participation, answers or {}, unit, ana, now)
        _freeze_plan(participation, actions, ana, now)
        if Kind.CERTIFICATION in validated:
            Seal.objects.create(participation=participation, awarded_at=now, earlier_source="teste")
        return participation

    return make


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


@pytest.fixture
def city(db):
    def make(name, **facts):
        return GovernmentFactory(name=name, **facts)

    return make


@pytest.fixture
def refresh(now):
    def make(*editions):
        for edition in editions:
            domain.refresh_edition(edition, now)

    return make
