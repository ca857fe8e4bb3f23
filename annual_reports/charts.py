"""Horizontal bars made of parts, as core/charts.py draws its own: one function for screen and PDF, a table always beside it."""

from django.utils.html import format_html, format_html_join

from core.charts import BRAND, FONT, INK, _fill, _n

ROW, BAR = 30, 20
# Fills told apart without colour, under the names that the contrast theme knows.
SOLID, STRIPED = "exists", "partly"


def bars(rows, title, desc, *, label_width=100, text_width=40, width=420):
    """rows: (label, parts, text); parts: (number, SOLID or STRIPED), one after the other. The longest bar fills the room there is."""
    largest = max((sum(number for number, _look in parts) for _label, parts, _text in rows), default=0) or 1
    scale = (width - label_width - text_width) / largest
    lines = [(_line(*row, place * ROW, label_width, scale),) for place, row in enumerate(rows)]
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}" '
        'font-family="{font}" font-size="13"><title>{title}</title><desc>{desc}</desc>{lines}</svg>',
        w=str(width),
        h=str(max(len(rows), 1) * ROW),
        font=FONT,
        title=title,
        desc=desc,
        lines=format_html_join("", "{}", lines),
    )


def _line(label, parts, text, y, left, scale):
    drawn, x = [(_word(label, left - 8, y, "end"),)], left
    for number, look in parts:
        if number:
            width = max(number * scale, 2)
            drawn.append((_fill(look, x, y + (ROW - BAR) / 2, width, BAR, BRAND),))
            x += width
    drawn.append((_word(text, x + 8, y, "start"),))
    return format_html_join("", "{}", drawn)


def _word(text, x, y, anchor):
    return format_html(
        '<text class="bar-text" x="{}" y="{}" text-anchor="{}" fill="{}">{}</text>',
        *(_n(x), _n(y + ROW / 2 + 4.5), anchor, INK, text),
    )
