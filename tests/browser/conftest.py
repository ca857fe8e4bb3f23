"""One portal for all tests of this folder, and one story played in it: they look at what the story left."""

import os

import pytest
from playwright.sync_api import sync_playwright

from tests.browser import story
from tests.browser.people import launch
from tests.browser.portal import OwnDatabase, Portal


@pytest.fixture(scope="session")
def portal(tmp_path_factory):
    with OwnDatabase(os.environ.get("DATABASE_URL")) as database:
        running = Portal(tmp_path_factory.mktemp("portal"), database)
        running.run("tests.browser.opening")
        running.start()
        try:
            yield running
        finally:
            running.stop()


@pytest.fixture(scope="session")
def played(portal, tmp_path_factory):
    """The whole cycle, played once. Its Playwright ends with it: other tests drive browsers of their own."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        told = story.play(browser, portal, tmp_path_factory.mktemp("documents"))
        browser.close()
    return told


@pytest.fixture(scope="module")
def chromium(played):
    """A browser after the story."""
    with sync_playwright() as playwright:
        browser = launch(playwright)
        yield browser
        browser.close()
