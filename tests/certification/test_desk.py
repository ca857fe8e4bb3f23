"""The coordinators' table and the manager's home: who sees them, what they say, what they cost."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certification import cycle, desk
from certification.models import Edition, Kind, Participation, Programme
from tests.factories import GovernmentFactory, member

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


@pytest.fixture
def edition():
    now = timezone.now()
    edition = Edition.objects.create(programme=Programme.objects.create(slug="desk", name="Programa"), year=2031)
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - 40 * DAY, now + 3 * DAY)))
    return edition


def take_part(edition, government, *, days_ago=0):
    manager = member(government, "manager")
    return cycle.begin(edition, government, by=manager, at=timezone.now() - days_ago * DAY)


def validate(participation, *kinds, by):
    for kind in kinds:
        step = participation.steps.get(kind=kind)
        step.submit(by=participation.started_by, at=timezone.now())
        step.approve(by=by, at=timezone.now())


def listed(**filters):
    found = desk.participations(filters.pop("user"), **filters)
    return [participation.government.name for participation in found]


def test_filters_find_by_step_state_place_and_name(edition, helena):
    first = take_part(edition, GovernmentFactory(name="Água Clara", uf="MS", region="Centro-Oeste"))
    take_part(edition, GovernmentFactory(name="Belém", uf="PA", region="Norte"))
    validate(first, Kind.ENROLLMENT, by=helena)
    first.steps.get(kind=Kind.DIAGNOSIS).submit(by=first.started_by, at=timezone.now())
    assert listed(user=helena, step="diagnosis") == ["Água Clara"]
    assert listed(user=helena, step="enrollment") == ["Belém"]
    assert listed(user=helena, state="submitted") == ["Água Clara"]
    assert listed(user=helena, state="open") == ["Belém"]
    assert listed(user=helena, region="Norte") == ["Belém"]
    assert listed(user=helena, uf="MS") == ["Água Clara"]
    assert listed(user=helena, text="agua") == ["Água Clara"]
    assert listed(user=helena, year=2030) == []


def test_the_table_is_in_the_order_of_the_alphabet_accents_or_not(edition, helena):
    for name in ("Zortéa", "Água Boa", "Bagé"):
        take_part(edition, GovernmentFactory(name=name))
    assert listed(user=helena) == ["Água Boa", "Bagé", "Zortéa"]


def test_a_line_says_what_is_now_how_long_and_what_worries(client, edition, helena):
    take_part(edition, GovernmentFactory(name="Belém", uf="PA"), days_ago=20)
    client.force_login(helena)
    text = client.get(reverse("desk")).content.decode()
    for said in ("Belém (PA)", "Inscrição: aberta", "3 dias", "sem movimento há 20 dias", "1 participação encontrada"):
        assert said in text


def test_the_table_costs_the_same_for_two_and_for_twelve(client, edition, helena, django_assert_max_num_queries):
    client.force_login(helena)
    counts = []
    for _round in range(2):
        for _one in range(2 if not counts else 10):
            take_part(edition, GovernmentFactory())
        client.get(reverse("desk"))
        with django_assert_max_num_queries(30) as spent:
            client.get(reverse("desk"))
        counts.append(len(spent))
    assert counts[0] == counts[1]


@pytest.mark.parametrize(
    ("persona", "status"), [("helena", 200), ("tiago", 200), ("admin_ada", 200), ("ana", 403), ("carla", 403)]
)
def test_who_sees_the_desk(client, request, edition, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("desk")).status_code == status


@pytest.mark.parametrize(("persona", "status"), [("ana", 200), ("bruno", 200), ("carla", 404), ("helena", 200)])
def test_who_sees_the_cycle_of_a_government(client, request, edition, canoas, ana, persona, status):
    participation = cycle.begin(edition, canoas, by=ana, at=timezone.now())
    client.force_login(request.getfixturevalue(persona))
    assert client.get(participation.get_absolute_url()).status_code == status


def test_the_home_says_the_next_thing_with_its_deadline(client, edition, ana, canoas):
    participation = cycle.begin(edition, canoas, by=ana, at=timezone.now())
    client.force_login(ana)
    text = client.get(reverse("workspace")).content.decode()
    closes_at = cycle.window_of(Participation.objects.with_cycle().get(pk=participation.pk), Kind.ENROLLMENT).closes_at
    assert "da inscrição" in text
    assert cycle.spoken(closes_at) in text
    assert reverse("enrollment:form", args=[participation.pk]) in text


def test_a_first_timer_is_told_the_five_steps_and_where_to_begin(client, edition, ana):
    client.force_login(ana)
    text = client.get(reverse("workspace")).content.decode()
    assert "Seu governo ainda não participa" in text
    assert reverse("enrollment:begin") in text


def test_people_of_the_programme_are_led_to_their_desk(client, helena):
    client.force_login(helena)
    assert client.get(reverse("workspace")).url == reverse("desk")
