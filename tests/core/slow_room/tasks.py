"""A job that stands still in the middle for as long as a file exists, and then writes its one result."""

import time
from pathlib import Path

from core import files
from core.jobs import job
from core.models import AuditEvent


@job("slow_report")
def slow_report(subject, job):
    job.progress(1, 2)
    while Path(job.params["until_gone"]).exists():
        time.sleep(0.02)
    with job.holding():
        AuditEvent.objects.create(action="slow_report.written", detail={"attempt": job.attempts})
        return files.keep(b"the report", name="report.txt", media_type="text/plain")
