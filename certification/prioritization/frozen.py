"""What a submitted plan holds, so that reports and public pages never need the live actions."""

from certification.diagnosis.frozen import in_every_language
from dimensions import catalogue

from .gaps import catalogue_of

TEXTS = ("title", "why", "objective", "department", "responsible", "place", "expected_result", "measure")


def content_of(items, participation):
    """The plan's part of a Snapshot's content. Texts of the catalogue stand in every language; what the government wrote stays plain::

        actions: [{id, title, why, objective, department, responsible, place, starts_on, ends_on, expected_result, measure,
            dimension: {number, name}, indicator: {code, question} or null, partners: [{name, body}],
            next_moves: [{on, time, text, role}]}]

    Days are "2026-07-01", times "09:00" or null. body: id of the organisation in the portal, or null. In the order the government chose.
    """
    questions = catalogue_of(participation)
    return {"actions": [frozen_action(item.action, questions) for item in items]}


def frozen_action(action, questions):
    return {
        "id": action.pk,
        **{name: getattr(action, name) for name in TEXTS},
        "starts_on": day(action.starts_on),
        "ends_on": day(action.ends_on),
        **subject_of(action, questions),
        "partners": [{"name": partner.name, "body": partner.body_id} for partner in action.partners.all()],
        "next_moves": [
            {"on": day(move.on), "time": move.time and f"{move.time:%H:%M}", "text": move.text, "role": move.role}
            for move in action.next_moves.all()
        ],
    }


def subject_of(action, questions):
    """Dimension and question of an action, in every language."""
    dimension = dimension_of(action, questions)
    indicator = indicator_of(action)
    return {
        "dimension": {"number": action.dimension, "name": in_every_language(lambda: str(dimension.name))},
        "indicator": indicator
        and {"code": indicator.code, "question": in_every_language(lambda: str(indicator.question))},
    }


def indicator_of(action):
    """The question as its own questionnaire words it: an action carried on from an earlier edition keeps that one."""
    if action.indicator_id is None:
        return None
    return catalogue.of(action.indicator.questionnaire_id).indicator(action.indicator.code)


def dimension_of(action, questions):
    if action.indicator_id:
        return catalogue.of(action.indicator.questionnaire_id).dimension(action.dimension)
    return questions.dimension(action.dimension)


def day(value):
    return value.isoformat() if value else None
