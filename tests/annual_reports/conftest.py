"""The year 2021 as the imports leave it: 41 governments of the bundled list and every event of the source."""

import csv

import pytest
from django.utils import timezone

from annual_reports import domain
from certification.models.edition import Programme
from core import pdf
from core.text import normalise
from governments.reference import BUNDLED, load_governments
from migracidades.imports.certified import import_certified
from migracidades.imports.events import import_events
from tests.imports.conftest import CERTIFIED_2021, EVENTS_2021, rows_of


@pytest.fixture(autouse=True)
def _no_child_left():
    yield
    pdf.end_children()


@pytest.fixture
def programme(db):
    return Programme.objects.create(slug="migracidades", name="MigraCidades")


@pytest.fixture
def year_2021(programme, tmp_path_factory):
    """All that was imported of the year. Of the 5,597 governments those whose name is on the list, in whatever state, and the misspelt ones."""
    with open(BUNDLED, encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    wanted = {normalise(row["name"]) for row in rows_of(CERTIFIED_2021)} | {"goiania", "goias"}
    path = tmp_path_factory.mktemp("governments") / "some.csv"
    with open(path, "w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0])
        writer.writeheader()
        writer.writerows(row for row in rows if normalise(row["name"]) in wanted)
    load_governments(path)
    import_certified(CERTIFIED_2021)
    import_events(EVENTS_2021)


@pytest.fixture
def events_2021(programme):
    """The events alone, which need no governments."""
    import_events(EVENTS_2021)


@pytest.fixture
def draft(events_2021, helena):
    return domain.start_draft(2021, by=helena, at=timezone.now())


@pytest.fixture
def published(draft, helena):
    return domain.publish(draft, version=draft.version, by=helena, at=timezone.now())
