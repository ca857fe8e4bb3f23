"""Writing a report: who may, nothing typed is lost, and what is published does not change."""

import json
from datetime import datetime, timedelta
from xml.etree import ElementTree

import pytest
from django.core.management import call_command
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from annual_reports import content, domain, gathering
from annual_reports.forms import ReportForm
from annual_reports.models import AnnualReport, ReportState
from core.links import absolute
from core.models import AuditEvent, Job
from events.models import Event
from events.models import event as agenda

DESK = "/coordenacao/relatorios-anuais/"
EDITOR = f"{DESK}2021/"


def typed(report, **changes):
    """The form as the browser would send it back."""
    form = ReportForm(instance=report)
    data = {name: form.initial.get(name) or "" for name in form.Meta.fields if form.initial.get(name) is not False}
    data |= {"version": report.version, "quotes-TOTAL_FORMS": 0, "quotes-INITIAL_FORMS": 0}
    return data | changes


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 403), ("tiago", 403), ("admin_ada", 403), ("helena", 200), ("marcos", 200)]
)
@pytest.mark.parametrize("path", [DESK, EDITOR, f"{EDITOR}previa/", f"{EDITOR}publicar/"])
def test_only_coordinators_write(client, request, draft, persona, status, path):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(path).status_code == status


def test_a_draft_begins_with_words_in_three_languages(draft):
    assert all(getattr(draft, f"opening_{code}") for code in ("pt_br", "en", "es"))
    assert draft.state == ReportState.DRAFT


def test_begun_twice_it_is_the_same_draft(client, helena, draft):
    client.force_login(helena)
    assert client.post(DESK, {"year": 2021}).url == EDITOR
    assert AnnualReport.objects.count() == 1


def test_a_year_that_has_not_begun_is_refused(client, helena, programme):
    client.force_login(helena)
    response = client.post(DESK, {"year": timezone.localdate().year + 1})
    assert response.status_code == 422
    assert "Escolha um ano que já começou" in response.content.decode()


def test_what_is_saved_is_printed(client, helena, draft):
    client.force_login(helena)
    changes = {
        "opening_pt_br": "Abertura nova",
        "media_count": 150,
        "media_at_least": "on",
        "media_source": "Clipagem da OIM, 2020 e 2021",
        "quotes-TOTAL_FORMS": 2,
        "quotes-0-text": "Aprendemos juntos.",
        "quotes-0-language": "pt-br",
        "quotes-0-name": "Rosa Ajala",
        "quotes-0-consent": "on",
        "quotes-1-text": "Não autorizei.",
        "quotes-1-language": "pt-br",
        "quotes-1-name": "Outra Pessoa",
    }
    assert client.post(EDITOR, typed(draft, **changes)).status_code == 302
    page = client.get(f"{EDITOR}previa/").content.decode()
    assert "Abertura nova" in page
    assert "mais de 150 notícias" in page
    assert "Rosa Ajala" in page
    assert "Outra Pessoa" not in page
    assert AuditEvent.objects.filter(action="annual_report.saved").count() == 1


def test_a_number_without_its_source_is_sent_back_with_what_was_typed(client, helena, draft):
    client.force_login(helena)
    response = client.post(EDITOR, typed(draft, media_count=150, opening_pt_br="Texto que não se perde"))
    assert response.status_code == 422
    page = response.content.decode()
    assert "Diga de onde vem o número" in page
    assert "Texto que não se perde" in page
    assert AnnualReport.objects.get().media_count is None


def test_two_people_at_once_see_both_texts(client, helena, marcos, draft):
    domain.save_draft(draft, {"opening_pt_br": "Texto de Marcos"}, [], version=1, by=marcos, at=timezone.now())
    client.force_login(helena)
    response = client.post(EDITOR, typed(draft, opening_pt_br="Texto de Helena"))
    assert response.status_code == 409
    page = response.content.decode()
    assert "Texto de Marcos" in page
    assert "Texto de Helena" in page
    assert AnnualReport.objects.get().opening_pt_br == "Texto de Marcos"
    # Sent again from that page, it is based on what was seen.
    again = typed(draft, opening_pt_br="Os dois textos", version=2)
    assert client.post(EDITOR, again).status_code == 302
    assert AnnualReport.objects.get().opening_pt_br == "Os dois textos"


def test_only_those_who_agreed_are_offered_and_printed(client, helena, draft):
    event = Event.objects.order_by("starts_on").first()
    agreed = agenda.Testimonial.objects.create(event=event, text="Foi útil.", name="Iara", consent=True)
    agenda.Testimonial.objects.create(event=event, text="Não publiquem.", name="Davi", consent=False)
    client.force_login(helena)
    page = client.get(EDITOR).content.decode()
    assert "Foi útil." in page
    assert "Não publiquem." not in page
    client.post(EDITOR, typed(draft, chosen=[gathering.key_of(agreed)]))
    report = AnnualReport.objects.get()
    assert [row["name"] for row in content.of(report, timezone.now())["testimonials"]] == ["Iara"]
    agreed.consent = False
    agreed.save()
    assert content.of(report, timezone.now())["testimonials"] == []


