"""Workers that are killed, frozen and revived: real processes on the test's own database. Each job leaves one result."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
import redis
from celery import Celery
from django.conf import settings
from django.db import connection
from django.utils import timezone

from core.jobs import Job
from core.models import AuditEvent, StoredFile

pytestmark = [pytest.mark.faults, pytest.mark.slow, pytest.mark.django_db(transaction=True)]

PATIENCE = 60
PROCESS_JOBS = ["manage.py", "process_jobs", "--drain"]
CELERY = ["-m", "celery", "-A", "migracidades", "worker", "--concurrency=2", "-l", "warning"]
EMBEDDED = [*CELERY, "--pool=threads", "-B"]


@pytest.fixture
def start():
    """Start a worker process; whatever still runs at the end of the test is ended by its own id."""
    running = []

    def run(command, **environment):
        facts = {"DJANGO_SETTINGS_MODULE": "tests.core.worker_settings"}
        facts |= {"FAULT_DATABASE": str(connection.settings_dict["NAME"])} | environment
        environment = os.environ | facts
        # A group of its own, so that a worker dies together with its children, as when a machine stops.
        process = subprocess.Popen(
            [sys.executable, *command], cwd=settings.BASE_DIR, env=environment, start_new_session=True
        )
        running.append(process)
        return process

    yield run
    for process in running:
        if process.poll() is None:
            stop(process)


def stop(process):
    """At once and without a word, with all its children."""
    os.killpg(process.pid, signal.SIGKILL)
    process.wait()


@pytest.fixture
def hold(tmp_path):
    """The handler waits in the middle of its work while this file exists."""
    path = tmp_path / "hold"
    path.touch()
    return path


def until(true):
    end = time.monotonic() + PATIENCE
    while time.monotonic() < end:
        if true():
            return True
        time.sleep(0.05)
    return False


def in_the_middle(job):
    return Job.objects.filter(pk=job.pk, state=Job.State.RUNNING, done=1).exists()


def takeable(job):
    return Job.objects.takeable(timezone.now()).filter(pk=job.pk).exists()


def finished(job):
    return Job.objects.filter(pk=job.pk, state=Job.State.DONE).exists()


def assert_done_once(job):
    """By a later attempt than the first, and by one alone (on a busy machine a healthy worker may be overtaken too)."""
    job.refresh_from_db()
    assert job.state == Job.State.DONE
    assert job.attempts > 1
    written = AuditEvent.objects.filter(action="slow_report.written").values_list("detail", flat=True)
    assert list(written) == [{"attempt": job.attempts}]
    assert StoredFile.objects.get() == job.result


def request(hold):
    return Job.request("slow_report", params={"until_gone": str(hold)})


def test_process_jobs_killed_in_the_middle(start, hold):
    job = request(hold)
    first = start(PROCESS_JOBS)
    assert until(lambda: in_the_middle(job))
    stop(first)
    hold.unlink()
    assert until(lambda: takeable(job))
    assert start(PROCESS_JOBS).wait(timeout=PATIENCE) == 0
    assert_done_once(job)


def test_a_frozen_worker_that_wakes_up_late_writes_nothing(start, hold):
    job = request(hold)
    frozen = start(PROCESS_JOBS)
    assert until(lambda: in_the_middle(job))
    os.kill(frozen.pid, signal.SIGSTOP)
    hold.unlink()
    assert until(lambda: takeable(job))
    assert start(PROCESS_JOBS).wait(timeout=PATIENCE) == 0
    os.kill(frozen.pid, signal.SIGCONT)
    assert frozen.wait(timeout=PATIENCE) == 0
    assert_done_once(job)


def test_celery_killed_in_the_middle_and_started_again(start, hold):
    job = request(hold)
    first = start(EMBEDDED, REDIS_URL="")
    assert until(lambda: in_the_middle(job))
    stop(first)
    for message in Path(settings.VAR_DIR, "broker", "messages").glob("*.msg"):
        message.unlink()  # the broker forgot everything too
    hold.unlink()
    start(EMBEDDED, REDIS_URL="")
    assert until(lambda: finished(job))
    assert_done_once(job)


@pytest.mark.redis
def test_celery_on_redis_with_child_processes_killed_and_started_again(start, hold, redis_url):
    job = request(hold)
    first = start(CELERY, REDIS_URL=redis_url)
    assert until(lambda: in_the_middle(job))
    stop(first)
    redis.Redis.from_url(redis_url).flushdb()  # emptied meanwhile
    hold.unlink()
    start(CELERY, REDIS_URL=redis_url)
    assert until(lambda: finished(job))
    assert_done_once(job)


@pytest.fixture
def redis_url():
    """A database of this test's own on the Redis that is there, another one for each engine: their rounds may run at once."""
    server = urlsplit(os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379"))
    url = urlunsplit(server._replace(path="/13" if connection.vendor == "sqlite" else "/12"))
    try:
        redis.Redis.from_url(url, socket_connect_timeout=1).flushdb()
    except redis.exceptions.RedisError:
        pytest.skip("no Redis answers")
    return url


@pytest.mark.redis
def test_a_worker_outlives_its_redis(start, hold, own_redis):
    hold.unlink()
    port, serve = own_redis
    server = serve()
    worker = start(CELERY, REDIS_URL=f"redis://127.0.0.1:{port}/0")
    before = request(hold)
    assert until(lambda: finished(before))
    server.kill()
    server.wait()
    during = request(hold)
    with pytest.raises(subprocess.TimeoutExpired):
        worker.wait(timeout=4)  # refused again and again, it stays
    serve()
    knock(port, during)
    assert until(lambda: finished(during))


def knock(port, job):
    """What the sweep does each minute."""
    sweeper = Celery("sweeper", broker=f"redis://127.0.0.1:{port}/0", set_as_current=False)
    sweeper.send_task("core.run_job", args=[str(job.pk)], queue="default", ignore_result=True)


@pytest.fixture
def own_redis(start):
    """A Redis that may be killed: its port and a function that starts it."""
    if not shutil.which("redis-server"):
        pytest.skip("no redis-server to start")
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    servers = []

    def serve():
        servers.append(subprocess.Popen(["redis-server", "--port", str(port), "--save", ""], stdout=subprocess.DEVNULL))
        assert until(lambda: answers(port))
        return servers[-1]

    yield port, serve
    for server in servers:
        server.kill()
        server.wait()


def answers(port):
    try:
        with redis.Redis(port=port) as client:
            return client.ping()
    except redis.exceptions.ConnectionError:
        return False
