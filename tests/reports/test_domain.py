"""Asking for reports, making each once, publishing them."""

import hashlib
from datetime import timedelta

import pytest
from django.utils import timezone

from certification.models import Kind
from certification.reports import domain
from certification.reports.models import Report
from certification.seal.domain import tell_standing
from certification.seal.models import Seal
from core import jobs
from core.jobs import JobFailed
from core.models import Job, StoredFile
from tests.reports import sample
from tests.reports.conftest import AT, approve, hand_over

DIAGNOSIS, PRIORITIZATION = Report.Kind.DIAGNOSIS, Report.Kind.PRIORITIZATION


def test_nothing_handed_over_is_refused_with_a_reason(participation, ana):
    with pytest.raises(domain.ReportRefused, match="fica disponível quando a etapa for enviada"):
        domain.request_report(participation, DIAGNOSIS, by=ana)
    assert not Job.objects.exists()


def test_kind_that_is_not_made_yet_is_refused(participation, diagnosis, ana):
    with pytest.raises(domain.ReportRefused, match="ainda não é feito"):
        domain.request_report(participation, Report.Kind.MONITORING, by=ana)


def test_document_that_cannot_be_made_leaves_a_failed_job_and_no_file(participation, diagnosis, ana, settings):
    settings.PDF_MEMORY_BYTES = 1
    domain.pdf.end_children()
    report, job = domain.request_report(participation, DIAGNOSIS, by=ana)
    with pytest.raises((JobFailed, domain.pdf.RenderFailed)):
        domain.make_report(report)
    assert not StoredFile.objects.exists()
    domain.pdf.end_children()


def test_asked_twice_it_is_one_report_and_one_job(participation, diagnosis, ana, dora):
    first = domain.request_report(participation, DIAGNOSIS, by=ana)
    assert domain.request_report(participation, DIAGNOSIS, by=dora) == first


def test_another_language_is_another_report(participation, diagnosis, ana):
    portuguese, _job = domain.request_report(participation, DIAGNOSIS, by=ana)
    english, _job = domain.request_report(participation, DIAGNOSIS, by=ana, language="en")
    assert portuguese != english


@pytest.mark.slow
def test_made_by_the_worker_kept_with_hash_and_pages(participation, diagnosis, ana):
    report, job = domain.request_report(participation, DIAGNOSIS, by=ana)
    assert jobs.run_one(job.pk)
    report.refresh_from_db()
    job.refresh_from_db()
    content = report.file.file.open("rb").read()
    assert job.state == Job.State.DONE
    assert (job.done, job.total) == (2, 3)
    assert job.result == report.file
    assert report.file.sha256 == hashlib.sha256(content).hexdigest() == job.sha256
    assert report.file.original_name == "migracidades-2026-diagnosis-4304606.pdf"
    assert report.pages > 20
    assert report.ready_at
    assert report.published_at is None


def test_made_twice_it_is_one_file(participation, priorities, ana):
    report, _job = domain.request_report(participation, PRIORITIZATION, by=ana)
    first = domain.make_report(report)
    stale = Report.objects.get(pk=report.pk)
    stale.file = None  # a second worker that read the row before the first was done
    assert domain.make_report(stale) == first
    assert StoredFile.objects.count() == 1


def test_ready_report_is_not_made_again(participation, priorities, ana):
    report, _job = domain.request_report(participation, PRIORITIZATION, by=ana)
    domain.make_report(report)
    again, job = domain.request_report(participation, PRIORITIZATION, by=ana)
    assert (again, job) == (report, None)


def test_validated_priorities_make_a_new_diagnosis_report_due(participation, diagnosis, priorities, ana, helena):
    before, _job = domain.request_report(participation, DIAGNOSIS, by=ana)
    approve(participation, Kind.PRIORITIZATION, by=helena)
    after, _job = domain.request_report(participation, DIAGNOSIS, by=ana)
    assert before != after
    assert before.snapshot == after.snapshot


def test_validation_of_a_step_asks_for_its_report(participation, diagnosis, helena):
    from certification import cycle

    cycle.tell_approval(Kind.DIAGNOSIS, participation, by=helena, at=AT)
    assert list(Report.objects.values_list("kind", "snapshot")) == [("diagnosis", diagnosis.pk)]


def validate(participation, ana):
    for kind in (Kind.DIAGNOSIS, Kind.PRIORITIZATION):
        approve(participation, kind, by=ana)


