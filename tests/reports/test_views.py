"""The shelf of reports, asking for one, the public page and the file."""

import pytest
from django.urls import reverse
from django.utils import timezone

from certification.models import Kind
from certification.reports import domain
from certification.reports.models import Report
from certification.seal.models import Seal
from core import jobs
from core.models import Job
from tests.reports.conftest import AT, approve


def shelf_of(participation):
    return reverse("reports:list", args=[participation.pk])


def ask(client, participation, **fields):
    address = reverse("reports:request", args=[participation.pk])
    return client.post(address, {"kind": "prioritization", "language": "pt-br", **fields})


@pytest.fixture
def ready(participation, priorities, ana):
    report, _job = domain.request_report(participation, Report.Kind.PRIORITIZATION, by=ana)
    domain.make_report(report)
    Job.objects.all().delete()
    return Report.objects.get(pk=report.pk)


@pytest.fixture
def published(ready, participation, ana):
    approve(participation, Kind.PRIORITIZATION, by=ana)
    Seal.objects.create(participation=participation, awarded_at=AT, earlier_source="Lista de 2026")
    edition = participation.edition
    edition.published_at = timezone.now()
    edition.save()
    ready.published_at = edition.published_at
    ready.save()
    return ready


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404), ("helena", 302), ("tiago", 302)],
)
def test_ask_by_persona(client, request, participation, priorities, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert ask(client, participation).status_code == status
    assert Job.objects.filter(kind="report").exists() == (status == 302)


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ana", 200), ("dora", 200), ("bruno", 200), ("carla", 404), ("helena", 200), ("tiago", 200)],
)
def test_shelf_by_persona(client, request, participation, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(shelf_of(participation)).status_code == status


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ana", 200), ("bruno", 200), ("carla", 404), ("helena", 200), ("tiago", 200), (None, 404)],
)
def test_unpublished_report_by_persona(client, request, ready, persona, status):
    if persona:
        client.force_login(request.getfixturevalue(persona))
    assert client.get(ready.get_absolute_url()).status_code == status
    assert client.get(reverse("report-file", args=[ready.pk])).status_code == status


def test_ask_needs_a_post(client, ana, participation):
    client.force_login(ana)
    assert client.get(reverse("reports:request", args=[participation.pk])).status_code == 405


@pytest.mark.parametrize("fields", [{"kind": "boletim"}, {"language": "fr"}])
def test_unknown_kind_or_language_is_not_found(client, ana, participation, priorities, fields):
    client.force_login(ana)
    assert ask(client, participation, **fields).status_code == 404


def test_ask_without_a_submission_says_what_lacks(client, ana, participation):
    client.force_login(ana)
    response = client.post(
        reverse("reports:request", args=[participation.pk]), {"kind": "diagnosis", "language": "pt-br"}, follow=True
    )
    assert "Este relatório fica disponível quando a etapa for enviada." in response.content.decode()


def test_shelf_tells_each_state_in_words(client, ana, participation, priorities):
    client.force_login(ana)
    address = shelf_of(participation)
    before = client.get(address).content.decode()
    assert "Disponível quando o diagnóstico for enviado." in before
    assert "Gerar relatório" in before
    assert "every 2s" not in before
    ask(client, participation)
    waiting = client.get(address).content.decode()
    assert "na fila" in waiting
    assert 'hx-trigger="every 2s"' in waiting
    assert "Atualizar agora" in waiting
    jobs.drain()
    done = client.get(address).content.decode()
    assert "Baixar PDF" in done
    assert "every 2s" not in done


def test_failed_report_says_why_and_can_be_asked_for_again(client, ana, participation, priorities):
    client.force_login(ana)
    ask(client, participation)
    Job.objects.update(
        state="failed", error="O documento é grande demais para a memória reservada.", finished_at=timezone.now()
    )
    page = client.get(shelf_of(participation)).content.decode()
    assert "O documento é grande demais para a memória reservada." in page
    assert "Gerar relatório" in page


def test_reader_sees_no_button(client, bruno, participation, priorities):
    client.force_login(bruno)
    assert "Gerar relatório" not in client.get(shelf_of(participation)).content.decode()


def test_progress_is_the_part_of_the_page(client, ana, participation, priorities):
    client.force_login(ana)
    fragment = client.get(reverse("reports:progress", args=[participation.pk])).content.decode()
    assert fragment.strip().startswith('<div id="shelves"')


def test_desk_sends_back_to_the_desk(client, helena, participation, priorities):
    client.force_login(helena)
    response = ask(client, participation, desk="1")
    assert response.url == reverse("reports:desk", args=[participation.pk])
    assert client.get(response.url).status_code == 200


def test_government_does_not_open_the_desk(client, ana, participation):
    client.force_login(ana)
    assert client.get(reverse("reports:desk", args=[participation.pk])).status_code == 403


def test_file_is_an_attachment_that_is_not_kept(client, ana, ready):
    client.force_login(ana)
    response = client.get(reverse("report-file", args=[ready.pk]))
    assert b"".join(response.streaming_content)[:5] == b"%PDF-"
    assert response["Content-Type"] == "application/pdf"
    assert response["Content-Disposition"] == 'attachment; filename="migracidades-2026-prioritization-4304606.pdf"'
    assert "no-store" in response["Cache-Control"]


def test_published_report_is_for_everybody_without_a_cookie(client, published):
    page = client.get(published.get_absolute_url())
    file = client.get(reverse("report-file", args=[published.pk]))
    assert b"".join(file.streaming_content)[:5] == b"%PDF-"
    assert (page.status_code, file.status_code) == (200, 200)
    assert not page.cookies
    assert published.file.sha256 in page.content.decode()
    assert "Ainda não publicado" not in page.content.decode()


@pytest.mark.parametrize("copies", [1, 3])
def test_shelf_takes_a_constant_number_of_queries(
    client, ana, participation, diagnosis, priorities, copies, django_assert_max_num_queries
):
    for language in ["pt-br", "en", "es"][:copies]:
        for kind in ("diagnosis", "prioritization"):
            domain.request_report(participation, Report.Kind(kind), by=ana, language=language)
    client.force_login(ana)
    with django_assert_max_num_queries(30):
        client.get(shelf_of(participation))
