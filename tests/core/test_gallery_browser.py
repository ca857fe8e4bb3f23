"""The frame and every component in a real browser: no accessibility violation, nothing wider than the screen, all by keyboard."""

import shutil

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import sync_playwright

pytestmark = [pytest.mark.browser, pytest.mark.urls("tests.core.gallery_urls"), pytest.mark.django_db(transaction=True)]

WIDTHS = (1280, 360, 320)
AXE = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]}
ARGUMENTS = ["--no-sandbox", "--disable-background-networking", "--disable-component-update", "--disable-sync"]


@pytest.fixture
def chromium():
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture
def gallery(settings, live_server):
    settings.DEBUG = True
    return f"{live_server.url}/componentes/"


@pytest.fixture
def open_gallery(gallery, chromium):
    """`open_gallery(360, contrast=True)` is the page at that width; what the browser complains about is in `page.complaints`."""

    def open_it(width, contrast=False, **options):
        context = chromium.new_context(viewport={"width": width, "height": 800}, locale="pt-BR", **options)
        if contrast:
            context.add_cookies([{"name": "contrast", "value": "high", "url": gallery}])
        page = context.new_page()
        page.complaints = []
        page.on("console", lambda message: page.complaints.append(message.text) if message.type == "error" else None)
        page.goto(gallery)
        return page

    return open_it


def violations(page):
    """Axe is put in through the developer's channel: the page's own policy would refuse an inline script."""
    channel = page.context.new_cdp_session(page)
    channel.send("Runtime.evaluate", {"expression": Axe().axe_script})
    found = page.evaluate("options => axe.run(document, options).then(result => result.violations)", AXE)
    return [(v["id"], [node["html"] for node in v["nodes"]]) for v in found]


@pytest.mark.parametrize("contrast", [False, True])
def test_no_violation_and_nothing_sticks_out(open_gallery, contrast):
    for width in WIDTHS:
        page = open_gallery(width, contrast)
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert page.complaints == []


def test_what_can_be_pressed_is_large_enough(open_gallery):
    page = open_gallery(360)
    sizes = page.eval_on_selector_all(
        "button, .btn, .form-control, .form-select, .choice, .pagination a, .topbar nav:last-child a",
        "all => all.map(e => [e.textContent.trim() || e.name, e.getBoundingClientRect().height])",
    )
    assert len(sizes) > 20
    assert [size for size in sizes if size[1] < 43.5] == []


def test_the_summary_of_errors_takes_the_focus_and_leads_to_the_field(open_gallery):
    page = open_gallery(1280)
    assert page.evaluate("document.activeElement.className") == "error-summary"
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id || location.hash.slice(1)") == "id_name"


def test_the_menu_opens_by_keyboard_on_a_phone(open_gallery):
    page = open_gallery(360)
    link = page.get_by_role("link", name="Eventos")
    assert not link.is_visible()
    page.get_by_role("button", name="Menu").press("Enter")
    assert link.is_visible()
    assert page.get_by_role("button", name="Menu").get_attribute("aria-expanded") == "true"


def write(page, body):
    """A page of one's own under the frame's style and script."""
    assets = '<link rel="stylesheet" href="/static/css/site.css"><script src="/static/js/frame.js" defer></script>'
    page.set_content(f"<!doctype html><head>{assets}</head><body>{body}</body>", wait_until="load")


def test_in_the_rooms_menu_on_a_telephone_the_keyboard_stands_in_sight(open_gallery):
    page = open_gallery(360)
    links = "".join(f'<li><a href="#{number}">Um lugar da sala {number}</a></li>' for number in range(6))
    write(page, f'<nav class="subnav"><ul class="page">{links}</ul></nav>')
    for number in range(6):
        page.keyboard.press("Tab")
        link = page.locator(":focus")
        assert link.inner_text().endswith(str(number))
        box = link.bounding_box()
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= 360
        # A ring outside of the link is cut off.
        assert link.evaluate("a => parseInt(getComputedStyle(a).outlineOffset)") <= -3


def test_the_heading_of_a_list_of_cards_takes_the_whole_line(open_gallery):
    page = open_gallery(360)
    write(page, '<table class="as-cards"><caption>Por ordem de chegada</caption><tr><td>Ana</td></tr></table>')
    assert page.locator("caption").bounding_box()["width"] == page.locator("tr").bounding_box()["width"]


def test_without_javascript_the_menu_is_simply_there(open_gallery):
    page = open_gallery(360, java_script_enabled=False)
    assert page.get_by_role("link", name="Eventos").is_visible()
    assert not page.get_by_role("button", name="Menu").is_visible()


def test_the_contrast_switch_works_and_comes_back(open_gallery, gallery):
    page = open_gallery(1280)
    page.get_by_role("button", name="Alto contraste").click()
    page.wait_for_selector("html.contrast")
    assert page.url == gallery
    page.get_by_role("button", name="Contraste normal").click()
    page.wait_for_selector("html:not(.contrast)")
    assert page.context.cookies() == []


def test_htmx_has_the_settings_the_portal_needs(open_gallery):
    page = open_gallery(1280)
    config = page.evaluate(
        "({i: htmx.config.includeIndicatorStyles, e: htmx.config.allowEval, r: htmx.config.responseHandling})"
    )
    assert (config["i"], config["e"]) == (False, False)
    swapped = [rule["code"] for rule in config["r"] if rule["swap"] and rule.get("error")]
    assert swapped == ["409|412|422|503"]
