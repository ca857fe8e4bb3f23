"""Every public page in three languages: axe, sound HTML, two widths, nothing from other hosts, and what a first visit weighs.

The pages are those of the registry of routes: a new one is looked at as soon as it is declared. Where its address names a row, `samples` gives one.
"""

import pytest
from django.urls import reverse
from django.utils.translation import override

from core.routes import PUBLIC
from migracidades.matrix import routes
from tests.browser.axe import flaws
from tests.browser.markup import faults
from tests.browser.people import open_context

pytestmark = [pytest.mark.browser, pytest.mark.slow]

LANGUAGES = ("pt-br", "en", "es")
KIB = 1024
LIGHT, WITH_MAP, REQUESTS = 60 * KIB, 100 * KIB, 6
MAPS = {"home", "governments", "numbers"}
# Answers that are files, though their address looks like a page's.
FILES = {"report-file", "card", "event-material", "practice_document"}
# Only on the way through a form or a letter: their rooms' tests look at them.
ON_THE_WAY = {
    "gallery",
    "account_confirm_email",
    "account_reset_password_from_key",
    "account_logout",
    "account_inactive",
    "mfa_authenticate",
    "event-certificate",
}


def is_a_page(route):
    path = route.pattern.rstrip("$")
    for_people = (not path or path.endswith("/")) and not path.startswith("api/")
    return for_people and "token" not in route.parameters and route.name not in FILES | ON_THE_WAY


PAGES = sorted(
    {route.name for route in routes() if route.scope == PUBLIC and "GET" in route.methods and is_a_page(route)}
)


@pytest.fixture(scope="module")
def samples(played):
    """{route: the arguments of an address that exists}: out of the story, and what was there before it."""
    practice, event = (
        played.portal.ask("select max(id) from practices_practice")[0][0],
        played.portal.ask("select max(id) from events_event")[0][0],
    )
    played.portal.run("tests.browser.opening", "annual-report")
    seal = {"code": played.seal_code}
    return {
        "dimension": {"number": 6},
        "government": {"ibge_code": "4318705"},
        "edition": {"year": played.year},
        "seal": seal,
        "seal-embed": seal,
        "report": {"pk": played.report.strip("/").rsplit("/", 1)[-1]},
        "practice": {"pk": practice},
        "event": {"pk": event},
        "event-register": {"pk": event},
        "event-asked": {"pk": event},
        "want-practice": {"pk": practice},
        "annual_report": {"year": played.year},
        "annual_report_version": {"year": played.year, "number": 1},
    }


@pytest.fixture(scope="module")
def visitor(chromium, played):
    """A page that keeps nothing from visit to visit, and counts what comes over the line."""
    context = open_context(chromium, played.portal)
    page = context.new_page()
    channel = context.new_cdp_session(page)
    channel.send("Network.enable")
    channel.send("Network.setCacheDisabled", {"cacheDisabled": True})
    page.weighed = []
    channel.on("Network.loadingFinished", lambda event: page.weighed.append(event["encodedDataLength"]))
    yield page
    context.close()


def visit(page, path):
    page.context.clear_cookies()
    page.context.complaints.clear()
    page.weighed.clear()
    return page.goto(path)


def address(name, language, arguments):
    with override(language):
        return reverse(name, kwargs=arguments)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("name", PAGES)
def test_a_public_page_is_sound_light_and_open_to_everyone(visitor, samples, name, language):
    answer = visit(visitor, address(name, language, samples.get(name, {})))
    assert (answer.status, answer.request.redirected_from) == (200, None)
    assert visitor.locator("html").get_attribute("lang").lower() == language
    text = answer.text()
    assert faults(text) == []
    assert flaws(visitor, axe_at=(1280,)) == []
    assert visitor.context.complaints == []
    assert len(visitor.weighed) <= REQUESTS
    assert sum(visitor.weighed) <= (WITH_MAP if name in MAPS else LIGHT)
    # A form may set the cookie it needs.
    assert visitor.context.cookies() == [] or "csrfmiddlewaretoken" in text


@pytest.mark.parametrize(
    "name", ["home", "governments", "government", "seal", "edition", "dimension", "process", "numbers"]
)
def test_high_contrast_on_a_telephone(chromium, played, samples, name):
    context = open_context(chromium, played.portal)
    context.add_cookies([{"name": "contrast", "value": "high", "url": played.portal.address}])
    page = context.new_page()
    page.goto(address(name, "pt-br", samples.get(name, {})))
    assert page.locator("html").get_attribute("class") == "contrast"
    assert flaws(page, axe_at=(360,)) == []
    context.close()


@pytest.mark.parametrize("name", ["home", "governments", "government", "numbers", "event-register", "verify"])
def test_without_scripts_a_page_says_the_same(chromium, visitor, played, samples, name):
    path = address(name, "pt-br", samples.get(name, {}))
    visit(visitor, path)
    context = open_context(chromium, played.portal, java_script_enabled=False)
    page = context.new_page()
    page.goto(path)
    assert page.locator("body").text_content() == visitor.locator("body").text_content()
    assert page.locator("#menu a").first.is_visible()
    context.close()


@pytest.mark.parametrize(
    ("path", "status", "words"),
    [
        ("/nada/", 404, "Não encontramos esta página"),
        ("/en/nada/", 404, "We did not find this page"),
        ("/es/nada/", 404, "No encontramos esta página"),
    ],
)
def test_a_page_that_does_not_exist_says_so_in_the_language_of_its_address(visitor, path, status, words):
    answer = visit(visitor, path)
    assert answer.status == status
    assert words in visitor.locator("h1").inner_text()
    assert faults(answer.text()) == []
    assert flaws(visitor, axe_at=(1280,)) == []
