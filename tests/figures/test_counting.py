"""The prepared tables say what a hand would count, hold nothing unpublished, and are the same however often they are made."""

import pytest
from django.core.management import call_command

from certification.figures import domain, reading
from certification.figures.models import (
    ActionCount,
    DimensionCount,
    DirectoryCount,
    EditionCount,
    FrozenStatuses,
    IndicatorCount,
    Presence,
    PublicAction,
    Record,
    Standing,
)
from certification.models import Kind
from certification.seal.domain import publish_edition
from certification.seal.models import SealDecision

TABLES = (
    DirectoryCount,
    ActionCount,
    DimensionCount,
    EditionCount,
    IndicatorCount,
    Presence,
    PublicAction,
    Record,
    FrozenStatuses,
)


def rows_of(model):
    names = [field.attname for field in model._meta.fields if field.attname != "id"]
    return sorted(map(repr, model.objects.order_by().values_list(*names)))


@pytest.fixture
def told(edition_of, took_part, city, refresh):
    """Two editions. 2030: A, B and C certified, D came to the plan, E only enrolled. 2031: A and D certified, B enrolled."""
    first, second = edition_of(2030), edition_of(2031)
    towns = {name: city(f"Cidade {name}") for name in "ABDE"}
    towns["C"] = city("Estado C", kind="state", uf="BA", region="Nordeste")
    took_part(
        first, towns["A"], answers={"1.01": "exists", "1.02": "partly", "2.01": "not_yet"}, actions=[(1, "X", None)]
    )
    took_part(
        first,
        towns["B"],
        answers={"1.01": "exists", "1.02": "not_applicable"},
        actions=[(6, "Y", None), (6, "Z", None)],
    )
    took_part(first, towns["C"], answers={"1.01": "not_yet", "2.01": "exists"})
    took_part(first, towns["D"], to=Kind.PRIORITIZATION, answers={"1.01": "exists"}, actions=[(1, "W", None)])
    took_part(first, towns["E"], to=Kind.ENROLLMENT)
    took_part(second, towns["A"], to=Kind.MONITORING, unit="Casa do Migrante, Rua 1")
    took_part(second, towns["D"])
    took_part(second, towns["B"], to=Kind.ENROLLMENT)
    refresh(first, second)
    return first, second, towns


def numbers(row):
    return {name: value for name, value in row.items() if name != "edition"}


def test_enrolment_completion_and_retention_equal_a_hand_count(told):
    first, second, _towns = told
    rows = reading.enrolments([second, first])
    assert [row["edition"].year for row in rows] == [2030, 2031]
    assert numbers(rows[0]) == {
        "enrolled": 5, "diagnosed": 4, "planned": 4, "certified": 3, "revoked": 0, "monitored": 0, "again": 2,
    }  # fmt: skip
    assert numbers(rows[1]) == {
        "enrolled": 3, "diagnosed": 2, "planned": 2, "certified": 2, "revoked": 0, "monitored": 1, "again": None,
    }  # fmt: skip


def test_places_add_up_to_the_whole(told):
    first, _second, _towns = told
    assert reading.by("region", first)["Nordeste"]["certified"] == 1
    assert reading.by("uf", first)["RS"]["enrolled"] == 4
    [row] = reading.enrolments([first], reading.within(kind="state"))
    assert (row["enrolled"], row["certified"], row["again"]) == (1, 1, 0)


def test_indicators_count_certified_governments_only(told):
    first, _second, _towns = told
    assert reading.indicator_totals(first, 1) == {
        "1.01": {"exists": 2, "partly": 0, "not_yet": 1, "not_applicable": 0},
        "1.02": {"exists": 0, "partly": 1, "not_yet": 0, "not_applicable": 1},
    }
    only_states = reading.indicator_totals(first, 1, reading.within(kind="state"))
    assert only_states == {"1.01": {"exists": 0, "partly": 0, "not_yet": 1, "not_applicable": 0}}


def test_dimensions_add_up_the_last_submissions(told):
    first, second, _towns = told
    totals = reading.dimension_totals(first)
    assert totals[1] == {"governments": 3, "exists": 2, "partly": 1, "not_yet": 1, "not_applicable": 1}
    assert totals[2] == {"governments": 2, "exists": 1, "partly": 0, "not_yet": 1, "not_applicable": 0}
    assert set(reading.dimension_over_editions(1, [first, second])) == {first.pk}


