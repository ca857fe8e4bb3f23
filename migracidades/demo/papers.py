"""Invented documents: one page with title, kind, date and the sentence that says so, in the file type asked for."""

import io
import textwrap
import zipfile
from functools import cache
from xml.sax.saxutils import escape

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils.text import slugify

from governments.models import Evidence

from . import content

LINE = 74


def paper(title, kind, day, file_type, *, lines=()):
    """An uploaded file. kind: of Evidence. lines: what stands below the date."""
    text = [title, str(Evidence.Kind(kind).label), day.strftime("%d/%m/%Y"), *lines]
    body = MAKERS[file_type](text, content.banner())
    return SimpleUploadedFile(f"{slugify(title)[:60]}.{file_type}", body)


def _pdf(text, banner):
    """A page by hand: a band with the banner, the title large, the rest below."""
    ink = ["0.93 0.95 0.96 rg 0 782 595 60 re f 0.2 0.25 0.3 rg"]
    ink += [_shown(banner, 40, 808, 9)]
    height = 720
    for number, paragraph in enumerate(text):
        size = 18 if number == 0 else 11
        for line in textwrap.wrap(paragraph, int(LINE * 11 / size)):
            ink.append(_shown(line, 60, height, size))
            height -= size + 7
        height -= 10
    ink.append("0.6 0.66 0.7 RG 60 140 m 300 140 l S")
    ink.append(_shown("Assinatura (página de demonstração)", 60, 124, 9))
    return _pdf_of("\n".join(ink).encode("cp1252", "replace"))


def _shown(line, x, y, size):
    plain = line.replace("\\", r"\\").replace("(", r"\(").replace(")", r"\)")
    return f"BT /F1 {size} Tf {x} {y} Td ({plain}) Tj ET"


