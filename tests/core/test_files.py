import hashlib
import io
import os
import time

import pytest
from django.core.files.storage import default_storage
from django.core.management import call_command
from django.db import IntegrityError
from PIL import Image

from core import files, sniff, upkeep
from core.files import Refused
from core.models import StoredFile
from tests.core import samples
from tests.core.samples import upload

BAD_TYPE = {
    "program.exe": b"MZ\x90\x00" + b"\x00" * 60,
    "page.html": b"<script>alert(1)</script>",
    "page.csv": b"a;b\x00\x01",
    "page.html.csv": b"\xef\xbb\xbf\n<!DOCTYPE html><script>alert(1)</script>",
    "drawing.csv": b"<svg xmlns='http://www.w3.org/2000/svg'/>",
    "utf16.csv": "a;b".encode("utf-16"),
    "drawing.svg": b"<svg xmlns='http://www.w3.org/2000/svg'><script/></svg>",
    "old.doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600,
    "archive.zip": samples.zipped(a="b"),
    "macro.docx": samples.zipped(types=samples.MACRO),
    "both.docx": samples.zipped(types=samples.WORD + samples.SHEET),
    "broken.docx": samples.zipped(types=samples.WORD)[:40],
    "script.pdf": b"<script>alert(1)</script>%PDF-1.4",
    "nothing": b"some words",
    "moving.gif": b"GIF89a" + b"\x00" * 40,
}


@pytest.fixture
def ana(make_user):
    return make_user("ana")


def refusal(name, content, by, **options):
    with pytest.raises(Refused) as refused:
        files.store(upload(name, content), by=by, **options)
    assert not StoredFile.objects.exists()
    return refused.value


@pytest.mark.django_db
@pytest.mark.parametrize("name", BAD_TYPE)
def test_other_kinds_are_refused_by_name_and_with_the_mend(ana, name):
    refused = refusal(name, BAD_TYPE[name], ana)
    assert (refused.status, refused.code) == (415, "file_type")
    expected = f"O arquivo «{name}» não é aceito. Envie PDF, JPEG, PNG, DOCX, XLSX, ODT, ODS ou CSV."
    assert str(refused) == expected


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("a.png", samples.PDF),
        ("a.docx", samples.GOOD["a.xlsx"]),
        ("a.pdf", samples.picture()),
        ("sem-final", samples.PDF),
    ],
)
def test_a_name_that_says_something_else_is_refused(ana, name, content):
    refused = refusal(name, content, ana)
    assert (refused.status, refused.code) == (415, "file_name_disagrees")


@pytest.mark.django_db
def test_a_kind_the_field_does_not_take_is_refused(ana):
    refused = refusal("a.png", samples.GOOD["a.png"], ana, kinds=files.DOCUMENT)
    assert str(refused) == "O arquivo «a.png» não é aceito. Envie PDF."


@pytest.mark.django_db
def test_an_empty_file_is_refused(ana):
    assert refusal("a.pdf", b"", ana).code == "file_empty"


@pytest.mark.django_db
def test_a_file_past_the_limit_is_refused(ana, settings):
    settings.FILE_MAX_BYTES = files.MEBIBYTE
    refused = refusal("a.pdf", samples.PDF + b"x" * files.MEBIBYTE, ana)
    assert refused.status == 413
    assert "«a.pdf» passa do limite de 1 MiB" in str(refused)


@pytest.mark.django_db
def test_a_picture_with_too_many_pixels_is_refused_unopened(ana, settings):
    settings.FILE_MAX_PIXELS = 799
    assert refusal("a.png", samples.picture("PNG"), ana).code == "image_too_large"


