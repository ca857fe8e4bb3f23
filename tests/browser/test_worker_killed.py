"""The worker of the embedded portal is killed while it makes reports: each is ready afterwards, once, and nobody did anything."""

import os
import signal

import pytest

from tests.browser.people import open_context
from tests.browser.portal import wait_until

pytestmark = [pytest.mark.browser, pytest.mark.faults, pytest.mark.slow]

WANTED = [(kind, language) for kind in ("diagnosis", "prioritization", "certificate") for language in ("en", "es")]
# Lease and sweep are those of a real installation: 45 seconds until a dead worker's job is free, a sweep each minute.
READY_WITHIN = 240
IN_THE_MIDDLE = "SELECT count(*) FROM core_job WHERE state = 'running' AND done = 1"
UNFINISHED = "SELECT count(*) FROM core_job WHERE state IN ('queued', 'running')"
TRIED_AGAIN = "SELECT count(*) FROM core_job WHERE attempts > 1 AND state = 'done'"
FAILED = "SELECT kind, error, fault FROM core_job WHERE state = 'failed'"
REPORTS = "SELECT count(*), count(file_id), count(DISTINCT file_id) FROM reports_report"
DOCUMENTS = "SELECT count(*) FROM core_storedfile WHERE original_name LIKE 'migracidades-20%.pdf'"


@pytest.fixture
def ana(chromium, played):
    """Her browser, for requests that a script of hers would send."""
    context = open_context(chromium, played.portal, storage_state=played.sessions["ana"])
    page = context.new_page()
    page.goto(played.room("relatorios"))
    yield page
    context.close()


def ask_for(page, story, kind, language):
    token = page.locator("[name=csrfmiddlewaretoken]").first.input_value()
    form = {"kind": kind, "language": language, "csrfmiddlewaretoken": token}
    assert page.request.post(f"{story.room('relatorios')}pedir/", form=form).ok


def number(portal, question):
    return portal.ask(question)[0][0]


def test_every_report_is_ready_once_after_the_worker_was_killed(ana, played):
    portal = played.portal
    for kind, language in WANTED:
        ask_for(ana, played, kind, language)
    wait_until(lambda: number(portal, IN_THE_MIDDLE), "no report was being made", portal.log)
    killed = portal.worker()
    os.kill(killed, signal.SIGKILL)
    wait_until(lambda: portal.worker() not in (None, killed), "no new worker came", portal.log)
    wait_until(lambda: number(portal, UNFINISHED) == 0, "reports were left behind", portal.log, READY_WITHIN)
    assert portal.ask(FAILED) == []
    assert number(portal, TRIED_AGAIN) > 0
    reports, made, different = portal.ask(REPORTS)[0]
    assert reports == made == different == number(portal, DOCUMENTS)
