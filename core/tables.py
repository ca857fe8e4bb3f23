"""Tables for people and programs: one writer for CSV, JSON and XLSX, which never holds more than some rows and writes no formula.

    tables.answer("csv", "selos", ["codigo", "ano"], ((seal.code, seal.year) for seal in seals.iterator()))

A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that already begins with apostrophes before
such a sign; numbers stay numbers. `restored` takes the apostrophe away again, so that nothing is lost: docs/open-data.md.
"""

import csv
import io
import json
import re
from datetime import date, datetime
from decimal import Decimal
from functools import partial
from itertools import chain, islice

from django.core.serializers.json import DjangoJSONEncoder
from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise

from core import workbooks

# Without this mark the most common spreadsheet reads UTF-8 as something else; readers know it as «utf-8-sig».
BOM = "\ufeff"
ROWS_AT_ONCE = 500
BETWEEN = "; "  # the values of a list, where a cell holds only one

# Also the wide forms, which some spreadsheets take for the plain ones.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_MARKED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")

CSV, JSON, XLSX = "csv", "json", "xlsx"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    JSON: "application/json",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


def neutral(text):
    """The text as it may stand in a cell: never a formula."""
    return f"'{text}" if _FORMULA.match(text) else text


def restored(text):
    """What `neutral` was given."""
    return text[1:] if _MARKED.match(text) else text


def answer(form, name, columns, rows):
    """The table as a download. The rows are asked for while it is sent."""
    write = {CSV: csv_lines, JSON: json_lines, XLSX: partial(workbook, title=name)}[form]
    lines = write(columns, rows)
    disposition = "inline" if form == JSON else "attachment"
    headers = {"Content-Disposition": f'{disposition}; filename="{name}.{form}"'}
    return StreamingHttpResponse(lines, content_type=MEDIA_TYPES[form], headers=headers)


def csv_lines(columns, rows):
    """Comma-separated text as RFC 4180 has it, in pieces of some hundred rows."""
    yield BOM
    for piece in _pieces(chain([columns], rows)):
        text = io.StringIO()
        csv.writer(text).writerows([_in_csv(value) for value in row] for row in piece)
        yield text.getvalue()


def json_lines(columns, rows):
    """An array of objects, one a line."""
    before = "["
    for piece in _pieces(rows):
        lines = (json.dumps(dict(zip(columns, row, strict=True)), cls=_Encoder, ensure_ascii=False) for row in piece)
        yield before + "\n" + ",\n".join(lines)
        before = ","
    yield "[]\n" if before == "[" else "\n]\n"


def workbook(columns, rows, title):
    """The bytes of a workbook with one sheet, in pieces of some hundred rows."""
    told = ([_in_cell(value) for value in row] for row in chain([columns], rows))
    return filter(None, workbooks.pieces(_pieces(told), title))


def _pieces(rows):
    rows = iter(rows)
    while piece := list(islice(rows, ROWS_AT_ONCE)):
        yield piece


def _in_csv(value):
    value = _plain(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, Decimal):
        return f"{value:f}"
    if isinstance(value, date):
        return value.isoformat()
    return neutral(value) if isinstance(value, str) else value


def _in_cell(value):
    value = _plain(value)
    return neutral(value) if isinstance(value, str) else value


def _plain(value):
    """One value for one cell: an instant with its offset, a list in one text."""
    if isinstance(value, datetime):
        return told(value)
    if isinstance(value, list | tuple):
        return BETWEEN.join(str(each) for each in value)
    return str(value) if isinstance(value, Promise) else value


def told(instant):
    """An instant in the form of RFC 3339, at the clock of Brasília."""
    return timezone.localtime(instant).isoformat(timespec="seconds")


class _Encoder(DjangoJSONEncoder):
    """Numbers stay numbers and instants bear their offset."""

    def default(self, value):
        if isinstance(value, datetime):
            return told(value)
        if isinstance(value, Decimal):
            return int(value) if value == value.to_integral_value() else float(value)
        return super().default(value)
