"""Telling Celery that there is work. The rows are the truth: a bell nobody hears costs a minute, never a job."""

import logging
from contextlib import contextmanager
from contextvars import ContextVar

from celery import current_app

logger = logging.getLogger(__name__)

# Queue of a kind of job, filled by `core.jobs.job`.
queues = {}
# Set where thousands of rows are made at once: the sweep finds them, a bell for each would only be noise.
_muted = ContextVar("bell_muted", default=False)


@contextmanager
def muted():
    token = _muted.set(True)
    try:
        yield
    finally:
        _muted.reset(token)


def queue_of(kind):
    return queues.get(kind, "default")


def ring_job(job, countdown=None):
    _send("core.run_job", str(job.pk), queue=queue_of(job.kind), countdown=countdown)


def ring_letter(message):
    _send("core.deliver_letter", str(message.pk))


def _send(task, *args, queue="default", countdown=None):
    if _muted.get():
        return
    try:
        current_app.send_task(task, args=args, queue=queue, countdown=countdown, ignore_result=True, retry=False)
    except Exception as error:  # whatever a broker may raise: the row stays queued and the sweep finds it
        logger.warning("bell not heard, the sweep will see to it: %s (%s)", task, type(error).__name__)
