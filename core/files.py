"""Files from outside: checked, named at random, hashed, and served as attachments only.

    stored = files.store(request.FILES["document"], by=request.user, kinds=files.EVIDENCE)      # raises Refused
    return files.response(stored)                                                               # from a view that may

Whether somebody may have a file, and how much a government may keep, is decided by the room it belongs to.
"""

import hashlib
import io
from pathlib import PurePath

from django.conf import settings
from django.core.files.base import File
from django.core.files.storage import default_storage
from django.db import transaction
from django.http import FileResponse
from django.utils.module_loading import import_string
from django.utils.text import get_valid_filename
from django.utils.translation import gettext as _

from core import sniff
from core.models import StoredFile
from core.text import without_accents

MEBIBYTE = 1024 * 1024

EVIDENCE = ("pdf", "jpeg", "png", "docx", "xlsx", "odt", "ods", "csv")
DOCUMENT = ("pdf",)
IMAGE = ("jpeg", "png")


class Refused(Exception):
    """A file that is not taken. The text names it and says what to send instead; `status` is for the answer."""

    def __init__(self, message, *, status, code):
        super().__init__(message)
        self.status = status
        self.code = code


def max_bytes():
    return getattr(settings, "FILE_MAX_BYTES", 10 * MEBIBYTE)


def max_pixels():
    return getattr(settings, "FILE_MAX_PIXELS", 40_000_000)


def kind_words(kinds):
    """«PDF, JPEG ou PNG», for messages and help texts."""
    words = [kind.upper() for kind in kinds]
    return (
        words[0]
        if len(words) == 1
        else _("%(first)s ou %(last)s") % {"first": ", ".join(words[:-1]), "last": words[-1]}
    )


def suffixes(kinds):
    return [suffix for kind in kinds for suffix in sniff.KINDS[kind].suffixes]


def store(uploaded, *, by, kinds=EVIDENCE):
    """Keep an uploaded file whose size, content and name agree; images are written anew without their hidden data."""
    name = clean_name(uploaded.name)
    _check_size(uploaded.size, name)
    content = uploaded.read()
    _check_size(len(content), name)
    kind = _kind_of(content, name, kinds)
    if kind in IMAGE:
        content = _image_anew(content, kind, name)
    scan = _scan(content, name)
    return keep(content, name=name, media_type=sniff.KINDS[kind].media_type, by=by, scan=scan)


def keep(content, *, name, media_type, by=None, scan=StoredFile.Scan.NOT_SCANNED):
    """Keep bytes the portal made itself, or has checked. The row appears only after the whole content is stored."""
    return keep_file(io.BytesIO(content), name=name, media_type=media_type, by=by, scan=scan)


def keep_file(opened, *, name, media_type, by=None, scan=StoredFile.Scan.NOT_SCANNED):
    """As `keep`, of an open file that need not fit into memory."""
    opened.seek(0)
    digest = hashlib.file_digest(opened, "sha256").hexdigest()
    stored = StoredFile(
        original_name=clean_name(name),
        size=opened.seek(0, io.SEEK_END),
        sha256=digest,
        media_type=media_type,
        uploaded_by=by if getattr(by, "is_authenticated", False) else None,
        scan=scan,
    )
    opened.seek(0)
    stored.file.save(stored.original_name, File(opened), save=False)
    try:
        with transaction.atomic():
            stored.save(force_insert=True)
    except Exception:
        default_storage.delete(stored.file.name)
        raise
    return stored


def clean_name(name):
    """The last part of the name as typed, without control characters, short enough to keep."""
    last = PurePath(str(name).replace("\\", "/")).name
    printable = "".join(letter for letter in last if letter.isprintable()).strip() or "arquivo"
    stem, suffix = PurePath(printable).stem, PurePath(printable).suffix
    return f"{stem[:180]}{suffix[:20]}"


def response(stored, filename=None):
    """The content, to be saved and not shown: whatever it holds, a browser does not run it here."""
    answer = FileResponse(
        stored.file.open("rb"),
        as_attachment=True,
        filename=filename or stored.original_name,
        content_type=stored.media_type,
    )
    answer["X-Content-Type-Options"] = "nosniff"
    answer["Content-Security-Policy"] = "sandbox; default-src 'none'"
    answer["Cache-Control"] = "private, no-store"
    return answer


def remove(stored):
    """Forget a file; its content goes once that is certain."""
    name = stored.file.name
    stored.delete()
    transaction.on_commit(lambda: default_storage.delete(name), robust=True)


def ascii_name(name):
    """A file name every system takes: «Relatório São Paulo.pdf» becomes «Relatorio_Sao_Paulo.pdf»."""
    return get_valid_filename(without_accents(name))


def _check_size(size, name):
    if not size:
        raise Refused(
            _("O arquivo «%(name)s» está vazio. Confira o arquivo e envie de novo.") % {"name": name},
            status=415,
            code="file_empty",
        )
    if size > max_bytes():
        words = {"name": name, "limit": max_bytes() // MEBIBYTE}
        text = _("O arquivo «%(name)s» passa do limite de %(limit)s MiB. Reduza ou divida o arquivo e envie de novo.")
        raise Refused(text % words, status=413, code="file_too_large")


def _kind_of(content, name, kinds):
    kind = sniff.kind_of(content, name)
    words = {"name": name, "kinds": kind_words(kinds)}
    if kind not in kinds:
        raise Refused(_("O arquivo «%(name)s» não é aceito. Envie %(kinds)s.") % words, status=415, code="file_type")
    if PurePath(name).suffix.lower() not in sniff.KINDS[kind].suffixes:
        words["found"] = kind.upper()
        text = _(
            "O conteúdo do arquivo «%(name)s» é %(found)s, mas o nome diz outra coisa. Corrija o nome e envie de novo."
        )
        raise Refused(text % words, status=415, code="file_name_disagrees")
    return kind


def _image_anew(content, kind, name):
    try:
        return sniff.image_anew(content, kind, max_pixels())
    except sniff.TooManyPixels:
        words = {"name": name, "limit": max_pixels() // 1_000_000}
        text = _("A imagem «%(name)s» tem mais de %(limit)s milhões de pixels. Reduza a imagem e envie de novo.")
        raise Refused(text % words, status=413, code="image_too_large") from None
    except sniff.Unreadable:
        text = _("Não foi possível ler a imagem «%(name)s». Salve-a de novo como JPEG ou PNG e envie outra vez.")
        raise Refused(text % {"name": name}, status=415, code="image_unreadable") from None


def _scan(content, name):
    """Ask the scanner the installation names: a function that takes bytes and says whether they are harmless."""
    scanner = getattr(settings, "FILE_SCANNER", None)
    if not scanner:
        return StoredFile.Scan.NOT_SCANNED
    if import_string(scanner)(content):
        return StoredFile.Scan.CLEAN
    text = _("O arquivo «%(name)s» foi recusado pelo antivírus. Envie outra versão do documento.")
    raise Refused(text % {"name": name}, status=415, code="file_infected")
