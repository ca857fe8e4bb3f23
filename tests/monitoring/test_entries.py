"""Progress entries: refused ones first, then corrections, evidence, degree and derived state, verification."""

from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from certification.cycle import StepClosed
from certification.monitoring import domain
from certification.monitoring.evidence import EvidenceRefused, NewPiece
from certification.monitoring.letters import progress_evidence_asked
from certification.monitoring.models import ProgressEntry, ProgressStatus, Verification
from certification.monitoring.progress import state_of
from certification.prioritization.models import Plan, PriorityAction
from core import files
from core.append_only import AppendOnlyError
from core.models import OutboxMessage, StoredFile
from governments.models import Evidence

DAY = timedelta(days=1)


@pytest.mark.parametrize(
    ("persona", "refusal"),
    [
        ("bruno", PermissionDenied),
        ("helena", PermissionDenied),
        ("tiago", PermissionDenied),
        ("carla", Plan.DoesNotExist),
    ],
)
def test_only_managers_and_editors_of_the_government_write(request, first, add, persona, refusal):
    with pytest.raises(refusal):
        add(first, by=request.getfixturevalue(persona))
    assert not ProgressEntry.objects.exists()


def test_nothing_is_written_after_the_period_and_no_file_kept(first, add, now, close):
    close(now)
    piece = NewPiece(file=SimpleUploadedFile("ata.csv", b"a;b\n1;2\n"))
    with pytest.raises(StepClosed, match="terminou"):
        add(first, evidence=[piece])
    assert not StoredFile.objects.exists()


def test_an_action_outside_the_plan_takes_no_entry(monitored, other_government, add):
    theirs = PriorityAction.objects.create(government=other_government, dimension=1, title="Deles")
    with pytest.raises(PriorityAction.DoesNotExist):
        add(theirs)


@pytest.mark.parametrize(
    ("facts", "field"),
    [
        ({"text": " "}, "text"),
        ({"status": "finished"}, "status"),
        ({"done": 1}, "total"),
        ({"total": 3}, "done"),
        ({"done": -1, "total": 3}, "done"),
        ({"done": 1, "total": 0}, "total"),
    ],
)
def test_an_entry_that_cannot_be_kept_names_the_field(first, add, facts, field):
    with pytest.raises(domain.EntryRefused) as refused:
        add(first, **facts)
    assert refused.value.field == field
    assert not ProgressEntry.objects.exists()


def test_the_day_is_neither_in_the_future_nor_before_the_action(first, add, now):
    today = timezone.localdate(now)
    for day in (today + DAY, first.starts_on - DAY):
        with pytest.raises(domain.EntryRefused) as refused:
            add(first, dated_on=day)
        assert refused.value.field == "dated_on"
    assert add(first, dated_on=first.starts_on).dated_on == first.starts_on


def test_an_entry_is_never_overwritten(first, add):
    entry = add(first)
    entry.text = "Outra coisa"
    with pytest.raises(AppendOnlyError):
        entry.save()
    with pytest.raises(AppendOnlyError):
        ProgressEntry.objects.update(text="Outra coisa")
    with pytest.raises(AppendOnlyError):
        entry.delete()


def test_a_correction_stands_and_both_are_kept(first, add):
    wrong = add(first, done=9, total=10)
    right = add(first, done=6, total=10, corrects=wrong.pk, text="Eram seis.")
    assert domain.implementation_degree(first) == 60
    assert [entry.pk for entry in domain.standing(first.entries.all())] == [right.pk]
    assert first.entries.count() == 2


def test_a_corrected_entry_is_corrected_once(first, second, add):
    wrong = add(first)
    add(first, corrects=wrong.pk)
    with pytest.raises(domain.EntryRefused, match="já foi corrigido"):
        add(first, corrects=wrong.pk)
    with pytest.raises(ProgressEntry.DoesNotExist):
        add(second, corrects=wrong.pk)


def test_the_same_form_twice_makes_one_entry(first, add):
    assert add(first, key="abc").pk == add(first, key="abc").pk
    assert ProgressEntry.objects.count() == 1


@pytest.mark.parametrize(
    ("done", "total", "degree"),
    [(None, None, None), (0, 4, 0), (1, 4, 25), (2, 3, 66), (Decimal("2.99"), 3, 99), (3, 3, 100), (5, 4, 100)],
)
def test_the_degree_is_derived_and_capped(first, add, done, total, degree):
    add(first, done=done, total=total)
    assert domain.implementation_degree(first) == degree


