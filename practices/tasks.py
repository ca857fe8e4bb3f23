"""Background work of the room: each task loads by id and calls one domain function."""

from celery import shared_task
from django.utils import timezone

from core.jobs import job
from core.tasks import OPTIONS

from . import freshness, proposals, sheets


@job("practice_sheet", queue="pdf")
def practice_sheet(practice, job):
    return sheets.make_sheet(practice, job.params["language"], job)


@shared_task(name="practices.look_after", **OPTIONS)
def look_after():
    """Once a day: ask about sheets checked long ago, forget proposals nobody confirmed."""
    at = timezone.now()
    freshness.remind(at)
    proposals.forget_unconfirmed(at)
