"""The seal as PNG, for where SVG is not taken, and the card shown where its address is shared. The same drawing as emblem.py."""

import io
import math
from functools import lru_cache
from importlib import resources
from pathlib import Path

from django.utils.translation import get_language
from django.utils.translation import gettext as _
from PIL import Image, ImageDraw, ImageFont

from certification.seal.emblem import ACCENT, BANDS, DARK_GREY, GREY, INK
from certification.seal.verdicts import Verdict
from core.charts import DIMENSION_COLOURS

SIDE, FINE = 600, 3  # drawn three times as large, then made smaller: smooth edges
UNIT = SIDE * FINE / 280  # the drawing's own unit, as in the SVG
GAP = 2.2
CARD = (1200, 630)


def png(year, state):
    """The seal of an edition, 600 × 600, in the active language."""
    return _written(_seal(year, state, get_language()))


@lru_cache(maxsize=32)
def _seal(year, state, _language):
    picture = Image.new("RGBA", (SIDE * FINE, SIDE * FINE), (0, 0, 0, 0))
    draw = ImageDraw.Draw(picture)
    alive = state == Verdict.VALID
    ink, accent = (INK, ACCENT) if alive else (DARK_GREY, DARK_GREY)
    _circle(draw, 136, fill="#fff", outline=ink, width=2)
    for place, colour in enumerate(DIMENSION_COLOURS.values()):
        _arc(draw, place, colour if alive else GREY)
    _circle(draw, 91, outline=ink, width=1.5)
    _say(draw, "MigraCidades", 140, 93, 16, ink)
    _town(draw, ink, accent)
    _shape(draw, [(74, 166), (206, 166), (194, 185), (206, 204), (74, 204), (86, 185)], accent)
    _say(draw, str(year), 140, 195, 29, "#fff")
    if not alive:
        draw.rounded_rectangle(
            _box(40, 222, 240, 258), 4 * UNIT, fill=BANDS[state], outline="#fff", width=round(3 * UNIT)
        )
        _say(draw, str(Verdict.WORDS[state]).upper(), 140, 247, 20, "#fff")
    return picture.resize((SIDE, SIDE), Image.Resampling.LANCZOS)


def _box(*sides):
    return [side * UNIT for side in sides]


def _circle(draw, radius, *, width, fill=None, outline=None):
    draw.ellipse(_box(140 - radius, 140 - radius, 140 + radius, 140 + radius), fill, outline, round(width * UNIT))


def _arc(draw, place, colour):
    begin, end = 36 * (place - 0.5) - 90 + GAP, 36 * (place + 0.5) - 90 - GAP
    draw.arc(_box(13, 13, 267, 267), begin, end, fill=colour, width=round(30 * UNIT))


def _shape(draw, points, fill):
    draw.polygon([(x * UNIT, y * UNIT) for x, y in points], fill=fill)


def _town(draw, ink, accent):
    """The two houses of the programme's mark, with the door in the accent."""
    _line(draw, [(13.5, 33.5), (13.5, 22), (20.5, 16), (27.5, 22), (27.5, 33.5)], ink)
    _line(draw, [(27.5, 33.5), (27.5, 14.5), (34.5, 14.5), (34.5, 33.5)], ink)
    door = [_placed(*point) for point in ((18, 24.8), (23, 33.5))]
    draw.rounded_rectangle([*door[0], *door[1]], 2.5 * 1.92 * UNIT, fill=accent, corners=(True, True, False, False))


def _line(draw, points, ink):
    width = round(2.2 * 1.92 * UNIT)
    placed = [_placed(*point) for point in points]
    draw.line(placed, fill=ink, width=width, joint="curve")
    for x, y in placed[1:-1]:
        draw.ellipse([x - width / 2, y - width / 2, x + width / 2, y + width / 2], fill=ink)


def _placed(x, y):
    return (94 + 1.92 * x) * UNIT, (84 + 1.92 * y) * UNIT


def _say(draw, text, x, y, size, fill):
    draw.text((x * UNIT, y * UNIT), text, fill, font("Bold", round(size * UNIT)), anchor="ms")


@lru_cache(maxsize=32)
def font(weight, size):
    folder = Path(str(resources.files("font_source_sans_pro"))) / "files"
    return ImageFont.truetype(str(folder / f"SourceSansPro-{weight}.ttf"), size)


def share_card(year, government, page):
    """1200 × 630. It says whose and of what year, and where to look: how the seal stands is told by its page alone, for cards are kept for long."""
    card = Image.new("RGB", CARD, "#fff")
    draw = ImageDraw.Draw(card)
    _stripes(draw)
    seal = _seal(year, Verdict.VALID, get_language()).resize((420, 420), Image.Resampling.LANCZOS)
    card.paste(seal, (60, 120), seal)
    top = _paragraph(draw, government, "Bold", 64, (530, 150), 610, INK) + 24
    top = (
        _paragraph(draw, _("Selo MigraCidades %(year)s") % {"year": year}, "Semibold", 40, (530, top), 610, ACCENT) + 28
    )
    _paragraph(draw, _("Veja a situação de hoje em"), "Regular", 30, (530, 452), 610, "#46595e")
    _paragraph(draw, page.partition("://")[2].rstrip("/"), "Semibold", 30, (530, 494), 610, "#46595e")
    return _written(card)


def _stripes(draw):
    width = CARD[0] / len(DIMENSION_COLOURS)
    for place, colour in enumerate(DIMENSION_COLOURS.values()):
        draw.rectangle([place * width, 0, (place + 1) * width, 28], fill=colour)


def _paragraph(draw, text, weight, size, at, width, fill):
    """Writes a text in as many lines as it needs; a long one in smaller letters. Returns where the next one may begin."""
    size = size if len(text) < 48 else math.floor(size * 0.72)
    letters, lines = font(weight, size), [""]
    for word in text.split():
        tried = f"{lines[-1]} {word}".strip()
        if draw.textlength(tried, letters) > width and lines[-1]:
            lines.append(word)
        else:
            lines[-1] = tried
    for row, line in enumerate(lines):
        draw.text((at[0], at[1] + row * size * 1.15), line, fill, letters, anchor="la")
    return at[1] + len(lines) * size * 1.15


def _written(picture):
    file = io.BytesIO()
    picture.save(file, "PNG", optimize=True)
    return file.getvalue()
