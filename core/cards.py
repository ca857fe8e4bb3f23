"""Share cards: the picture shown where a page's address is shared, 1200 × 630, drawn from a few words.

The seal is drawn only where there is one; elsewhere the programme's mark stands in its place.
"""

import hashlib
import io
import math
from dataclasses import astuple, dataclass
from functools import cache, lru_cache
from importlib import resources

from PIL import Image, ImageDraw, ImageFont

from core.charts import DIMENSION_COLOURS

SIZE = WIDTH, HEIGHT = 1200, 630
MARGIN, TEXT_WIDTH = 72, 690
NIGHT, WHITE, PALE, SUN, ACCENT, GREY = "#03373f", "#ffffff", "#d5e6e8", "#ffc29a", "#c0571e", "#8a8a8a"
# The ten colours as they stand on dark ground (those of the contrast theme).
ON_NIGHT = (
    "#86e2f2",
    "#ffc29a",
    "#d9c6fe",
    "#a7e2b2",
    "#febfb9",
    "#b3d4ff",
    "#d4d791",
    "#fabae4",
    "#8ce5d3",
    "#c6cdfe",
)
# Part of every ETag: a new look makes new pictures.
DESIGN = "1"
SCALE = 2  # drawn larger and reduced, so that curves are smooth


@dataclass(frozen=True)
class Card:
    """The words of a card. year: stands on the seal's ribbon; grey: the seal is drawn without colours."""

    kicker: str
    title: str
    subtitle: str = ""
    foot: str = ""
    year: str = ""
    grey: bool = False

    @property
    def etag(self):
        words = "\x1f".join((DESIGN, *map(str, astuple(self))))
        return f'"{hashlib.sha256(words.encode()).hexdigest()[:24]}"'


@lru_cache(maxsize=64)
def draw(card):
    """The PNG of a card."""
    picture = _ground(card.year, card.grey).copy()
    pen = ImageDraw.Draw(picture)
    _brand(pen)
    title, lines = _fitting(pen, card.title)
    under = _wrapped(pen, card.subtitle, _font("regular", 34), 2)
    kicker = _wrapped(pen, card.kicker, _font("bold", 30), 2)
    height = 46 * len(kicker) + len(lines) * title.size * 1.12 + len(under) * 44
    y = max(190, 190 + (330 - height) / 2)
    y = _write(pen, kicker, _font("bold", 30), y, 1.3, SUN)
    y = _write(pen, lines, title, y + 4, 1.12, WHITE)
    _write(pen, under, _font("regular", 34), y + 8, 1.28, PALE)
    pen.text((MARGIN, HEIGHT - 74), card.foot, font=_font("regular", 25), fill=PALE)
    return _png(picture)


