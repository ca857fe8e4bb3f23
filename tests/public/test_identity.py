"""One look everywhere: screen, paper, charts, seal and cards take the same colours, and each pair can be read."""

import re
from pathlib import Path

import pytest
from django.conf import settings

from certification.seal import emblem
from core import cards, charts, drawings

ROOT = Path(settings.BASE_DIR)
SITE = (ROOT / "static/css/site.css").read_text()
COLOUR = re.compile(r"#[0-9a-f]{6}\b|#[0-9a-f]{3}\b", re.I)
PAPER_ONLY = set(
    COLOUR.findall((ROOT / "docs/identity.md").read_text().partition("Only on paper")[2].partition("##")[0])
)


def tokens(selector):
    """{name: value} of the custom properties of a rule that are colours."""
    body = SITE[SITE.index(f"\n{selector} {{") :].partition("}")[0]
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]+);", body))


LIGHT = tokens(":root")
DARK = LIGHT | tokens(".contrast")


def luminance(colour):
    digits = colour[1:] if len(colour) == 7 else "".join(digit * 2 for digit in colour[1:])
    parts = [int(digits[place : place + 2], 16) / 255 for place in (0, 2, 4)]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def ratio(one, other):
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize("path", sorted((ROOT / "static/print").glob("*.css")), ids=lambda path: path.name)
def test_paper_takes_the_colours_of_the_screen(path):
    known = set(LIGHT.values()) | set(COLOUR.findall(SITE)) | PAPER_ONLY
    assert set(COLOUR.findall(path.read_text())) - known == set()


def test_charts_seal_and_mark_take_them_too():
    dimensions = {number: LIGHT[f"d{number}"] for number in range(1, 11)}
    assert dimensions == charts.DIMENSION_COLOURS
    assert (LIGHT["brand"], LIGHT["ink"]) == (charts.BRAND, charts.INK)
    assert (LIGHT["brand-deep"], LIGHT["accent"]) == (emblem.INK, emblem.ACCENT)
    assert f'stroke="{LIGHT["brand"]}"' in drawings.mark()
    assert (LIGHT["night"], LIGHT["sun"], LIGHT["accent"]) == (cards.NIGHT, cards.SUN, cards.ACCENT)
    assert [DARK[f"d{number}"] for number in range(1, 11)] == list(cards.ON_NIGHT)


@pytest.mark.parametrize("number", range(1, 11))
def test_each_dimension_has_an_icon_and_equal_weight(number):
    assert number in drawings.DIMENSIONS
    assert 6 <= ratio(LIGHT[f"d{number}"], "#ffffff") <= 8


TEXT = ["ink", "muted", "brand", "brand-deep", "link", "accent-deep", "ok", "warn", "bad", "info"]


@pytest.mark.parametrize("ground", ["paper", "surface", "brand-tint", "sunken"])
@pytest.mark.parametrize("text", TEXT)
def test_text_can_be_read(text, ground):
    assert ratio(LIGHT[text], LIGHT[ground]) >= 4.5


@pytest.mark.parametrize("ground", ["paper", "surface", "sunken", "brand-tint"])
@pytest.mark.parametrize("text", [*TEXT, "on-night", *(f"d{number}" for number in range(1, 11))])
def test_high_contrast_is_high(text, ground):
    assert ratio(DARK[text], DARK[ground]) >= 7


@pytest.mark.parametrize("theme", [LIGHT, DARK], ids=["light", "contrast"])
def test_a_state_is_read_on_its_own_tint_and_borders_are_seen(theme):
    for state in ("ok", "warn", "bad", "info"):
        assert ratio(theme[state], theme[f"{state}-tint"]) >= 4.5
    assert ratio(theme["line-strong"], theme["surface"]) >= 3
    assert ratio(theme["on-night"], theme["night"]) >= 7
