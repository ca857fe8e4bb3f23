"""Monitoring opens with the seal, is submitted once at its end, returned, approved; what a submitted one holds."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from certification import cycle
from certification.models import Kind, Participation, State
from certification.monitoring import domain
from certification.monitoring.evidence import NewPiece
from certification.monitoring.letters import monitoring_returned
from core.models import OutboxMessage
from tests.prioritization import stages


def state_of(participation):
    return State(participation.steps.get(kind=Kind.MONITORING).state)


def test_before_the_seal_nothing_is_written(edition, canoas, ana, helena, now):
    participation = stages.taking_part(edition, canoas, manager=ana, coordinator=helena, at=now)
    participation = stages.diagnosed(participation, manager=ana, coordinator=helena, at=now)
    action = stages.domain.add_action(participation, stages.whole_action(now), by=ana, at=now)
    with pytest.raises(cycle.StepClosed, match="Certificação"):
        domain.add_entry(participation, action.pk, dated_on=now.date(), status="done", text="Feito.", by=ana, at=now)


def test_silence_about_an_action_holds_the_submission_back(monitored, first, second, add, ana, now):
    add(first)
    with pytest.raises(cycle.RequirementsMissing) as refused:
        domain.submit_monitoring(monitored, by=ana, at=now)
    assert [need.code for need in refused.value.missing] == [f"action.{second.pk}"]
    assert state_of(monitored) == State.OPEN


def test_an_editor_does_not_submit(monitored, first, second, add, dora, now):
    add(first)
    add(second)
    with pytest.raises(PermissionDenied):
        domain.submit_monitoring(monitored, by=dora, at=now)


def test_unfinished_unproved_and_asked_are_weak(monitored, first, second, add, tiago, now):
    asked = add(first)
    add(second, status="done")
    domain.verify_entry(monitored, asked.pk, verdict="evidence_asked", text="A ata.", by=tiago, at=now)
    weak = [need.code for need in cycle.requirements(monitored, Kind.MONITORING) if need.weak]
    assert weak == [f"action.{first.pk}.unfinished", f"action.{first.pk}.asked", f"action.{second.pk}.unproved"]


@pytest.fixture
def submitted(monitored, first, second, add, ana, now):
    wrong = add(first, done=1, total=4, unit="atas")
    add(first, done=Decimal("2.50"), total=4, unit="atas", corrects=wrong.pk)
    add(second, status="not_delivered", evidence=[NewPiece(url="https://canoas.example/nota")])
    return domain.submit_monitoring(monitored, by=ana, at=now)[0]


def test_a_submitted_report_holds_threads_states_and_degrees(submitted, first, second):
    one, two = submitted.content["actions"]
    assert (one["id"], one["state"], one["degree"]) == (first.pk, "in_progress", 62)
    assert (two["id"], two["state"], two["degree"]) == (second.pk, "not_delivered", None)
    assert [(entry["done"], entry["corrects"]) for entry in one["entries"]] == [
        ("1", None),
        ("2.5", one["entries"][0]["id"]),
    ]
    assert two["entries"][0]["evidence"][0]["url"] == "https://canoas.example/nota"
    assert set(one["dimension"]["name"]) == {"pt-br", "en", "es"}


def test_pressed_twice_the_button_gives_the_same_receipt(monitored, submitted, ana, now):
    again, created = domain.submit_monitoring(monitored, by=ana, at=now)
    assert (again.pk, created) == (submitted.pk, False)


def test_a_return_says_why_and_opens_the_threads_again(monitored, submitted, first, add, helena, tiago, now, close):
    until = now + timedelta(days=40)
    with pytest.raises(PermissionDenied):
        domain.return_monitoring(monitored, message="Falta a ata.", correct_until=until, by=tiago, at=now)
    step = domain.return_monitoring(monitored, message="Falta a ata.", correct_until=until, by=helena, at=now)
    posted = OutboxMessage.objects.get(kind="monitoring_returned")
    assert "Falta a ata." in monitoring_returned(step, posted).body
    close(now)
    later = now + timedelta(days=30)
    assert add(first, status="done", at=later, dated_on=timezone.localdate(later)).status == "done"


def test_approval_ends_the_cycle(monitored, submitted, helena, now):
    domain.approve_monitoring(monitored, by=helena, at=now)
    steps = Participation.objects.get(pk=monitored.pk).steps
    assert {step.state for step in steps.all()} == {State.APPROVED}
