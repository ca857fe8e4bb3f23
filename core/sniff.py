"""What a file is, told by its content. Nothing is unpacked beyond the one small member that names the format."""

import io
import re
import zipfile
from dataclasses import dataclass
from pathlib import PurePath

import filetype

MEMBER_LIMIT = 256 * 1024


@dataclass(frozen=True)
class Kind:
    media_type: str
    suffixes: tuple


KINDS = {
    "pdf": Kind("application/pdf", (".pdf",)),
    "jpeg": Kind("image/jpeg", (".jpg", ".jpeg")),
    "png": Kind("image/png", (".png",)),
    "docx": Kind("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",)),
    "xlsx": Kind("application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", (".xlsx",)),
    "odt": Kind("application/vnd.oasis.opendocument.text", (".odt",)),
    "ods": Kind("application/vnd.oasis.opendocument.spreadsheet", (".ods",)),
    "csv": Kind("text/csv", (".csv",)),
}
BY_MAGIC = {"application/pdf": "pdf", "image/jpeg": "jpeg", "image/png": "png"}
# Main parts without macros: a document with macros names other types and is not taken.
OFFICE_PARTS = {
    b"wordprocessingml.document.main+xml": "docx",
    b"spreadsheetml.sheet.main+xml": "xlsx",
}
MARKUP = re.compile(rb"(?:\xef\xbb\xbf)?\s*<[!?/a-zA-Z]")
OPEN_DOCUMENT = {KINDS[kind].media_type.encode(): kind for kind in ("odt", "ods")}


class Unreadable(Exception):
    """The content is not what its first bytes promise."""


class TooManyPixels(Exception):
    """Small on disk, huge in memory."""


def kind_of(content, name):
    """One of KINDS, or None. The name only matters for CSV, which has no mark of its own."""
    if content.startswith(b"PK\x03\x04"):
        return _zip_kind(content)
    guess = filetype.guess(content)
    if guess:
        return BY_MAGIC.get(guess.mime)
    return "csv" if PurePath(name).suffix.lower() == ".csv" and is_plain_text(content) else None


def is_plain_text(content):
    """Readable as UTF-8 or Latin-1, without the control characters that no table holds, and no page or drawing under another name."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    if MARKUP.match(content):
        return False
    controls = set(range(32)) - {9, 10, 13} | {127}
    return not controls & set(content)


def _zip_kind(content):
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return _open_document(archive) or _office(archive)
    except (zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError, ValueError, EOFError, zipfile.zlib.error):
        return None


def _open_document(archive):
    return OPEN_DOCUMENT.get(_member(archive, "mimetype").strip())


def _office(archive):
    types = _member(archive, "[Content_Types].xml")
    found = [kind for part, kind in OFFICE_PARTS.items() if part in types]
    return found[0] if len(found) == 1 and b"macroEnabled" not in types else None


def _member(archive, name):
    if name not in archive.NameToInfo:
        return b""
    with archive.open(name) as member:
        return member.read(MEMBER_LIMIT)


def image_anew(content, kind, max_pixels):
    """The picture alone, turned the right way up: place, device and everything else a camera notes is left behind."""
    from PIL import Image, ImageOps, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(content), formats=[kind.upper()]) as picture:
            if picture.width * picture.height > max_pixels:
                raise TooManyPixels
            picture.load()
            upright = ImageOps.exif_transpose(picture)
            return _written(upright, kind)
    except (UnidentifiedImageError, Image.DecompressionBombError, OSError, SyntaxError, ValueError) as error:
        raise Unreadable from error


def _written(picture, kind):
    from PIL import Image

    if kind == "jpeg" and picture.mode not in ("RGB", "L"):
        picture = picture.convert("RGB")
    bare = Image.new(picture.mode, picture.size)
    if picture.mode == "P":
        bare.putpalette(picture.getpalette("RGBA"), "RGBA")
    bare.paste(picture)
    target = io.BytesIO()
    options = {"quality": 88, "optimize": True} if kind == "jpeg" else {"optimize": True}
    bare.save(target, kind.upper(), **options)
    return target.getvalue()
