"""The machine of the five steps: who may do what, when, and what the database refuses."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from certification import cycle, rooms
from certification.models import Edition, Extension, Kind, Participation, Programme, Snapshot, State, Step, StepWindow
from certification.models.snapshot import SnapshotIsImmutable, canonical, freeze

pytestmark = pytest.mark.django_db

NOW = timezone.now()
DAY = timedelta(days=1)
FILLED_IN = [Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION, Kind.MONITORING]


@pytest.fixture
def edition():
    programme = Programme.objects.create(slug="cycle-tests", name="Programa")
    edition = Edition.objects.create(programme=programme, year=2031)
    cycle.set_windows(edition, dict.fromkeys(Kind, (NOW - 10 * DAY, NOW + 10 * DAY)))
    return edition


@pytest.fixture
def participation(edition, ana, canoas):
    return cycle.begin(edition, canoas, by=ana, at=NOW)


def loaded(participation):
    return Participation.objects.with_cycle().get(pk=participation.pk)


def put(participation, kind, state, **facts):
    """Bring a step, and those before it, to where a test needs them, by the verbs a person would use."""
    by = participation.started_by
    before = Kind(kind).before
    if before and loaded(participation).step(before).state != State.APPROVED:
        put(participation, before, State.APPROVED)
    step = participation.steps.get(kind=kind)
    if kind == Kind.CERTIFICATION:
        step.approve(by=by, at=NOW)
    elif state != State.OPEN:
        step.submit(by=by, at=NOW)
        if state == State.APPROVED:
            step.approve(by=by, at=NOW)
        if state == State.RETURNED:
            step.return_for_correction(by=by, at=NOW, correct_until=facts.get("correct_until", NOW + DAY))
    return loaded(participation)


@pytest.mark.parametrize(
    ("persona", "action", "reason"),
    [
        ("ana", "edit_enrollment", ""),
        ("ana", "submit_enrollment", ""),
        ("dora", "edit_enrollment", ""),
        ("dora", "submit_enrollment", "role"),
        ("bruno", "edit_enrollment", "role"),
        ("carla", "edit_enrollment", "role"),
        ("helena", "edit_enrollment", "role"),
        ("helena", "approve_enrollment", "state"),
        ("tiago", "approve_enrollment", "role"),
        ("ana", "approve_enrollment", "role"),
        ("ana", "edit_diagnosis", "not_due"),
        ("helena", "award", "not_due"),
    ],
)
def test_who_may_do_what_in_a_fresh_participation(request, participation, persona, action, reason):
    decision = cycle.may(action, request.getfixturevalue(persona), loaded(participation), NOW)
    assert (bool(decision), decision.reason) == (not reason, reason)


@pytest.mark.parametrize("kind", FILLED_IN)
@pytest.mark.parametrize(
    ("state", "allowed"),
    [
        (State.OPEN, {"edit", "submit"}),
        (State.SUBMITTED, {"review", "return", "approve"}),
        (State.RETURNED, {"edit", "submit"}),
        (State.APPROVED, set()),
    ],
)
def test_each_state_of_each_step_allows_only_its_moves(participation, ana, helena, kind, state, allowed):
    participation = put(participation, kind, state)
    found = {
        verb
        for verb in ("edit", "submit", "review", "return", "approve")
        if cycle.may(f"{verb}_{kind}", ana if verb in ("edit", "submit") else helena, participation, NOW)
    }
    assert found == allowed


def test_moves_that_the_machine_does_not_know_are_refused(participation, ana):
    step = participation.steps.get(kind=Kind.ENROLLMENT)
    with pytest.raises(Step.WrongState):
        step.approve(by=ana, at=NOW)
    with pytest.raises(Step.WrongState):
        step.return_for_correction(by=ana, at=NOW, correct_until=NOW + DAY)
    with pytest.raises(Step.WrongState):
        participation.steps.get(kind=Kind.CERTIFICATION).submit(by=ana, at=NOW)
    assert set(participation.steps.values_list("state", flat=True)) == {State.OPEN}
    assert not step.log.exists()


def test_every_move_is_logged_with_who_and_when(participation, ana, helena):
    step = participation.steps.get(kind=Kind.ENROLLMENT)
    step.submit(by=ana, at=NOW)
    step.return_for_correction(by=helena, at=NOW + DAY, correct_until=NOW + 3 * DAY, note="Falta a assinatura.")
    assert list(step.log.values_list("came_from", "went_to", "by", "at", "note")) == [
        ("open", "submitted", ana.pk, NOW, ""),
        ("submitted", "returned", helena.pk, NOW + DAY, "Falta a assinatura."),
    ]


@pytest.mark.parametrize(
    ("offset", "allowed"),
    [
        (-10 * DAY - timedelta(seconds=1), False),
        (-10 * DAY, True),
        (10 * DAY, True),
        (10 * DAY + timedelta(microseconds=1), False),
    ],
)
def test_the_period_is_decided_to_the_instant(participation, ana, offset, allowed):
    assert bool(cycle.may("edit_enrollment", ana, loaded(participation), NOW + offset)) is allowed


def test_a_closed_period_says_since_when(participation, ana):
    decision = cycle.may("edit_enrollment", ana, loaded(participation), NOW + 11 * DAY)
    assert decision.reason == "window"
    assert cycle.spoken(NOW + 10 * DAY) in str(decision.message)
    assert "horário de Brasília" in str(decision.message)


def test_an_edition_without_periods_says_so(participation, ana, edition):
    edition.windows.all().delete()
    decision = cycle.may("edit_enrollment", ana, loaded(participation), NOW)
    assert (decision.reason, "2031" in str(decision.message)) == ("window", True)


@pytest.mark.parametrize(
    ("scope", "facts", "reaches"),
    [
        ("all", {}, True),
        ("region", {"region": "Sul"}, True),
        ("region", {"region": "Norte"}, False),
        ("uf", {"uf": "RS"}, True),
        ("uf", {"uf": "SP"}, False),
    ],
)
def test_an_extension_acts_at_once_on_whom_it_covers(participation, ana, helena, edition, scope, facts, reaches):
    cycle.extend(
        edition, Kind.ENROLLMENT, scope=scope, closes_at=NOW + 20 * DAY, reason="Enchentes de maio.", by=helena, **facts
    )
    assert bool(cycle.may("edit_enrollment", ana, loaded(participation), NOW + 15 * DAY)) is reaches
    assert not cycle.may("edit_enrollment", ana, loaded(participation), NOW + 21 * DAY)


def test_an_extension_for_one_government_leaves_the_others_alone(
    participation, ana, carla, helena, edition, canoas, other_government
):
    other = cycle.begin(edition, other_government, by=carla, at=NOW)
    cycle.extend(
        edition,
        Kind.ENROLLMENT,
        scope="government",
        government=canoas,
        closes_at=NOW + 20 * DAY,
        reason="Incêndio no prédio.",
        by=helena,
    )
    assert cycle.may("edit_enrollment", ana, loaded(participation), NOW + 15 * DAY)
    assert not cycle.may("edit_enrollment", carla, loaded(other), NOW + 15 * DAY)


def test_an_extension_needs_a_coordinator_a_reason_and_a_later_date(edition, ana, helena):
    good = {"scope": "all", "closes_at": NOW + 20 * DAY, "reason": "Enchentes."}
    with pytest.raises(PermissionDenied):
        cycle.extend(edition, Kind.DIAGNOSIS, by=ana, **good)
    with pytest.raises(ValueError, match="motivo"):
        cycle.extend(edition, Kind.DIAGNOSIS, by=helena, **{**good, "reason": "  "})
    with pytest.raises(ValueError, match="depois do prazo atual"):
        cycle.extend(edition, Kind.DIAGNOSIS, by=helena, **{**good, "closes_at": NOW + 9 * DAY})
    assert not Extension.objects.exists()


def test_a_return_carries_its_own_deadline_even_after_the_period(participation, ana):
    participation = put(participation, Kind.ENROLLMENT, State.RETURNED, correct_until=NOW + 30 * DAY)
    assert cycle.may("submit_enrollment", ana, participation, NOW + 29 * DAY)
    refused = cycle.may("submit_enrollment", ana, participation, NOW + 31 * DAY)
    assert (refused.reason, "correção" in str(refused.message)) == ("window", True)


def test_time_alone_changes_how_a_step_reads_and_no_row(participation):
    participation = loaded(participation)
    step = participation.step(Kind.ENROLLMENT)
    assert [cycle.reading(participation, step, NOW + days * DAY) for days in (-11, 0, 11)] == [
        "not_open",
        "open",
        "ended",
    ]
    assert cycle.reading(participation, participation.step(Kind.DIAGNOSIS), NOW) == "not_open"
    step.refresh_from_db()
    assert step.state == State.OPEN


def test_a_call_extended_for_all_is_open_to_whoever_looks(participation, edition, helena):
    late = NOW + 11 * DAY
    assert cycle.editions_open_for_enrollment(late) == []
    cycle.extend(edition, Kind.ENROLLMENT, scope="uf", uf="RS", closes_at=NOW + 30 * DAY, reason="Chuvas.", by=helena)
    assert cycle.editions_open_for_enrollment(late) == []
    cycle.extend(edition, Kind.ENROLLMENT, scope="all", closes_at=NOW + 20 * DAY, reason="Pane.", by=helena)
    assert cycle.editions_open_for_enrollment(late) == [edition]
    assert cycle.general_period(edition, Kind.ENROLLMENT).closes_at == NOW + 20 * DAY


def test_one_government_in_two_editions_at_once(participation, ana, canoas, edition):
    later = Edition.objects.create(programme=edition.programme, year=2032)
    cycle.set_windows(later, {Kind.ENROLLMENT: (NOW - DAY, NOW + DAY)})
    second = cycle.begin(later, canoas, by=ana, at=NOW)
    put(participation, Kind.CERTIFICATION, State.APPROVED)
    assert cycle.may("edit_monitoring", ana, loaded(participation), NOW)
    assert cycle.may("edit_enrollment", ana, loaded(second), NOW)


def test_a_second_enrolment_names_the_first(participation, ana, canoas, edition):
    with pytest.raises(cycle.AlreadyTakesPart, match="já participa da edição 2031") as refused:
        cycle.begin(edition, canoas, by=ana, at=NOW)
    assert refused.value.participation == participation
    assert Participation.objects.count() == 1


def test_only_a_manager_begins_and_only_in_the_period(edition, bruno, carla, ana, canoas):
    for stranger in (bruno, carla):
        with pytest.raises(PermissionDenied):
            cycle.begin(edition, canoas, by=stranger, at=NOW)
    with pytest.raises(cycle.StepClosed, match="terminou em"):
        cycle.begin(edition, canoas, by=ana, at=NOW + 11 * DAY)
    assert not Participation.objects.exists()


def test_a_declined_participation_is_over_for_everyone(participation, ana, helena):
    put(participation, Kind.ENROLLMENT, State.SUBMITTED)
    with pytest.raises(ValueError, match="motivo"):
        cycle.decline(participation, by=helena, at=NOW, reason=" ")
    declined = cycle.decline(participation, by=helena, at=NOW, reason="Documento sem assinatura da prefeita.")
    assert cycle.may("edit_enrollment", ana, loaded(declined), NOW).reason == "ended"
    assert cycle.may("approve_enrollment", helena, loaded(declined), NOW).reason == "ended"


def test_a_coordinator_linked_to_the_government_has_no_say_there(participation, helena, marcos, canoas):
    from governments.models import Membership

    Membership.objects.create(body=canoas.body, user=helena, role="reader")
    put(participation, Kind.ENROLLMENT, State.SUBMITTED)
    from governments import team

    team.forget(helena)
    assert cycle.may("approve_enrollment", helena, loaded(participation), NOW).reason == "role"
    assert cycle.may("approve_enrollment", marcos, loaded(participation), NOW)


def test_an_ended_membership_stops_working_within_the_same_move(participation, ana, canoas):
    """The page was read while ana was manager; before she presses, her membership ends."""
    page = loaded(participation)
    assert cycle.may("submit_enrollment", ana, page, NOW)
    canoas.body.memberships.filter(user=ana).update(until=timezone.now())
    with pytest.raises(PermissionDenied), transaction.atomic():
        cycle.locked_step(page, Kind.ENROLLMENT, action="submit_enrollment", by=ana, at=NOW)


def test_what_is_missing_refuses_the_move_and_says_what(participation, ana, monkeypatch):
    lacking = cycle.Requirement("signatory", "Quem assina", met=False, reason="Informe quem assina.")
    weak = cycle.Requirement("motives", "Motivos", met=False, weak=True)
    monkeypatch.setitem(rooms._requirements, Kind.ENROLLMENT, lambda participation: [lacking, weak])
    with pytest.raises(cycle.RequirementsMissing) as refused:
        cycle.hand_over(
            participation, Kind.ENROLLMENT, by=ana, at=NOW, freeze=lambda p: pytest.fail("frozen though incomplete")
        )
    assert refused.value.missing == [lacking]
    assert participation.steps.get(kind=Kind.ENROLLMENT).state == State.OPEN


def test_a_submission_is_frozen_with_a_hash_anyone_can_compute(participation, ana):
    import hashlib

    snapshot = freeze(participation, Kind.ENROLLMENT, {"motives": "Acolher melhor, sem improviso."}, by=ana, at=NOW)
    again = Snapshot.objects.get(pk=snapshot.pk)
    assert hashlib.sha256(canonical(again.content)).hexdigest() == snapshot.sha256
    assert again.content["government"]["ibge_code"] == participation.government.ibge_code
    for attempt in (
        again.save,
        again.delete,
        Snapshot.objects.all().delete,
        lambda: Snapshot.objects.update(sha256="0"),
    ):
        with pytest.raises(SnapshotIsImmutable):
            attempt()


def test_an_award_from_before_the_portal_comes_in_by_its_own_move(edition, canoas):
    earlier = Edition.objects.create(programme=edition.programme, year=2021, from_before_portal=True)
    for expected_new in (True, False):
        participation, created = cycle.record_earlier_award(earlier, canoas, source="Relatório de atividades", at=NOW)
        assert created is expected_new
    states = dict(participation.steps.values_list("kind", "state"))
    assert states.pop(Kind.MONITORING) == State.OPEN
    assert set(states.values()) == {State.APPROVED}
    assert participation.steps.get(kind=Kind.CERTIFICATION).earlier_source == "Relatório de atividades"


@pytest.mark.parametrize(
    "facts",
    [
        {"state": "closed"},
        {"state": "approved"},
        {"state": "submitted"},
        {"state": "returned"},
        {"submitted_at": NOW},
        {"approved_at": NOW},
    ],
)
def test_the_database_refuses_impossible_steps(participation, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Step.objects.filter(participation=participation, kind=Kind.DIAGNOSIS).update(**facts)


def test_the_database_refuses_an_extension_whose_scope_names_nothing(edition, helena):
    with pytest.raises(IntegrityError), transaction.atomic():
        Extension.objects.create(
            edition=edition,
            step=Kind.DIAGNOSIS,
            scope="uf",
            closes_at=NOW + 20 * DAY,
            author=helena,
            public_reason="Enchentes.",
        )


def test_periods_that_close_before_they_open_are_refused_whole(edition):
    before = list(StepWindow.objects.filter(edition=edition).values_list("step", "opens_at", "closes_at"))
    with pytest.raises(cycle.WindowsOverlap, match="Diagnóstico"):
        cycle.set_windows(edition, {Kind.ENROLLMENT: (NOW, NOW + 40 * DAY), Kind.DIAGNOSIS: (NOW + 2 * DAY, NOW + DAY)})
    assert list(StepWindow.objects.filter(edition=edition).values_list("step", "opens_at", "closes_at")) == before


def test_rows_of_others_are_invisible(participation, ana, bruno, carla, helena, django_user_model):
    from django.contrib.auth.models import AnonymousUser

    seen = {
        name: Participation.objects.visible_to(user).count()
        for name, user in {
            "ana": ana,
            "bruno": bruno,
            "carla": carla,
            "helena": helena,
            "nobody": AnonymousUser(),
        }.items()
    }
    assert seen == {"ana": 1, "bruno": 1, "carla": 0, "helena": 1, "nobody": 0}