def test_publishing_freezes(client, helena, draft):
    client.force_login(helena)
    response = client.post(f"{EDITOR}publicar/", {"version": draft.version})
    assert response.url == reverse("annual_report", args=[2021])
    report = AnnualReport.objects.get()
    assert report.sha256 == content.sha256_of(report.content)
    assert Job.objects.filter(kind="annual_report").count() == 3
    Event.objects.all().delete()
    page = client.get("/relatorios-anuais/2021/").content.decode()
    assert "1.140 pessoas" in page
    assert json.loads(client.get("/relatorios-anuais/2021/1/conteudo.json").content)["totals"]["people"] == 1140


def test_publishing_an_old_text_is_refused(client, helena, marcos, draft):
    domain.save_draft(draft, {"opening_pt_br": "Mudou"}, [], version=1, by=marcos, at=timezone.now())
    client.force_login(helena)
    response = client.post(f"{EDITOR}publicar/", {"version": 1})
    assert response.status_code == 409
    assert AnnualReport.objects.get().is_draft


def test_what_is_published_is_not_edited(client, helena, published):
    client.force_login(helena)
    assert client.get(EDITOR).status_code == 200  # the page that offers a correction
    late = client.post(EDITOR, {"version": 1, "opening_pt_br": "Escrito enquanto se publicava."})
    assert late.status_code == 409
    assert "Escrito enquanto se publicava." in late.content.decode()
    with pytest.raises(domain.ReportRefused):
        domain.save_draft(published, {"opening_pt_br": "x"}, [], version=1, by=helena, at=timezone.now())
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.filter(pk=published.pk).update(content=None)


def test_a_correction_is_a_new_version_that_takes_its_place(client, helena, published):
    client.force_login(helena)
    assert client.post(f"{EDITOR}corrigir/", {"reason": " "}).status_code == 422
    assert client.post(f"{EDITOR}corrigir/", {"reason": "Público de um evento"}).status_code == 302
    draft = AnnualReport.objects.get(number=2)
    assert draft.opening_pt_br == published.opening_pt_br
    assert "versão 2" not in client.get("/relatorios-anuais/2021/").content.decode()
    domain.publish(draft, version=draft.version, by=helena, at=timezone.now())
    assert "Público de um evento" in client.get("/relatorios-anuais/2021/").content.decode()
    old = client.get("/relatorios-anuais/2021/1/").content.decode()
    assert "Esta versão foi corrigida" in old


@pytest.fixture
def mapped(client):
    """[(address, last change)] of the reports on the map of the site."""

    def read():
        told = ElementTree.fromstring(client.get("/sitemap-annual_reports-1.xml").content)
        return [(page.findtext("{*}loc"), datetime.fromisoformat(page.findtext("{*}lastmod"))) for page in told]

    return read


def test_the_map_of_the_site_leads_to_the_version_in_force_in_each_language(client, helena, published, mapped):
    addresses = [absolute(f"{prefix}/relatorios-anuais/2021/") for prefix in ("", "/en", "/es")]
    now = timezone.now().replace(microsecond=0)
    before = now - timedelta(days=5)
    AnnualReport.objects.update(published_at=before)
    draft = domain.start_correction(2021, reason="Público de um evento", by=helena, at=now)
    assert "/sitemap-annual_reports-1.xml" in client.get("/sitemap.xml").content.decode()
    assert mapped() == [(address, before) for address in addresses]
    corrected = domain.publish(draft, version=draft.version, by=helena, at=timezone.now())
    assert mapped() == [(address, corrected.published_at.replace(microsecond=0)) for address in addresses]


def test_a_draft_is_on_no_map(client, draft):
    assert "annual_reports" not in client.get("/sitemap.xml").content.decode()


def test_begun_anew_by_two_there_is_one_draft(published, helena, marcos):
    first = domain.start_correction(2021, reason="a", by=helena, at=timezone.now())
    assert domain.start_correction(2021, reason="b", by=marcos, at=timezone.now()) == first
    with pytest.raises(IntegrityError), transaction.atomic():
        AnnualReport.objects.create(year=2021, number=3, reason="c")


@pytest.mark.slow
def test_worker_makes_each_pdf_once(client, published, helena):
    call_command("process_jobs", "--drain")
    files = [document.file_id for document in published.documents.all()]
    assert len(set(files)) == 3
    for document in published.documents.all():
        domain.make_document(document)
    assert [document.file_id for document in published.documents.all()] == files
    assert domain.request_document(published, "en", by=helena, at=timezone.now())[1] is None
    response = client.get("/relatorios-anuais/2021/1/en.pdf")
    assert response["Content-Type"] == "application/pdf"
    assert b"".join(response.streaming_content).startswith(b"%PDF")


def test_a_draft_unchanged_is_asked_for_once(draft, helena):
    now = timezone.now()
    first, _job = domain.request_document(draft, "en", by=helena, at=now)
    second, _job = domain.request_document(draft, "en", by=helena, at=now + timezone.timedelta(minutes=5))
    assert first == second


@pytest.mark.parametrize("path", ["", "1/", "1/pt-br.pdf", "1/conteudo.json"])
def test_a_draft_is_not_public(client, draft, path):
    assert client.get(f"/relatorios-anuais/2021/{path}").status_code == 404


@pytest.mark.parametrize("prefix", ["", "/en", "/es"])
def test_public_pages_set_no_cookie_and_cost_the_same(client, published, prefix, django_assert_max_num_queries):
    for path in ("/relatorios-anuais/", "/relatorios-anuais/2021/", "/relatorios-anuais/2021/1/"):
        with django_assert_max_num_queries(6):
            response = client.get(prefix + path)
        assert response.status_code == 200
        assert not response.cookies
