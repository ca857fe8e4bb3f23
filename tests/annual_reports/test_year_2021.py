"""The report of 2021, made again from what was imported: read as data, as a page and out of the PDF itself."""

import re
import subprocess
from collections import Counter
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone, translation

from annual_reports import documents, domain, gathering
from tests.imports.conftest import CERTIFIED_2021, EVENTS_2021, rows_of


def flat(text):
    return " ".join(text.replace("\xad", "").split())


def test_every_event_with_people_and_governments_apart(events_2021):
    facts = gathering.facts(2021, timezone.now())
    told = {(row["starts_on"][:7], row["title"]["pt-br"], row["number"], row["unit"]) for row in facts["events"]}
    assert told == {(row["starts"][:7], row["title"], int(row["number"]), row["unit"]) for row in rows_of(EVENTS_2021)}
    assert facts["totals"] == {"events": 11, "people": 1140, "governments": 21, "without_figure": 0}
    assert 1194 not in facts["totals"].values()


def test_labels_are_translated_and_facts_are_not(events_2021, helena):
    report = domain.start_draft(2021, by=helena, at=timezone.now())
    told = {}
    for language in ("pt-br", "en", "es"):
        with translation.override(language):
            told[language] = documents.told(domain.contents.of(report, timezone.now()))
    for doc in told.values():
        assert [re.sub(r"\D", "", row["number"]) for row in doc["events"]["rows"]] == [
            re.sub(r"\D", "", row["number"]) for row in told["pt-br"]["events"]["rows"]
        ]
    # Spanish has no text of its own for the imported events: the Portuguese one, marked as such.
    assert {row["title_language"] for row in told["es"]["events"]["rows"]} == {"pt-BR"}
    assert {row["title_language"] for row in told["en"]["events"]["rows"]} == {""}


SAID = {
    "pt-br": ["41 governos com o selo da edição 2021", "32 municípios e 9 estados", "1.140 pessoas", "21 governos"],
    "en": ["1,140", "21"],
}


def hold_41_governments_by_kind_and_region():
    rows = gathering.facts(2021, timezone.now())["certified"]
    assert len(rows) == len(rows_of(CERTIFIED_2021)) == 41
    assert Counter(row["kind"] for row in rows) == {"municipality": 32, "state": 9}
    # The misspelt names of the list came to the governments they mean, and São Paulo is the city.
    assert {("5208707", "Goiânia"), ("52", "Goiás"), ("3550308", "São Paulo")} <= {
        (row["ibge_code"], row["name"]) for row in rows
    }
    regions = Counter(row["region"] for row in rows)
    assert set(regions) == {"Norte", "Nordeste", "Centro-Oeste", "Sudeste", "Sul"}
    assert sum(regions.values()) == 41


@pytest.mark.slow
def test_41_governments_by_kind_and_region_and_the_pdf_of_the_command_names_all(year_2021, tmp_path):
    hold_41_governments_by_kind_and_region()
    for language, says in SAID.items():
        path = tmp_path / f"{language}.pdf"
        call_command("annual_report", "2021", "--language", language, "-o", str(path), stdout=StringIO())
        text = flat(subprocess.run(["pdftotext", path, "-"], capture_output=True, check=True, text=True).stdout)
        facts = subprocess.run(["pdfinfo", path], capture_output=True, check=True, text=True).stdout
        titles = [row["title_en"] if language == "en" else row["title"] for row in rows_of(EVENTS_2021)]
        names = [row["name"] for row in gathering.facts(2021, timezone.now())["certified"]]
        assert [words for words in [*says, *names, *map(flat, titles)] if words not in text] == []
        assert re.search(r"Tagged:\s+yes", facts)
    assert len(list(tmp_path.iterdir())) == 2  # nothing half written beside them


def test_a_year_without_anything_is_refused(programme, tmp_path):
    with pytest.raises(CommandError):
        call_command("annual_report", "2019", "-o", str(tmp_path / "x.pdf"))
    assert list(tmp_path.iterdir()) == []
