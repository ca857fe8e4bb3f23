"""Charts as SVG text, drawn in Python: one function for the screen and the PDF, readable in black and white, always followed by a table.

Numbers are written without localisation (a decimal comma would break the drawing) and no id is used, so that many charts share a page.
"""

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext_lazy as _

FONT = "Source Sans Pro, Segoe UI, Roboto, Noto Sans, Arial, sans-serif"
BRAND = "#05585f"
INK = "#0f252b"
GREY = "#6b8086"

# The same ten colours as in site.css: equal weight, each above 6:1 on white.
DIMENSION_COLOURS = {
    1: "#016774",
    2: "#8a4603",
    3: "#654991",
    4: "#1b6c36",
    5: "#903c39",
    6: "#285b9a",
    7: "#5f5f04",
    8: "#843e6f",
    9: "#016a5d",
    10: "#4d529a",
}

STATUSES = {
    "exists": _("existe"),
    "partly": _("existe em parte"),
    "not_yet": _("ainda não existe"),
    "not_applicable": _("não se aplica"),
    "unanswered": _("sem resposta"),
}

HEIGHT = 30
NARROWEST_WITH_NUMBER = 14


def stacked_bar(counts, title, desc="", width=320, colour=BRAND):
    """One horizontal bar with a part for each status, told apart by fill: solid, hatched, empty, dotted edge.

    counts: how many per key of STATUSES, missing keys are zero. desc: the figures in a sentence; built from counts when empty.
    """
    parts = _parts(counts, width - 2)
    drawn = format_html_join("", "{}", ((_part(key, n, x, w, colour),) for key, n, x, w in parts))
    return _svg(width, HEIGHT + 2, title, desc or in_words(counts), drawn or _nothing(width))


def swatch(status, colour=BRAND):
    """The sample of one status for a legend; its name stands beside it."""
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 15" width="22" height="15" aria-hidden="true">{}</svg>',
        _fill(status, 1, 1, 20, 13, colour),
    )


def in_words(counts):
    """«existe: 12; existe em parte: 4; ...», in the active language."""
    return "; ".join(f"{label}: {counts.get(key, 0)}" for key, label in shown(counts))


def shown(counts):
    """The statuses a chart speaks of: the four of the programme, and "no answer" only where there is one."""
    return [(key, label) for key, label in STATUSES.items() if key != "unanswered" or counts.get(key)]


def _svg(width, height, title, desc, content):
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'font-family="{font}" font-size="13"><title>{title}</title><desc>{desc}</desc>{content}</svg>',
        w=str(width),
        h=str(height),
        font=FONT,
        title=title,
        desc=desc,
        content=content,
    )


def _parts(counts, width):
    """(status, number, x, width) of each part that is not empty."""
    total = sum(counts.get(key, 0) for key in STATUSES)
    x = 1.0
    for key in STATUSES:
        number = counts.get(key, 0)
        if number:
            share = width * number / total
            yield key, number, x, share
            x += share


def _part(key, number, x, width, colour):
    fill = _fill(key, x, 1, width, HEIGHT, colour)
    return format_html("{}{}", fill, _number(key, number, x, width) if width >= NARROWEST_WITH_NUMBER else "")


def _fill(key, x, y, width, height, colour):
    rect = _rect(key, x, y, width, height, colour)
    return format_html("{}{}", rect, _hatch(x, y, width, height, colour)) if key == "partly" else rect


def _rect(key, x, y, width, height, colour):
    looks = {
        "exists": (colour, colour, ""),
        "partly": ("#ffffff", colour, ""),
        "not_yet": ("#ffffff", colour, ""),
        "not_applicable": ("#e3e8e8", GREY, "4 3"),
        "unanswered": ("#ffffff", GREY, "1 3"),
    }
    fill, stroke, dashes = looks[key]
    return format_html(
        '<rect class="bar-{}" x="{}" y="{}" width="{}" height="{}" fill="{}" stroke="{}"{}/>',
        key,
        _n(x),
        _n(y),
        _n(width),
        _n(height),
        fill,
        stroke,
        format_html(' stroke-dasharray="{}"', dashes) if dashes else "",
    )


def _hatch(x, y, width, height, colour, step=6):
    """Slanted lines cut at the edges by arithmetic: a pattern would need an id, and ids clash when a page holds many charts."""
    lines = []
    start = -height
    while start < width:
        left, right = max(start, 0), min(start + height, width)
        if right > left:
            lines.append(
                f"M{_n(x + left)} {_n(y + height - (left - start))}L{_n(x + right)} {_n(y + height - (right - start))}"
            )
        start += step
    return format_html('<path class="bar-hatch" d="{}" stroke="{}" stroke-width="1.6"/>', "".join(lines), colour)


def _number(key, number, x, width):
    middle = _n(x + width / 2)
    text = format_html(
        '<text class="bar-text bar-text-{}" x="{}" y="20.5" text-anchor="middle" font-weight="700" fill="{}">{}</text>',
        key,
        middle,
        "#ffffff" if key == "exists" else INK,
        str(number),
    )
    if key != "partly":
        return text
    half = 5 + 4 * len(str(number))
    plate = format_html(
        '<rect class="bar-partly" x="{}" y="7" width="{}" height="18" rx="3" fill="#ffffff"/>',
        _n(x + width / 2 - half),
        _n(2 * half),
    )
    return format_html("{}{}", plate, text)


def _nothing(width):
    return format_html(
        '<rect x="1" y="1" width="{}" height="{}" fill="#ffffff" stroke="{}" stroke-dasharray="1 3"/>',
        str(width - 2),
        str(HEIGHT),
        GREY,
    )


def _n(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")
