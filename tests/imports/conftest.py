"""Files as somebody might send them, and the governments the lists of 2021 name."""

import csv
from pathlib import Path

import pytest
from django.conf import settings

from certification.models.edition import Programme
from tests.factories import GovernmentFactory

CERTIFIED_2021 = Path(settings.BASE_DIR) / "certification" / "data" / "certified-2021.csv"
EVENTS_2021 = Path(settings.BASE_DIR) / "events" / "data" / "events-2021.csv"


@pytest.fixture
def programme(db):
    return Programme.objects.create(slug="migracidades", name="MigraCidades")


@pytest.fixture
def written(tmp_path):
    """A function that writes a file and gives its path."""

    def write(content, name="list.csv"):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


@pytest.fixture
def some_governments(db):
    """Names that fit several governments, and their neighbours in spelling."""
    rows = [
        ("3550308", "municipality", "São Paulo", "SP"),
        ("35", "state", "São Paulo", "SP"),
        ("5208707", "municipality", "Goiânia", "GO"),
        ("5208905", "municipality", "Goiás", "GO"),
        ("52", "state", "Goiás", "GO"),
        ("1501402", "municipality", "Belém", "PA"),
        ("2501906", "municipality", "Belém", "PB"),
        ("2706802", "municipality", "Olho d'Água das Flores", "AL"),
        ("4318705", "municipality", "São Leopoldo", "RS"),
        ("53", "federal_district", "Distrito Federal", "DF"),
    ]
    for code, kind, name, uf in rows:
        GovernmentFactory(ibge_code=code, kind=kind, name=name, uf=uf)


def rows_of(path):
    with open(path, encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))
