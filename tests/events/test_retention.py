"""Personal data go after their time; figures and certificates stay."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.models import OutboxMessage
from events import certificates, presence, registering, retention
from events.models import Attendance, Registration
from tests.events.conftest import at_hour, coming, entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


def test_who_it_was_goes_that_somebody_came_stays(helena):
    event = coming(certificate_hours=2)
    rows = [registering.register(event, entry(n), at=timezone.now(), user=UserFactory()) for n in range(3)]
    session = event.sessions.get()
    for row in rows[:2]:
        presence.mark(row, session, by=helena, at=timezone.now())
    presence.count_presences(event, unit="people", by=helena)
    certificates.issue(rows[0], at=at_hour(9), by=helena)
    registering.cancel(rows[2], at=timezone.now())
    soon, late = (at_hour(6) + timedelta(days=days) for days in (95, 740))
    assert retention.forget(soon) == 1  # who cancelled
    assert [row.pk for row in retention.due(late)] == [rows[1].pk]
    assert retention.forget(late) == 1
    assert retention.forget(late) == 0
    told = OutboxMessage.objects.filter(subject_model="events.registration")
    assert set(told.values_list("subject_id", flat=True)) == {str(rows[0].pk)}
    names = list(Registration.objects.order_by("number").values_list("name", "email", "user"))
    assert names[1:] == [("", "", None), ("", "", None)]
    assert names[0][0] == "Pessoa 0"
    assert Attendance.objects.totals()["people"] == 2