def test_the_degree_is_of_the_latest_day_not_of_the_last_written(first, add, now):
    today = timezone.localdate(now)
    add(first, dated_on=today, done=3, total=4)
    add(first, dated_on=today - 5 * DAY, done=1, total=4)
    assert domain.implementation_degree(first) == 75


def state(action, now, days=0, ended=False):
    return state_of(action, list(action.entries.all()), today=timezone.localdate(now) + days * DAY, ended=ended)


def test_an_action_is_late_once_its_end_has_passed(second, add, now):
    assert state(second, now) == ProgressStatus.NOT_STARTED
    add(second)
    assert state(second, now) == ProgressStatus.IN_PROGRESS
    assert state(second, now, days=1) == ProgressStatus.LATE
    add(second, status="done")
    assert state(second, now, days=1) == ProgressStatus.DONE


def test_silence_at_the_end_reads_as_not_delivered(first, second, add, now):
    add(second)
    assert state(first, now, ended=True) == ProgressStatus.NOT_DELIVERED
    assert state(second, now, ended=True) == ProgressStatus.IN_PROGRESS
    add(second, status="not_delivered")
    assert state(second, now) == ProgressStatus.NOT_DELIVERED


def test_evidence_belongs_to_the_government(first, add, canoas, other_government):
    piece = NewPiece(url="https://canoas.example/ata", title="Ata")
    entry = add(first, evidence=[piece])
    link = entry.evidence_links.get()
    assert (link.evidence.owner_id, link.evidence.title) == (canoas.pk, "Ata")
    theirs = Evidence.objects.create(owner=other_government.body, title="x", url="https://e.example/")
    with pytest.raises(Evidence.DoesNotExist):
        add(first, evidence=[theirs])
    assert ProgressEntry.objects.count() == 1


def test_a_refused_file_leaves_nothing_behind(first, add):
    good = NewPiece(file=SimpleUploadedFile("ata.csv", b"a;b\n1;2\n"))
    bad = NewPiece(file=SimpleUploadedFile("ata.exe", b"MZ\x90\x00"))
    with pytest.raises(files.Refused):
        add(first, evidence=[good, bad])
    assert not StoredFile.objects.exists()
    assert not ProgressEntry.objects.exists()


def test_a_library_that_is_full_takes_no_file(first, add, settings):
    settings.GOVERNMENT_MAX_BYTES = 3
    with pytest.raises(EvidenceRefused) as refused:
        add(first, evidence=[NewPiece(file=SimpleUploadedFile("ata.csv", b"a;b\n1;2\n"))])
    assert refused.value.status == 413
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize("persona", ["ana", "bruno"])
def test_nobody_verifies_the_own_house(request, monitored, first, add, now, persona):
    entry = add(first)
    person = request.getfixturevalue(persona)
    with pytest.raises(PermissionDenied):
        domain.verify_entry(monitored, entry.pk, verdict="confirmed", by=person, at=now)
    assert not Verification.objects.exists()


def test_asking_for_evidence_needs_words_and_writes_until_it_comes(monitored, first, add, ana, tiago, now):
    entry = add(first)
    with pytest.raises(domain.EntryRefused):
        domain.verify_entry(monitored, entry.pk, verdict="evidence_asked", by=tiago, at=now)
    asked = domain.verify_entry(monitored, entry.pk, verdict="evidence_asked", text="Envie a ata.", by=tiago, at=now)
    posted = OutboxMessage.objects.get(kind="progress_evidence_asked")
    assert posted.recipient == ana.email
    assert "Envie a ata." in progress_evidence_asked(asked, posted).body
    domain.add_evidence(
        monitored, entry.pk, evidence=[NewPiece(url="https://canoas.example/ata")], by=ana, at=now + DAY
    )
    assert progress_evidence_asked(Verification.objects.get(pk=asked.pk), posted) is None


def test_verification_goes_on_after_the_period(monitored, first, add, helena, now, close):
    entry = add(first)
    close(now)
    domain.verify_entry(monitored, entry.pk, verdict="confirmed", by=helena, at=now)
    assert entry.verifications.get().by == helena
