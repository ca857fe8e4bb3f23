"""Tables for people and programs: one writer for CSV, JSON and XLSX, which never holds more than some rows and writes no formula.

    tables.answer("csv", "selos", ["codigo", "ano"], ((seal.code, seal.year) for seal in seals.iterator()))

A text that a spreadsheet would take for a formula gets an apostrophe in front, and so does one that already begins with apostrophes before
such a sign; numbers stay numbers. `restored` takes the apostrophe away again, so that nothing is lost: docs/open-data.md.
"""

import csv
import io
import json
import re
import tempfile
from datetime import date, datetime
from decimal import Decimal
from itertools import chain, islice

from django.core.serializers.json import DjangoJSONEncoder
from django.http import FileResponse, StreamingHttpResponse
from django.utils import timezone
from django.utils.functional import Promise

# Without this mark the most common spreadsheet reads UTF-8 as something else; readers know it as «utf-8-sig».
BOM = "\ufeff"
ROWS_AT_ONCE = 500
IN_MEMORY = 4 * 1024 * 1024  # of a workbook; beyond it lies on disk
BETWEEN = "; "  # the values of a list, where a cell holds only one

# Also the wide forms, which some spreadsheets take for the plain ones.
_FORMULA = re.compile(r"'*(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
_MARKED = re.compile(r"'+(?:\s*[=+\-@＝＋－＠]|[\t\r\n])")
# What XML cannot hold.
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

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
    if form == XLSX:
        return FileResponse(workbook(columns, rows, name), as_attachment=True, filename=f"{name}.xlsx")
    lines = {CSV: csv_lines, JSON: json_lines}[form](columns, rows)
    disposition = "attachment" if form == CSV else "inline"
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
    """A file with one sheet: the first row stays in sight. Written row by row, kept on disk once it is large."""
    from openpyxl import Workbook  # late: most processes never write one

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    for row in chain([columns], rows):
        sheet.append([_in_cell(value) for value in row])
    file = tempfile.SpooledTemporaryFile(max_size=IN_MEMORY)  # noqa: SIM115 (the response closes it)
    book.save(file)
    file.seek(0)
    return file


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
    return neutral(_UNWRITABLE.sub("\ufffd", value)) if isinstance(value, str) else value


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
