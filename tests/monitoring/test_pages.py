"""The pages of monitoring: who gets in, what is refused and kept, corrections beside what they correct, query counts."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification.models import Kind
from certification.monitoring import domain
from certification.monitoring.models import ProgressEntry, Verification
from governments.models import Evidence


@pytest.fixture
def form(now):
    """The page's form as a browser sends it."""

    def fields(**changes):
        plain = {
            "dated_on": timezone.localdate(now).isoformat(),
            "status": "in_progress",
            "text": "Duas reuniões feitas.",
        }
        return {
            **plain,
            "done": "",
            "total": "",
            "unit": "",
            "url": "",
            "piece_title": "",
            "piece_kind": "other",
            **changes,
        }

    return fields


def queries(client, url, data=None):
    with CaptureQueriesContext(connection) as captured:
        response = client.post(url, data) if data is not None else client.get(url)
    return response, [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]


@pytest.mark.parametrize(
    ("persona", "read", "write"),
    [("ana", 200, 302), ("dora", 200, 302), ("bruno", 200, 403), ("carla", 404, 404), ("tiago", 200, 403)],
)
def test_threads_by_persona(request, client, monitored, first, form, persona, read, write):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("monitoring:overview", args=[monitored.pk])).status_code == read
    response = client.post(reverse("monitoring:add", args=[monitored.pk, first.pk]), form())
    assert response.status_code == write
    assert ProgressEntry.objects.exists() == (write == 302)


@pytest.mark.parametrize("name", ["correct", "evidence"])
def test_an_entry_of_another_government_is_not_found(client, monitored, first, add, carla, form, name):
    entry = add(first)
    client.force_login(carla)
    assert client.post(reverse(f"monitoring:{name}", args=[monitored.pk, entry.pk]), form()).status_code == 404


def test_an_entry_with_numbers_and_a_file_shows_the_degree(client, monitored, first, ana, form):
    client.force_login(ana)
    file = SimpleUploadedFile("atas.csv", b"a;b\n1;2\n")
    url = reverse("monitoring:add", args=[monitored.pk, first.pk])
    page = client.post(url, form(done="1,5", total="6", unit="atas", file=file), follow=True).content.decode()
    assert "Grau de implementação: 25%" in page
    assert "1,5 de 6" in page
    assert "atas.csv" in page
    assert Evidence.objects.get(title="atas.csv").owner == first.government.body


def test_a_window_that_closed_keeps_the_text_and_no_file(client, monitored, first, ana, form, now, close):
    client.force_login(ana)
    url = reverse("monitoring:add", args=[monitored.pk, first.pk])
    assert client.get(url).status_code == 200
    close(now)
    response = client.post(url, form(text="Escrito depois da hora.", file=SimpleUploadedFile("a.csv", b"a;b\n1;2\n")))
    assert response.status_code == 409
    assert "Escrito depois da hora." in response.content.decode()
    assert not Evidence.objects.exists()


@pytest.mark.parametrize(
    ("changes", "status", "said"),
    [
        ({"text": ""}, 422, "Conte em poucas palavras"),
        ({"dated_on": "2199-01-01"}, 422, "não pode ser no futuro"),
        ({"done": "3"}, 422, "deixe os dois em branco"),
        ({"done": "3", "total": "0"}, 422, "maior que zero"),
        ({"url": "isto não é um endereço"}, 422, "URL"),
        ({"file": SimpleUploadedFile("a.exe", b"MZ\x90\x00")}, 415, "não é aceito"),
    ],
)
def test_what_is_wrong_is_said_and_the_rest_kept(client, monitored, first, dora, form, changes, status, said):
    client.force_login(dora)
    sent = form(unit="reuniões com ata", **changes)
    response = client.post(reverse("monitoring:add", args=[monitored.pk, first.pk]), sent)
    assert response.status_code == status
    assert said in response.content.decode()
    assert "reuniões com ata" in response.content.decode()
    assert not ProgressEntry.objects.exists()


def test_a_correction_stands_beside_what_it_corrects(client, monitored, first, add, ana, form):
    wrong = add(first, text="Nove atas.", done=9, total=10)
    client.force_login(ana)
    url = reverse("monitoring:correct", args=[monitored.pk, wrong.pk])
    assert 'value="9"' in client.get(url).content.decode()
    page = client.post(url, form(text="Eram seis.", done="6", total="10"), follow=True).content.decode()
    assert "Nove atas." in page
    assert "Eram seis." in page
    assert "Grau de implementação: 60%" in page
    again = client.post(url, form(text="De novo."))
    assert again.status_code == 422
    assert "já foi corrigido" in again.content.decode()