def certify(participation, ana):
    validate(participation, ana)
    return give_seal(participation)


def give_seal(participation):
    return Seal.objects.create(participation=participation, awarded_at=AT, earlier_source="Lista de 2026")


def test_publication_shows_ready_reports_and_asks_for_the_others(participation, diagnosis, priorities, ana):
    certify(participation, ana)
    ready, _job = domain.request_report(participation, PRIORITIZATION, by=ana)
    domain.make_report(ready)
    edition = participation.edition
    edition.published_at = timezone.now()
    edition.save()
    domain.publish_reports(edition, edition.published_at)
    assert list(Report.objects.public()) == [ready]
    asked_for = Report.objects.get(kind="diagnosis")
    domain.make_report(asked_for)
    assert set(Report.objects.public()) == {ready, asked_for}


def test_a_seal_given_after_publication_has_its_reports_shown(participation, diagnosis, priorities, ana):
    validate(participation, ana)
    report, _job = domain.request_report(participation, PRIORITIZATION, by=ana)
    domain.make_report(report)
    participation.edition.published_at = timezone.now()
    participation.edition.save()
    tell_standing(participation, timezone.now())
    assert not Report.objects.public().exists()
    give_seal(participation)
    tell_standing(participation, timezone.now())
    assert list(Report.objects.public()) == [report]
    assert Job.objects.filter(subject_id=str(Report.objects.get(kind="diagnosis").pk)).exists()


def test_publication_shows_every_language_that_was_asked_for(participation, diagnosis, priorities, ana):
    certify(participation, ana)
    reports = [
        domain.request_report(participation, PRIORITIZATION, by=ana, language=code)[0] for code in ("pt-br", "en")
    ]
    for report in reports:
        domain.make_report(report)
    edition = participation.edition
    edition.published_at = timezone.now()
    edition.save()
    domain.publish_reports(edition, edition.published_at)
    assert {report.language for report in Report.objects.public()} == {"pt-br", "en"}


def test_nothing_of_a_government_without_seal_is_published(participation, diagnosis, ana):
    report, _job = domain.request_report(participation, DIAGNOSIS, by=ana)
    participation.edition.published_at = timezone.now()
    participation.edition.save()
    domain.publish_reports(participation.edition, timezone.now())
    domain.make_report(report)
    assert not Report.objects.public().exists()


def test_report_made_before_publication_stays_unpublished(participation, diagnosis, priorities, ana):
    certify(participation, ana)
    participation.edition.published_at = timezone.now() + timedelta(days=3)
    participation.edition.save()
    report, _job = domain.request_report(participation, PRIORITIZATION, by=ana)
    domain.make_report(report)
    assert not Report.objects.public().exists()


def test_certificate_is_made_from_the_award_s_copy(participation, ana, helena):
    from certification.models.snapshot import freeze
    from certification.seal.models import DecisionKind, SealDecision

    content = sample.certification_content()
    own = {key: content[key] for key in ("signatory", "awarded_by", "meaning", "code", "valid_until", "steps")}
    snapshot = freeze(participation, Kind.CERTIFICATION, own, by=helena, at=AT)
    decision = SealDecision.objects.create(
        participation=participation, kind=DecisionKind.AWARD, proposed_by=helena, proposed_at=AT
    )
    seal = Seal.objects.create(
        participation=participation, code="7K3MPQRS42", snapshot=snapshot, decision=decision, awarded_at=AT
    )
    job = Job.request("certificate_for_seal", subject=seal, by=helena)
    assert jobs.run_one(job.pk)
    report = Report.objects.get(kind="certificate")
    assert (report.snapshot, report.pages) == (snapshot, 1)
    assert jobs.Job.objects.get(pk=job.pk).result == report.file


def test_corrected_submission_makes_a_new_report(participation, priorities, ana, helena):
    first, _job = domain.request_report(participation, PRIORITIZATION, by=ana)
    step = participation.step(Kind.PRIORITIZATION)
    step.return_for_correction(by=helena, at=AT, correct_until=AT + timedelta(days=10))
    second_snapshot = hand_over(participation, Kind.PRIORITIZATION, sample.prioritization_content(2), by=ana)
    second, _job = domain.request_report(participation, PRIORITIZATION, by=ana)
    assert (first.snapshot, second.snapshot) == (priorities, second_snapshot)
