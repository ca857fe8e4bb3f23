"""A seal is decided by two people, on a frozen copy, and taken back only in public."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from certification import cycle
from certification.models import Kind, Participation, Snapshot, State
from certification.seal import domain
from certification.seal.models import Seal, SealDecision
from core.models import AuditEvent, Job, OutboxMessage
from governments import team
from governments.models import Membership

pytestmark = pytest.mark.django_db


def now():
    return timezone.now()


def test_without_a_validated_diagnosis_nobody_awards(started, helena):
    started = Participation.objects.with_cycle().get(pk=started.pk)
    with pytest.raises(cycle.StepClosed, match="quando a etapa anterior"):
        domain.propose_award(started, by=helena, at=now())
    labels = {item.label: item.met for item in cycle.requirements(started, Kind.CERTIFICATION)}
    assert labels["Diagnóstico validado"] is False
    assert not SealDecision.objects.exists()


def test_without_the_course_the_award_says_what_is_missing(ready, helena):
    ready.course_completions.all().delete()
    with pytest.raises(cycle.RequirementsMissing) as refused:
        domain.propose_award(ready, by=helena, at=now())
    assert [item.code for item in refused.value.missing] == ["course"]


def test_who_proposes_does_not_confirm(ready, helena):
    domain.propose_award(ready, by=helena, at=now())
    with pytest.raises(domain.DecisionRefused, match="outra pessoa"):
        domain.confirm_award(ready, by=helena, at=now())
    assert not Seal.objects.exists()
    assert ready.steps.get(kind=Kind.CERTIFICATION).state == State.OPEN


def test_the_database_too_refuses_a_decision_by_one_person(ready, helena):
    decision = domain.propose_award(ready, by=helena, at=now())
    with pytest.raises(IntegrityError), transaction.atomic():
        SealDecision.objects.filter(pk=decision.pk).update(confirmed_at=now(), confirmed_by=helena)


def test_only_coordinators_decide_and_none_for_the_own_government(ready, canoas, ana, tiago, helena):
    Membership.objects.create(body=canoas.body, user=helena, role="reader")
    team.forget(helena)
    for person in (ana, tiago, helena):
        with pytest.raises(PermissionDenied):
            domain.propose_award(ready, by=person, at=now())


def test_confirming_without_a_proposal_is_refused(ready, marcos):
    with pytest.raises(domain.DecisionRefused, match="Proponha primeiro"):
        domain.confirm_award(ready, by=marcos, at=now())


def test_an_award_freezes_what_was_validated_and_tells_the_government(awarded, ready, ana):
    content = awarded.snapshot.content
    assert content["awarded_by"] == ["Helena Takeda", "Marcos Lobato"]
    assert content["signatory"] == {"name": "Jussara Prado", "position": "Prefeita"}
    assert [entry["kind"] for entry in content["validated"]] == ["enrollment", "diagnosis", "prioritization"]
    for entry in content["validated"]:
        assert Snapshot.objects.get(protocol=entry["protocol"]).sha256 == entry["sha256"]
    assert set(content["meaning"]) == {"pt-br", "en", "es"}
    assert awarded.valid_until == ready.edition.seal_valid_until
    assert ready.steps.get(kind=Kind.CERTIFICATION).state == State.APPROVED
    assert OutboxMessage.objects.filter(kind="seal_awarded", recipient=ana.email).count() == 1
    assert Job.objects.filter(kind="certificate_for_seal").count() == 1
    assert AuditEvent.objects.filter(action__in=["award.proposed", "award.confirmed"]).count() == 2


def test_a_dropped_proposal_makes_room_for_another(ready, helena, marcos):
    domain.propose_award(ready, by=helena, at=now())
    with pytest.raises(domain.DecisionRefused, match="Já há uma proposta"):
        domain.propose_award(ready, by=marcos, at=now())
    domain.drop(ready, by=marcos, at=now())
    domain.propose_award(ready, by=marcos, at=now())
    assert domain.confirm_award(ready, by=helena, at=now()).code


def test_where_the_edition_says_so_one_person_decides_and_it_is_written_down(ready, helena):
    ready.edition.award_by_two = False
    ready.edition.save()
    decision = domain.propose_award(ready, by=helena, at=now())
    decision.refresh_from_db()
    assert (decision.by_one_person, decision.confirmed_by) == (True, helena)
    assert Seal.objects.get().snapshot.content["awarded_by"] == ["Helena Takeda"]


def test_a_revocation_needs_a_reason_and_two_people(awarded, ready, helena, marcos):
    with pytest.raises(domain.DecisionRefused, match="motivo"):
        domain.propose_revocation(ready, reason=" ", by=helena, at=now())
    domain.propose_revocation(ready, reason="Documento de intenção sem validade.", by=helena, at=now())
    with pytest.raises(domain.DecisionRefused, match="outra pessoa"):
        domain.confirm_revocation(ready, by=helena, at=now())
    assert domain.verdict(Seal.objects.get()) == "valid"
    revoked = domain.confirm_revocation(ready, by=marcos, at=now())
    assert domain.verdict(revoked) == "revoked"
    with pytest.raises(domain.DecisionRefused, match="já foi revogado"):
        domain.propose_revocation(ready, reason="De novo.", by=helena, at=now())


def test_a_seal_is_valid_through_its_last_day_in_brasilia(awarded):
    from datetime import datetime, time
    from zoneinfo import ZoneInfo

    last_second = datetime.combine(awarded.valid_until, time(23, 59, 59), ZoneInfo("America/Sao_Paulo"))
    assert domain.verdict(awarded, last_second) == "valid"
    assert domain.verdict(awarded, last_second + timedelta(seconds=1)) == "expired"


def test_a_code_is_found_as_people_type_it_and_only_once_public(awarded, ready, ana, carla, helena):
    typed = f" {awarded.code[:5].lower()}-{awarded.code[5:]} "
    assert domain.find(typed) is None
    assert domain.find(typed, user=carla) is None
    assert domain.find(typed, user=ana) == awarded
    domain.publish_edition(ready.edition, by=helena, at=now())
    assert domain.find(typed) == awarded
    assert domain.find("NAOEXISTE0") is None


def test_an_edition_is_published_once_and_by_coordinators(ready, ana, helena):
    with pytest.raises(PermissionDenied):
        domain.publish_edition(ready.edition, by=ana, at=now())
    domain.publish_edition(ready.edition, by=helena, at=now())
    with pytest.raises(domain.DecisionRefused, match="já está publicada"):
        domain.publish_edition(ready.edition, by=helena, at=now())
