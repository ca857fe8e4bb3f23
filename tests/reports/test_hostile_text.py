"""Whatever a government writes is text in its documents: none of it is read, fetched, run or embedded, and none of it leaves the page."""

import re
import subprocess
from dataclasses import dataclass, field
from xml.etree import ElementTree

import pytest
from django.utils import translation

from certification.reports import documents
from core import pdf
from core.pdf_worker import Renderer, bundle
from tests.core.test_pdf import unpacked
from tests.reports import sample

pytestmark = pytest.mark.slow

# Each with what is to be read of it.
PIECES = {
    "<script>alert(1)</script>": "<script>alert(1)</script>",
    "<img src=file:///etc/passwd>": "<img src=file:///etc/passwd>",
    "<link rel=attachment href=file:///etc/passwd>": "<link rel=attachment href=file:///etc/passwd>",
    "<a rel=attachment href=file:///etc/passwd>a</a>": "<a rel=attachment href=file:///etc/passwd>a</a>",
    '</style><style>@import "http://127.0.0.1:1/";': '</style><style>@import "http://127.0.0.1:1/";',
    '" style="background:url(http://127.0.0.1:1/)': '" style="background:url(http://127.0.0.1:1/)',
    "<svg><image href=file:///etc/passwd></svg>": "<svg><image href=file:///etc/passwd></svg>",
    "{% include 'base.html' %}{{ 7*7 }}": "{% include 'base.html' %}{{ 7*7 }}",
    "nul\x00 bell\x07 escape\x1b[31m delete\x7f last\uffff": "nul bell escape[31m delete last",
    "ata\u202efdp.exe \u2066de fora\u2069": "atafdp.exe de fora",
    "\U0001f469\u200d\U0001f467 \U0001f1e7\U0001f1f7 \U0001f600": "\U0001f600",
    "Z" + "\u0301\u0327\u20dd" * 100: "",
    "linha\n" + " \n" * 300 + "fim": "linhafim",
}
LONG_WORD = "W" * 10_000
# What the forms let a government write in a field that is not a long text.
SHORT = 200
NAME = "<img src=file:///etc/passwd>\u202e\uffff" + "W" * 90


@dataclass
class Hostile:
    """Texts for the fields of a document; each begins with the name of its field in a tag that is no tag."""

    fields: list = field(default_factory=list)
    turn: int = 0

    def mark(self, name):
        self.fields.append(f"<b>{name}{len(self.fields)}</b>")
        return self.fields[-1]

    def short(self, name):
        """One piece after another in turn, then letters without a space."""
        self.turn += 1
        piece = list(PIECES)[self.turn % len(PIECES)]
        return f"{self.mark(name)} {piece} {LONG_WORD}"[:SHORT]

    def long(self, name, more=""):
        return " ".join([self.mark(name), *PIECES, more])


def diagnosis(hostile):
    content = sample.diagnosis_content(answers={}, government=sample.GOVERNMENT | {"name": NAME})
    for entry in content["context"]:
        entry["value"] = hostile.long("context")
        # What the government highlights is printed in a chapter of its own, which names no source.
        entry["source"] = hostile.short("source") if entry["code"] != "highlighted_practices" else ""
    for dimension in content["dimensions"]:
        del dimension["answers"][3:]
    said, not_applicable, number, *_others = [answer for row in content["dimensions"] for answer in row["answers"]]
    said |= {
        "in_words": hostile.long("answer"),
        "comment": hostile.long("comment", LONG_WORD),
        "evidence": [{"title": hostile.short("evidence"), "url": f"http://127.0.0.1:1/{piece}"} for piece in PIECES],
    }
    not_applicable |= {"not_applicable": True, "reason": hostile.long("reason")}
    number |= {"value": 7, "source": hostile.short("source"), "comment": hostile.short("comment")}
    note = {"code": said["code"], "kind": "good_practice", "text": hostile.long("note"), "reply": ""}
    return content, {"notes": (note,)}


