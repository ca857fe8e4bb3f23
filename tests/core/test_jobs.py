import json
from datetime import timedelta
from pathlib import Path

import pytest
from celery import Celery, current_app
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.utils import timezone, translation

from core import files, jobs
from core.jobs import Job, JobFailed, LeaseLost
from core.models import AuditEvent, Mark
from migracidades import queue

SOON = timedelta(minutes=5)


def expire(job):
    """As if its worker had not been heard of for a while."""
    Job.objects.filter(pk=job.pk).update(lease_until=timezone.now() - timedelta(seconds=1))


# asking


@pytest.mark.django_db
def test_asking_for_what_is_in_flight_gives_the_same_job(subject):
    first = Job.request("report", subject=subject, params={"language": "es", "page": 1})
    assert Job.request("report", subject=subject, params={"page": 1, "language": "es"}) == first


@pytest.mark.django_db
def test_other_parameters_or_another_subject_are_another_job(subject):
    other = Mark.objects.create(name="outro")
    asked = [
        Job.request("report", subject=subject),
        Job.request("report", subject=subject, params={"language": "en"}),
        Job.request("report", subject=other),
        Job.request("image", subject=subject),
        Job.request("report"),
    ]
    assert len({job.pk for job in asked}) == 5


@pytest.mark.django_db
def test_what_is_over_may_be_asked_for_again(subject, handle):
    handle("report")(lambda subject, job: None)
    first = Job.request("report", subject=subject)
    jobs.run_one(first.pk)
    assert Job.request("report", subject=subject) != first


@pytest.mark.django_db
def test_the_database_refuses_a_second_row_in_flight(subject):
    job = Job.request("report", subject=subject)
    with pytest.raises(IntegrityError), transaction.atomic():
        Job.objects.create(
            kind="report",
            subject_model=job.subject_model,
            subject_id=job.subject_id,
            params_key=job.params_key,
            state=Job.State.RUNNING,
            lease_until=timezone.now(),
        )


@pytest.mark.django_db
def test_an_unsaved_row_cannot_be_a_subject():
    with pytest.raises(ValueError, match="saved"):
        Job.request("report", subject=Mark(name="sem-linha"))


@pytest.mark.django_db(transaction=True)
def test_many_asking_at_the_same_time_get_one_job(subject, at_once):
    asked = at_once(4, lambda number: Job.request("report", subject=subject))
    assert {job.pk for job in asked} == {Job.objects.get().pk}


# taking


@pytest.mark.django_db
def test_a_job_held_by_a_living_worker_is_not_taken(subject):
    job = Job.request("report", subject=subject)
    assert jobs.take(job.pk).attempts == 1
    assert jobs.take(job.pk) is None


@pytest.mark.django_db(transaction=True)
def test_of_many_workers_one_gets_the_job(subject, at_once):
    job = Job.request("report", subject=subject)
    taken = at_once(4, lambda number: jobs.take(job.pk))
    assert [each for each in taken if each] == [job]
    assert Job.objects.get().attempts == 1


@pytest.mark.django_db
def test_a_job_whose_worker_fell_silent_is_taken_by_the_next(subject):
    job = Job.request("report", subject=subject)
    jobs.take(job.pk)
    expire(job)
    assert jobs.take(job.pk).attempts == 2


@pytest.mark.django_db
def test_after_three_silent_workers_it_has_failed_and_says_so(subject):
    job = Job.request("report", subject=subject)
    for _attempt in range(3):
        assert jobs.take(job.pk)
        expire(job)
    assert jobs.take(job.pk) is None
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, jobs.WORKER_DIED)


# doing


@pytest.mark.django_db
def test_the_handler_gets_subject_and_job_and_its_file_is_the_result(subject, handle):
    @handle("report")
    def report(found, job):
        job.progress(3, 3)
        return files.keep(f"{found.name} {job.params['page']}".encode(), name="r.txt", media_type="text/plain")

    job = Job.request("report", subject=subject, params={"page": 7})
    assert jobs.run_one(job.pk)
    job.refresh_from_db()
    assert (job.state, job.done, job.total, job.lease_until) == (Job.State.DONE, 3, 3, None)
    assert job.result.file.read() == b"um-assunto 7"
    assert job.sha256 == job.result.sha256
    assert job.finished_at >= job.started_at


@pytest.mark.django_db
def test_a_finished_job_is_not_done_again(subject, handle):
    calls = []
    handle("report")(lambda subject, job: calls.append(1))
    job = Job.request("report", subject=subject)
    assert [jobs.run_one(job.pk), jobs.run_one(job.pk)] == [True, False]
    assert calls == [1]


