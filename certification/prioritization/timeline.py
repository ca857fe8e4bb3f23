"""The six-month line: every action of a plan as a bar between its dates, as SVG text like the other charts."""

from datetime import date, timedelta

from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.charts import DIMENSION_COLOURS, FONT, GREY, INK
from core.dates import day_text

WIDTH, ROW, TOP, LEFT = 680, 30, 26, 34
MONTHS_AT_LEAST = 6


def timeline(actions):
    """The drawing, or an empty text where no action has both dates yet. Bars bear the action's place in the plan."""
    dated = [(n, action) for n, action in enumerate(actions, start=1) if action.starts_on and action.ends_on]
    if not dated:
        return ""
    months = _months(dated)
    scale = _scale(months)
    height = TOP + ROW * len(dated) + 6
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 {w} {h}" width="{w}" height="{h}" font-family="{font}" '
        'font-size="13"><title>{title}</title><desc>{desc}</desc>{grid}{bars}</svg>',
        w=str(WIDTH),
        h=str(height),
        font=FONT,
        title=ngettext("Período de %(n)s ação", "Período de %(n)s ações", len(dated)) % {"n": len(dated)},
        desc="; ".join(_in_words(number, action) for number, action in dated),
        grid=_grid(months, scale, height),
        bars=format_html_join("", "{}", ((_bar(row, *entry, scale),) for row, entry in enumerate(dated))),
    )


def _in_words(number, action):
    facts = {
        "number": number,
        "title": action.title,
        "start": day_text(action.starts_on),
        "end": day_text(action.ends_on),
    }
    return _("%(number)s. %(title)s: de %(start)s a %(end)s") % facts


def _months(dated):
    """First days of the months the line spans, and of the one after: six at least."""
    first = min(action.starts_on for _n, action in dated).replace(day=1)
    last = max(action.ends_on for _n, action in dated)
    months = [first]
    while months[-1] <= last or len(months) <= MONTHS_AT_LEAST:
        months.append(_next_month(months[-1]))
    return months


def _next_month(day):
    return (day.replace(day=28) + timedelta(days=4)).replace(day=1)


def _scale(months):
    """Day -> place on the line."""
    start, days = months[0], (months[-1] - months[0]).days
    return lambda day: LEFT + (WIDTH - LEFT - 4) * (day - start).days / days


def _grid(months, scale, height):
    step = 1 + len(months) // 13  # a long line names every other month
    return format_html_join(
        "",
        '<line x1="{0}" x2="{0}" y1="20" y2="{1}" stroke="{2}" stroke-width=".6"/><text x="{3}" y="14" fill="{4}">{5}</text>',
        (
            (_n(scale(month)), str(height), GREY, _n(scale(month) + 3), INK, _month_name(month) if not n % step else "")
            for n, month in enumerate(months[:-1])
        ),
    )


def _month_name(month: date):
    return date_format(month, "M/y" if month.month == 1 else "M").lower()


def _bar(row, number, action, scale):
    x, end = scale(action.starts_on), scale(action.ends_on + timedelta(days=1))
    y = TOP + row * ROW
    return format_html(
        '<text x="4" y="{text_y}" font-weight="700" fill="{ink}">{number}</text>'
        '<rect x="{x}" y="{y}" width="{w}" height="20" rx="4" fill="{colour}"/>',
        text_y=str(y + 15),
        ink=INK,
        number=f"{number}.",
        x=_n(x),
        y=str(y),
        w=_n(max(end - x, 4)),
        colour=DIMENSION_COLOURS[action.dimension],
    )


def _n(value):
    return f"{value:.2f}".rstrip("0").rstrip(".")
