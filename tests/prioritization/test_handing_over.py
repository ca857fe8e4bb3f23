"""Submission, return and approval of a plan, and what a submitted one holds."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied

from certification import cycle
from certification.models import Kind, Snapshot, State
from certification.models.snapshot import canonical
from certification.prioritization import domain
from certification.prioritization.content import ActionContent
from certification.prioritization.letters import prioritization_returned
from certification.reports import documents
from core.models import OutboxMessage
from tests.prioritization.stages import whole_action


def state_of(participation):
    return State(participation.steps.get(kind=Kind.PRIORITIZATION).state)


def missing(participation):
    return [need.code for need in cycle.missing(participation, Kind.PRIORITIZATION)]


def test_an_editor_does_not_submit(planned, action, dora, now):
    with pytest.raises(PermissionDenied):
        domain.submit_plan(planned, by=dora, at=now)
    assert state_of(planned) == State.OPEN


def test_an_empty_plan_is_not_submitted(planned, ana, now):
    with pytest.raises(cycle.RequirementsMissing) as refused:
        domain.submit_plan(planned, by=ana, at=now)
    assert [need.code for need in refused.value.missing] == ["actions"]


def test_every_mandatory_field_is_named_with_a_link(planned, ana, now):
    draft = domain.add_action(planned, ActionContent(title="Rascunho", dimension=3), by=ana, at=now)
    with pytest.raises(cycle.RequirementsMissing) as refused:
        domain.submit_plan(planned, by=ana, at=now)
    (need,) = refused.value.missing
    assert need.url.endswith(f"/priorizacao/acoes/{draft.pk}/")
    for word in ("objetivo", "órgão responsável", "início", "fim", "próximo passo"):
        assert word in need.reason
    assert not Snapshot.objects.filter(kind=Kind.PRIORITIZATION).exists()


def test_a_long_or_early_action_without_partners_is_only_weak(planned, ana, now):
    today = now.date()
    content = whole_action(now, starts_on=today - timedelta(days=30), ends_on=today + timedelta(days=300), partners=())
    domain.add_action(planned, content, by=ana, at=now)
    weak = [need for need in cycle.requirements(planned, Kind.PRIORITIZATION) if need.weak]
    assert [need.code.rsplit(".", 1)[-1] for need in weak] == ["long", "early", "alone"]
    assert missing(planned) == []


def test_a_submitted_plan_holds_what_the_report_prints(planned, ana, now):
    domain.use_suggestion(planned, "1.01", by=ana, at=now)
    suggested = domain.items_of(planned)[0].action
    domain.save_action(planned, suggested.pk, whole_action(now), based_on=1, by=ana, at=now)
    snapshot, created = domain.submit_plan(planned, by=ana, at=now)
    assert created
    (action,) = snapshot.content["actions"]
    assert action["dimension"]["number"] == 1
    assert set(action["dimension"]["name"]) == set(action["indicator"]["question"]) == {"pt-br", "en", "es"}
    assert action["indicator"]["code"] == "1.01"
    assert action["partners"] == [{"name": "Procuradoria do município", "body": None}]
    assert action["next_moves"][0]["time"] == "09:00"
    sources = documents.Sources({"content": snapshot.content, "protocol": "p", "sha256": "s"}, "https://x.example/")
    (printed,) = documents.prioritization(sources)["actions"]
    assert printed["title"] == action["title"]
    assert printed["moves"][0]["role"] == "Assistente social"
    assert dict(printed["rows"])["Parceiros"] == "Procuradoria do município"


def test_the_hash_is_of_the_stored_content(submitted):
    import hashlib

    snapshot = Snapshot.objects.get(kind=Kind.PRIORITIZATION)
    assert hashlib.sha256(canonical(snapshot.content)).hexdigest() == snapshot.sha256


def test_pressed_twice_the_button_gives_the_same_receipt(submitted, ana, now):
    first = Snapshot.objects.get(kind=Kind.PRIORITIZATION)
    again, created = domain.submit_plan(submitted, by=ana, at=now)
    assert (again.pk, created) == (first.pk, False)


@pytest.mark.parametrize("persona", ["tiago", "ana"])
def test_only_coordinators_return_and_approve(request, submitted, now, persona):
    person = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        domain.return_plan(submitted, message="Falta medir.", correct_until=now + timedelta(days=5), by=person, at=now)
    with pytest.raises(PermissionDenied):
        domain.approve_plan(submitted, by=person, at=now)
    assert state_of(submitted) == State.SUBMITTED


def test_a_return_needs_a_message_and_a_later_day(submitted, helena, now):
    with pytest.raises(ValueError, match="corrigir"):
        domain.return_plan(submitted, message=" ", correct_until=now + timedelta(days=5), by=helena, at=now)
    with pytest.raises(ValueError, match="depois de agora"):
        domain.return_plan(submitted, message="Falta medir.", correct_until=now, by=helena, at=now)
    assert state_of(submitted) == State.SUBMITTED


def test_a_returned_plan_is_corrected_after_the_period_and_sent_again(submitted, action, ana, helena, now, close):
    until = now + timedelta(days=60)
    domain.return_plan(submitted, message="Falta medir.", correct_until=until, by=helena, at=now)
    close(now)
    later = now + timedelta(days=50)
    content = whole_action(now, measure="Dez reuniões com ata.")
    domain.save_action(submitted, action.pk, content, based_on=1, by=ana, at=later)
    snapshot, created = domain.submit_plan(submitted, by=ana, at=later)
    assert (created, snapshot.number) == (True, 2)
    assert snapshot.content["actions"][0]["measure"] == "Dez reuniões com ata."


def test_the_letter_of_a_return_holds_the_message_until_it_is_sent_again(submitted, ana, helena, now):
    step = domain.return_plan(
        submitted, message="Falta medir.", correct_until=now + timedelta(days=5), by=helena, at=now
    )
    posted = OutboxMessage.objects.get(kind="prioritization_returned")
    assert posted.recipient == ana.email
    assert "Falta medir." in prioritization_returned(step, posted).body
    domain.submit_plan(submitted, by=ana, at=now)
    step.refresh_from_db()
    assert prioritization_returned(step, posted) is None


def test_approval_makes_the_seal_due(submitted, helena, now):
    domain.approve_plan(submitted, by=helena, at=now)
    assert state_of(submitted) == State.APPROVED
    assert OutboxMessage.objects.filter(kind="prioritization_approved").exists()
