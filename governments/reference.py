"""The table of governments: loaded from the bundled list, brought up to date, never deleted from."""

import csv
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

from django.db import transaction

from core.text import normalise

from .models import Body, Government

BUNDLED = Path(__file__).resolve().parent / "data" / "governments.csv"
FIELDS = ("kind", "name", "uf", "region")
BATCH = 1000


@cache
def states():
    """((UF, name, region), ...) of the units of the federation by name, out of the bundled list: the same everywhere."""
    with open(BUNDLED, encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["kind"] in ("state", "federal_district")]
    return tuple(sorted(((row["uf"], row["name"], row["region"]) for row in rows), key=lambda row: normalise(row[1])))


@dataclass(frozen=True)
class Loaded:
    """What loading changed."""

    created: int
    updated: int
    unchanged: int

    def as_dict(self):
        return asdict(self)


@transaction.atomic
def load_governments(path=BUNDLED):
    """Create the governments that are missing and mend the facts of those that changed. Returns Loaded."""
    with open(path, encoding="utf-8", newline="") as file:
        listed = {row["ibge_code"]: row for row in csv.DictReader(file)}
    known = {government.ibge_code: government for government in Government.objects.all()}
    changed = [known[code] for code, row in listed.items() if code in known and _mend(known[code], row)]
    Government.objects.bulk_update(changed, [*FIELDS, "search"], batch_size=BATCH)
    missing = [row for code, row in listed.items() if code not in known]
    _create(missing)
    return Loaded(created=len(missing), updated=len(changed), unchanged=len(listed) - len(missing) - len(changed))


def _mend(government, row):
    """Set the row's facts; tells whether anything was different."""
    facts = {name: row[name] for name in FIELDS} | {"search": _search(row)}
    different = any(getattr(government, name) != value for name, value in facts.items())
    for name, value in facts.items():
        setattr(government, name, value)
    return different


def _create(rows):
    bodies = Body.objects.bulk_create((Body(kind=Body.Kind.GOVERNMENT) for _ in rows), batch_size=BATCH)
    Government.objects.bulk_create(
        (
            Government(
                body=body, ibge_code=row["ibge_code"], search=_search(row), **{name: row[name] for name in FIELDS}
            )
            for body, row in zip(bodies, rows, strict=True)
        ),
        batch_size=BATCH,
    )


def _search(row):
    return normalise(f"{row['name']} {row['uf']} {row['ibge_code']}")
