"""A worker killed while it makes a report: the next one makes it, once, with nobody's help."""

import hashlib
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from django.conf import settings
from django.db import connection
from django.utils import timezone

from certification.reports import domain
from certification.reports.models import Report
from core.models import Job, StoredFile

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PATIENCE = 90


def worker():
    """`process_jobs` as a process of its own, in a group of its own with the child that renders."""
    facts = {
        "DJANGO_SETTINGS_MODULE": "tests.core.worker_settings",
        "FAULT_DATABASE": str(connection.settings_dict["NAME"]),
    }
    command = [sys.executable, "manage.py", "process_jobs", "--drain"]
    return subprocess.Popen(command, cwd=settings.BASE_DIR, env=os.environ | facts, start_new_session=True)


def until(true):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.02)
    return False


def is_rendering(job):
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, done=1).exists()


def is_left_behind(job):
    return Job.objects.takeable(timezone.now()).filter(pk=job.pk).exists()


def test_worker_killed_in_the_middle_of_a_report(participation, diagnosis, ana):
    report, job = domain.request_report(participation, Report.Kind.DIAGNOSIS, by=ana)
    first = worker()
    assert until(lambda: is_rendering(job))
    os.killpg(first.pid, signal.SIGKILL)
    first.wait()
    assert not StoredFile.objects.exists()
    assert until(lambda: is_left_behind(job))
    assert worker().wait(timeout=PATIENCE) == 0
    report.refresh_from_db()
    job.refresh_from_db()
    stored = StoredFile.objects.get()
    assert (job.state, job.attempts, job.result, report.file) == (Job.State.DONE, 2, stored, stored)
    written = Path(settings.VAR_DIR, "fault-media", stored.file.name).read_bytes()
    assert hashlib.sha256(written).hexdigest() == stored.sha256
