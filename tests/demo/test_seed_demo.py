"""The demonstration as `make run` makes it: told once for this file, looked at from many sides."""

import json
import re
from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone, translation

from accounts.models import User
from certification.diagnosis.models import Answer, ReviewNote
from certification.enrollment.models import CourseCompletion
from certification.models import Edition, Extension, Kind, Participation, Snapshot, State, Transition
from certification.monitoring.models import ProgressEntry, Verification
from certification.seal.models import Seal, SealDecision
from core.models import Job, Mark, OutboxMessage, StoredFile
from events.models import Attendance, Event
from governments.models import Evidence, Government, Membership
from migracidades.demo import content
from migracidades.demo.seeding import Options, seed
from practices.models import Practice

pytestmark = pytest.mark.django_db
OPEN_PLACE = re.compile(r"\{[a-z]+\d*(_[a-z]+)?\}")


@pytest.fixture(scope="module")
def told(django_db_setup, django_db_blocker):
    """(sign-ins, instant) of the default demonstration; taken back when the file is done."""
    with django_db_blocker.unblock(), translation.override("pt-br"), transaction.atomic():
        now = timezone.now()
        yield seed(Options(), now=now), now
        transaction.set_rollback(True)


@pytest.fixture(autouse=True)
def demo(told):
    """Every test here looks at the told demonstration."""


@pytest.fixture
def sign_ins(told):
    return told[0]


@pytest.fixture
def current(told):
    return Edition.objects.filter(from_before_portal=False).latest("year")


@pytest.fixture
def previous(current):
    return Edition.objects.get(year=current.year - 1)


def standing(edition):
    """{(step, state): number of participations} of the first step that is not validated."""
    found = {}
    for participation in edition.participations.with_cycle():
        step = next((step for step in participation.steps.all() if step.state != State.APPROVED), None)
        where = (step.kind, step.state) if step else ("all", State.APPROVED)
        found[where] = found.get(where, 0) + 1
    return found


def test_twelve_profiles_stand_where_their_stage_says_and_others_fill_the_enrolment(current):
    assert standing(current) == {
        (Kind.ENROLLMENT, State.OPEN): 1,
        (Kind.ENROLLMENT, State.SUBMITTED): 1,
        (Kind.ENROLLMENT, State.RETURNED): 1,
        (Kind.DIAGNOSIS, State.OPEN): 1,
        (Kind.DIAGNOSIS, State.RETURNED): 1,
        (Kind.DIAGNOSIS, State.SUBMITTED): 1,
        # Two whose diagnosis has just been validated stand at the plan too, which they have not begun.
        (Kind.PRIORITIZATION, State.OPEN): 5,
        (Kind.PRIORITIZATION, State.SUBMITTED): 2,
        (Kind.CERTIFICATION, State.OPEN): 2,
    }


def test_the_previous_edition_goes_on_beside_it(previous):
    found = standing(previous)
    assert found[Kind.MONITORING, State.OPEN] == 5
    assert found[Kind.MONITORING, State.SUBMITTED] == 1
    assert found["all", State.APPROVED] == 1
    assert found[Kind.CERTIFICATION, State.OPEN] == 1
    assert found[Kind.DIAGNOSIS, State.OPEN] == 1
    assert previous.is_public()


def test_governments_take_part_in_two_editions_at_once(current, previous):
    in_both = Government.objects.filter(participations__edition=current).filter(participations__edition=previous)
    assert in_both.distinct().count() == 6


def test_monitoring_runs_on_for_a_public_reason(previous, told):
    extension = Extension.objects.get(edition=previous, step=Kind.MONITORING)
    assert extension.closes_at > told[1]
    assert "nchentes" in extension.public_reason


def test_the_list_of_2021_is_there_and_returning_governments_come_from_it(current):
    earlier = Edition.objects.get(year=2021)
    assert earlier.participations.count() == 41
    both = Government.objects.filter(participations__edition=earlier).filter(participations__edition=current)
    assert both.count() >= 6


def test_one_seal_is_revoked_in_public(previous):
    seal = Seal.objects.get(revoked_at__isnull=False)
    assert seal.participation.edition == previous
    assert seal.revocation.public_reason
    assert seal.revocation.proposed_by != seal.revocation.confirmed_by


