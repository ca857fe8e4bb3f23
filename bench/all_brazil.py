"""All of Brazil over ten editions, written in bulk: steps, seals, plans, dimension results; the prepared tables are then made by their own room."""

from datetime import timedelta

from django.db import connection
from django.utils import timezone

from accounts.models import User
from certification.diagnosis.models import DimensionResult
from certification.figures import domain as figures
from certification.figures.models import ActionCount, DimensionCount, EditionCount, Presence, PublicAction
from certification.figures.records import keep_records
from certification.models import Edition, Kind, Participation, Programme, Snapshot, State, Step
from certification.prioritization.models import PriorityAction
from certification.seal.models import Seal
from core.charts import DIMENSION_COLOURS
from dimensions import loader
from governments.models import Government
from governments.reference import load_governments

EDITIONS = 10
DEMO = 60
ACTIONS = 4
BATCH = 2000
# Apart by more than there are rows of any kind in one edition.
SHIFT = 10_000_000
SEALED = (Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION, Kind.CERTIFICATION)


class Country:
    """Ten published editions, in which governments take part."""

    def __init__(self):
        self.now = timezone.now()
        load_governments()
        self.questionnaire = loader.load_default()
        self.person = User.objects.create_user("bench@bench.example", "uma senha de teste", name="Bench")
        programme = Programme.objects.create(slug="migracidades", name="MigraCidades")
        self.editions = [
            Edition.objects.create(
                programme=programme,
                year=self.now.year - back,
                questionnaire_id=self.questionnaire.pk,
                published_at=self.now - timedelta(days=365 * back + 1),
            )
            for back in range(EDITIONS, 0, -1)
        ]

    def fill(self, governments):
        """All come to the seal in all editions: the first is written row by row and prepared by its own room, the others are copies of it."""
        governments = list(governments)
        first, *others = self.editions
        self._hold(first, governments, self._actions(governments))
        figures.refresh_edition(first, self.now)
        for place, edition in enumerate(others, 1):
            copy_edition(first, edition, place * SHIFT)
        keep_records(government.pk for government in governments)

    def _actions(self, governments):
        rows = [
            PriorityAction(government=each, dimension=number * 2 + 1, title=f"Ação {number}")
            for each in governments
            for number in range(ACTIONS)
        ]
        found = {}
        for row in PriorityAction.objects.bulk_create(rows, batch_size=BATCH):
            found.setdefault(row.government_id, []).append(row)
        return found

    def _hold(self, edition, governments, actions):
        participations = Participation.objects.bulk_create(
            (Participation(edition=edition, government=each) for each in governments), batch_size=BATCH
        )
        Step.objects.bulk_create((self._step(each, kind) for each in participations for kind in Kind), batch_size=BATCH)
        Seal.objects.bulk_create((self._seal(each) for each in participations), batch_size=BATCH)
        diagnoses = self._snapshots(participations, Kind.DIAGNOSIS, lambda each: {"dimensions": []})
        DimensionResult.objects.bulk_create(
            (
                DimensionResult(
                    snapshot=snapshot,
                    participation_id=snapshot.participation_id,
                    dimension=number,
                    exists=snapshot.pk % 5,
                    partly=number % 3,
                    not_yet=3,
                )
                for snapshot in diagnoses
                for number in DIMENSION_COLOURS
            ),
            batch_size=BATCH,
        )
        self._snapshots(
            participations, Kind.PRIORITIZATION, lambda each: {"actions": _frozen(actions[each.government_id])}
        )

    def _step(self, participation, kind):
        step = Step(participation=participation, kind=kind)
        if kind in SEALED:
            step.state, step.submitted_at, step.submitted_by = State.APPROVED, self.now, self.person
            step.approved_at, step.approved_by = self.now, self.person
        return step

    def _seal(self, participation):
        facts = {"awarded_at": self.now, "earlier_source": "bench", "current_of": participation}
        return Seal(participation=participation, **facts)

    def _snapshots(self, participations, kind, content):
        return Snapshot.objects.bulk_create(
            (
                Snapshot(
                    participation=each,
                    kind=kind,
                    number=1,
                    content=content(each),
                    sha256="0" * 64,
                    protocol=f"{kind[0]}-{each.pk}",
                    made_at=self.now,
                )
                for each in participations
            ),
            batch_size=BATCH,
        )


def _frozen(actions):
    return [
        {
            "id": action.pk,
            "title": action.title,
            "objective": "Ouvir cada pessoa no seu idioma.",
            "department": "Secretaria de Saúde",
            "dimension": {"number": action.dimension, "name": {}},
            "indicator": None,
            "starts_on": None,
            "ends_on": None,
        }
        for action in actions
    ]


# Columns that point at rows of the same edition, moved along with them; texts that must stay unique are made of the new key.
COPIED = (
    (Participation, ("id",), {}),
    (Step, ("id", "participation_id"), {}),
    (Seal, ("id", "participation_id", "current_of_id"), {"code": "S"}),
    (Snapshot, ("id", "participation_id"), {"protocol": "P"}),
    (DimensionResult, ("id", "participation_id", "snapshot_id"), {}),
    (Presence, ("id", "participation_id"), {"seal_code": "S"}),
    (PublicAction, ("id", "participation_id"), {}),
    (EditionCount, ("id",), {}),
    (DimensionCount, ("id",), {}),
    (ActionCount, ("id",), {}),
)


def copy_edition(source, edition, shift):
    """The rows of one edition once more, written by the database itself."""
    with connection.cursor() as cursor, connection.constraint_checks_disabled():
        for model, moved, unique in COPIED:
            cursor.execute(*_copying(model, moved, unique, edition, shift))


def _copying(model, moved, unique, edition, shift):
    names, values = [], []
    for field in model._meta.concrete_fields:
        name = field.column
        names.append(f'"{name}"')
        if name in moved:
            values.append(f'"{name}" + {shift}')
        elif name in unique:
            values.append(f"'{unique[name]}' || CAST(id + {shift} AS VARCHAR(12))")
        elif name == "edition_id":
            values.append(str(edition.pk))
        else:
            values.append(f'"{name}"')
    table = model._meta.db_table
    sql = f'INSERT INTO "{table}" ({", ".join(names)}) SELECT {", ".join(values)} FROM "{table}" WHERE id < %s'
    return sql, [SHIFT]


def of_demo_size():
    """As many as the demonstration holds; more than one page of the list."""
    return Government.objects.order_by("ibge_code")[:DEMO]


def all_of_them():
    return Government.objects.order_by("ibge_code")
