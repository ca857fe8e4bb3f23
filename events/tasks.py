"""Background work of the room: each task loads by id and calls one domain function."""

from celery import shared_task

from core.jobs import job

from . import certificates, reminders, retention


@job("attendance_certificate", queue="pdf")
def attendance_certificate(certificate, job):
    return certificates.make(certificate, job)


@shared_task(name="events.sweep", ignore_result=True, acks_late=True)
def sweep():
    reminders.sweep()


@shared_task(name="events.forget", ignore_result=True, acks_late=True)
def forget():
    retention.forget()
