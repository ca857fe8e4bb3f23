"""The pages of the plan and of monitoring in a real browser: no accessibility violation, nothing wider than the screen, no policy broken."""

import shutil
from datetime import timedelta

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import sync_playwright

from certification.monitoring import domain
from certification.monitoring.evidence import NewPiece
from tests.prioritization import stages

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 360, 320)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture
def planned(canoas, ana, helena, questionnaire, now):
    """Another edition, in which the plan is being written."""
    edition = stages.edition_of(2032, now)
    participation = stages.taking_part(edition, canoas, manager=ana, coordinator=helena, at=now)
    participation = stages.diagnosed(participation, manager=ana, coordinator=helena, at=now)
    late = stages.whole_action(now, ends_on=now.date() + timedelta(days=400))
    stages.domain.use_suggestion(participation, "1.01", by=ana, at=now)
    stages.domain.add_action(participation, late, by=ana, at=now)
    return participation


@pytest.fixture
def addresses(monitored, planned, first, second, add, tiago, now):
    """{person: addresses}, with a thread that holds a correction, evidence and both verdicts."""
    wrong = add(first, done=9, total=12, unit="passos concluídos")
    right = add(
        first, done=3, total=12, corrects=wrong.pk, evidence=[NewPiece(url="https://canoas.example/" + "ata" * 40)]
    )
    asked = add(second, dated_on=timezone.localdate(now) - stages.DAY)
    domain.verify_entry(monitored, right.pk, verdict="confirmed", by=tiago, at=now)
    domain.verify_entry(monitored, asked.pk, verdict="evidence_asked", text="Envie a ata.", by=tiago, at=now)
    action = planned.plan.items.last().action_id
    of_ana = [
        reverse("prioritization:plan", args=[planned.pk]),
        reverse("prioritization:action", args=[planned.pk, action]),
        reverse("prioritization:submit", args=[planned.pk]),
        reverse("monitoring:overview", args=[monitored.pk]),
        reverse("monitoring:correct", args=[monitored.pk, right.pk]),
        reverse("monitoring:evidence", args=[monitored.pk, asked.pk]),
        reverse("monitoring:submit", args=[monitored.pk]),
    ]
    of_helena = [reverse(f"{room}:review", args=[monitored.pk]) for room in ("prioritization", "monitoring")]
    return {"ana": of_ana, "helena": of_helena}


def violations(page):
    """Axe is put in through the developer's channel: the page's own policy would refuse an inline script."""
    page.context.new_cdp_session(page).send("Runtime.evaluate", {"expression": Axe().axe_script})
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", AXE)
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


def test_no_violation_and_nothing_sticks_out(request, client, live_server, addresses):
    people = {name: request.getfixturevalue(name) for name in addresses}
    cookies = {}
    for name, person in people.items():
        client.force_login(person)
        cookies[name] = client.cookies[settings.SESSION_COOKIE_NAME].value
    found = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        for name, paths in addresses.items():
            context = browser.new_context(locale="pt-BR")
            context.add_cookies(
                [{"name": settings.SESSION_COOKIE_NAME, "value": cookies[name], "url": live_server.url}]
            )
            page = context.new_page()
            complaints = []
            page.on("console", lambda told, kept=complaints: kept.append(told.text) if told.type == "error" else None)
            for path in paths:
                assert page.goto(f"{live_server.url}{path}").status == 200
                page.evaluate("document.querySelectorAll('main details').forEach(each => each.open = true)")
                found += [(path, *violation) for violation in violations(page)]
                found += [(path, width) for width in WIDTHS if sticks_out(page, width)]
            found += complaints
        browser.close()
    assert found == []


def sticks_out(page, width):
    page.set_viewport_size({"width": width, "height": 800})
    return page.evaluate("document.documentElement.scrollWidth") > width
