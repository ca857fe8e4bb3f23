"""The seal as a drawing: the programme's town inside a ring of ten colours, one per dimension, with the edition's year on a ribbon."""

import math

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from core.charts import DIMENSION_COLOURS

# On paper no stylesheet reaches the drawing: colours and font stand in it.
FONT = "Source Sans Pro, system-ui, sans-serif"
INK, ACCENT, GREY, DARK_GREY = "#03373f", "#c0571e", "#8a8a8a", "#4a4a4a"
CENTRE, RING = 140, 112
GAP = math.radians(2.2)


def emblem(year, *, verdict="valid", size=280):
    """The seal of an edition as an SVG element with title and description. One that is not valid is drawn in grey: a copy says what its page says."""
    alive = verdict == "valid"
    colours = list(DIMENSION_COLOURS.values()) if alive else [GREY] * 10
    ink, accent = (INK, ACCENT) if alive else (DARK_GREY, DARK_GREY)
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 280 280" width="{size}" height="{size}" role="img" class="seal-emblem" font-family="{font}">'
        "<title>{title}</title><desc>{desc}</desc>"
        '<circle cx="140" cy="140" r="136" fill="#fff" stroke="{ink}" stroke-width="2"/>{ring}'
        '<circle cx="140" cy="140" r="91" fill="none" stroke="{ink}" stroke-width="1.5"/>'
        '<text x="140" y="93" text-anchor="middle" font-size="16" font-weight="700" fill="{ink}">MigraCidades</text>'
        '<g transform="translate(94 84) scale(1.92)"><path d="M13.5 33.5V22l7-6 7 6v11.5zM27.5 33.5V14.5h7v19" fill="none" stroke="{ink}"'
        ' stroke-width="2.2" stroke-linejoin="round"/><path d="M18 33.5v-6.2a2.5 2.5 0 0 1 5 0v6.2z" fill="{accent}"/></g>'
        '<path d="M74 166h132l-12 19 12 19H74l12-19z" fill="{accent}"/>'
        '<text x="140" y="195" text-anchor="middle" font-size="29" font-weight="700" letter-spacing="2" fill="#fff">{year}</text></svg>',
        size=str(size),
        font=FONT,
        title=_("Selo MigraCidades, edição %(year)s") % {"year": year},
        desc=_(
            "Uma cidade dentro de um anel de dez cores, uma por dimensão da governança migratória local, com o ano da edição em uma faixa."
        ),
        ink=ink,
        accent=accent,
        ring=format_html_join("", '<path d="{}" fill="none" stroke="{}" stroke-width="30"/>', _arcs(colours)),
        year=str(year),
    )


def _arcs(colours):
    """Ten arcs of the ring, the first at the top."""
    for place, colour in enumerate(colours):
        begin = math.tau * (place - 0.5) / 10 - math.pi / 2 + GAP
        end = math.tau * (place + 0.5) / 10 - math.pi / 2 - GAP
        yield f"M{_point(begin)}A{RING} {RING} 0 0 1 {_point(end)}", colour


def _point(angle):
    return f"{CENTRE + RING * math.cos(angle):.2f} {CENTRE + RING * math.sin(angle):.2f}"