def test_actions_of_the_certified_are_counted_by_dimension_and_state(told):
    first, _second, _towns = told
    assert reading.action_totals([first]) == {(first.pk, 1): {"not_started": 1}, (first.pk, 6): {"not_started": 2}}


def test_the_directory_knows_the_best_that_is_true_of_each(told):
    _first, _second, towns = told
    lines = {row.government_id: row for row in Record.objects.all()}
    assert lines[towns["A"].pk].standing == Standing.CERTIFIED
    assert [row[0] for row in lines[towns["A"].pk].seals] == [2031, 2030]
    assert lines[towns["A"].pk].service_unit == "Casa do Migrante, Rua 1"
    assert lines[towns["B"].pk].dimensions == ",6,"
    assert lines[towns["D"].pk].dimensions == ""  # it had no seal when it planned
    assert (lines[towns["E"].pk].standing, lines[towns["E"].pk].seals) == (Standing.WITHOUT_SEAL, [])


def test_an_edition_of_before_the_portal_knows_only_its_awards(edition_of, took_part, city, refresh):
    earlier, first, later = edition_of(2020, earlier=True), edition_of(2021, earlier=True), edition_of(2022)
    for edition in (earlier, first, later):
        took_part(edition, city(f"Cidade {edition.year}"))
    refresh(earlier, first, later)
    rows = reading.enrolments([earlier, first, later])
    assert [row["enrolled"] for row in rows] == [None, None, 1]
    assert [row["certified"] for row in rows] == [1, 1, 1]
    # Who of 2020 enrolled in 2021 is not known; of 2021, nobody came in 2022.
    assert [row["again"] for row in rows] == [None, 0, None]


# Only what is published


def test_nothing_of_an_unpublished_edition_is_prepared(edition_of, took_part, city, refresh, now):
    edition = edition_of(2030, public=False)
    participation = took_part(edition, city("A"), answers={"1.01": "exists"}, actions=[(1, "X", None)])
    refresh(edition)
    domain.refresh_participation(participation, now)
    domain.refresh_actions(participation, now)
    assert [model.__name__ for model in TABLES if model.objects.exists()] == []


def test_what_is_no_longer_public_goes_when_all_is_made_again(told):
    first, second, _towns = told
    first.published_at = second.published_at = None
    first.save()
    second.save()
    call_command("rebuild_figures", verbosity=0)
    assert [model.__name__ for model in TABLES if model.objects.exists()] == []


def test_publication_prepares_the_edition(edition_of, took_part, city, marcos, now):
    edition = edition_of(2030, public=False)
    took_part(edition, city("A"))
    publish_edition(edition, by=marcos, at=now)
    assert EditionCount.objects.get(edition=edition).certified == 1
    assert Record.objects.count() == 1


# Made again


def test_made_twice_leaves_the_same_rows(told, refresh, capsys):
    before = {model: rows_of(model) for model in TABLES}
    call_command("rebuild_figures", as_json=True)
    refresh(*told[:2])
    assert {model: rows_of(model) for model in TABLES} == before
    assert '"editions": [2030, 2031]' in capsys.readouterr().out


def test_one_participation_made_again_leaves_what_the_whole_leaves(told, now):
    before = {model: rows_of(model) for model in TABLES}
    for presence in Presence.objects.select_related("participation__edition"):
        domain.refresh_participation(presence.participation, now)
    assert {model: rows_of(model) for model in TABLES} == before


def test_the_nightly_look_makes_what_was_never_made(edition_of, took_part, city, now):
    long_ago = edition_of(2001)
    took_part(long_ago, city("A"))
    assert domain.sweep(now) == [2001]
    assert domain.sweep(now) == []


def test_a_revocation_is_counted_at_once(told, helena, marcos, now):
    first, _second, towns = told
    participation = Presence.objects.get(edition=first, government=towns["C"]).participation
    facts = {"kind": "revocation", "public_reason": "x", "proposed_at": now, "proposed_by": helena}
    decision = SealDecision.objects.create(participation=participation, confirmed_at=now, confirmed_by=marcos, **facts)
    seal = participation.seals.get()
    seal.revoked_at, seal.revocation = now, decision
    seal.save()
    domain.refresh_participation(participation, now)
    [row] = reading.enrolments([first])
    assert (row["certified"], row["revoked"], row["enrolled"]) == (2, 1, 5)
    assert reading.indicator_totals(first, 1)["1.01"]["not_yet"] == 0
    record = Record.objects.get(pk=towns["C"].pk)
    assert (record.standing, record.seals[0][2]) == (Standing.REVOKED, True)