def prioritization(hostile):
    content = sample.prioritization_content(2, government=sample.GOVERNMENT | {"name": NAME})
    first, second = content["actions"]
    for name in ("why", "objective", "expected_result", "measure"):
        first[name] = hostile.long(name, LONG_WORD if name == "why" else "")
    for name in ("title", "department", "responsible", "place"):
        second[name] = hostile.short(name)
    second["partners"] = [{"name": hostile.short("partner"), "body": None} for _piece in PIECES]
    move = {"on": "2026-07-08", "time": "09:00"}
    second["next_moves"] = [move | {"text": hostile.short("move"), "role": hostile.short("role")} for _piece in PIECES]
    return content, {}


def certificate(hostile):
    return sample.certification_content(sample.GOVERNMENT | {"name": NAME}), {}


@pytest.fixture
def renderer(monkeypatch):
    """The renderer of the kept process, here where it can be watched; `asked` holds every address it was asked for."""
    renderer = Renderer()
    renderer.asked, fetch = [], renderer.fetcher.fetch

    def watched(url, headers=None):
        renderer.asked.append(url)
        return fetch(url, headers)

    monkeypatch.setattr(renderer.fetcher, "fetch", watched)
    return renderer


def rendered(renderer, build, content, facts):
    """(document, pages) as the room makes it."""
    sources = documents.Sources(sample.snapshot_of(content), "https://portal.example.org/x/", **facts)
    name = build.__name__
    with translation.override("pt-br"):
        context = getattr(documents, name)(sources)
    title = f"{context['document']}: {context['owner']}"
    html = pdf.html_of(f"print/{name}.html", context, language="pt-br", title=title)
    return renderer.render(html, ["print/certificate.css" if name == "certificate" else "print/report.css"])


def run(document, *command):
    return subprocess.run(command, input=document, capture_output=True, check=True).stdout.decode()


def beyond_the_page(document):
    """Words that begin or end outside of the paper."""
    found, paper = [], ()
    for line in run(document, "pdftotext", "-bbox", "-", "-").splitlines():
        numbers = [float(number) for number in re.findall(r'(?:width|height|xM..|yM..)="(-?[\d.]+)"', line)]
        if "<page " in line:
            paper = numbers
        elif "<word " in line:
            left, top, right, bottom = numbers
            if min(left, top) < 0 or right > paper[0] or bottom > paper[1]:
                found.append(line)
    return found


@pytest.mark.parametrize(("build", "most_pages"), [(diagnosis, 32), (prioritization, 15), (certificate, 1)])
def test_hostile_text_is_text(renderer, build, most_pages):
    hostile = Hostile()
    document, pages = rendered(renderer, build, *build(hostile))
    solid = "".join(run(document, "pdftotext", "-", "-").split())
    for piece in [*hostile.fields, "<imgsrc=file:///etc/passwd>WWW"]:
        assert piece in solid
    if build is not certificate:
        for piece in PIECES.values():
            assert "".join(piece.split()) in solid
    assert "root:" not in solid
    assert pages <= most_pages
    assert beyond_the_page(document) == []
    # What programs read of it is whole as well.
    facts = ElementTree.fromstring(run(document, "pdfinfo", "-meta", "-"))
    assert any("<img src=file:///etc/passwd>WWW" in text for text in facts.itertext())
    # Its own fonts and stylesheets were asked for, nothing else.
    assert set(renderer.asked) <= {f"asset:{name}" for name in bundle()}
    assert holds(document) == set()


def holds(document):
    """What of a document is more than pages."""
    words = (b"/EmbeddedFile", b"/Filespec", b"/FileAttachment", b"/JavaScript", b"/Launch", b"/URI", b"/RichMedia")
    return {word for word in words if word in unpacked(document)}


def test_a_tag_that_were_one_would_be_seen_here(renderer):
    """Else the test above would prove nothing."""
    asked = ["file:///etc/passwd", "http://127.0.0.1:1/", "http://127.0.0.1:1/x.css"]
    document, _pages = renderer.render(
        f'<title>x</title><img src={asked[0]} alt=""><p style="background:url({asked[1]})">a</p><a href="{asked[1]}">b</a>'
        f'<style>@import "{asked[2]}"; p::after {{ content: "root: {LONG_WORD[:200]}" }}</style>'
        f"<link rel=attachment href={asked[0]}>",
        [],
    )
    assert set(asked) <= set(renderer.asked)
    assert holds(document) == {b"/URI"}
    assert beyond_the_page(document)