def _png(picture):
    file = io.BytesIO()
    # Few flat colours: a palette makes the file a fifth of its size.
    picture.quantize(128, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


@cache
def _font(weight, size):
    files = {"regular": "SourceSansPro-Regular.ttf", "bold": "SourceSansPro-Bold.ttf"}
    folder = resources.files("font_source_sans_pro") / "files"
    return ImageFont.truetype(str(folder / files[weight]), size)


def _fitting(pen, title):
    """The largest size at which the title stands in its lines, and the lines; what is longer still ends in an ellipsis."""
    for size, most in ((76, 2), (62, 3), (50, 4)):
        font = _font("bold", size)
        lines = _wrapped(pen, title, font, most + 1)
        if len(lines) <= most:
            return font, lines
    return font, _wrapped(pen, title, font, most)


def _wrapped(pen, text, font, most):
    """Lines of the text no wider than the card's column, at most so many."""
    lines = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and pen.textlength(longer, font=font) <= TEXT_WIDTH:
            lines[-1] = longer
        else:
            lines.append(_cut(pen, word, font))
    if len(lines) <= most:
        return lines
    return [*lines[: most - 1], _cut(pen, f"{lines[most - 1]} …", font)]


def _cut(pen, line, font):
    while len(line) > 1 and pen.textlength(line, font=font) > TEXT_WIDTH:
        line = f"{line.rstrip('…')[:-1]}…"
    return line


def _write(pen, lines, font, y, leading, fill):
    for line in lines:
        pen.text((MARGIN, y), line, font=font, fill=fill)
        y += font.size * leading
    return y


def _brand(pen):
    pen.text((MARGIN + 92, 60), "MigraCidades", font=_font("bold", 44), fill=WHITE)


@lru_cache(maxsize=24)
def _ground(year, grey):
    """What all cards of a year share: ground, ribbon, mark and the seal."""
    picture = Image.new("RGB", (WIDTH * SCALE, HEIGHT * SCALE), NIGHT)
    pen = ImageDraw.Draw(picture)
    for place, colour in enumerate(DIMENSION_COLOURS.values()):
        part = WIDTH * SCALE / 10
        pen.rectangle((place * part, 0, (place + 1) * part, 14 * SCALE), fill=colour)
    _ring(pen, (MARGIN + 38, 86), 34, 8, ("#8fe3ee",) * 10)
    _town(pen, (MARGIN + 38 - 24 * 1.5, 86 - 24 * 1.5), 1.5, WHITE, SUN)
    if year:
        _seal(pen, (WIDTH - 230, 330), year, grey)
    else:
        _ring(pen, (WIDTH - 230, 330), 157, 40, ON_NIGHT)
        _town(pen, (WIDTH - 230 - 24 * 4.4, 330 - 24 * 4.4), 4.4, WHITE, SUN)
    return picture.resize(SIZE, Image.Resampling.LANCZOS)


def _seal(pen, centre, year, grey):
    """The programme's emblem on a white disc, as on the seal itself."""
    x, y = centre
    _disc(pen, centre, 190, WHITE)
    ink, accent = ("#4a4a4a", "#4a4a4a") if grey else (NIGHT, ACCENT)
    _ring(pen, centre, 157, 40, (GREY,) * 10 if grey else tuple(DIMENSION_COLOURS.values()))
    _town(pen, (x - 24 * 3.6, y - 30 * 3.6), 3.6, ink, accent)
    points = [
        (x - 92, y + 42),
        (x + 92, y + 42),
        (x + 75, y + 68),
        (x + 92, y + 94),
        (x - 92, y + 94),
        (x - 75, y + 68),
    ]
    pen.polygon([(a * SCALE, b * SCALE) for a, b in points], fill=accent)
    pen.text((x * SCALE, (y + 67) * SCALE), year, font=_font("bold", 42 * SCALE), fill=WHITE, anchor="mm")


def _disc(pen, centre, radius, fill):
    (x, y), r = centre, radius
    pen.ellipse([(x - r) * SCALE, (y - r) * SCALE, (x + r) * SCALE, (y + r) * SCALE], fill=fill)


def _ring(pen, centre, radius, width, colours):
    """Ten arcs with gaps, the first at the top."""
    (x, y), outer = centre, radius + width / 2
    gap = math.degrees(4.2 / radius)
    box = [(x - outer) * SCALE, (y - outer) * SCALE, (x + outer) * SCALE, (y + outer) * SCALE]
    for place, colour in enumerate(colours):
        begin = 36 * (place - 0.5) - 90
        pen.arc(box, begin + gap, begin + 36 - gap, fill=colour, width=round(width * SCALE))


def _town(pen, corner, size, ink, door):
    """The two houses of the mark, on its grid of 48; the door stands open in the warm colour."""

    def at(*points):
        return [((corner[0] + a * size) * SCALE, (corner[1] + b * size) * SCALE) for a, b in points]

    width = round(2.6 * size * SCALE)
    for line in (
        [(13.5, 33.5), (13.5, 22), (20.5, 16), (27.5, 22), (27.5, 33.5), (13.5, 33.5), (13.5, 22)],
        [(27.5, 33.5), (27.5, 14.5), (34.5, 14.5), (34.5, 33.5), (26.2, 33.5)],
    ):
        pen.line(at(*line), fill=ink, width=width, joint="curve")
    pen.rectangle(at((18, 27.3), (23, 33.5)), fill=door)
    pen.pieslice(at((18, 24.8), (23, 29.8)), 180, 360, fill=door)