@pytest.mark.django_db
def test_a_failing_handler_is_tried_three_times_and_keeps_its_progress(subject, handle):
    @handle("report")
    def report(subject, job):
        job.progress(2, 5)
        raise RuntimeError("o texto que alguém escreveu")

    job = Job.request("report", subject=subject)
    assert jobs.drain() == 3
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done, job.total) == (Job.State.FAILED, 3, 2, 5)
    assert job.error == jobs.GAVE_UP
    assert job.fault.startswith("RuntimeError at test_jobs.py:")
    assert "escreveu" not in job.fault


@pytest.mark.django_db
def test_the_next_try_waits_a_little(subject, handle):
    handle("report")(lambda subject, job: 1 / 0)
    job = Job.request("report", subject=subject)
    jobs.run_one(job.pk)
    assert jobs.run_one(job.pk) is False
    assert jobs.take(job.pk, at=timezone.now() + SOON)


@pytest.mark.django_db
def test_a_refusal_is_final_and_in_the_handlers_words(subject, handle):
    @handle("report")
    def report(subject, job):
        raise JobFailed("A edição não tem relatórios.")

    job = Job.request("report", subject=subject)
    assert jobs.drain() == 1
    job.refresh_from_db()
    assert (job.state, job.error) == (Job.State.FAILED, "A edição não tem relatórios.")


@pytest.mark.django_db
def test_a_job_whose_subject_is_gone_fails_with_a_reason(subject, handle):
    handle("report")(lambda subject, job: None)
    job = Job.request("report", subject=subject)
    subject.delete()
    assert jobs.drain() == 1
    job.refresh_from_db()
    assert job.error == jobs.NO_SUBJECT


@pytest.mark.django_db
def test_a_job_nobody_can_do_fails_with_a_reason(subject, handle):
    job = Job.request("unheard", subject=subject)
    assert jobs.drain() == 1
    job.refresh_from_db()
    assert job.error == jobs.NO_HANDLER


@pytest.mark.django_db
def test_the_next_job_runs_after_one_that_fails(subject, handle):
    handle("bad")(lambda subject, job: 1 / 0)
    handle("good")(lambda subject, job: None)
    Job.request("bad", subject=subject)
    good = Job.request("good", subject=subject)
    jobs.drain()
    good.refresh_from_db()
    assert good.state == Job.State.DONE


@pytest.mark.django_db
def test_the_end_of_a_job_is_in_the_audit_trail(subject, handle, make_user):
    handle("report")(lambda subject, job: None)
    ana = make_user("ana")
    job = Job.request("report", subject=subject, by=ana)
    jobs.run_one(job.pk)
    event = AuditEvent.objects.get(action="job.done")
    assert (event.by, event.subject_id, event.detail) == (ana, str(job.pk), {"kind": "report", "attempt": 1})


# the fence


@pytest.mark.django_db
def test_a_worker_that_lost_its_lease_leaves_no_result(subject, handle):
    @handle("report")
    def report(subject, job):
        expire(job)
        overtaken = jobs.take(job.pk)  # another worker, meanwhile
        assert overtaken.attempts == 2
        return files.keep(b"too late", name="r.txt", media_type="text/plain")

    job = Job.request("report", subject=subject)
    jobs.run_one(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.result) == (Job.State.RUNNING, 2, None)


@pytest.mark.django_db
@pytest.mark.parametrize("end", ["progress", "failure", "refusal"])
def test_a_worker_that_lost_its_lease_changes_nothing(subject, handle, end):
    @handle("report")
    def report(subject, job):
        expire(job)
        jobs.take(job.pk)
        if end == "progress":
            job.progress(9, 9)
        raise {"failure": RuntimeError, "refusal": JobFailed}[end]("tarde demais")

    job = Job.request("report", subject=subject)
    jobs.run_one(job.pk)
    job.refresh_from_db()
    assert (job.state, job.attempts, job.done, job.error) == (Job.State.RUNNING, 2, 0, "")


@pytest.mark.django_db
def test_only_the_worker_in_charge_may_write(subject):
    job = Job.request("report", subject=subject)
    first = jobs.take(job.pk)
    expire(job)
    second = jobs.take(job.pk)
    with pytest.raises(LeaseLost), first.holding():
        Mark.objects.create(name="do-primeiro")
    with second.holding():
        Mark.objects.create(name="do-segundo")
    assert list(Mark.objects.exclude(pk=subject.pk).values_list("name", flat=True)) == ["do-segundo"]


