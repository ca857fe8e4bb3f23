"""What Celery calls. Each loads by id, does one thing and may be called twice."""

from celery import shared_task

from core import jobs, outbox, upkeep

OPTIONS = {"ignore_result": True, "acks_late": True}


@shared_task(name="core.run_job", **OPTIONS)
def run_job(job_id):
    jobs.run_one(job_id)


@shared_task(name="core.sweep", **OPTIONS)
def sweep():
    jobs.sweep()


@shared_task(name="core.deliver_letter", **OPTIONS)
def deliver_letter(message_id):
    outbox.deliver(message_id)


@shared_task(name="core.deliver_due", **OPTIONS)
def deliver_due():
    outbox.deliver_due()


@shared_task(name="core.reconcile", **OPTIONS)
def reconcile():
    upkeep.reconcile()