@pytest.mark.django_db
def test_a_picture_cut_off_in_the_middle_is_refused(ana):
    whole = samples.picture("PNG", size=(300, 300))
    assert refusal("a.png", whole[: len(whole) // 2], ana).code == "image_unreadable"


@pytest.mark.django_db
@pytest.mark.parametrize("name", samples.GOOD)
def test_each_allowed_kind_is_kept(ana, name):
    stored = files.store(upload(name, samples.GOOD[name]), by=ana)
    content = stored.file.read()
    assert stored.original_name == name
    assert stored.size == len(content)
    assert stored.sha256 == hashlib.sha256(content).hexdigest()
    assert stored.uploaded_by == ana
    assert stored.scan == StoredFile.Scan.NOT_SCANNED


@pytest.mark.django_db
def test_documents_are_kept_byte_for_byte(ana):
    assert files.store(upload("a.pdf", samples.PDF), by=ana).file.read() == samples.PDF


@pytest.mark.django_db
def test_a_picture_loses_what_the_camera_noted_and_stands_upright(ana):
    stored = files.store(upload("foto.jpg", samples.picture_with_place()), by=ana)
    content = stored.file.read()
    assert b"Telefone" not in content
    with Image.open(io.BytesIO(content)) as kept:
        assert not kept.getexif()
        assert kept.size == (20, 40)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA"])
def test_pictures_of_all_modes_look_as_before(mode):
    target = io.BytesIO()
    Image.new("RGBA", (8, 8), (200, 30, 30, 255)).convert(mode).save(target, "PNG")
    anew = sniff.image_anew(target.getvalue(), "png", 1000)
    with Image.open(target) as before, Image.open(io.BytesIO(anew)) as after:
        assert after.convert("RGBA").tobytes() == before.convert("RGBA").tobytes()


@pytest.mark.django_db
def test_the_stored_name_is_random_and_says_nothing(ana):
    stored = files.store(upload("../../segredo.pdf", samples.PDF), by=ana)
    again = files.store(upload("../../segredo.pdf", samples.PDF), by=ana)
    assert "segredo" not in stored.file.name
    assert stored.file.name != again.file.name
    assert stored.original_name == "segredo.pdf"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("C:\\Users\\ana\\lei.pdf", "lei.pdf"),
        ("a\r\nSet-Cookie: x.pdf", "aSet-Cookie: x.pdf"),
        ("", "arquivo"),
        ("n" * 300 + ".pdf", "n" * 180 + ".pdf"),
    ],
)
def test_names_are_cleaned(typed, kept):
    assert files.clean_name(typed) == kept


@pytest.mark.django_db
def test_it_is_served_as_an_attachment_that_cannot_run(ana):
    stored = files.store(upload("relatório final.pdf", samples.PDF), by=ana)
    answer = files.response(stored)
    assert b"".join(answer) == samples.PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''relat%C3%B3rio%20final.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Content-Security-Policy"].startswith("sandbox")
    assert "no-store" in answer["Cache-Control"]


@pytest.mark.django_db
def test_the_scanner_of_the_installation_is_asked(ana, settings):
    settings.FILE_SCANNER = "tests.core.test_files.is_harmless"
    assert files.store(upload("a.pdf", samples.PDF), by=ana).scan == StoredFile.Scan.CLEAN
    with pytest.raises(Refused, match="recusado pelo antivírus"):
        files.store(upload("b.csv", b"eicar;1"), by=ana)


def is_harmless(content):
    return b"eicar" not in content


@pytest.mark.django_db
def test_removing_takes_the_content_too(ana, django_capture_on_commit_callbacks):
    stored = files.store(upload("a.pdf", samples.PDF), by=ana)
    name = stored.file.name
    with django_capture_on_commit_callbacks(execute=True):
        files.remove(stored)
    assert not default_storage.exists(name)


def test_names_for_every_system():
    assert files.ascii_name("Relatório São Paulo.pdf") == "Relatorio_Sao_Paulo.pdf"


# upkeep


@pytest.fixture
def disk(settings, tmp_path):
    """A real folder of this test's own in place of the memory."""
    settings.MEDIA_ROOT = str(tmp_path)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    return tmp_path


def aged(disk, stored, days):
    then = time.time() - days * 86400
    os.utime(disk / stored.file.name, (then, then))


@pytest.mark.django_db
def test_reconcile_removes_only_old_contents_without_a_row(ana, disk):
    named, old, fresh = (files.store(upload("a.pdf", samples.PDF), by=ana) for _each in range(3))
    StoredFile.objects.exclude(pk=named.pk).delete()
    aged(disk, named, 3)
    aged(disk, old, 3)
    assert upkeep.reconcile()["orphan_files_removed"] == 1
    assert [default_storage.exists(each.file.name) for each in (named, old, fresh)] == [True, False, True]


@pytest.mark.django_db
def test_a_row_that_cannot_be_written_leaves_no_content(disk):
    with pytest.raises(IntegrityError):
        files.keep(b"x", name="a.txt", media_type="text/plain", scan="unheard")
    assert list(upkeep.stored_names()) == []


@pytest.mark.django_db
def test_reconcile_says_when_a_content_is_missing(ana):
    from django.core.management import CommandError

    default_storage.delete(files.store(upload("a.pdf", samples.PDF), by=ana).file.name)
    with pytest.raises(CommandError, match="backup"):
        call_command("reconcile")


@pytest.mark.django_db
def test_reconcile_tells_its_counts_as_json(capsys):
    call_command("reconcile", "--json")
    assert '"jobs_rung": 0' in capsys.readouterr().out
