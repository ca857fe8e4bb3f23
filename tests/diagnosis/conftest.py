"""A diagnosis of Canoas, open between yesterday and tomorrow; `approve` and `hand_in` move it as people would."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.diagnosis.content import Content
from certification.diagnosis.models import Answer, ContextEntry
from certification.models import Edition, Kind, Participation, Programme, State
from dimensions import catalogue, loader

DAY = timedelta(days=1)


@pytest.fixture
def questionnaire(db):
    catalogue.forget()
    yield loader.load_default()
    catalogue.forget()


@pytest.fixture
def now():
    return timezone.now()


@pytest.fixture
def edition(questionnaire, now):
    edition = Edition.objects.create(programme=Programme.objects.create(slug="p", name="MigraCidades"), year=2031)
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - DAY, now + DAY)))
    return edition


@pytest.fixture
def enrolled(edition, ana, helena, canoas, now):
    """A participation whose enrolment was validated, which opens the diagnosis."""
    return accepted(edition, canoas, manager=ana, coordinator=helena, at=now)


def accepted(edition, government, *, manager, coordinator, at):
    participation = cycle.begin(edition, government, by=manager, at=at)
    step = participation.steps.get(kind=Kind.ENROLLMENT)
    step.submit(by=manager, at=at)
    cycle.accept(Participation.objects.get(pk=participation.pk), Kind.ENROLLMENT, by=coordinator, at=at)
    return Participation.objects.get(pk=participation.pk)


@pytest.fixture
def diagnosis(enrolled):
    return enrolled.diagnosis


@pytest.fixture
def answered(diagnosis, ana, now):
    """Every question says «no» or the like, so that nothing lacks; the context sheet too."""
    fill_in(diagnosis, ana, now)
    return diagnosis


def fill_in(diagnosis, person, at):
    """Plain rows, one save behind each: quick, where the test is about what comes after."""
    questions = catalogue.of(diagnosis.questionnaire_id)
    for answer in Answer.objects.filter(diagnosis=diagnosis):
        fields = complete(questions.indicator(answer.code)).fields()
        Answer.objects.filter(pk=answer.pk).update(version=1, updated_by=person, updated_at=at, **fields)
    for entry in ContextEntry.objects.filter(diagnosis=diagnosis):
        kind = next(field.type for field in questions.profile_fields if field.code == entry.code)
        said = {"no_data": True} if kind == "number" else {"value": "Um texto."}
        ContextEntry.objects.filter(pk=entry.pk).update(version=1, updated_by=person, updated_at=at, **said)


def complete(indicator):
    """The shortest answer that lacks nothing."""
    if indicator.answer_type == "number":
        return Content(no_data=True)
    if indicator.answer_type == "text":
        return Content(value="Um texto.")
    if indicator.answer_type == "multi_choice":
        return Content(value=[next(option.code for option in indicator.options if option.exclusive)])
    return Content(
        value=indicator.options[-1].code
        if indicator.answer_type == "yes_no_partial"
        else indicator.suggest_when["answers"][0]
    )


@pytest.fixture
def close(edition):
    """End the period of the diagnosis an hour before an instant."""

    def end(at):
        edition.windows.filter(step=Kind.DIAGNOSIS).update(closes_at=at - timedelta(hours=1))

    return end


@pytest.fixture
def state_of():
    def read(participation):
        return State(participation.steps.get(kind=Kind.DIAGNOSIS).state)

    return read


@pytest.fixture
def url(enrolled):
    """`url("dimension", 1)`: an address of the room for Canoas."""
    return lambda name, *args: reverse(f"diagnosis:{name}", args=[enrolled.pk, *args])
