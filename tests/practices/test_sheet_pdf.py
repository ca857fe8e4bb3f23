"""The sheet on paper: made once for what it says, in the language asked for, never in a request."""

import subprocess

import pytest
from django.urls import reverse

from core import jobs
from core.models import Job
from practices import sheets
from practices.models import Practice, PracticeSheet


def text_of(stored, tmp_path):
    path = tmp_path / "ficha.pdf"
    path.write_bytes(stored.file.open("rb").read())
    return subprocess.run(["pdftotext", "-layout", path, "-"], check=True, capture_output=True, text=True).stdout


@pytest.fixture
def address(published):
    Job.objects.all().delete()
    return reverse("practice-sheet", args=[published.pk])


def test_asked_for_first_it_waits_and_then_it_is_there(client, published, address, tmp_path):
    waiting = client.get(address)
    assert (waiting.status_code, waiting["Refresh"]) == (202, "4")
    assert client.get(address).status_code == 202
    assert Job.objects.filter(kind="practice_sheet").count() == 1
    jobs.drain()
    ready = client.get(address)
    assert ready.status_code == 200
    assert ready["Content-Type"] == "application/pdf"
    assert not client.cookies
    text = text_of(PracticeSheet.objects.get().file, tmp_path)
    for words in (
        "Agenda única de mediação",
        "5.214",
        "Canoas (RS)",
        "Conferida em",
        "(10.7)",
        "(16.6)",
        "Contar pedidos",
    ):
        assert words in text


def test_each_language_and_each_content_is_made_once(published, address, client):
    sheets.make_sheet(published, "pt-br")
    first = sheets.make_sheet(published, "pt-br")
    assert PracticeSheet.objects.count() == 1
    assert sheets.make_sheet(published, "en").pk != first.pk
    Practice.objects.update(lessons="Outra lição")
    assert client.get(address).status_code == 202
    again = sheets.make_sheet(Practice.objects.get(), "pt-br")
    assert again.pk != first.pk
    assert PracticeSheet.objects.count() == 3


def test_the_english_sheet_has_the_english_title(published, tmp_path):
    text = text_of(sheets.make_sheet(published, "en"), tmp_path)
    assert "One calendar of mediation" in text
    assert "As vagas foram reunidas." in text  # what people wrote stays in its language