def _pdf_of(ink):
    font = b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>"
    page = b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Resources<</Font<</F1 5 0 R>>>>/Contents 4 0 R>>"
    stream = b"<</Length %d>>stream\n%s\nendstream" % (len(ink), ink)
    objects = [b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Pages/Kids[3 0 R]/Count 1>>", page, stream, font]
    file, offsets = b"%PDF-1.4\n", []
    for number, each in enumerate(objects, start=1):
        offsets.append(len(file))
        file += b"%d 0 obj" % number + each + b"endobj\n"
    table = b"".join(b"%010d 00000 n \n" % offset for offset in offsets)
    start = len(file)
    file += b"xref\n0 6\n0000000000 65535 f \n" + table
    return file + b"trailer<</Size 6/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % start


def _picture(text, banner, kind):
    from PIL import Image, ImageDraw

    picture = Image.new("RGB", (760, 1000), "#f4f1ea")
    pen = ImageDraw.Draw(picture)
    pen.rectangle((40, 40, 720, 960), fill="white", outline="#c9c2b4")
    height = 90
    for number, paragraph in enumerate(text):
        size = 30 if number == 0 else 20
        for line in textwrap.wrap(paragraph, 38 if number == 0 else 58):
            pen.text((70, height), line, fill="#2c3540", font=_font(size))
            height += size + 12
        height += 14
    for line in textwrap.wrap(banner, 70):
        pen.text((70, height + 60), line, fill="#6b6459", font=_font(16))
        height += 24
    target = io.BytesIO()
    picture.save(target, kind)
    return target.getvalue()


@cache
def _font(size):
    from PIL import ImageFont

    return ImageFont.load_default(size=size)


def _zip(members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text, zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED)
    return target.getvalue()


XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
OOXML = "http://schemas.openxmlformats.org"
OASIS = "urn:oasis:names:tc:opendocument:xmlns"


def _relations(kind, target):
    schema = f"{OOXML}/officeDocument/2006/relationships/{kind}"
    return (
        f'{XML}<Relationships xmlns="{OOXML}/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{schema}" Target="{target}"/></Relationships>'
    )


def _types(parts):
    rows = "".join(
        f'<Override PartName="{name}" ContentType="application/vnd.openxmlformats-officedocument.{kind}+xml"/>'
        for name, kind in parts.items()
    )
    defaults = (
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
    )
    return f'{XML}<Types xmlns="{OOXML}/package/2006/content-types">{defaults}{rows}</Types>'


def _docx(text, banner):
    space = f"{OOXML}/wordprocessingml/2006/main"
    rows = "".join(f"<w:p><w:r><w:t>{escape(line)}</w:t></w:r></w:p>" for line in [*text, banner])
    return _zip(
        {
            "[Content_Types].xml": _types({"/word/document.xml": "wordprocessingml.document.main"}),
            "_rels/.rels": _relations("officeDocument", "word/document.xml"),
            "word/document.xml": f'{XML}<w:document xmlns:w="{space}"><w:body>{rows}</w:body></w:document>',
        }
    )


def _xlsx(text, banner):
    space = f"{OOXML}/spreadsheetml/2006/main"
    relations = f"{OOXML}/officeDocument/2006/relationships"
    rows = "".join(
        f'<row r="{n}"><c r="A{n}" t="inlineStr"><is><t>{escape(line)}</t></is></c></row>'
        for n, line in enumerate([*text, banner], start=1)
    )
    parts = {"/xl/workbook.xml": "spreadsheetml.sheet.main", "/xl/worksheets/sheet1.xml": "spreadsheetml.worksheet"}
    sheets = '<sheets><sheet name="Dados" sheetId="1" r:id="rId1"/></sheets>'
    return _zip(
        {
            "[Content_Types].xml": _types(parts),
            "_rels/.rels": _relations("officeDocument", "xl/workbook.xml"),
            "xl/_rels/workbook.xml.rels": _relations("worksheet", "worksheets/sheet1.xml"),
            "xl/workbook.xml": f'{XML}<workbook xmlns="{space}" xmlns:r="{relations}">{sheets}</workbook>',
            "xl/worksheets/sheet1.xml": f'{XML}<worksheet xmlns="{space}"><sheetData>{rows}</sheetData></worksheet>',
        }
    )


def _open_document(kind, body):
    media_type = f"application/vnd.oasis.opendocument.{kind}"
    spaces = " ".join(f'xmlns:{name}="{OASIS}:{name}:1.0"' for name in ("office", "text", "table"))
    entries = (
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{media_type}"/>'
        '<manifest:file-entry manifest:full-path="content.xml" manifest:media-type="text/xml"/>'
    )
    manifest = f'{XML}<manifest:manifest xmlns:manifest="{OASIS}:manifest:1.0">{entries}</manifest:manifest>'
    document = f'{XML}<office:document-content {spaces} office:version="1.2"><office:body>{body}</office:body>'
    return _zip(
        {
            "mimetype": media_type,
            "META-INF/manifest.xml": manifest,
            "content.xml": f"{document}</office:document-content>",
        }
    )


def _odt(text, banner):
    rows = "".join(f"<text:p>{escape(line)}</text:p>" for line in [*text, banner])
    return _open_document("text", f"<office:text>{rows}</office:text>")


def _ods(text, banner):
    cell = '<table:table-cell office:value-type="string"><text:p>{}</text:p></table:table-cell>'
    rows = "".join(f"<table:table-row>{cell.format(escape(line))}</table:table-row>" for line in [*text, banner])
    table = f'<table:table table:name="Dados">{rows}</table:table>'
    return _open_document("spreadsheet", f"<office:spreadsheet>{table}</office:spreadsheet>")


def _csv(text, banner):
    lines = ["campo;valor", *(f"linha {n};{line}" for n, line in enumerate([*text, banner], start=1))]
    return "\r\n".join(lines).encode("utf-8-sig")


MAKERS = {
    "pdf": _pdf,
    "jpg": lambda text, banner: _picture(text, banner, "JPEG"),
    "png": lambda text, banner: _picture(text, banner, "PNG"),
    "docx": _docx,
    "xlsx": _xlsx,
    "odt": _odt,
    "ods": _ods,
    "csv": _csv,
}
