"""The stacked bar: true to its figures, readable without colour, safe to draw anywhere."""

import gzip
import re
from xml.etree import ElementTree

import pytest
from django.conf import settings

from core import charts

NAMESPACE = "{http://www.w3.org/2000/svg}"


def parts_of(svg):
    """Class and width of each part of the bar."""
    rects = ElementTree.fromstring(svg).iter(f"{NAMESPACE}rect")  # noqa: S314 - our own drawing
    return {rect.get("class"): float(rect.get("width")) for rect in rects if rect.get("height") == str(charts.HEIGHT)}


def test_parts_are_as_wide_as_their_share():
    drawn = parts_of(charts.stacked_bar({"exists": 12, "partly": 4, "not_yet": 3, "not_applicable": 1}, "Saúde"))
    assert drawn == {
        "bar-exists": pytest.approx(190.8),
        "bar-partly": pytest.approx(63.6),
        "bar-not_yet": pytest.approx(47.7),
        "bar-not_applicable": pytest.approx(15.9),
    }


@pytest.mark.parametrize("counts", [{}, {"exists": 0}])
def test_nothing_counted_is_an_empty_frame(counts):
    drawn = parts_of(charts.stacked_bar(counts, "Saúde"))
    assert list(drawn.values()) == [318]


def test_title_and_figures_are_there_for_who_does_not_see_it():
    svg = charts.stacked_bar({"exists": 12, "partly": 4}, "Acesso à saúde")
    title = "<title>Acesso à saúde</title>"
    desc = "<desc>existe: 12; existe em parte: 4; ainda não existe: 0; não se aplica: 0</desc>"
    assert title + desc in svg
    assert 'role="img"' in svg


def test_no_answer_is_named_only_where_there_is_one():
    assert "sem resposta" not in charts.in_words({"exists": 1, "unanswered": 0})
    assert "sem resposta: 2" in charts.in_words({"exists": 1, "unanswered": 2})


def test_a_title_is_quoted():
    assert "<b>" not in charts.stacked_bar({"exists": 1}, "<b>Saúde")


def test_statuses_differ_without_colour():
    looks = {re.sub(r"#[0-9a-f]{6}", "", charts.swatch(status)) for status in charts.STATUSES}
    fills = {
        re.search(r'fill="(#\w+)"', charts.swatch(status, "#000000"))[1]
        for status in ("exists", "not_applicable", "not_yet")
    }
    assert len(looks) == len(charts.STATUSES)
    assert fills == {"#000000", "#e3e8e8", "#ffffff"}


def test_the_hatch_stays_inside_its_part():
    svg = charts.stacked_bar({"exists": 1, "partly": 1}, "x", width=102)
    xs = [float(x) for x in re.findall(r"[ML]([\d.]+) ", re.search(r'class="bar-hatch" d="([^"]+)"', svg)[1])]
    assert min(xs) >= 51
    assert max(xs) <= 101


def luminance(colour):
    channels = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def test_the_ten_colours_weigh_the_same_and_read_on_white():
    contrasts = [1.05 / (luminance(colour) + 0.05) for colour in charts.DIMENSION_COLOURS.values()]
    assert len(contrasts) == 10
    assert min(contrasts) >= 4.5
    assert max(contrasts) / min(contrasts) < 1.2


def test_screen_and_paper_have_the_same_ten_colours():
    css = (settings.BASE_DIR / "static/css/site.css").read_text()
    assert {n: re.search(rf"--d{n}: (#\w+);", css)[1] for n in range(1, 11)} == charts.DIMENSION_COLOURS


def test_the_stylesheet_is_light():
    css = (settings.BASE_DIR / "static/css/site.css").read_bytes()
    assert len(gzip.compress(css)) <= 12 * 1024
