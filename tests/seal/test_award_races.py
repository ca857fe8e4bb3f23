"""Two people confirm at the same moment: one seal."""

import pytest
from django.utils import timezone

from certification.models import Participation
from certification.seal import domain, keys, replacement
from certification.seal.models import Seal, SigningKey
from tests.certification.test_cycle_races import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_confirmations_at_once_give_one_seal(ready, helena, marcos):
    domain.propose_award(ready, by=helena, at=timezone.now())

    def confirm():
        person = type(marcos).objects.get(pk=marcos.pk)
        return domain.confirm_award(Participation.objects.get(pk=ready.pk), by=person, at=timezone.now())

    outcomes = at_once(confirm, 6)
    assert sorted({type(outcome).__name__ for outcome in outcomes}) == ["Seal", "StepClosed"]
    assert Seal.objects.count() == 1
    assert ready.snapshots.filter(kind="certification").count() == 1


def test_confirmations_of_a_replacement_at_once_give_one_seal_in_force(public, helena, marcos):
    participation = public.participation
    facts = {"reason": "Nome errado.", "corrections": {}}
    replacement.propose_replacement(participation, by=helena, at=timezone.now(), **facts)

    def confirm():
        person = type(marcos).objects.get(pk=marcos.pk)
        found = Participation.objects.get(pk=participation.pk)
        return replacement.confirm_replacement(found, by=person, at=timezone.now())

    outcomes = at_once(confirm, 6)
    assert sorted({type(outcome).__name__ for outcome in outcomes}) == ["DecisionRefused", "Seal"]
    assert [type(outcome) for outcome in outcomes].count(Seal) == 1
    assert Seal.objects.count() == 2
    assert Seal.objects.standing().count() == 1


def test_a_revocation_and_a_replacement_proposed_at_once_leave_one_proposal(public, helena, marcos):
    def propose(turn):
        found = Participation.objects.get(pk=public.participation_id)
        if turn % 2:
            return replacement.propose_replacement(found, reason="Nome.", corrections={}, by=helena, at=timezone.now())
        return domain.propose_revocation(found, reason="Falsa.", by=marcos, at=timezone.now())

    turns = iter(range(6))
    outcomes = at_once(lambda: propose(next(turns)), 6)
    assert [type(outcome).__name__ for outcome in outcomes].count("SealDecision") == 1


def test_the_first_key_made_at_once_is_one(transactional_db):
    outcomes = at_once(keys.current, 6)
    assert len({key.pk for key in outcomes}) == 1
    assert SigningKey.objects.count() == 1
