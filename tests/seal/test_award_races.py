"""Two people confirm at the same moment: one seal."""

import pytest
from django.utils import timezone

from certification.models import Participation
from certification.seal import domain
from certification.seal.models import Seal
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
