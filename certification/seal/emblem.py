"""The seal as a drawing: the programme's town inside a ring of ten colours, one per dimension, with the edition's year on a ribbon."""

import math

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from certification.seal.verdicts import Verdict
from core.charts import DIMENSION_COLOURS

# On paper no stylesheet reaches the drawing: colours and font stand in it.
FONT = "Source Sans Pro, system-ui, sans-serif"
INK, ACCENT, GREY, DARK_GREY = "#03373f", "#c0571e", "#8a8a8a", "#4a4a4a"
# The band over a seal that is not valid: word in white, so dark enough for it.
BANDS = {Verdict.EXPIRED: "#4a4a4a", Verdict.REVOKED: "#9b1c1c", Verdict.REPLACED: "#6b4400"}
CENTRE, RING = 140, 112
GAP = math.radians(2.2)


def emblem(year, *, verdict="valid", size=280):
    """The seal of an edition as an SVG element with title and description. One that is not valid is drawn in grey with a band that says
    why: a copy says what its page said that day."""
    alive = verdict == Verdict.VALID
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
        '<text x="140" y="195" text-anchor="middle" font-size="29" font-weight="700" letter-spacing="2" fill="#fff">{year}</text>{band}</svg>',
        size=str(size),
        font=FONT,
        title=_title(year, verdict),
        desc=_(
            "Uma cidade dentro de um anel de dez cores, uma por dimensão da governança migratória local, com o ano da edição em uma faixa."
        ),
        ink=ink,
        accent=accent,
        ring=format_html_join("", '<path d="{}" fill="none" stroke="{}" stroke-width="30"/>', _arcs(colours)),
        year=str(year),
        band="" if alive else _band(verdict),
    )


def _title(year, verdict):
    title = _("Selo MigraCidades, edição %(year)s") % {"year": year}
    return title if verdict == Verdict.VALID else f"{title}: {Verdict.WORDS[verdict]}"


def _band(verdict):
    return format_html(
        '<rect x="40" y="222" width="200" height="36" rx="4" fill="{}" stroke="#fff" stroke-width="3"/>'
        '<text x="140" y="247" text-anchor="middle" font-size="20" font-weight="700" letter-spacing="1.5" fill="#fff">{}</text>',
        BANDS[verdict],
        str(Verdict.WORDS[verdict]).upper(),
    )


def _arcs(colours):
    """Ten arcs of the ring, the first at the top."""
    for place, colour in enumerate(colours):
        begin = math.tau * (place - 0.5) / 10 - math.pi / 2 + GAP
        end = math.tau * (place + 0.5) / 10 - math.pi / 2 - GAP
        yield f"M{_point(begin)}A{RING} {RING} 0 0 1 {_point(end)}", colour


def _point(angle):
    return f"{CENTRE + RING * math.cos(angle):.2f} {CENTRE + RING * math.sin(angle):.2f}"