def test_one_seal_gave_way_to_a_corrected_one(previous):
    old = Seal.objects.get(replaced_at__isnull=False)
    assert old.participation.edition == previous
    assert (old.replaced_by.current_of, old.replacement.public_reason != "") == (old.participation, True)
    assert all(seal.credential for seal in Seal.objects.all())


def test_one_award_waits_for_its_second_person():
    decision = SealDecision.objects.get(confirmed_at__isnull=True, dropped_at__isnull=True)
    assert decision.kind == "award"


def test_one_government_is_late_with_its_deadline_near(current, told):
    late = current.participations.get(
        steps__kind=Kind.DIAGNOSIS, diagnosis__isnull=False, government__in=_open(current)
    )
    extension = Extension.objects.get(edition=current, step=Kind.DIAGNOSIS, government=late.government)
    assert told[1] < extension.closes_at < told[1] + timedelta(days=8)
    blank = sum(not answer.is_answered for answer in late.diagnosis.answers.all())
    assert blank > 40


def _open(edition):
    at_diagnosis = [
        participation.government_id
        for participation in edition.participations.with_cycle()
        if participation.step(Kind.ENROLLMENT).state == State.APPROVED
        and participation.step(Kind.DIAGNOSIS).state == State.OPEN
    ]
    return Government.objects.filter(pk__in=at_diagnosis)


def test_returned_questions_wait_beside_answered_ones(current):
    notes = ReviewNote.objects.filter(
        round__diagnosis__participation__edition=current,
        round__diagnosis__participation__steps__state=State.RETURNED,
        kind="correction",
    )
    assert notes.filter(replied_at__isnull=True).exists()
    assert notes.filter(replied_at__isnull=False).exists()


def test_submitted_diagnoses_carry_evidence_and_the_actions_progress():
    with_evidence = Answer.objects.filter(evidence_links__isnull=False).distinct().count()
    assert with_evidence > 200
    assert set(ProgressEntry.objects.values_list("status", flat=True)) >= {
        "in_progress",
        "late",
        "done",
        "not_delivered",
    }
    assert Verification.objects.exists()
    assert CourseCompletion.objects.filter(checked_at__isnull=True).exists()


def test_answers_keep_one_revision_a_version():
    for answer in Answer.objects.filter(version__gt=0).annotate(n=models.Count("revisions")):
        assert answer.n == answer.version


def test_documents_belong_to_their_government_and_are_of_many_types():
    types = set(StoredFile.objects.values_list("media_type", flat=True))
    assert {"application/pdf", "image/png", "image/jpeg"} <= types
    assert len(types) >= 6
    assert Evidence.objects.exclude(url="").exists()


def test_reports_are_asked_for_and_left_to_the_worker(previous):
    waiting = Job.objects.filter(kind="report", state=Job.State.QUEUED)
    assert waiting.count() > 20
    assert Job.objects.exclude(state=Job.State.QUEUED).count() == 0


def test_no_letter_of_the_past_goes_out():
    assert OutboxMessage.objects.exists()
    assert not OutboxMessage.objects.filter(state=OutboxMessage.State.WAITING).exists()


def test_nothing_is_dated_after_the_seeding(told):
    instants = (
        (Participation, "started_at"),
        (Transition, "at"),
        (Snapshot, "made_at"),
        (Answer, "updated_at"),
        (ReviewNote, "at"),
        (ReviewNote, "replied_at"),
        (Seal, "awarded_at"),
        (Seal, "revoked_at"),
        (Seal, "replaced_at"),
        (ProgressEntry, "recorded_at"),
        (Verification, "at"),
        (Evidence, "added_at"),
        (Membership, "since"),
        (Practice, "published_at"),
        (Extension, "granted_at"),
    )
    for model, name in instants:
        assert not model.objects.filter(**{f"{name}__gt": told[1]}).exists(), (model, name)
    assert not Event.objects.filter(edition__isnull=False, published_at__gt=told[1]).exists()
    assert not Attendance.objects.filter(event__ends_on__gt=timezone.localdate(told[1])).exists()
    assert not Evidence.objects.filter(document_date__gt=timezone.localdate(told[1])).exists()
    assert not ProgressEntry.objects.filter(dated_on__gt=timezone.localdate(told[1])).exists()


