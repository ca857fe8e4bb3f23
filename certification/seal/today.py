"""The picture a government shows on its own site: drawn anew at every look, so that it says how the seal stands today."""

from urllib.parse import urlsplit

from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from certification.seal.emblem import ACCENT, BANDS, FONT, INK, emblem
from certification.seal.verdicts import Verdict
from core.dates import day_text, deadline_text

GREEN = "#1b6c36"
MARKS = {  # inside a square of 20
    Verdict.VALID: "M4 10.5l4 4 8-9",
    Verdict.EXPIRED: "M10 2.5a7.5 7.5 0 1 1 0 15a7.5 7.5 0 1 1 0-15M10 6v4.5l3 2",
    Verdict.REVOKED: "M5 5l10 10M15 5L5 15",
    Verdict.REPLACED: "M4 7h11l-3-3M16 13H5l3 3",
}
WIDE = 22  # signs of a name that fit in the larger letters


def card(seal, state, at, address):
    """An SVG of 440 × 150. address: of the seal's page; its site stands beside the code, for those who look and cannot press."""
    government, year = seal.participation.government, seal.participation.edition.year
    word, name = str(Verdict.WORDS[state]), government.full_name
    lines, where = _name_lines(name), f"{seal.code} · {urlsplit(address).netloc}"
    return format_html(
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 440 150" width="440" height="150" role="img" font-family="{font}">'
        '<title>{title}</title><rect x=".5" y=".5" width="439" height="149" rx="8" fill="#fff" stroke="#8fa3a6"/>'
        '<g transform="translate(10 10) scale(.4643)">{emblem}</g>{name}'
        '<text x="154" y="{kind_y}" font-size="14" fill="#46595e">{kind}</text>'
        '<g transform="translate(154 {mark_y})"><path d="{mark}" fill="none" stroke="{colour}" stroke-width="2.6"'
        ' stroke-linecap="round" stroke-linejoin="round"/></g>'
        '<text x="180" y="{word_y}" font-size="20" font-weight="700" fill="{colour}">{word}'
        '<tspan font-size="13" font-weight="400" fill="#46595e"> {until}</tspan></text>'
        '<text x="154" y="121" font-size="12" fill="#46595e">{as_of}</text>'
        '<text x="154" y="138" font-size="{size}" fill="{accent}">{where}</text></svg>',
        font=FONT,
        title=_("%(government)s: selo MigraCidades %(year)s. %(word)s")
        % {"government": name, "year": year, "word": word},
        emblem=emblem(year, verdict=state),
        name=_text(lines),
        kind_y=str(32 + 20 * len(lines)),
        kind=_("Selo MigraCidades %(year)s") % {"year": year},
        mark=MARKS[state],
        mark_y=str(44 + 20 * len(lines)),
        word_y=str(61 + 20 * len(lines)),
        colour=GREEN if state == Verdict.VALID else BANDS[state],
        word=word,
        until=_until(seal, state),
        as_of=deadline_text(at),
        accent=ACCENT,
        where=where,
        size=str(round(min(12, 430 / len(where)), 1)),
    )


def _until(seal, state):
    if state != Verdict.VALID or not seal.valid_until:
        return ""
    return _("até %(day)s") % {"day": day_text(seal.valid_until)}


def _name_lines(name):
    """The name in one line, or in two broken at the space nearest to the middle."""
    if len(name) <= WIDE or " " not in name:
        return [name]
    middle = min(
        (place for place, sign in enumerate(name) if sign == " "), key=lambda place: abs(place - len(name) / 2)
    )
    return [name[:middle], name[middle + 1 :]]


def _text(lines):
    size = "20" if max(map(len, lines)) <= WIDE else "15"
    drawn = [
        format_html(
            '<text x="154" y="{}" font-size="{}" font-weight="700" fill="{}">{}</text>',
            str(28 + 20 * row),
            size,
            INK,
            line,
        )
        for row, line in enumerate(lines)
    ]
    return mark_safe("".join(drawn))  # noqa: S308 - each piece was escaped
