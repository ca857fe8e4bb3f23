"""An edition's page: periods with reasons, who enrolled, who was certified, all reports in one file."""

import zipfile
from io import BytesIO

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.figures import archive, domain
from certification.models import Edition, Extension, Kind, Snapshot
from certification.reports.models import Report
from core import files
from core.models import Job
from governments.models import GovernmentKind
from tests.factories import GovernmentFactory
from tests.figures.ways import take_part

from .conftest import NOW, revoke, text_of


@pytest.fixture
def edition(programme, questionnaire):
    return Edition.objects.create(programme=programme, year=2024, published_at=NOW(), questionnaire_id=questionnaire.pk)


@pytest.fixture
def held(edition, ana, helena):
    people = {"by": ana, "coordinator": helena, "at": NOW()}
    goias = GovernmentFactory(name="Goiás", kind=GovernmentKind.STATE, uf="GO", region="Centro-Oeste")
    sealed = take_part(edition, GovernmentFactory(name="Goiânia", uf="GO", region="Centro-Oeste"), **people)
    take_part(edition, goias, **people)
    take_part(edition, GovernmentFactory(name="Catalão", uf="GO", region="Centro-Oeste"), to=Kind.ENROLLMENT, **people)
    domain.refresh_edition(edition, NOW())
    return sealed


def page_of(client, year=2024):
    return text_of(client.get(reverse("edition", args=[year])))


def test_it_says_who_enrolled_and_who_was_certified_by_region_and_kind(client, held):
    page = page_of(client)
    assert "3 governos se inscreveram. 2 governos com selo: 1 município e 1 estado." in page
    assert "Goiás (estado)" in page
    assert "Goiânia (GO)" in page
    assert "Também se inscreveram" in page
    assert "Catalão (GO)" in page
    assert ("Centro-Oeste", 3, 2) in client.get(reverse("edition", args=[2024])).context["table"]


def test_an_edition_of_before_the_portal_does_not_pretend_to_know_who_enrolled(client, published, sealed):
    page = page_of(client, 2021)
    assert "1 governo com selo: 1 município." in page
    assert "inscreveu" not in page.split("Esta edição aconteceu antes do portal")[0].split("Edição 2021")[-1]
    assert "Inscritos" not in page


def test_nobody_is_named_before_publication(client, held, edition):
    edition.published_at = None
    edition.save()
    domain.rebuild()
    page = page_of(client)
    for name in ("Goiânia", "Goiás", "Catalão"):
        assert name not in page
    assert "Edição em andamento" in page


def test_an_extension_is_shown_with_its_reason_its_author_s_role_and_day(client, unpublished, helena):
    cycle.extend(
        unpublished,
        Kind.ENROLLMENT,
        scope=Extension.Scope.UF,
        uf="RS",
        closes_at=NOW() + timezone.timedelta(days=40),
        reason="Enchentes no estado",
        by=helena,
    )
    page = page_of(client, 2026)
    assert "Enchentes no estado" in page
    assert "Decidida pela coordenação do programa em" in page
    assert "Helena" not in page


def test_the_list_of_editions_counts_certified_and_enrolled(client, held, unpublished):
    page = text_of(client.get(reverse("editions")))
    assert "2 governos com selo, de 3 inscritos" in page
    assert "em andamento" in page


def asked(client):
    with CaptureQueriesContext(connection) as captured:
        client.get(reverse("edition", args=[2024]))
    return len(captured)


def test_a_page_costs_the_same_for_one_and_for_many(client, held, edition, ana, helena):
    client.get(reverse("edition", args=[2024]))
    few = asked(client)
    for _each in range(4):
        take_part(edition, GovernmentFactory(), by=ana, coordinator=helena, at=NOW())
    domain.refresh_edition(edition, NOW())
    assert asked(client) == few <= 20


def test_more_names_than_fit_lead_to_the_lists(client, held, monkeypatch):
    monkeypatch.setattr("migracidades.public.editions.NAMES", 2)
    page = client.get(reverse("edition", args=[2024]))
    assert "Goiânia" not in text_of(page)
    assert "Centro-Oeste (2 governos)" in text_of(page)
    assert "?situacao=com-selo&amp;edicao=2024&amp;regiao=Centro-Oeste" in page.content.decode()


# All reports in one file


@pytest.fixture
def reported(held, edition, settings, tmp_path):
    """Two published reports of one government, and one that nobody may see yet."""
    settings.MEDIA_ROOT = tmp_path
    return [_report(held, kind, NOW()) for kind in ("diagnosis", "prioritization")] + [
        _report(held, "certificate", None)
    ]


def _report(participation, kind, published_at):
    name = f"migracidades-2024-{kind}.pdf"
    stored = files.keep(f"%PDF {kind}".encode(), name=name, media_type="application/pdf")
    return Report.objects.create(
        participation=participation,
        kind=kind,
        snapshot=Snapshot.objects.filter(participation=participation).first(),
        template_version="1",
        file=stored,
        ready_at=NOW(),
        published_at=published_at,
    )


def zip_of(client):
    response = client.get(reverse("edition-archive", args=[2024]))
    return response, zipfile.ZipFile(BytesIO(b"".join(response.streaming_content)))


def test_the_archive_is_made_by_the_worker_and_holds_what_is_published(client, reported, edition):
    assert client.get(reverse("edition-archive", args=[2024])).status_code == 404
    stored = archive.make(edition)
    response, found = zip_of(client)
    names = found.namelist()
    assert response["Content-Type"] == "application/zip"
    assert len(names) == 3
    assert found.testzip() is None
    assert sum("diagnosis" in name for name in names) == 1
    assert not any("certificate" in name for name in names)
    assert "Goiânia" in found.read("lista.csv").decode("utf-8-sig")
    page = page_of(client)
    assert "Baixar todos em um arquivo ZIP" in page
    assert stored.sha256 in page


def test_made_twice_it_is_one_file_and_a_change_makes_it_anew(client, reported, edition):
    first = archive.make(edition)
    assert archive.make(edition) == first
    assert archive.request_due() == 0
    Report.objects.filter(kind="certificate").update(published_at=NOW())
    assert archive.request_due() == 1
    assert Job.objects.filter(kind="edition_archive").count() == 1
    second = archive.make(edition)
    assert second != first
    assert not type(first).objects.filter(pk=first.pk).exists()
    assert len(zip_of(client)[1].namelist()) == 4


def test_the_same_reports_give_the_same_bytes(reported, edition):
    first = archive.make(edition).sha256
    edition.archive.delete()
    assert archive.make(edition).sha256 == first


def test_it_waits_while_reports_are_being_made(reported, edition):
    Job.request("report", subject=reported[0])
    assert archive.request_due() == 0


def test_the_certificate_of_a_revoked_seal_is_left_out(reported, edition, held, helena, marcos):
    Report.objects.filter(kind="certificate").update(published_at=NOW())
    assert archive.reports_of(edition, NOW()).count() == 3
    revoke(held.seals.get(), helena, marcos, "Motivo")
    assert {report.kind for report in archive.reports_of(edition, NOW())} == {"diagnosis", "prioritization"}


def test_an_archive_of_an_unpublished_edition_is_not_served(client, reported, edition):
    archive.make(edition)
    edition.published_at = None
    edition.save()
    assert client.get(reverse("edition-archive", args=[2024])).status_code == 404