@pytest.mark.django_db
def test_a_handler_past_its_time_stops_beating(subject, handle):
    @handle("report", time_limit=timedelta(0))
    def report(subject, job):
        with pytest.raises(LeaseLost, match="time limit"):
            job.progress(1, 2)
        raise RuntimeError("stop here")

    job = Job.request("report", subject=subject)
    jobs.run_one(job.pk)
    job.refresh_from_db()
    assert job.done == 0


@pytest.mark.django_db(transaction=True)
def test_the_lease_is_held_while_a_handler_works(subject, handle, monkeypatch):
    monkeypatch.setattr(jobs, "HEARTBEAT", timedelta(milliseconds=20))
    seen = []

    @handle("report")
    def report(subject, job):
        started = Job.objects.get(pk=job.pk).heartbeat_at
        give_up = timezone.now() + timedelta(seconds=20)
        while Job.objects.get(pk=job.pk).heartbeat_at == started and timezone.now() < give_up:
            pass
        seen.append(Job.objects.get(pk=job.pk).heartbeat_at > started)

    jobs.run_one(Job.request("report", subject=subject).pk)
    assert seen == [True]
    assert Job.objects.get().state == Job.State.DONE


# around


@pytest.mark.django_db
def test_sweep_counts_what_waits_and_leaves_the_rest(subject, handle):
    handle("done")(lambda subject, job: None)
    jobs.run_one(Job.request("done", subject=subject).pk)
    Job.request("waiting", subject=subject)
    jobs.take(Job.request("running", subject=subject).pk)
    silent = jobs.take(Job.request("silent", subject=subject).pk)
    expire(silent)
    assert jobs.sweep() == 2


@pytest.mark.django_db
def test_process_jobs_once_does_one(subject, handle, capsys):
    handle("report")(lambda subject, job: None)
    Job.request("report", subject=subject)
    Job.request("report")
    call_command("process_jobs", "--once")
    assert "attempts at jobs: 1" in capsys.readouterr().out
    assert Job.objects.filter(state=Job.State.DONE).count() == 1
    call_command("process_jobs", "--drain")
    assert Job.objects.filter(state=Job.State.DONE).count() == 2


@pytest.fixture
def celery_with():
    """Put another Celery application in the place of the portal's for the length of a test."""
    usual = current_app._get_current_object()

    def use(broker, options):
        other = Celery("other", broker=broker, set_as_current=False)
        other.conf.update(broker_transport_options=options, task_queues=queue.task_queues, task_default_queue="default")
        other.set_current()

    yield use
    usual.set_current()


@pytest.mark.django_db(transaction=True)
def test_a_job_is_kept_when_nobody_hears_the_bell(subject, handle, celery_with, caplog):
    celery_with("redis://127.0.0.1:1/0", queue.redis_broker())
    handle("report")(lambda subject, job: None)
    job = Job.request("report", subject=subject)
    assert "bell not heard" in caplog.text
    assert jobs.run_one(job.pk)


@pytest.mark.django_db(transaction=True)
def test_the_bell_rings_after_commit_and_on_the_queue_of_the_kind(subject, handle, celery_with, settings):
    celery_with("filesystem://localhost//", queue.file_broker())
    jobs.job("document", queue="pdf")(lambda subject, job: None)
    with transaction.atomic():
        job = Job.request("document", subject=subject)
        assert not rung(settings, job)
    assert rung(settings, job) == ["pdf"]


def rung(settings, job):
    """Queues on which the embedded broker holds a message about this job."""
    found = Path(settings.VAR_DIR, "broker", "messages").glob("*.msg")
    messages = [json.loads(path.read_text()) for path in found]
    about = [message for message in messages if str(job.pk) in message["headers"]["argsrepr"]]
    return [message["properties"]["delivery_info"]["routing_key"] for message in about]


@pytest.mark.django_db
def test_reason_in_the_readers_language_and_facts_for_a_page(subject, handle):
    job = Job.request("unheard", subject=subject)
    jobs.drain()
    job.refresh_from_db()
    with translation.override("pt-br"):
        assert job.summary() == {
            "id": str(job.pk),
            "kind": "unheard",
            "state": "failed",
            "done": 0,
            "total": 0,
            "error": "Este tipo de pedido não é conhecido por esta versão do portal.",
            "result": None,
        }


def test_two_rooms_cannot_claim_one_kind(handle):
    handle("report")(lambda subject, job: None)

    def elsewhere(subject, job):
        pass

    elsewhere.__module__ = "another.room.tasks"
    with pytest.raises(ValueError, match="two handlers"):
        handle("report")(elsewhere)