def test_evidence_comes_from_the_own_library_only(client, monitored, first, add, ana, canoas, other_government):
    entry = add(first)
    own = Evidence.objects.create(owner=canoas.body, title="Nossa ata", url="https://canoas.example/ata")
    theirs = Evidence.objects.create(owner=other_government.body, title="Deles", url="https://e.example/")
    client.force_login(ana)
    url = reverse("monitoring:evidence", args=[monitored.pk, entry.pk])
    page = client.get(url).content.decode()
    assert "Nossa ata" in page
    assert "Deles" not in page
    assert client.post(url, {"pieces": [theirs.pk]}).status_code == 422
    assert client.post(url, {}).status_code == 422
    assert client.post(url, {"pieces": [own.pk]}).status_code == 302
    assert [link.evidence for link in entry.evidence_links.all()] == [own]


def test_submission_lists_what_lacks_then_gives_a_receipt(client, monitored, first, second, add, ana):
    client.force_login(ana)
    url = reverse("monitoring:submit", args=[monitored.pk])
    add(first)
    refused = client.post(url)
    assert refused.status_code == 422
    assert "Ação «Bilhete» sem registro de andamento" in refused.content.decode()
    add(second, status="not_delivered")
    page = client.post(url, follow=True).content.decode()
    snapshot = monitored.snapshots.get(kind=Kind.MONITORING)
    assert snapshot.protocol in page
    assert client.get(reverse("monitoring:receipt-json", args=[monitored.pk, 1])).json() == snapshot.content


@pytest.mark.parametrize(("persona", "read", "verify"), [("helena", 200, 302), ("tiago", 200, 302), ("ana", 403, 403)])
def test_the_desk_by_persona(request, client, monitored, first, add, persona, read, verify):
    entry = add(first)
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("monitoring:review", args=[monitored.pk])).status_code == read
    url = reverse("monitoring:verify", args=[monitored.pk, entry.pk])
    assert client.post(url, {"verdict": "confirmed"}).status_code == verify
    assert Verification.objects.exists() == (verify == 302)


def test_asking_without_words_keeps_the_page_and_asking_shows_on_the_thread(client, monitored, first, add, tiago, ana):
    entry = add(first)
    client.force_login(tiago)
    url = reverse("monitoring:verify", args=[monitored.pk, entry.pk])
    refused = client.post(url, {"verdict": "evidence_asked", "text": " "})
    assert refused.status_code == 422
    assert "Diga que comprovação é necessária." in refused.content.decode()
    nothing = client.post(url, {"verdict": "", "text": "Li tudo, falta a lista."})
    assert nothing.status_code == 422
    assert "Li tudo, falta a lista." in nothing.content.decode()
    client.post(url, {"verdict": "evidence_asked", "text": "Envie a lista de presença."})
    client.force_login(ana)
    page = client.get(reverse("monitoring:overview", args=[monitored.pk])).content.decode()
    assert "Envie a lista de presença." in page
    assert "Comprovação ainda não anexada" in page


def test_a_reviewer_neither_returns_nor_approves(client, monitored, first, second, add, ana, tiago, now):
    add(first)
    add(second)
    domain.submit_monitoring(monitored, by=ana, at=now)
    client.force_login(tiago)
    until = (now + timedelta(days=5)).date().isoformat()
    sent = {"message": "Falta a ata.", "correct_until": until}
    assert client.post(reverse("monitoring:return", args=[monitored.pk]), sent).status_code == 403
    assert client.post(reverse("monitoring:approve", args=[monitored.pk])).status_code == 403


def test_pages_ask_the_same_however_long_the_threads(client, monitored, first, second, add, dora, tiago, now):
    def grow(action):
        piece = Evidence.objects.create(owner=action.government.body, title="Ata", url="https://canoas.example/ata")
        entry = add(action, evidence=[piece])
        domain.verify_entry(monitored, entry.pk, verdict="confirmed", by=tiago, at=now)

    pages = {dora: "monitoring:overview", tiago: "monitoring:review"}
    grow(first)
    before = {}
    for person, name in pages.items():
        client.force_login(person)
        client.get(reverse(name, args=[monitored.pk]))
        before[person] = queries(client, reverse(name, args=[monitored.pk]))[1]
    for _time in range(3):
        grow(second)
    for person, name in pages.items():
        client.force_login(person)
        client.get(reverse(name, args=[monitored.pk]))
        after = queries(client, reverse(name, args=[monitored.pk]))[1]
        assert len(after) == len(before[person]) <= 30


def test_an_entry_is_short(client, monitored, first, dora, form):
    client.force_login(dora)
    url = reverse("monitoring:add", args=[monitored.pk, first.pk])
    client.post(url, form())
    response, asked = queries(client, url, form(key="k2"))
    assert response.status_code == 302
    assert len(asked) <= 12, "\n".join(q["sql"][:140] for q in asked)
