"""The evidence library: who reads, who brings, what is superseded, and whose file is served."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.models import AuditEvent, StoredFile
from governments import library
from governments.models import Evidence

pytestmark = pytest.mark.django_db

PDF = b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog >>\nendobj\ntrailer << /Root 1 0 R >>\n%%EOF\n"
LIST = "/painel/governos/4304606/comprovacoes/"


def pdf(name="decreto.pdf", content=PDF):
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def keep(government, by, **facts):
    given = {"uploaded": pdf(), "title": "Decreto do comitê", "kind": "decree"} | facts
    return library.add_to_library(government, by=by, at=timezone.now(), **given)


def piece_page(piece):
    return reverse("library-piece", args=["4304606", piece.pk])


def text_of(response):
    return response.content.decode()


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ana", 200), ("dora", 200), ("bruno", 200), ("carla", 404), ("helena", 200), ("tiago", 200)],
)
def test_who_reads_the_library_and_its_files(client, request, canoas, ana, persona, status):
    piece = keep(canoas, ana)
    client.force_login(request.getfixturevalue(persona))
    for address in (LIST, piece_page(piece), reverse("evidence-file", args=[piece.pk])):
        assert client.get(address).status_code == status


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404), ("helena", 403), ("tiago", 403)],
)
def test_who_brings_evidence(client, request, canoas, persona, status):
    client.force_login(request.getfixturevalue(persona))
    response = client.post(LIST, {"uploaded": pdf(), "title": "Ata", "kind": "minutes"})
    assert response.status_code == status
    assert Evidence.objects.exists() is StoredFile.objects.exists() is (status == 302)


def test_a_visitor_gets_no_file(client, canoas, ana):
    piece = keep(canoas, ana)
    assert client.get(reverse("evidence-file", args=[piece.pk])).url.startswith("/conta/entrar/")


@pytest.mark.parametrize(
    ("posted", "status", "told"),
    [
        (lambda: {"kind": "law", "title": "Lei municipal"}, 422, "um dos dois"),
        (
            lambda: {"kind": "law", "title": "Lei municipal", "uploaded": pdf(), "url": "https://x.example/"},
            422,
            "um dos dois",
        ),
        (lambda: {"kind": "law", "title": "Lei municipal", "url": "javascript:alert(1)"}, 422, "Lei municipal"),
        (
            lambda: {"kind": "law", "title": "Lei municipal", "uploaded": pdf("lei.exe", b"MZ" + b"0" * 60)},
            415,
            "não é aceito",
        ),
        (
            lambda: {"kind": "law", "title": "Lei municipal", "uploaded": pdf("lei.pdf", PDF * 30)},
            413,
            "passa do limite",
        ),
    ],
)
def test_what_is_refused_is_named_and_the_rest_stays(client, settings, canoas, ana, posted, status, told):
    settings.FILE_MAX_BYTES = 1000
    client.force_login(ana)
    response = client.post(LIST, posted())
    assert response.status_code == status
    assert told in text_of(response)
    assert 'value="Lei municipal"' in text_of(response)
    assert not Evidence.objects.exists()
    assert not StoredFile.objects.exists()


def test_a_full_library_takes_no_more_files_but_an_address(client, settings, canoas, ana):
    settings.GOVERNMENT_MAX_BYTES = len(PDF) + 10
    keep(canoas, ana)
    client.force_login(ana)
    assert client.post(LIST, {"uploaded": pdf(), "kind": "law"}).status_code == 413
    assert client.post(LIST, {"url": "https://canoas.example/lei", "kind": "law"}).status_code == 302
    assert (Evidence.objects.count(), StoredFile.objects.count()) == (2, 1)


def test_a_file_is_served_to_be_saved_and_written_down(client, canoas, ana, bruno):
    piece = keep(canoas, ana)
    client.force_login(bruno)
    response = client.get(reverse("evidence-file", args=[piece.pk]))
    assert b"".join(response.streaming_content) == PDF
    assert response["Content-Disposition"].startswith("attachment")
    assert AuditEvent.objects.get(action="evidence.downloaded").by == bruno


def test_an_address_has_no_file_to_serve(client, canoas, ana):
    piece = keep(canoas, ana, uploaded=None, url="https://canoas.example/lei")
    client.force_login(ana)
    assert client.get(reverse("evidence-file", args=[piece.pk])).status_code == 404


def test_a_piece_of_another_government_is_not_found_through_ours(client, canoas, other_government, ana, carla):
    piece = keep(other_government, carla)
    client.force_login(ana)
    assert client.get(piece_page(piece)).status_code == 404


def test_a_newer_piece_stands_in_the_place_of_the_older_which_stays(client, canoas, ana):
    old = keep(canoas, ana)
    client.force_login(ana)
    client.post(piece_page(old), {"uploaded": pdf("novo.pdf"), "title": "Decreto de 2031", "kind": "decree"})
    old.refresh_from_db()
    assert old.superseded_by.title == "Decreto de 2031"
    assert "Decreto do comitê" not in text_of(client.get(LIST))
    assert "Decreto do comitê" in text_of(client.get(f"{LIST}?antigas=1"))
    assert "Há uma versão mais nova" in text_of(client.get(piece_page(old)))


def test_what_is_superseded_already_is_not_superseded_again(client, canoas, ana):
    old = keep(canoas, ana)
    keep(canoas, ana, title="Decreto de 2031", replaces=old)
    client.force_login(ana)
    response = client.post(piece_page(old), {"url": "https://canoas.example/3", "title": "Terceiro", "kind": "decree"})
    assert response.status_code == 409
    assert 'value="Terceiro"' in text_of(response)
    assert Evidence.objects.count() == 2


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=COMIT", True),
        ("?q=COMITE decreto", True),
        ("?q=ata", False),
        ("?tipo=decree", True),
        ("?tipo=law", False),
        ("?tipo=x", True),
    ],
)
def test_the_list_is_searched_by_words_and_kind(client, canoas, ana, query, found):
    keep(canoas, ana)
    client.force_login(ana)
    assert ("Decreto do comitê" in text_of(client.get(LIST + query))) is found


def test_the_list_asks_the_same_for_one_and_for_three(client, canoas, ana, django_assert_num_queries):
    keep(canoas, ana)
    client.force_login(ana)
    with CaptureQueriesContext(connection) as one:
        client.get(LIST)
    keep(canoas, ana)
    keep(canoas, ana)
    with django_assert_num_queries(len(one)):
        client.get(LIST)
    assert len(one) <= 30


@pytest.mark.parametrize(("persona", "status"), [("helena", 200), ("tiago", 200), ("admin_ada", 200), ("ana", 403)])
def test_the_list_of_governments_is_the_coordinations(client, request, canoas, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("desk-governments")).status_code == status


@pytest.mark.parametrize(
    ("query", "canoas_there", "esteio_there"),
    [
        ("", True, True),
        ("?q=canoas rs", True, False),
        ("?mostrar=equipe", True, False),
        ("?mostrar=participam", False, False),
    ],
)
def test_governments_are_found_by_name_and_by_having_a_team(
    client, helena, ana, canoas, other_government, query, canoas_there, esteio_there
):
    client.force_login(helena)
    shown = text_of(client.get(reverse("desk-governments") + query))
    assert ("4304606" in shown, "4307708" in shown) == (canoas_there, esteio_there)
