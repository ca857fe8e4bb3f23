"""One writer for CSV, JSON and XLSX: what is read back is what was written, and no cell is a formula."""

import csv
import io
import json
import tracemalloc
from datetime import UTC, date, datetime
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from core import tables

FORMULAS = ["=1+1", "+55 51", "-x", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "  =1", "＝1", "'=1", "''=1"]
AS_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=20)
RISKY = st.builds(
    "".join, st.lists(st.sampled_from(["=", "+", "-", "@", "\t", "\r", "\n", "'", " ", '"', ",", ";", "ã", "1"]))
)


def read_csv(columns, rows):
    content = "".join(tables.csv_lines(columns, rows)).encode()
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def read_xlsx(columns, rows):
    with tables.workbook(columns, rows, "tabela") as file:
        sheet = openpyxl.load_workbook(file, read_only=True)["tabela"]
        return [[cell.value for cell in row] for row in sheet.iter_rows()]


@pytest.mark.parametrize("text", FORMULAS)
def test_what_looks_like_a_formula_gets_an_apostrophe(text):
    assert tables.neutral(text) == f"'{text}"
    assert tables.restored(tables.neutral(text)) == text


@pytest.mark.parametrize("text", ["", "São Paulo", "'aspas'", "a=b", "1-2", "' d'água"])
def test_plain_text_stays_as_it_is(text):
    assert tables.neutral(text) == text


@settings(max_examples=300, deadline=None)
@given(st.lists(st.lists(AS_TEXT | RISKY, min_size=2, max_size=2), max_size=5))
def test_csv_round_trips_with_formulas_neutralised(rows):
    header, *read = read_csv(["a", "b"], rows)

    assert header == ["a", "b"]
    assert [[tables.restored(cell) for cell in row] for row in read] == rows
    assert not any(cell.lstrip()[:1] in tuple("=+-@") for row in read for cell in row if cell.lstrip())


@settings(max_examples=40, deadline=None)
@given(st.lists(RISKY, min_size=1, max_size=5))
def test_workbook_holds_texts_and_no_formula(texts):
    with tables.workbook(["a"], [[text] for text in texts], "tabela") as file:
        cells = [row[0] for row in openpyxl.load_workbook(file)["tabela"].iter_rows(min_row=2)]

    assert all(cell.data_type != "f" for cell in cells)
    # XML makes one line end of all of them.
    assert [_ends(tables.restored(cell.value or "")) for cell in cells] == [_ends(text) for text in texts]


def _ends(text):
    return text.replace("\r\n", "\n").replace("\r", "\n")


ROW = ["-x", -3, Decimal("2.50"), True, None, date(2026, 5, 1), datetime(2026, 5, 1, 12, tzinfo=UTC), [1, 2], []]
COLUMNS = list("abcdefghi")


def test_csv_writes_each_type_in_one_way():
    assert read_csv(COLUMNS, [ROW])[1] == [
        "'-x", "-3", "2.50", "true", "", "2026-05-01", "2026-05-01T09:00:00-03:00", "1; 2", "",
    ]  # fmt: skip


def test_json_keeps_types_and_texts_as_they_are():
    assert json.loads("".join(tables.json_lines(COLUMNS, [ROW, ROW])))[1] == {
        "a": "-x",
        "b": -3,
        "c": 2.5,
        "d": True,
        "e": None,
        "f": "2026-05-01",
        "g": "2026-05-01T09:00:00-03:00",
        "h": [1, 2],
        "i": [],
    }


def test_json_of_no_rows_is_an_empty_array():
    assert json.loads("".join(tables.json_lines(COLUMNS, []))) == []


def test_workbook_keeps_numbers_and_days():
    assert read_xlsx(COLUMNS, [ROW])[1] == [
        "'-x", -3, 2.5, True, None, datetime(2026, 5, 1), "2026-05-01T09:00:00-03:00", "1; 2", None,  # noqa: DTZ001
    ]  # fmt: skip


def test_workbook_takes_signs_that_xml_cannot_hold():
    assert read_xlsx(["a"], [["a\x01b"]])[1] == ["a\ufffdb"]


@pytest.mark.django_db  # an answer that is closed looks after the connection
@pytest.mark.parametrize(
    ("form", "media_type", "disposition"),
    [
        ("csv", "text/csv; charset=utf-8", 'attachment; filename="t.csv"'),
        ("json", "application/json", 'inline; filename="t.json"'),
        ("xlsx", tables.MEDIA_TYPES["xlsx"], 'attachment; filename="t.xlsx"'),
    ],
)
def test_answer_names_its_type_and_file(form, media_type, disposition):
    response = tables.answer(form, "t", ["a"], [[1]])
    assert (response["Content-Type"], response["Content-Disposition"]) == (media_type, disposition)
    assert b"".join(response.streaming_content)
    response.close()


@pytest.mark.parametrize("lines", [tables.csv_lines, tables.json_lines])
def test_memory_does_not_grow_with_the_number_of_rows(lines):
    tracemalloc.start()
    try:
        size = sum(len(piece) for piece in lines(["a", "b"], ((n, "x" * 100) for n in range(60_000))))
        _now, peak = tracemalloc.get_traced_memory()
    finally:
        tracemalloc.stop()
    assert size > 6_000_000
    assert peak < 1_000_000
