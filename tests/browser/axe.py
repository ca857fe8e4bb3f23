"""What axe finds on a page, and what sticks out of it, on a wide screen and on a phone."""

from axe_playwright_python.sync_playwright import Axe

WIDTHS = (1280, 360)
# What passes need not be gathered.
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"], "resultTypes": ["violations"]}
SEEN = "options => axe.run(document, options).then(result => result.violations)"
SCRIPT = Axe().axe_script


def flaws(page, axe_at=WIDTHS):
    """(width, rule, elements) of each violation, and (width, «wider than the screen», elements). axe_at: widths at which axe looks, too."""
    before, found = page.viewport_size, []
    _put_in(page)
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        seen = page.evaluate(SEEN, RULES) if width in axe_at else []
        found += [(width, each["id"], [node["html"][:200] for node in each["nodes"]]) for each in seen]
        found += [(width, "wider than the screen", [str(wide)]) for wide in [_width(page)] if wide > width]
    page.set_viewport_size(before)
    return found


def _put_in(page):
    """Through the developer's channel: the page's own policy would refuse an inline script."""
    channel = page.context.new_cdp_session(page)
    channel.send("Runtime.evaluate", {"expression": SCRIPT})
    channel.detach()


def _width(page):
    return page.evaluate("document.documentElement.scrollWidth")
