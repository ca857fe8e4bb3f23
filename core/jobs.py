"""Background jobs: who does what (`@job`), taking a row, doing it once, and picking up what was left behind.

    Job.request("diagnosis_report", subject=snapshot, by=user)      # in the domain, inside its transaction

    @job("diagnosis_report", queue="pdf")                           # in the room's tasks.py
    def diagnosis_report(snapshot, job):
        return domain.make_diagnosis_report(snapshot)               # a StoredFile becomes the job's result

A handler may run twice (a worker can die after its last line), so that it must leave one result either way; what only the worker in
charge may write goes inside `with job.holding():`. The number of the attempt is the fence: a worker whose lease ran out finds
another number in the row, and its result is dropped.
"""

import logging
import threading
import traceback
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from django.core.exceptions import ObjectDoesNotExist
from django.db import DatabaseError, connection, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_noop

from core import audit, bell
from core.models import Job, StoredFile
from core.models.jobs import HEARTBEAT, LEASE, MAX_ATTEMPTS, LeaseLost

__all__ = ["Job", "JobFailed", "LeaseLost", "drain", "handlers", "job", "run_one", "sweep", "take"]

logger = logging.getLogger(__name__)

TIME_LIMIT = timedelta(minutes=10)
RETRY_AFTER = timedelta(seconds=5)

GAVE_UP = gettext_noop(
    "Não foi possível concluir após três tentativas. Peça de novo; se o erro voltar, avise a coordenação."
)
NO_SUBJECT = gettext_noop("O registro a que este pedido se refere não existe mais.")
NO_HANDLER = gettext_noop("Este tipo de pedido não é conhecido por esta versão do portal.")
WORKER_DIED = gettext_noop(
    "O processamento foi interrompido três vezes. Peça de novo; se o erro voltar, avise a coordenação."
)


class JobFailed(Exception):
    """Raised by a handler where another attempt would not help; its text is shown to the person who asked."""


@dataclass(frozen=True)
class Handler:
    function: object
    time_limit: timedelta


handlers = {}


def job(kind, *, queue="default", time_limit=TIME_LIMIT):
    """Say which function does the jobs of a kind, on which queue and within what time."""

    def register(function):
        known = handlers.get(kind)
        if known and known.function.__module__ != function.__module__:
            raise ValueError(f"two handlers for jobs of kind {kind!r}")
        handlers[kind] = Handler(function, time_limit)
        bell.queues[kind] = queue
        return function

    return register


def take(job_id, *, at=None, early=False):
    """The job with a fresh lease, or None where it is over, held by a living worker or put off (unless `early`)."""
    at = at or timezone.now()
    job = _takeable(at, early).filter(pk=job_id).select_related("requested_by").first()
    if job is None:
        return None
    if job.attempts >= MAX_ATTEMPTS:
        _give_up(job, WORKER_DIED, fault="lease ran out", rows=_takeable(at, early))
        return None
    # Only one of two workers that read the same number gets past this update.
    taken = (
        _takeable(at, early)
        .filter(pk=job_id, attempts=job.attempts)
        .update(
            state=Job.State.RUNNING, attempts=job.attempts + 1, lease_until=at + LEASE, heartbeat_at=at, started_at=at
        )
    )
    return Job.objects.get(pk=job_id, attempts=job.attempts + 1) if taken else None


def _takeable(at, early):
    # A putting-off is at most some minutes, so that "early" only ever means "do not wait for the next try".
    takeable = Job.objects.takeable(at)
    return takeable | Job.objects.filter(state=Job.State.QUEUED) if early else takeable


def run_one(job_id, *, early=False):
    """Do one job now, if it is there to be done. True where it was taken, whatever came of it."""
    job = take(job_id, early=early)
    if job is None:
        return False
    logger.info("job %s %s: attempt %s", job.kind, job.pk, job.attempts)
    handler = handlers.get(job.kind)
    if handler is None:
        _give_up(job, NO_HANDLER, fault="no handler")
        return True
    job.must_end_by = timezone.now() + handler.time_limit
    with _Heart(job):
        _do(job, handler.function)
    return True


