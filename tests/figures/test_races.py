"""Two things about one government become public at the same moment: every row is there once, and the numbers are right."""

import pytest
from django.utils import timezone

from certification.figures import domain, reading
from certification.figures.models import Presence, Record
from certification.models import Edition, Participation
from certification.models.edition import Programme
from tests.certification.test_cycle_races import at_once
from tests.factories import GovernmentFactory

from .ways import take_part

pytestmark = pytest.mark.django_db(transaction=True)


def test_refreshes_at_once_leave_one_row_of_each(ana, helena):
    now = timezone.now()
    programme = Programme.objects.create(slug="p", name="MigraCidades")
    editions = [Edition.objects.create(programme=programme, year=year, published_at=now) for year in (2030, 2031, 2032)]
    town = GovernmentFactory()
    for edition in editions:
        take_part(
            edition, town, by=ana, coordinator=helena, at=now, answers={"1.01": "exists"}, actions=[(1, "X", None)]
        )
    keys = iter(list(Participation.objects.values_list("pk", flat=True)) * 3)

    def refresh():
        return domain.refresh_participation(Participation.objects.get(pk=next(keys)), timezone.now())

    outcomes = at_once(refresh, 9)
    assert [outcome for outcome in outcomes if outcome is not None] == []
    assert Presence.objects.count() == 3
    assert [row[0] for row in Record.objects.get().seals] == [2032, 2031, 2030]
    assert [row["certified"] for row in reading.enrolments(editions)] == [1, 1, 1]
    assert reading.governments_by_uf() == {"RS": 1}
