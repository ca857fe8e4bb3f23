"""The plan: who may write it and when, what a suggestion becomes, versions, order, removal."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied, ValidationError

from certification.cycle import StepClosed
from certification.models import Participation
from certification.prioritization import domain
from certification.prioritization.content import Move, Partner
from certification.prioritization.gaps import gaps
from certification.prioritization.models import Plan, PlanItem, PriorityAction
from certification.prioritization.reading import items_of
from core.models import AuditEvent
from tests.prioritization import stages
from tests.prioritization.stages import whole_action


def titles(participation):
    return [item.action.title for item in items_of(participation)]


@pytest.mark.parametrize(
    ("persona", "refusal"), [("bruno", PermissionDenied), ("helena", PermissionDenied), ("carla", Plan.DoesNotExist)]
)
def test_only_managers_and_editors_of_the_government_write(request, planned, now, persona, refusal):
    person = request.getfixturevalue(persona)
    with pytest.raises(refusal):
        domain.add_action(planned, whole_action(now), by=person, at=now)
    assert not PriorityAction.objects.exists()


def test_nothing_is_added_after_the_deadline(planned, ana, now, close):
    close(now)
    with pytest.raises(StepClosed, match="terminou"):
        domain.use_suggestion(planned, "1.01", by=ana, at=now)
    assert titles(planned) == []


def test_nothing_is_changed_once_submitted(submitted, action, ana, now):
    with pytest.raises(StepClosed, match="já foi enviada"):
        domain.save_action(submitted, action.pk, whole_action(now, title="Outra"), based_on=1, by=ana, at=now)
    assert titles(submitted) == [action.title]


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": "  "}, "title"),
        ({"title": "x" * 201}, "title"),
        ({"dimension": 11}, "dimension"),
        ({"dimension": None}, "dimension"),
        ({"indicator": "99.01"}, "indicator"),
    ],
)
def test_an_action_that_cannot_be_kept_names_the_field(planned, ana, now, changes, field):
    with pytest.raises(ValidationError) as refused:
        domain.add_action(planned, whole_action(now, **changes), by=ana, at=now)
    assert set(refused.value.message_dict) == {field}


def test_an_action_ends_after_it_starts(planned, ana, now):
    content = whole_action(now)
    with pytest.raises(ValidationError) as refused:
        domain.add_action(planned, replace(content, ends_on=content.starts_on - timedelta(days=1)), by=ana, at=now)
    assert "ends_on" in refused.value.message_dict


def test_gaps_are_what_suggests_an_action_heaviest_first(planned):
    found = gaps(planned)
    assert {gap.code for gap in found} == {"1.01", "1.11", "2.01"}
    places = [(-gap.indicator.weight, gap.status != "not_yet") for gap in found]
    assert places == sorted(places)


def test_a_suggestion_becomes_an_action_once(planned, dora, now):
    action = domain.use_suggestion(planned, "1.01", by=dora, at=now)
    again = domain.use_suggestion(planned, "1.01", by=dora, at=now)
    assert again.pk == action.pk
    assert PlanItem.objects.count() == 1
    assert (action.dimension, action.indicator.code, action.created_by) == (1, "1.01", dora)
    assert "Só por ordem verbal." in action.why
    assert action.title


def test_what_is_no_gap_suggests_nothing(planned, ana, now):
    with pytest.raises(LookupError):
        domain.use_suggestion(planned, "1.05", by=ana, at=now)


def test_the_same_form_twice_makes_one_action(planned, ana, now):
    first = domain.add_action(planned, whole_action(now), by=ana, at=now, key="abc")
    second = domain.add_action(planned, whole_action(now), by=ana, at=now, key="abc")
    assert first.pk == second.pk
    assert titles(planned) == [first.title]


def test_a_save_replaces_fields_partners_and_moves(planned, action, dora, now):
    content = whole_action(
        now,
        title="Lei que cria o comitê",
        partners=(Partner("Câmara"), Partner("Universidade")),
        next_moves=(Move(on=now.date(), text="Reunir"),),
    )
    saved = domain.save_action(planned, action.pk, content, based_on=1, by=dora, at=now)
    found = PriorityAction.objects.get(pk=action.pk)
    assert (found.title, found.version, found.updated_by) == ("Lei que cria o comitê", 2, dora)
    assert [partner.name for partner in found.partners.all()] == ["Câmara", "Universidade"]
    assert [move.text for move in found.next_moves.all()] == ["Reunir"]
    assert saved.version == 2
    assert AuditEvent.objects.filter(action="action.saved", by=dora).exists()


def test_a_save_over_an_older_version_shows_the_other(planned, action, ana, dora, now):
    domain.save_action(planned, action.pk, whole_action(now, title="De Dora"), based_on=1, by=dora, at=now)
    with pytest.raises(domain.Stale, match="Dora Lima") as stale:
        domain.save_action(planned, action.pk, whole_action(now, title="De Ana"), based_on=1, by=ana, at=now)
    assert stale.value.other.title == "De Dora"
    assert titles(planned) == ["De Dora"]


def test_an_action_of_another_plan_is_not_there(planned, other_government, ana, now):
    theirs = PriorityAction.objects.create(government=other_government, dimension=1, title="Deles")
    for write in (
        lambda: domain.save_action(planned, theirs.pk, whole_action(now), based_on=1, by=ana, at=now),
        lambda: domain.move_action(planned, theirs.pk, up=True, by=ana, at=now),
        lambda: domain.remove_action(planned, theirs.pk, by=ana, at=now),
        lambda: domain.carry_action(planned, theirs.pk, by=ana, at=now),
    ):
        with pytest.raises(PriorityAction.DoesNotExist):
            write()


def test_actions_move_up_and_down_and_stop_at_the_ends(planned, ana, now):
    a, b, c = [domain.add_action(planned, whole_action(now, title=title), by=ana, at=now) for title in "abc"]
    domain.move_action(planned, c.pk, up=True, by=ana, at=now)
    assert titles(planned) == ["a", "c", "b"]
    domain.move_action(planned, a.pk, up=False, by=ana, at=now)
    assert titles(planned) == ["c", "a", "b"]
    domain.move_action(planned, c.pk, up=True, by=ana, at=now)
    domain.move_action(planned, b.pk, up=False, by=ana, at=now)
    assert titles(planned) == ["c", "a", "b"]


def test_an_action_taken_out_stays_only_where_another_plan_holds_it(planned, action, ana, helena, now):
    next_year = stages.edition_of(2032, now)
    later = stages.taking_part(next_year, planned.government, manager=ana, coordinator=helena, at=now)
    later = stages.diagnosed(later, manager=ana, coordinator=helena, at=now)
    domain.carry_action(later, action.pk, by=ana, at=now)
    domain.carry_action(later, action.pk, by=ana, at=now)
    assert titles(later) == [action.title]
    domain.remove_action(later, action.pk, by=ana, at=now)
    assert titles(later) == []
    assert titles(planned) == [action.title]
    domain.remove_action(planned, action.pk, by=ana, at=now)
    assert not PriorityAction.objects.exists()


def test_the_plan_opens_with_the_diagnosis(planned):
    assert Plan.objects.get(participation=planned)
    assert Participation.objects.get(pk=planned.pk).plan.items.count() == 0
