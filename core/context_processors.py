"""What the page frame needs on every page; nothing here asks the database unless the page shows it."""

import time

from django.apps import apps
from django.conf import settings
from django.utils.functional import SimpleLazyObject

CONTRAST_COOKIE = "contrast"

# Detail pages and rooms that light up another entry of the navigation.
SECTIONS = {
    "dimension": "dimensions",
    "government": "governments",
    "edition": "editions",
    "practice": "practices",
    "event": "events",
    **dict.fromkeys(["event-register", "event-asked", "event-confirm", "event-own", "event-own-cancel"], "events"),
    **dict.fromkeys(
        [
            "event-new",
            "event-edit",
            "event-cancel",
            "event-registrations",
            "event-check-in",
            "event-door",
            "event-numbers",
        ],
        "event-desk",
    ),
    "participation": "workspace",
}

_demo = {"known": False, "until": 0.0}


def frame(request):
    return {
        "demo_banner": SimpleLazyObject(has_demo_mark),
        "public_base_url": settings.PUBLIC_BASE_URL,
        "nav_current": SimpleLazyObject(lambda: current_section(request)),
        "high_contrast": request.COOKIES.get(CONTRAST_COOKIE) == "high",
    }


def current_section(request):
    match = getattr(request, "resolver_match", None)
    name = match.view_name if match else ""
    return SECTIONS.get(name, name)


def has_demo_mark():
    """Whether the database holds made-up data; asked again after a few seconds, so that a page costs no query of its own."""
    now = time.monotonic()
    if now >= _demo["until"]:
        _demo["known"] = _read_demo_mark()
        _demo["until"] = now + getattr(settings, "DEMO_MARK_SECONDS", 5)
    return _demo["known"]


def forget_demo_mark():
    """Look again at once: the mark has just been set or removed."""
    _demo["until"] = 0.0


def _read_demo_mark():
    try:
        marks = apps.get_model("core", "Mark")
    except LookupError:
        return False
    return marks.objects.filter(name="demo").exists()