def test_moves_of_a_participation_are_in_order():
    for participation in Participation.objects.filter(edition__from_before_portal=False):
        moves = list(
            Transition.objects.filter(step__participation=participation).order_by("pk").values_list("at", flat=True)
        )
        in_cycle = Transition.objects.filter(step__participation=participation).exclude(step__kind=Kind.MONITORING)
        assert list(in_cycle.order_by("pk").values_list("at", flat=True)) == sorted(
            in_cycle.values_list("at", flat=True)
        ), participation
        assert all(participation.started_at <= at for at in moves)


def _texts():
    for snapshot in Snapshot.objects.all():
        yield snapshot, json.dumps(snapshot.content, ensure_ascii=False)
    for model in (Practice, Event, ReviewNote, ProgressEntry, Edition):
        for row in model.objects.filter(**({"from_before_portal": False} if model is Edition else {})):
            fields = [
                field
                for field in model._meta.concrete_fields
                if field.get_internal_type() in ("TextField", "CharField")
            ]
            yield row, " ".join(str(field.value_from_object(row)) for field in fields)


def test_no_text_has_an_open_place_left():
    found = [(row, OPEN_PLACE.findall(text)) for row, text in _texts() if OPEN_PLACE.search(text)]
    assert found == []


def test_texts_of_the_file_name_no_government_that_takes_part(current):
    written = json.dumps(content.everything()["profiles"], ensure_ascii=False)
    cast = set(
        current.participations.filter(government__kind="municipality").values_list("government__name", flat=True)
    )
    cast -= {"Contagem"}  # also the common word for a count
    assert [name for name in cast if re.search(rf"\b{re.escape(name)}\b", written)] == []


# Sign-ins.


def test_sign_ins_name_every_role(sign_ins):
    roles = [row["role"] for row in sign_ins]
    assert {"manager", "editor", "reader"} <= set(roles)
    assert (roles.count("reviewer"), roles.count("coordinator"), roles.count("administrator")) == (1, 2, 1)
    assert all(set(row) == {"role", "email", "password", "government", "department"} for row in sign_ins)


def test_every_open_participation_has_manager_editor_and_reader(sign_ins, current):
    by_government = {}
    for row in sign_ins:
        by_government.setdefault(row["government"], set()).add(row["role"])
    for code in current.participations.values_list("government__ibge_code", flat=True):
        assert by_government[code] == {"manager", "editor", "reader"}


def test_the_first_editor_works_in_another_department(sign_ins):
    manager, editor = (next(row for row in sign_ins if row["role"] == role) for role in ("manager", "editor"))
    assert manager["government"] == editor["government"]
    assert manager["department"] != editor["department"]


@pytest.mark.parametrize(("role", "where"), [("manager", "workspace"), ("coordinator", "desk"), ("reviewer", "desk")])
def test_sign_ins_open_their_pages_without_a_second_factor(client, sign_ins, role, where):
    row = next(row for row in sign_ins if row["role"] == role)
    client.post(reverse("account_login"), {"login": row["email"], "password": row["password"]})
    answer = client.get(reverse(where))
    assert answer.status_code == 200
    assert "Dados fictícios de demonstração" in answer.content.decode()


def test_asked_for_again_it_gives_the_same_sign_ins(sign_ins, tmp_path):
    call_command("seed_demo", credentials_out=str(tmp_path / "a.json"), verbosity=0)
    assert json.loads((tmp_path / "a.json").read_text()) == sign_ins
    assert Mark.objects.filter(name="demo").count() == 1


def test_it_does_not_start_anew_over_a_visitor(sign_ins):
    User.objects.create_user(email="ana@canoas.example", password=None, name="Ana")
    with pytest.raises(CommandError, match="pessoas que a demonstração não criou"):
        call_command("seed_demo", stage="diagnosis", verbosity=0)
    assert Participation.objects.filter(edition__from_before_portal=False).exists()


@pytest.mark.parametrize("name", ["home", "governments", "editions", "practices", "events"])
def test_public_pages_open(client, name):
    assert client.get(reverse(name)).status_code == 200


def test_pages_of_everybody_who_takes_part_open(client, current):
    for code in current.participations.values_list("government__ibge_code", flat=True)[:5]:
        assert client.get(reverse("government", args=[code])).status_code == 200
