"""The look-up for everyone: by code or file, never cached, no cookie, nothing kept; what changes is seen in the next request, everywhere."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import translation

from certification.seal import carriers
from core import verifiable
from core.models import AuditEvent, StoredFile

pytestmark = pytest.mark.django_db


def sent(client, content, name="selo.json", language=""):
    return client.post(f"{language}/verificar/", {"arquivo": SimpleUploadedFile(name, content)})


def everywhere(client, seal):
    """The state each address tells: page, credential, situation, pictures, snippet, look-up by file, API."""
    code = seal.code
    get = lambda name: client.get(reverse(name, args=[code]))  # noqa: E731
    page, embed = get("seal").content.decode(), get("seal-embed").content.decode()
    words = {"Válido": "valid", "Expirado": "expired", "Revogado": "revoked", "Substituído": "replaced"}
    svg, today = get("seal-svg").content.decode(), get("seal-today").content.decode()
    file = sent(client, seal.credential.jwt.encode()).content.decode()
    return {
        "page": page.partition("seal-verdict is-")[2].partition('"')[0],
        "json": get("seal-json").json()["status"]["state"],
        "status": get("seal-status").json()["state"],
        "svg": next((words[word] for word in words if word.upper() in svg), "valid"),
        "today": next(words[word] for word in words if f">{word}<" in today),
        "embed": next(words[word] for word in words if f': {word}"' in embed),
        "file": file.partition("seal-verdict is-")[2].partition('"')[0],
        "api": client.get(f"/api/v1/seals/{code}").json()["state"],
    }


def test_a_revocation_is_seen_everywhere_in_the_next_request(client, public, revoke):
    assert set(everywhere(client, public).values()) == {"valid"}
    png = client.get(reverse("seal-png", args=[public.code])).content
    revoke(public, reason="Assinatura falsa.")
    assert set(everywhere(client, public).values()) == {"revoked"}
    assert client.get(reverse("seal-png", args=[public.code])).content != png
    told = client.get(reverse("seal-status", args=[public.code])).json()
    assert (told["public_reason"], told["revoked_at"] is not None) == ("Assinatura falsa.", True)


def test_a_replacement_is_seen_everywhere_in_the_next_request(client, public, replace):
    new = replace(public)
    assert set(everywhere(client, public).values()) == {"replaced"}
    assert set(everywhere(client, new).values()) == {"valid"}
    assert client.get(reverse("seal-status", args=[public.code])).json()["replaced_by"].endswith(f"/selos/{new.code}/")
    page = client.get(public.get_absolute_url()).content.decode()
    assert new.get_absolute_url() in page
    assert "O nome saiu errado." in page
    assert public.code in client.get(new.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    "name", ["seal", "seal-embed", "seal-json", "seal-jwt", "seal-svg", "seal-png", "seal-status", "seal-today"]
)
def test_how_a_seal_stands_is_kept_by_nobody(client, public, name):
    answer = client.get(reverse(name, args=[public.code]))
    assert "no-store" in answer["Cache-Control"]
    assert not answer.cookies
    assert not answer.has_header("ETag")


@pytest.mark.parametrize("language", ["", "/en", "/es"])
def test_the_verdict_is_said_in_three_languages(client, public, replace, language):
    replace(public)
    told = client.get(reverse("seal-status", args=[public.code])).json()["in_words"]
    page = client.get(f"{language}/selos/{public.code}/").content.decode()
    assert set(told) == {"pt-br", "en", "es"}
    with translation.override(language.strip("/") or "pt-br"):
        assert told[language.strip("/") or "pt-br"] in page


def test_a_genuine_file_says_whose_it_is_and_how_it_stands_today(client, public):
    for name in ("seal-json", "seal-svg", "seal-png", "seal-jwt"):
        content = client.get(reverse(name, args=[public.code])).content
        page = sent(client, content)
        text = page.content.decode()
        assert page.status_code == 200
        assert "A credencial é autêntica" in text
        assert "<strong>Canoas (RS)</strong>" in text
        assert 'seal-verdict is-valid"' in text
        assert not page.cookies


def test_nothing_of_a_file_is_kept(client, public):
    before = AuditEvent.objects.count()
    sent(client, public.credential.jwt.encode())
    assert (AuditEvent.objects.count(), StoredFile.objects.count()) == (before, 0)


def test_a_readable_part_somebody_edited_is_found_out(client, public):
    told = client.get(reverse("seal-json", args=[public.code])).json()
    told["credential"]["name"] = "Selo MigraCidades 2031: Gotham"
    page = sent(client, json.dumps(told).encode())
    assert page.status_code == 422
    assert "foi alterada depois de assinada" in page.content.decode()


BOMB = b'<?xml version="1.0"?><!DOCTYPE s [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]><svg xmlns="http://www.w3.org/2000/svg">&b;</svg>'


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "O arquivo está vazio"),
        (b"%PDF-1.7 ...", "não abre PDF"),
        (b"\x89PNG\r\n\x1a\nbroken", "está danificado"),
        (b"<svg", "está danificado"),
        (BOMB, "está danificado"),
        (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "não traz a credencial"),
        (b"\xff\xd8\xff\xe0 a photograph", "SVG ou PNG"),
        (b"{", "que se possa ler"),
        (b'{"jwt": 3}', "que se possa ler"),
        (b"[" * 5000, "que se possa ler"),
        (b'{"a":' * 5000, "que se possa ler"),
        (b"a.b.c", "que se possa ler"),
        (b"eyJhbGciOiJFZERTQSJ9.W10.AA", "que se possa ler"),
    ],
)
def test_other_files_are_told_what_to_send_instead(client, content, said):
    page = (
        sent(client, content) if content else client.post("/verificar/", {"arquivo": SimpleUploadedFile("x.svg", b" ")})
    )
    assert page.status_code == 422
    assert said in page.content.decode()


def test_no_file_and_a_large_one(client):
    assert client.post("/verificar/").status_code == 422
    page = sent(client, b"x" * (carriers.LARGEST + 1))
    assert page.status_code == 413
    assert "mais de 256 KiB" in page.content.decode()


def test_a_body_that_says_it_is_huge_is_not_read(client):
    page = client.post(
        "/verificar/", data=b"x", content_type="multipart/form-data; boundary=x", CONTENT_LENGTH="99999999"
    )
    assert page.status_code == 413


def test_codes_of_other_rooms_lead_to_their_page(client, monkeypatch):
    monkeypatch.setattr(verifiable, "_finders", {})
    verifiable.register("attendance", lambda code: "/eventos/certificados/AB12/" if code == "AB12" else None)
    assert client.get("/verificar/", {"codigo": "ab-12"}).url == "/eventos/certificados/AB12/"
    assert client.get("/verificar/", {"codigo": "ab-13"}).status_code == 404


def test_two_rooms_may_not_take_one_name(monkeypatch):
    monkeypatch.setattr(verifiable, "_finders", {})
    verifiable.register("attendance", lambda code: None)
    with pytest.raises(ValueError, match="two finders"):
        verifiable.register("attendance", print)


def test_the_snippet_is_a_link_with_a_picture_and_nothing_that_runs(client, public):
    page = client.get(reverse("seal-embed", args=[public.code])).content.decode()
    assert f"/selos/{public.code}/hoje.svg&quot; width=&quot;440&quot;" in page
    picture = client.get(reverse("seal-today", args=[public.code]))
    assert (picture["Cross-Origin-Resource-Policy"], picture["Content-Type"]) == ("cross-origin", "image/svg+xml")
    assert b"<script" not in picture.content
    assert "Válido" in picture.content.decode()
    # The language is that of the address, whatever the visitor's browser speaks: it belongs to the city's page.
    assert "Válido" in client.get(picture.request["PATH_INFO"], headers={"Accept-Language": "en"}).content.decode()
    assert "Valid" in client.get(picture.request["PATH_INFO"], {"lang": "en"}).content.decode()


def test_a_name_with_marks_is_text_in_every_picture(client, earlier):
    seal = earlier("Cidade \"<b>&'")
    for name in ("seal-today", "seal-embed", "seal"):
        content = client.get(reverse(name, args=[seal.code])).content.decode()
        assert 'Cidade "<b>' not in content
        assert "&lt;b&gt;" in content


def test_the_public_document_is_there_for_everyone(client):
    answer = client.get(reverse("seal-document"))
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert "situacao.json" in answer.content.decode()
    for language in ("", "/en", "/es"):
        assert client.get(f"{language}/selos/como-verificar/").status_code == 200


# The command.


def told(capsys, *arguments):
    """(exit code, what it said) of the command."""
    code = 0
    try:
        call_command("verify_seal", *map(str, arguments), "--json")
    except SystemExit as ended:
        code = ended.code
    return code, json.loads(capsys.readouterr().out)


@pytest.fixture
def saved(client, public, tmp_path):
    """A function that saves an address of the seal to a file."""

    def save(name, *arguments):
        file = tmp_path / "-".join((name, *arguments))
        file.write_bytes(client.get(reverse(name, args=arguments)).content)
        return file

    return save


def test_the_command_checks_a_code_and_a_file_against_the_rows(capsys, public, revoke, saved):
    file = saved("seal-svg", public.code)
    assert told(capsys, public.code.lower())[0] == told(capsys, file)[0] == 0
    revoke(public)
    assert [told(capsys, public.code)[0], told(capsys, file)[0]] == [4, 4]
    assert told(capsys, "NAOEXISTE0")[1]["doubt"] == "unknown"


def test_the_command_works_with_saved_files_alone(capsys, public, replace, saved, django_assert_num_queries):
    file, known = saved("seal-png", public.code), saved("seal-keys")
    replace(public)
    later = saved("seal-status", public.code)
    with django_assert_num_queries(0):
        assert told(capsys, file, "--keys", known)[0] == 6
        assert told(capsys, file, "--keys", known, "--status", later)[0] == 5


def test_a_situation_is_believed_only_signed_of_this_seal_and_fresh(capsys, public, earlier, saved, monkeypatch):
    from datetime import timedelta

    from django.utils import timezone

    file, known, status = saved("seal-jwt", public.code), saved("seal-keys"), saved("seal-status", public.code)
    assert told(capsys, file, "--keys", known, "--status", status)[0] == 0
    edited = status.with_name("edited.json")
    edited.write_text(json.dumps(json.loads(status.read_text()) | {"jwt": "a.b.c", "state": "valid"}))
    assert told(capsys, file, "--keys", known, "--status", edited)[0] == 1
    other = saved("seal-status", earlier("Goiânia").code)
    assert told(capsys, file, "--keys", known, "--status", other)[0] == 1
    tomorrow = timezone.now() + timedelta(days=2)
    monkeypatch.setattr(timezone, "now", lambda: tomorrow)
    assert told(capsys, file, "--keys", known, "--status", status)[0] == 6


def test_the_command_knows_an_expired_and_a_forged_one_without_asking(capsys, earlier, saved):
    gone = earlier("Lages", ends=-1)
    file, known = saved("seal-jwt", gone.code), saved("seal-keys")
    assert told(capsys, file, "--keys", known)[0] == 3
    file.write_bytes(file.read_bytes()[:-4] + b"AAAA")
    assert told(capsys, file, "--keys", known) == (
        1,
        {
            "genuine": False,
            "state": None,
            "doubt": "altered",
            "in_words": "A credencial foi alterada depois de assinada: o conteúdo não confere com a assinatura.",
        },
    )
