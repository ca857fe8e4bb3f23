"""Small files of each accepted kind, and of some that are not, made here."""

import io
import zipfile

from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image

from core.sniff import KINDS

PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
CSV = "município;nota\nCanoas;x\n".encode()
WORD = b'<Override ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
SHEET = b'<Override ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>'
MACRO = b'<Override ContentType="application/vnd.ms-word.document.macroEnabled.main+xml"/>'


def zipped(**members):
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr({"types": "[Content_Types].xml"}.get(name, name), content)
    return target.getvalue()


def picture(kind="JPEG", size=(40, 20), **options):
    target = io.BytesIO()
    Image.new("RGB", size, "teal").save(target, kind, **options)
    return target.getvalue()


def picture_with_place():
    """A JPEG as a telephone makes it: taken lying down, with the place and the device noted."""
    exif = Image.Exif()
    exif[0x0110] = "Telefone da Ana"
    exif[0x0112] = 6  # turn right
    exif.get_ifd(0x8825)[1] = "S"
    exif.get_ifd(0x8825)[2] = (29.0, 55.0, 4.0)
    return picture(exif=exif.tobytes())


def open_document(kind):
    return zipped(mimetype=KINDS[kind].media_type, content="<x/>")


GOOD = {
    "a.pdf": PDF,
    "a.jpg": picture(),
    "a.JPEG": picture(),
    "a.png": picture("PNG"),
    "a.docx": zipped(types=WORD),
    "a.xlsx": zipped(types=SHEET),
    "a.odt": open_document("odt"),
    "a.ods": open_document("ods"),
    "a.csv": CSV,
    "latin.csv": "município".encode("latin-1"),
}


def upload(name, content):
    return SimpleUploadedFile(name, content, content_type="application/octet-stream")
