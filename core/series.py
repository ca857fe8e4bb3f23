"""Small charts over several editions, drawn in Python as in charts.py: one drawing for a dimension or a table of numbers, never without that table."""

from functools import lru_cache, wraps

from django.utils.html import format_html, format_html_join
from django.utils.translation import get_language

from .charts import BRAND, FONT, INK, STATUSES, _fill, _n, in_words, swatch
from .numbers import grouped

ROW, GAP, LABEL, WIDTH = 22, 6, 46, 340
PAIR = 26
NARROWEST_WITH_NUMBER = 16
COUNTED = ("exists", "partly", "not_yet", "not_applicable")


def drawn_once(function):
    """The same figures in the same language give the same drawing."""
    kept = lru_cache(maxsize=4096)(lambda language, *inputs, **named: function(*inputs, **named))

    @wraps(function)
    def drawing(*inputs, **named):
        return kept(get_language(), *inputs, **named)

    return drawing


def legend():
    """[(sample, name)] of the four fills, once for all charts of a page."""
    return [(swatch(status), STATUSES[status]) for status in COUNTED]


@drawn_once
def stacked_rows(rows, title, colour=BRAND, label=LABEL):
    """One bar a line, told apart by fill as in `charts.stacked_bar`. rows: ((label, (exists, partly, not_yet, not_applicable)), ...)."""
    lines = format_html_join(
        "",
        "{}",
        ((_line(word, counts, place * (ROW + GAP), colour, label),) for place, (word, counts) in enumerate(rows)),
    )
    told = " ".join(_line_in_words(word, counts) for word, counts in rows)
    return _svg(WIDTH, len(rows) * (ROW + GAP) + 2, title, told, lines)


def _line_in_words(word, counts):
    told = in_words(dict(zip(COUNTED, counts, strict=True)))
    return f"{word}: {told}." if word else f"{told}."


def _line(word, counts, y, colour, left):
    drawn, x, total = [], max(left, 1.0), sum(counts)
    for status, number in zip(COUNTED, counts, strict=True):
        width = (WIDTH - max(left, 1) - 1) * number / total if total else 0
        if number:
            drawn.append((_part(status, number, x, y + 1, width, colour),))
        x += width
    return format_html("{}{}", _word(word, 0, y + 16) if word else "", format_html_join("", "{}", drawn))


def _part(status, number, x, y, width, colour):
    fill = _fill(status, x, y, width, ROW, colour)
    if width < NARROWEST_WITH_NUMBER:
        return fill
    middle = x + width / 2
    text = _word(str(number), middle, y + 15.5, status=status, colour="#ffffff" if status == "exists" else INK)
    if status != "partly":
        return format_html("{}{}", fill, text)
    half = min(4 + 4 * len(str(number)), width / 2 - 1)
    plate = '<rect class="bar-partly" x="{}" y="{}" width="{}" height="15" rx="3" fill="#ffffff"/>'
    return format_html("{}{}{}", fill, format_html(plate, _n(middle - half), _n(y + 3.5), _n(2 * half)), text)


def _word(text, x, y, *, status="", colour=INK, anchor=""):
    """Text of a chart; that of a bar stands in its middle."""
    return format_html(
        '<text class="bar-text{}" x="{}" y="{}"{} fill="{}">{}</text>',
        f" bar-text-{status}" if status else "",
        _n(x),
        _n(y),
        format_html(' text-anchor="{}" font-weight="700"', anchor or "middle") if status or anchor else "",
        colour,
        text,
    )


@drawn_once
def pairs(rows, names, title, colour=BRAND, label=LABEL):
    """For each line an outlined bar and a filled one inside it: how many began, how many came so far.

    rows: ((label, whole or None, part or None), ...); names: what whole and part count, for the description.
    """
    top = max((number for _label, *numbers in rows for number in numbers if number), default=0) or 1
    scale = (WIDTH + 120 - label - 90) / top
    lines = format_html_join(
        "",
        "{}",
        (
            (_pair(word, whole, part, place * (PAIR + GAP), label, scale, colour),)
            for place, (word, whole, part) in enumerate(rows)
        ),
    )
    told = " ".join(_pair_in_words(word, whole, part, names) for word, whole, part in rows)
    return _svg(WIDTH + 120, len(rows) * (PAIR + GAP) + 2, title, told, lines)


def _pair(word, whole, part, y, left, scale, colour):
    drawn = [(_word(word, 0, y + 18),)]
    if whole is not None:
        drawn.append((_fill("not_yet", left, y + 1, max(scale * whole, 1), PAIR, colour),))
    if part:
        drawn.append((_fill("exists", left, y + 6, scale * part, PAIR - 10, colour),))
    written = grouped(part or 0) if whole is None else f"{grouped(part or 0)} / {grouped(whole)}"
    drawn.append((_word(written, left + scale * max(whole or 0, part or 0) + 8, y + 18),))
    return format_html_join("", "{}", drawn)


def _pair_in_words(label, whole, part, names):
    told = [
        f"{name}: {grouped(number)}" for name, number in zip(names, (whole, part), strict=True) if number is not None
    ]
    return f"{label}: {'; '.join(told)}."


@drawn_once
def bars(rows, title, colour=BRAND, label=150):
    """Plain bars with their numbers at the end. rows: ((label, number), ...)."""
    top = max((number for _label, number in rows), default=0) or 1
    space = WIDTH + 120 - label - 60
    drawn = []
    for place, (word, number) in enumerate(rows):
        y = place * (ROW + GAP)
        drawn.append((_word(word, 0, y + 16),))
        if number:
            drawn.append((_fill("exists", label, y + 1, max(space * number / top, 1), ROW, colour),))
        drawn.append((_word(grouped(number), label + space * number / top + 8, y + 16),))
    told = "; ".join(f"{word}: {grouped(number)}" for word, number in rows)
    return _svg(WIDTH + 120, len(rows) * (ROW + GAP) + 2, title, told, format_html_join("", "{}", drawn))


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
