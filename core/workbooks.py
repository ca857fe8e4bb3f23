"""An XLSX workbook of one sheet, written while it is sent: in pieces, in memory that does not grow with the rows, whatever their number.

The format is a zip of XML files (ECMA-376). What is written is the least that every reader takes: texts in their cells, numbers, days, yes and no.
"""

import re
import zipfile
from datetime import date
from xml.sax.saxutils import escape

# What XML cannot hold.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_TEXT = 32_767  # of a cell
FIRST_DAY = date(1899, 12, 30).toordinal()  # days are counted from here
ALSO_ESCAPED = {"\r": "&#13;"}

HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml"
SHEET = "xl/worksheets/sheet1.xml"

PARTS = {
    "[Content_Types].xml": (
        f'<Types xmlns="{PACKAGE}/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        f'<Override PartName="/xl/workbook.xml" ContentType="{TYPE}.sheet.main+xml"/>'
        f'<Override PartName="/{SHEET}" ContentType="{TYPE}.worksheet+xml"/>'
        f'<Override PartName="/xl/styles.xml" ContentType="{TYPE}.styles+xml"/></Types>'
    ),
    "_rels/.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    ),
    "xl/workbook.xml": (
        f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><bookViews><workbookView/></bookViews>'
        '<sheets><sheet name="{title}" sheetId="1" r:id="rId1"/></sheets></workbook>'
    ),
    "xl/_rels/workbook.xml.rels": (
        f'<Relationships xmlns="{PACKAGE}/relationships">'
        f'<Relationship Id="rId1" Type="{RELATIONS}/worksheet" Target="worksheets/sheet1.xml"/>'
        f'<Relationship Id="rId2" Type="{RELATIONS}/styles" Target="styles.xml"/></Relationships>'
    ),
    # Two looks: the plain one, and that of a day.
    "xl/styles.xml": (
        f'<styleSheet xmlns="{MAIN}"><fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>'
        '<fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>'
        '<borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>'
        '<cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>'
        '<cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
        '<xf numFmtId="14" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>'
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    ),
}
# The first row stays in sight.
BEFORE = (
    f'{HEAD}<worksheet xmlns="{MAIN}"><sheetViews><sheetView workbookViewId="0">'
    '<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/></sheetView></sheetViews><sheetData>'
)
AFTER = "</sheetData></worksheet>"


def pieces(batches, title):
    """The bytes of a workbook. batches: lists of rows; values: text, number, date, bool or None."""
    out = _Sent()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in PARTS.items():
            book.writestr(name, HEAD + text.replace("{title}", escape(title[:31], {'"': "&quot;"})))
        with book.open(SHEET, "w") as sheet:
            sheet.write(BEFORE.encode())
            for rows in batches:
                sheet.write("".join(f"<row>{''.join(map(cell, row))}</row>" for row in rows).encode())
                yield out.take()
            sheet.write(AFTER.encode())
    yield out.take()


def cell(value):
    if value is None or value == "":
        return "<c/>"
    if isinstance(value, str):
        text = escape(UNWRITABLE.sub("\ufffd", value[:LONGEST_TEXT]), ALSO_ESCAPED)
        return f'<c t="inlineStr"><is><t xml:space="preserve">{text}</t></is></c>'
    if isinstance(value, bool):
        return f'<c t="b"><v>{value:d}</v></c>'
    if isinstance(value, date):
        return f'<c s="1"><v>{value.toordinal() - FIRST_DAY}</v></c>'
    return f"<c><v>{value}</v></c>"


class _Sent:
    """A file one can only write to: what was written is handed on and forgotten."""

    def __init__(self):
        self.parts = []

    def write(self, content):
        self.parts.append(bytes(content))
        return len(content)

    def flush(self):
        pass

    def take(self):
        taken, self.parts = b"".join(self.parts), []
        return taken
