"""Many awards at once: chosen, looked at, then decided; each on its own, the same two people for all."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.enrollment.models import Enrollment
from certification.seal import bulk, domain
from certification.seal.models import Seal, SealDecision
from governments.models import Membership
from tests.factories import GovernmentFactory, member
from tests.seal.conftest import make_ready

pytestmark = pytest.mark.django_db


@pytest.fixture
def crowd(edition, helena):
    """A function that makes so many governments of the edition ready for the seal."""

    def make(number):
        return [_ready(edition, helena, GovernmentFactory()) for _each in range(number)]

    return make


def _ready(edition, coordinator, government):
    manager = member(government, "manager")
    participation = cycle.begin(edition, government, by=manager, at=timezone.now())
    facts = {"signatory_name": "Rui Leal", "signatory_position": "Prefeito"}
    Enrollment.objects.update_or_create(participation=participation, defaults=facts)
    return make_ready(participation, by=manager, coordinator=coordinator)


def address(edition):
    return reverse("desk-awards", args=[edition.year])


def ticked(participations, **more):
    return {"participacao": [participation.pk for participation in participations], **more}


def test_two_coordinators_award_many_by_the_pages(signed_in, edition, crowd, helena, marcos):
    three = crowd(3)
    preview = signed_in(helena).post(address(edition), ticked(three[:2], move="propose"))
    assert "Propor 2 selos" in preview.content.decode()
    assert not SealDecision.objects.exists()
    assert signed_in(helena).post(address(edition), ticked(three[:2], move="propose", sure="1")).status_code == 302
    assert SealDecision.objects.count() == 2
    mine = signed_in(helena).get(address(edition)).content.decode()
    assert "2 propostas aguardam outra pessoa" in mine
    refused = signed_in(helena).post(address(edition), ticked(three[:2], move="confirm", sure="1"))
    assert (refused.status_code, Seal.objects.count()) == (422, 0)
    done = signed_in(marcos).post(address(edition), ticked(three[:2], move="confirm", sure="1"), follow=True)
    assert "2 selos concedidos." in done.content.decode()
    assert Seal.objects.count() == 2


def test_one_that_fails_does_not_hold_up_the_others(edition, crowd, helena, marcos):
    three = crowd(3)
    for participation in three:
        domain.propose_award(participation, by=helena, at=timezone.now())
    three[1].course_completions.all().delete()
    done, refused = bulk.decide(bulk.CONFIRM, three, by=marcos, at=timezone.now())
    assert done == [three[0], three[2]]
    assert [(row, "curso" in reason.lower()) for row, reason in refused] == [(three[1], True)]


def test_a_list_that_has_grown_old_decides_nothing(signed_in, edition, crowd, helena, marcos):
    one = crowd(1)
    domain.propose_award(one[0], by=helena, at=timezone.now())
    answer = signed_in(marcos).post(address(edition), ticked(one, move="propose", sure="1"))
    assert answer.status_code == 422
    assert "outra pessoa já decidiu" in answer.content.decode()


def test_it_says_who_still_lacks_what(signed_in, edition, crowd, helena):
    crowd(1)[0].course_completions.all().delete()
    page = signed_in(helena).get(address(edition)).content.decode()
    assert "1 governo ainda sem o que o selo pede" in page
    assert "Curso do programa concluído" in page


def test_who_works_for_a_government_does_not_decide_on_its_seal(signed_in, edition, crowd, helena):
    one = crowd(1)[0]
    Membership.objects.create(body=one.government.body, user=helena, role="reader")
    found = bulk.stand(edition, helena, timezone.now())
    assert (found.to_propose, [row for row, _why in found.lacking]) == ([], [one])


@pytest.mark.parametrize(("persona", "status"), [("tiago", 403), ("ana", 403), ("helena", 200)])
def test_only_coordinators_see_it(client, request, edition, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(address(edition)).status_code == status


def test_the_list_costs_the_same_for_one_and_for_five(signed_in, edition, crowd, helena, django_assert_num_queries):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = signed_in(helena)
    crowd(1)
    client.get(address(edition))
    with CaptureQueriesContext(connection) as one:
        client.get(address(edition))
    crowd(4)
    with django_assert_num_queries(len(one)):
        client.get(address(edition))


def test_the_preview_may_be_shown_at_another_address(signed_in, edition, crowd, helena):
    """After the password is asked for again it appears where that was asked: its form has to know where it belongs."""
    preview = signed_in(helena).post(address(edition), ticked(crowd(1), move="propose")).content.decode()
    assert f'<form method="post" action="{address(edition)}">' in preview
