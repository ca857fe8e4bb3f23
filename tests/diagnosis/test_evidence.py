"""Evidence under an answer: files, addresses, the library, limits, and who may."""

from datetime import timedelta

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.uploadedfile import SimpleUploadedFile

from certification import cycle
from certification.diagnosis import evidence
from certification.diagnosis.evidence import EvidenceRefused, attach_address, attach_file, attach_from_library, detach
from certification.diagnosis.models import Answer
from core import files
from core.models import StoredFile
from governments.models import Evidence

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n"


def pdf(name="lei.pdf", content=PDF):
    return SimpleUploadedFile(name, content, "application/pdf")


@pytest.fixture
def at(diagnosis):
    """Where: question 1.01 of the diagnosis."""
    return {"diagnosis": diagnosis.pk, "code": "1.01"}


@pytest.mark.parametrize(
    ("persona", "error"), [("bruno", PermissionDenied), ("helena", PermissionDenied), ("carla", Answer.DoesNotExist)]
)
def test_who_may_not_write_stores_nothing(at, request, now, persona, error):
    with pytest.raises(error):
        attach_file(at, pdf(), by=request.getfixturevalue(persona), at=now)
    assert not StoredFile.objects.exists()


def test_after_the_deadline_nothing_is_attached(at, ana, close, now):
    close(now)
    with pytest.raises(cycle.StepClosed):
        attach_address(at, "https://canoas.example/lei", by=ana, at=now)
    assert not Evidence.objects.exists()


def test_a_refused_file_leaves_nothing_behind(at, ana, now):
    with pytest.raises(files.Refused, match="não é aceito"):
        attach_file(at, pdf("virus.exe", b"MZ" * 40), by=ana, at=now)
    assert not StoredFile.objects.exists()
    assert not Evidence.objects.exists()


def test_an_answer_takes_so_many_pieces_and_no_more(at, ana, now, settings):
    settings.FILES_PER_ANSWER = 2
    for number in range(2):
        attach_address(at, f"https://canoas.example/{number}", by=ana, at=now)
    with pytest.raises(EvidenceRefused, match="já tem 2 comprovações"):
        attach_file(at, pdf(), by=ana, at=now)
    assert not StoredFile.objects.exists(), "the file goes with the refusal"


def test_a_government_keeps_so_much_and_no_more(at, ana, now, settings):
    settings.GOVERNMENT_MAX_BYTES = len(PDF) + 10
    attach_file(at, pdf(), by=ana, at=now)
    with pytest.raises(EvidenceRefused, match="limite") as refused:
        attach_file(at, pdf(), by=ana, at=now)
    assert refused.value.status == 413
    assert StoredFile.objects.count() == 1


def test_another_governments_piece_is_not_in_the_library(at, ana, other_government, now):
    foreign = Evidence.objects.create(owner=other_government.body, title="Lei de Esteio", url="https://esteio.example")
    with pytest.raises(Evidence.DoesNotExist):
        attach_from_library(at, foreign.pk, by=ana, at=now)


def test_a_file_belongs_to_the_government_and_serves_many_questions(at, ana, dora, canoas, now):
    link = attach_file(at, pdf(), by=ana, at=now, title="Lei 123", kind=Evidence.Kind.LAW)
    piece = link.evidence
    assert (piece.owner, piece.title, piece.kind, piece.added_by) == (canoas.body, "Lei 123", "law", ana)
    again = attach_from_library(at | {"code": "1.04"}, piece.pk, by=dora, at=now)
    assert again.answer.code == "1.04"
    assert attach_from_library(at, piece.pk, by=ana, at=now) == link, "twice is once"


def test_a_piece_that_is_taken_away_stays_in_the_library(at, ana, now):
    link = attach_address(at, "https://canoas.example/lei", by=ana, at=now)
    detach(at, link.pk, by=ana, at=now)
    assert Evidence.objects.get() == link.evidence
    assert not link.answer.evidence_links.exists()


def test_after_the_deadline_nothing_is_taken_away(at, ana, close, now):
    link = attach_address(at, "https://canoas.example/lei", by=ana, at=now - timedelta(hours=2))
    close(now)
    with pytest.raises(cycle.StepClosed):
        detach(at, link.pk, by=ana, at=now)
    assert link.answer.evidence_links.exists()


def test_the_page_attaches_and_shows_the_piece_under_its_question(client, ana, url, at):
    client.force_login(ana)
    sent = {"file": pdf(), "title": "Lei municipal 123", "kind": "law", "url": ""}
    response = client.post(url("evidence", "1.01"), sent)
    assert response["Location"] == f"{url('dimension', 1)}#p-1-01"
    assert "Lei municipal 123" in client.get(url("dimension", 1)).content.decode()


@pytest.mark.parametrize(
    ("sent", "status", "says"),
    [
        ({"kind": "law"}, 422, "um dos dois"),
        ({"kind": "law", "url": "https://a.example", "file": "both"}, 422, "um dos dois"),
        ({"kind": "law", "file": "exe"}, 415, "não é aceito"),
    ],
)
def test_the_page_says_what_to_mend_and_keeps_the_title(client, ana, url, at, sent, status, says):
    client.force_login(ana)
    given = {"both": pdf, "exe": lambda: pdf("virus.exe", b"MZ" * 40)}
    sent = {name: given[value]() if name == "file" else value for name, value in sent.items()}
    response = client.post(url("evidence", "1.01"), sent | {"title": "Meu título"})
    assert response.status_code == status
    page = response.content.decode()
    assert says in page
    assert 'value="Meu título"' in page


def test_a_piece_from_the_library_by_the_page(client, ana, url, at, now, other_government):
    piece = attach_address(at, "https://canoas.example/lei", by=ana, at=now, title="Lei").evidence
    client.force_login(ana)
    assert client.post(url("evidence", "1.04"), {"piece": piece.pk}).status_code == 302
    foreign = Evidence.objects.create(owner=other_government.body, title="Lei", url="https://esteio.example")
    assert client.post(url("evidence", "1.04"), {"piece": foreign.pk}).status_code == 404
    assert client.post(url("evidence", "1.04"), {"piece": "um"}).status_code == 404
    assert client.post(url("evidence", "1.04"), {"piece": "9" * 5000}).status_code == 404


def test_who_only_reads_is_told_so_before_what_to_mend(client, bruno, url):
    client.force_login(bruno)
    assert client.post(url("evidence", "1.04"), {"url": "isto não é endereço"}).status_code == 403


@pytest.mark.parametrize(("persona", "status"), [("bruno", 403), ("carla", 404), ("dora", 302)])
def test_taking_away_by_persona(client, request, url, at, ana, now, persona, status):
    link = attach_address(at, "https://canoas.example/lei", by=ana, at=now)
    client.force_login(request.getfixturevalue(persona))
    assert client.post(url("evidence-remove", "1.01", link.pk)).status_code == status


def test_the_quota_counts_only_the_own_library(at, ana, other_government, now, settings):
    settings.GOVERNMENT_MAX_BYTES = len(PDF) + 10
    foreign = files.keep(PDF * 3, name="a.pdf", media_type="application/pdf")
    Evidence.objects.create(owner=other_government.body, title="Grande", file=foreign)
    assert evidence.attach_file(at, pdf(), by=ana, at=now)
