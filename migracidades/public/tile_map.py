"""A map of equal squares, one for each unit of the federation in its rough place: small states are as easy to see and to press as large ones.

It is a drawing of a table: the page puts the same figures beside it in words.
"""

from functools import lru_cache

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core.numbers import grouped

ROWS = (
    ".. RR .. AP .. ..",
    ".. AM PA MA CE RN",
    "AC RO TO PI PE PB",
    ".. MT DF BA SE AL",
    ".. MS GO MG ES ..",
    ".. PR SP RJ .. ..",
    "RS SC .. .. .. ..",
)
PLACES = {uf: (column, row) for row, line in enumerate(ROWS) for column, uf in enumerate(line.split()) if uf.isalpha()}
CELL, GAP = 56, 4
WIDTH, HEIGHT = 6 * (CELL + GAP) - GAP, 7 * (CELL + GAP) - GAP


def draw(numbers, address, title, here=""):
    """numbers: {UF: how many}. address: of the list, to which the UF is added. here: the UF that is shown. Returns the SVG."""
    return _drawn(tuple(sorted(numbers.items())), address, str(title), here, get_language())


@lru_cache(maxsize=64)
def _drawn(numbers, address, title, here, language):
    """Drawn once for the same figures in the same language."""
    numbers = dict(numbers)
    cells = format_html_join(
        "", "{}", ((_cell(uf, numbers.get(uf, 0), *place, address + uf, uf == here),) for uf, place in PLACES.items())
    )
    text = '<svg class="tile-map" xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>'
    return format_html(text, str(WIDTH), str(HEIGHT), title, cells)


def _cell(uf, number, column, row, href, is_here):
    x, y = column * (CELL + GAP), row * (CELL + GAP)
    drawing = format_html(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="4"/><text x="{}" y="{}" class="tile-uf">{}</text>{}',
        *map(str, (x, y, CELL, CELL, x + CELL / 2, y + 24)),
        uf,
        format_html(
            '<text x="{}" y="{}" class="tile-number">{}</text>', str(x + CELL / 2), str(y + 45), grouped(number)
        )
        if number
        else "",
    )
    if not number:
        return format_html('<g class="tile">{}<title>{}</title></g>', drawing, _("%(uf)s: nenhum governo") % {"uf": uf})
    label = ngettext("%(uf)s: %(n)s governo", "%(uf)s: %(n)s governos", number)
    label %= {"uf": uf, "n": grouped(number)}
    mark = mark_safe(' aria-current="true"') if is_here else ""  # noqa: S308 - a constant
    return format_html('<a class="tile has" href="{}" aria-label="{}"{}>{}</a>', href, label, mark, drawing)
