"""The seal as PNG, for where SVG is not taken: the same drawing as emblem.py."""

import io
from functools import lru_cache
from importlib import resources
from pathlib import Path

from django.utils.translation import get_language
from PIL import Image, ImageDraw, ImageFont

from certification.seal.emblem import ACCENT, BANDS, DARK_GREY, GREY, INK
from certification.seal.verdicts import Verdict
from core.charts import DIMENSION_COLOURS

SIDE, FINE = 600, 3  # drawn three times as large, then made smaller: smooth edges
UNIT = SIDE * FINE / 280  # the drawing's own unit, as in the SVG
GAP = 2.2


def png(year, state):
    """The seal of an edition, 600 × 600, in the active language."""
    return _drawn(year, state, get_language())


@lru_cache(maxsize=64)
def _drawn(year, state, _language):
    return _written(_seal(year, state))


def _seal(year, state):
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
    _line(draw, [(13.5, 33.5), (13.5, 22), (20.5, 16), (27.5, 22), (27.5, 33.5), (13.5, 33.5), (13.5, 22)], ink)
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
    draw.text((x * UNIT, y * UNIT), text, fill, font(round(size * UNIT)), anchor="ms")


@lru_cache(maxsize=32)
def font(size):
    folder = Path(str(resources.files("font_source_sans_pro"))) / "files"
    return ImageFont.truetype(str(folder / "SourceSansPro-Bold.ttf"), size)


def _written(picture):
    file = io.BytesIO()
    # Few flat colours: with a palette the file is a fifth of its size.
    picture.quantize(128, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()
