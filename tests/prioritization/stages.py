"""A participation brought to a step, as the cycle itself would: plain functions for the fixtures of this room and of monitoring."""

from datetime import time, timedelta

from certification import cycle
from certification.diagnosis.models import Diagnosis
from certification.models import Edition, Kind, Participation, Programme
from certification.models.snapshot import freeze
from certification.prioritization import domain
from certification.prioritization.content import ActionContent, Move, Partner
from dimensions import catalogue

DAY = timedelta(days=1)
# Code: what was answered. 1.05 exists, so it is no gap.
ANSWERS = {"1.01": "no", "1.05": "yes", "2.01": "partial", "1.11": "no"}


def edition_of(year, at):
    programme, _created = Programme.objects.get_or_create(slug="p", defaults={"name": "MigraCidades"})
    edition = Edition.objects.create(programme=programme, year=year)
    cycle.set_windows(edition, dict.fromkeys(Kind, (at - 20 * DAY, at + 20 * DAY)))
    return edition


def taking_part(edition, government, *, manager, coordinator, at):
    participation = cycle.begin(edition, government, by=manager, at=at)
    participation.steps.get(kind=Kind.ENROLLMENT).submit(by=manager, at=at)
    participation.steps.get(kind=Kind.ENROLLMENT).approve(by=coordinator, at=at)
    return Participation.objects.get(pk=participation.pk)


def diagnosed(participation, *, manager, coordinator, at, answers=None):
    """A validated diagnosis with a few answers: its approval opens the plan."""
    Diagnosis.objects.create(participation=participation, questionnaire_id=catalogue.latest().id)
    freeze(participation, Kind.DIAGNOSIS, diagnosis_content(answers or ANSWERS), by=manager, at=at)
    participation.steps.get(kind=Kind.DIAGNOSIS).submit(by=manager, at=at)
    cycle.accept(participation, Kind.DIAGNOSIS, by=coordinator, at=at)
    return Participation.objects.get(pk=participation.pk)


def diagnosis_content(answers):
    blank = {"no_data": False, "not_applicable": False, "comment": "Só por ordem verbal."}
    rows = [{"code": code, "value": value, "question": {}, "evidence": [], **blank} for code, value in answers.items()]
    return {"context": [], "dimensions": [{"number": 1, "name": {}, "counts": {}, "answers": rows}]}


def whole_action(at, **changes):
    """An action that lacks nothing."""
    today = at.date()
    facts = {
        "title": "Portaria que diz quem responde pela pauta migratória",
        "dimension": 1,
        "why": "Tudo depende de uma pessoa.",
        "objective": "Dar base escrita à coordenação da pauta.",
        "department": "Secretaria de Assistência Social",
        "responsible": "Secretária de assistência social",
        "place": "Sede da prefeitura",
        "starts_on": today + DAY,
        "ends_on": today + 150 * DAY,
        "expected_result": "Portaria publicada.",
        "measure": "Portaria no diário oficial.",
        "partners": (Partner("Procuradoria do município"),),
        "next_moves": (Move(on=today + 7 * DAY, text="Fechar a minuta", time=time(9), role="Assistente social"),),
    }
    return ActionContent(**{**facts, **changes})


def with_seal(participation, *, manager, coordinator, at, actions):
    """Priorities submitted and validated, the seal's step approved: monitoring is due."""
    made = [domain.add_action(participation, content, by=manager, at=at) for content in actions]
    domain.submit_plan(participation, by=manager, at=at)
    domain.approve_plan(participation, by=coordinator, at=at)
    participation.steps.get(kind=Kind.CERTIFICATION).approve(by=coordinator, at=at)
    found = Participation.objects.get(pk=participation.pk)
    cycle.tell_approval(Kind.CERTIFICATION, found, by=coordinator, at=at)
    return found, made
