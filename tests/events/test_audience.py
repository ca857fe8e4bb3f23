"""For whom an event is: pure rules with a reason, and what they read."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.models import Edition, Kind, Participation, Programme
from events import registering
from events.audience import Person, Team, admission, person_of
from events.models import AudienceRule, Registration
from governments.models import Government
from tests.events.conftest import coming, entry
from tests.factories import GovernmentFactory, member

CITY = Government(pk=1, name="Canoas", uf="RS", ibge_code="4304606", kind="municipality")
STATE = Government(pk=2, name="Acre", uf="AC", ibge_code="12", kind="state")


def team(government=CITY, **facts):
    return Team(government, **{name: frozenset(value) if name != "reached" else value for name, value in facts.items()})


def person(*teams, email="ana@canoas.example"):
    return Person(email=email, has_account=True, teams=teams)


NOBODY = Person()


@pytest.mark.parametrize(
    ("rule", "detail", "who", "allowed", "words"),
    [
        ("open", {}, NOBODY, True, "Qualquer pessoa"),
        ("described", {}, person(team()), False, "não é feita pelo portal"),
        ("edition_participants", {"editions": [2026]}, NOBODY, False, "Entre na sua conta"),
        ("edition_participants", {"editions": [2026]}, person(), False, "peça acesso"),
        ("edition_participants", {"editions": [2026]}, person(team(enrolled={2026})), True, "na edição de 2026"),
        ("edition_participants", {"editions": [2025, 2026]}, person(team(enrolled={2025})), True, "2025 ou 2026"),
        (
            "edition_participants",
            {"editions": [2026]},
            person(team(enrolled={2025})),
            False,
            "Nenhum dos seus governos",
        ),
        ("edition_participants", {}, person(team(enrolled={2020})), True, "em alguma edição"),
        (
            "edition_participants_step",
            {"editions": [2026], "step": "prioritization"},
            person(team(reached={2026: {"enrollment", "diagnosis", "prioritization"}})),
            True,
            "Priorização",
        ),
        (
            "edition_participants_step",
            {"editions": [2026], "step": "prioritization"},
            person(team(reached={2025: {"prioritization"}, 2026: {"enrollment"}})),
            False,
            "não chegou|chegou à etapa",
        ),
        (
            "certified_in_all",
            {"editions": [2020, 2021]},
            person(team(certified={2020, 2021, 2022})),
            True,
            "2020 e 2021",
        ),
        ("certified_in_all", {"editions": [2020, 2021]}, person(team(certified={2021, 2022})), False, "tem o selo"),
        # Two governments of one person do not add up to one that was certified in both.
        (
            "certified_in_all",
            {"editions": [2020, 2021]},
            person(team(certified={2020}), team(STATE, certified={2021})),
            False,
            "tem o selo",
        ),
        ("certified_in_all", {}, person(team(certified={2021})), False, "selo"),
        ("government_kind", {"kinds": ["state"]}, person(team()), False, "Estado"),
        ("government_kind", {"kinds": ["state"]}, person(team(), team(STATE)), True, "Estado"),
        ("government_kind", {"kinds": ["state"], "editions": [2026]}, person(team(STATE)), False, "2026"),
        ("listed", {"emails": ["Ana@Canoas.example"]}, person(), True, "O seu e-mail está"),
        ("listed", {"emails": ["rosa@x.example"]}, Person(email="ROSA@x.example"), True, "O seu e-mail está"),
        ("listed", {"governments": ["12"]}, person(team(), team(STATE)), True, "O seu governo está"),
        ("listed", {"emails": ["rosa@x.example"]}, person(team()), False, "não estão nela"),
        ("listed", {"emails": ["rosa@x.example"]}, NOBODY, True, "use o e-mail"),
    ],
)
def test_a_rule_says_yes_or_no_and_why(rule, detail, who, allowed, words):
    told = admission(rule, detail, who)
    assert bool(told) is allowed
    assert any(part in told.reason for part in words.split("|"))


def test_every_rule_has_a_function():
    for rule in AudienceRule:
        assert admission(rule, {}, person(team())).reason


def test_only_the_fitting_governments_are_offered():
    told = admission("government_kind", {"kinds": ["state"]}, person(team(), team(STATE)))
    assert told.governments == (STATE,)


@pytest.fixture
def participation(canoas, ana, helena):
    """Canoas with its enrolment validated: it has reached the diagnosis."""
    edition = Edition.objects.create(programme=Programme.objects.create(slug="p", name="P"), year=2031)
    row = Participation.objects.create(edition=edition, government=canoas)
    for kind in Kind:
        row.steps.create(kind=kind)
    row.steps.get(kind=Kind.ENROLLMENT).submit(by=ana, at=timezone.now())
    row.steps.get(kind=Kind.ENROLLMENT).approve(by=helena, at=timezone.now())
    return row


@pytest.mark.django_db
def test_what_is_known_of_a_person_is_read_at_a_constant_cost(participation, ana, canoas, django_assert_num_queries):
    ana.refresh_from_db()
    with django_assert_num_queries(3):
        [known] = person_of(ana, at=timezone.now()).teams
    assert (known.government, known.enrolled, known.certified) == (canoas, frozenset({2031}), frozenset())
    assert known.reached == {2031: frozenset({Kind.ENROLLMENT, Kind.DIAGNOSIS})}
    for _each in range(4):
        government = GovernmentFactory()
        member(government, "reader")
        ana.memberships.create(body=government.body, role="reader")
        Participation.objects.create(edition=participation.edition, government=government).steps.create(
            kind=Kind.ENROLLMENT
        )
    with django_assert_num_queries(3):
        person_of(ana, at=timezone.now())


@pytest.mark.django_db
def test_registering_asks_the_same_rule_again(participation, ana, carla, canoas, client):
    event = coming(audience_rule="edition_participants", audience={"editions": [2031]})
    address = reverse("event-register", args=[event.pk])
    facts = {"name": "Carla Nunes", "agree": "on"}
    client.force_login(carla)
    assert "Nenhum dos seus governos" in client.get(address).content.decode()
    refused = client.post(address, facts)
    assert (refused.status_code, "Carla Nunes" in refused.content.decode()) == (403, True)
    with pytest.raises(registering.NotAdmitted):
        registering.register(event, entry(1, email=carla.email), at=timezone.now(), user=carla)
    client.logout()
    assert "Entre na sua conta" in client.get(address).content.decode()
    client.force_login(ana)
    assert client.post(address, {"name": "Ana", "agree": "on", "government": canoas.pk}).status_code == 302
    assert Registration.objects.get().government == canoas


@pytest.mark.django_db
def test_a_person_registers_only_for_a_government_of_their_own(ana, other_government):
    with pytest.raises(registering.NotAdmitted):
        registering.register(
            coming(), entry(1, email=ana.email, government=other_government), at=timezone.now(), user=ana
        )
