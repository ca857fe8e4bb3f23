"""Background work of the room: each night the figures, every few minutes a look whether an archive is due."""

from celery import shared_task

from core.jobs import job

from . import archive, domain

OPTIONS = {"ignore_result": True, "acks_late": True}


@shared_task(name="figures.sweep", **OPTIONS)
def sweep():
    domain.sweep()


@shared_task(name="figures.archives", **OPTIONS)
def archives():
    archive.request_due()


@job("edition_archive", queue="pdf")
def edition_archive(edition, job):
    return archive.make(edition, job)