def _do(job, function):
    try:
        subject = job.subject
    except (ObjectDoesNotExist, LookupError):
        return _give_up(job, NO_SUBJECT, fault="no subject")
    try:
        with translation.override(None):
            result = function(subject, job)
        _finish(job, result)
    except LeaseLost:
        logger.warning("job %s %s: lease lost, result dropped", job.kind, job.pk)
    except JobFailed as refusal:
        _give_up(job, str(refusal) or GAVE_UP, fault="refused by its handler")
    except Exception as error:
        logger.exception("job %s %s: attempt %s failed", job.kind, job.pk, job.attempts)
        _put_off(job, error)
    return None


def _finish(job, result):
    facts = {"state": Job.State.DONE, "finished_at": timezone.now(), "lease_until": None, "error": "", "fault": ""}
    if isinstance(result, StoredFile):
        facts |= {"result": result, "sha256": result.sha256}
    with transaction.atomic():
        if not Job.objects.held_by(job).update(**facts):
            raise LeaseLost(f"{job.kind} {job.pk}")
        _record(job, "job.done")


def _put_off(job, error):
    """Back to the queue for a little while; after the last attempt, over."""
    fault = fault_of(error)
    if job.attempts >= MAX_ATTEMPTS:
        return _give_up(job, GAVE_UP, fault=fault)
    pause = RETRY_AFTER * job.attempts
    facts = {"state": Job.State.QUEUED, "lease_until": timezone.now() + pause, "fault": fault}
    if Job.objects.held_by(job).update(**facts):
        bell.ring_job(job, countdown=pause.total_seconds())
    return None


def _give_up(job, reason, *, fault, rows=None):
    """End it with a reason; the progress it had made stays to be seen."""
    facts = {"state": Job.State.FAILED, "finished_at": timezone.now(), "lease_until": None}
    facts |= {"error": reason[:300], "fault": fault[:200]}
    rows = Job.objects.held_by(job) if rows is None else rows.filter(pk=job.pk, attempts=job.attempts)
    with transaction.atomic():
        if rows.update(**facts):
            _record(job, "job.failed", fault=fault[:200])


def _record(job, action, **detail):
    audit.record(action, by=job.requested_by, subject=job, kind=job.kind, attempt=job.attempts, **detail)


def fault_of(error):
    """Kind of exception and where it was raised. Never its text, which may hold what somebody wrote."""
    frames = traceback.extract_tb(error.__traceback__)
    where = f" at {Path(frames[-1].filename).name}:{frames[-1].lineno}" if frames else ""
    return f"{type(error).__name__}{where}"[:200]


class _Heart:
    """Beats for a job while its handler works: a thread with a database connection of its own."""

    def __init__(self, job):
        self.job = job
        self.stopped = threading.Event()
        self.thread = threading.Thread(target=self.beat, name=f"heart-{job.pk}", daemon=True)

    def __enter__(self):
        self.thread.start()

    def __exit__(self, *exception):
        self.stopped.set()
        self.thread.join()

    def beat(self):
        try:
            while not self.stopped.wait(HEARTBEAT.total_seconds()) and self.beat_once():
                pass
        finally:
            connection.close()

    def beat_once(self):
        try:
            self.job.beat()
        except LeaseLost:
            return False  # too long, or somebody else's by now: the row goes to the next worker
        except DatabaseError:
            logger.warning("job %s %s: a heartbeat was not written", self.job.kind, self.job.pk)
            connection.close()
        return True


def sweep(at=None):
    """Ring again for all that waits to be taken: bells nobody heard and jobs of dead workers. Returns how many."""
    waiting = list(Job.objects.takeable(at or timezone.now()).order_by("requested_at")[:500])
    for job in waiting:
        bell.ring_job(job)
    return len(waiting)


def drain(limit=None):
    """Do here and now what waits, oldest first, later tries included. Returns how many attempts were made."""
    done = 0
    while limit is None or done < limit:
        next_id = _takeable(timezone.now(), True).order_by("requested_at").values_list("pk", flat=True).first()
        if next_id is None:
            break
        done += run_one(next_id, early=True)
    return done
