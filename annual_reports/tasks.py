"""Background work of the room: loads by id and calls one domain function."""

from core.jobs import job

from . import domain


@job("annual_report", queue="pdf")
def annual_report(document, job):
    return domain.make_document(document, job)
