"""Moves of a team: what the rules refuse, what stays as history, what ends at once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from threading import Barrier

import pytest
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.models import AuditEvent
from governments import team
from governments.models import Government, Membership
from tests.factories import UserFactory, member


def membership_of(user):
    return Membership.objects.in_force().get(user=user)


def test_the_last_manager_can_neither_leave_nor_step_down(ana, dora):
    with pytest.raises(team.LastManager):
        team.end_membership(membership_of(ana), by=ana)
    with pytest.raises(team.LastManager):
        team.change_member(membership_of(ana), role="reader", department="", position="", by=ana)
    assert membership_of(ana).role == "manager"


def test_a_manager_leaves_once_another_leads(canoas, ana, dora):
    team.change_member(membership_of(dora), role="manager", department="Saúde", position="", by=ana)
    team.end_membership(membership_of(ana), by=ana)
    team.forget(ana)
    assert team.role_in(ana, canoas) is None
    assert team.role_in(dora, canoas) == "manager"


def test_a_change_keeps_what_was_as_a_row_of_its_own(ana, dora):
    before = membership_of(dora)
    team.change_member(before, role="reader", department="Educação", position="Técnica", by=ana)
    rows = [
        (row.role, row.department, row.until is None) for row in Membership.objects.filter(user=dora).order_by("pk")
    ]
    assert rows == [("editor", "", False), ("reader", "Educação", True)]
    assert Membership.objects.in_force().filter(user=dora).count() == 1


def test_an_ended_membership_shows_nothing_from_that_instant(ana, dora, canoas):
    team.end_membership(membership_of(dora), by=ana)
    assert not Government.objects.visible_to(dora).exists()
    assert Membership.objects.filter(user=dora).exists()


@pytest.mark.parametrize(("since", "until", "seen"), [(-2, 1, True), (-2, -1, False), (1, None, False)])
def test_dates_decide_what_a_member_sees(canoas, since, until, seen):
    now = timezone.now()
    person = UserFactory()
    end = now + timedelta(days=until) if until is not None else None
    Membership.objects.create(
        body=canoas.body, user=person, role="editor", since=now + timedelta(days=since), until=end
    )
    assert Government.objects.visible_to(person).exists() is seen


def test_nobody_is_let_in_twice(canoas, ana, dora):
    with pytest.raises(team.AlreadyMember):
        team.add_member(canoas.body, user=dora, role="reader", by=ana)


def test_the_database_holds_one_open_membership_a_person(canoas, dora):
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(body=canoas.body, user=dora, role="reader")


def test_moves_are_audited_with_their_government(canoas, ana, dora):
    team.change_member(membership_of(dora), role="reader", department="", position="", by=ana)
    team.end_membership(membership_of(dora), by=dora)
    events = AuditEvent.objects.filter(government_id=canoas.pk).order_by("pk").values_list("action", "by")
    assert list(events) == [("member_changed", ana.pk), ("member_left", dora.pk)]


def test_memberships_are_read_once_a_request(django_assert_num_queries, canoas, other_government, ana):
    with django_assert_num_queries(1):
        assert team.role_in(ana, canoas) == "manager"
        assert team.role_in(ana, other_government) is None


def test_a_person_may_work_for_two_governments(canoas, other_government, dora):
    Membership.objects.create(body=other_government.body, user=dora, role="manager")
    assert team.role_in(dora, canoas) == "editor"
    assert team.role_in(dora, other_government) == "manager"


@pytest.mark.django_db(transaction=True)
def test_two_managers_cannot_remove_each_other_in_the_same_second(canoas):
    """Both press «encerrar»: whoever comes second is the last manager and stays."""
    first, second = member(canoas, "manager"), member(canoas, "manager")
    meet = Barrier(2)

    def remove(target, by):
        try:
            meet.wait(timeout=10)
            team.end_membership(membership_of(target), by=by)
        except team.LastManager:
            return "refused"
        finally:
            connection.close()
        return "removed"

    with ThreadPoolExecutor(2) as pool:
        outcomes = [pool.submit(remove, first, second), pool.submit(remove, second, first)]
    assert sorted(outcome.result() for outcome in outcomes) == ["refused", "removed"]
    assert team.managers_of(canoas.body).count() == 1
