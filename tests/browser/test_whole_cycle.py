"""From the call to verified progress: four people play it in a real browser (story.py); here is what it left behind."""

import re
import shutil

import pytest

from tests.browser import answers
from tests.browser.papers import KEEP, Document
from tests.browser.scenes import priorities, review

pytestmark = [pytest.mark.browser, pytest.mark.slow]

PAGE = re.compile(r"(?:página|page) (\d+) (?:de|of) (\d+)")
WORDS = {
    "diagnosis": (
        answers.CORRECTED,
        answers.PLAN,
        answers.PROTECTION,
        answers.CONTEXT,
        answers.UNIT,
        review.GOOD_PRACTICE,
        "Portaria 112",
        "Devolvida e corrigida",
        "IBGE, Censo 2022",
        "Quadro de pessoal da prefeitura",
        priorities.COMMITTEE["title"],
    ),
    "diagnosis-en": (answers.CORRECTED, answers.PROTECTION, "Partially"),
    "prioritization": (
        *priorities.COMMITTEE.values(),
        *priorities.GUIDE.values(),
        priorities.PARTNER,
        priorities.NEXT_MOVE,
    ),
}


@pytest.fixture(params=["diagnosis", "diagnosis-en", "prioritization", "certificate"])
def document(request, played):
    return Document(played.documents[request.param])


def without_breaks(text):
    """A table breaks words over lines and columns; what matters is that each stands there."""
    return re.findall(r"\w+", text.lower())


def test_the_whole_story_met_no_error_and_no_other_host(played):
    assert played.complaints == []


def test_every_document_names_the_government_and_the_edition(document, played):
    assert played.government in document.text
    assert str(played.year) in document.text
    assert played.government in document.info["Title"]
    assert document.info["Tagged"] == "yes"


@pytest.mark.parametrize("name", WORDS)
def test_reports_hold_what_was_answered(name, played):
    found = set(without_breaks(Document(played.documents[name]).text))
    for text in WORDS[name]:
        missing = [word for word in without_breaks(text) if word not in found]
        assert not missing, f"«{text}» lacks {missing}"


@pytest.mark.parametrize("name", WORDS)
def test_every_page_but_the_cover_is_numbered(name, played):
    document = Document(played.documents[name])
    numbers = [PAGE.findall(page)[-1] for page in document.pages[1:]]
    last = int(document.info["Pages"])
    assert numbers == [(str(number), str(last)) for number in range(2, last + 1)]


def test_the_contents_lead_to_the_pages_they_name(played):
    document = Document(played.documents["diagnosis"])
    entries = re.findall(r"(\d+)\. ([^.]+?) [. ]{3,} ?(\d+)", document.pages[1])
    assert [number for number, _name, _page in entries] == [str(number) for number in range(1, 11)]
    for _number, name, page in entries:
        assert set(without_breaks(name)) <= set(without_breaks(document.pages[int(page) - 1]))


def test_the_certificate_bears_the_code_anyone_can_verify(played):
    text = Document(played.documents["certificate"]).text
    assert played.seal_code in text
    assert f"{played.portal.address}/selos/{played.seal_code}/" in text
    assert "Helena Takeda" in text
    assert "Marcos Lobato" in text


def test_pages_can_be_drawn(document, tmp_path):
    """As pictures none is blank; KEEP_PDFS=folder keeps them for a person to look at."""
    pictures = document.as_pictures(KEEP or tmp_path)
    if KEEP:
        shutil.copy(document.path, KEEP)
    assert len(pictures) == int(document.info["Pages"])
    assert all(picture.stat().st_size > 3000 for picture in pictures)


def test_server_and_worker_had_nothing_to_complain_about(played):
    assert "Traceback" not in played.portal.log()
    assert "ERROR" not in played.portal.log()
