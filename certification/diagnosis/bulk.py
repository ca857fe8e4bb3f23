"""Answers that come all at once, from an import or a demonstration: the checks, versions and history of single saves, in few queries."""

from django.db import transaction

from certification import cycle
from certification.models import Kind, Participation, State
from core import audit
from dimensions import catalogue
from governments import team

from .models import Answer, AnswerRevision, Diagnosis
from .saving import not_reopened

FIELDS = ("value", "comment", "no_data", "not_applicable", "reason", "source", "reference_month")


class AnsweredAlready(ValueError):
    """One of the answers was saved before: what stands is never overwritten in bulk."""


@transaction.atomic
def answers_in_bulk(diagnosis, contents, *, by, at):
    """Save first answers. contents: {code: content.Content}. Returns how many. All or none: raises AnsweredAlready, Answer.DoesNotExist,
    InvalidAnswer, PermissionDenied, StepClosed."""
    diagnosis = Diagnosis.objects.visible_to(by).select_for_update(of=("self",)).get(pk=diagnosis.pk)
    participation = Participation.objects.with_cycle().get(pk=diagnosis.participation_id)
    _ask(participation, by, at)
    rows = _unanswered(diagnosis, contents)
    for row in rows:
        _write(row, contents[row.code], diagnosis, by, at)
    Answer.objects.bulk_update(rows, [*FIELDS, "version", "updated_at", "updated_by"], batch_size=50)
    AnswerRevision.objects.bulk_create(_revision(row, by, at) for row in rows)
    for row in rows:
        audit.record(
            "answer.saved", by=by, subject=row, government_id=participation.government_id, code=row.code, version=1
        )
    return len(rows)


def _ask(participation, by, at):
    team.forget(by)
    decision = cycle.decide(cycle.may("edit_diagnosis", by, participation, at))
    if participation.step(Kind.DIAGNOSIS).state == State.RETURNED:
        raise cycle.StepClosed(not_reopened(decision.closes_at))


def _unanswered(diagnosis, contents):
    rows = list(diagnosis.answers.filter(code__in=contents))
    unknown = set(contents) - {row.code for row in rows}
    if unknown:
        raise Answer.DoesNotExist(", ".join(sorted(unknown)))
    answered = [row.code for row in rows if row.version]
    if answered:
        raise AnsweredAlready(", ".join(answered))
    return rows


def _write(row, content, diagnosis, by, at):
    indicator = catalogue.of(diagnosis.questionnaire_id).indicator(row.code)
    for name, value in content.checked(indicator).fields().items():
        setattr(row, name, value)
    row.version, row.updated_at, row.updated_by = 1, at, by


def _revision(row, by, at):
    return AnswerRevision(answer=row, version=1, by=by, at=at, **{name: getattr(row, name) for name in FIELDS})
