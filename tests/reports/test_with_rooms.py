"""From the rooms' own submissions to published documents: what they freeze is what the documents read."""

import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.diagnosis.submission import submit_diagnosis
from certification.enrollment.models import Enrollment
from certification.models import Edition, Kind, Participation, Programme
from certification.prioritization.frozen import content_of
from certification.prioritization.models import ActionPartner, NextMove, Plan, PlanItem, PriorityAction
from certification.reports import domain
from certification.reports.models import Report
from certification.seal import domain as seals
from core import jobs
from dimensions import catalogue, loader
from tests.diagnosis.conftest import accepted, fill_in
from tests.reports.conftest import hand_over
from tests.seal.conftest import make_ready

pytestmark = pytest.mark.slow
DAY = timedelta(days=1)


@pytest.fixture
def enrolled(canoas, ana, helena):
    """A participation of an edition that is open to all steps, its diagnosis opened."""
    catalogue.forget()
    loader.load_default()
    now = timezone.now()
    programme = Programme.objects.create(slug="migracidades", name="MigraCidades")
    edition = Edition.objects.create(programme=programme, year=2031, seal_valid_until=(now + 400 * DAY).date())
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - DAY, now + DAY)))
    yield accepted(edition, canoas, manager=ana, coordinator=helena, at=now)
    catalogue.forget()


def text_of(report):
    content = report.file.file.open("rb").read()
    text = subprocess.run(["pdftotext", "-", "-"], input=content, capture_output=True, check=True).stdout.decode()
    return " ".join(text.split())


def again(participation):
    return Participation.objects.with_cycle().get(pk=participation.pk)


def submitted(participation, by):
    fill_in(participation.diagnosis, by, timezone.now())
    return submit_diagnosis(again(participation), by=by, at=timezone.now())[0]


def test_validated_diagnosis_has_its_report_made(enrolled, ana, helena):
    snapshot = submitted(enrolled, ana)
    cycle.accept(again(enrolled), Kind.DIAGNOSIS, by=helena, at=timezone.now())
    jobs.drain()
    report = Report.objects.get(kind="diagnosis")
    text = text_of(report)
    assert report.snapshot == snapshot
    for said in ("Canoas (RS)", snapshot.protocol, "Um texto.", "Sem dado", "Estrutura institucional", "página 2 de"):
        assert said in text
    assert "Validado pela coordenação em ainda em análise" not in text


def test_frozen_priorities_fill_matrix_and_sheets(enrolled, ana, canoas):
    question = catalogue.latest().indicator("1.01")
    action = PriorityAction.objects.create(
        government=canoas,
        indicator_id=question.id,
        dimension=1,
        title="Portaria da pauta migratória",
        department="Assistência Social",
        starts_on=timezone.localdate(),
        ends_on=timezone.localdate() + 90 * DAY,
    )
    ActionPartner.objects.create(action=action, name="Procuradoria do município")
    NextMove.objects.create(action=action, on=timezone.localdate(), text="Levar a minuta à prefeita")
    plan, _created = Plan.objects.get_or_create(participation=enrolled)
    item = PlanItem.objects.create(plan=plan, action=action)
    hand_over(enrolled, Kind.PRIORITIZATION, content_of([item], enrolled), by=ana)
    jobs.drain()
    report, _job = domain.request_report(again(enrolled), Report.Kind.PRIORITIZATION, by=ana, language="es")
    domain.make_report(report)
    text = text_of(Report.objects.get(pk=report.pk))
    for said in (action.title, "Procuradoria do município", "Levar a minuta", question.question.in_language("es")):
        assert said in text


def test_award_has_its_certificate_made_and_publication_shows_it(client, canoas, ana, helena, marcos):
    now = timezone.now()
    programme = Programme.objects.create(slug="migracidades", name="MigraCidades")
    edition = Edition.objects.create(programme=programme, year=2031, seal_valid_until=(now + 400 * DAY).date())
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - DAY, now + DAY)))
    participation = cycle.begin(edition, canoas, by=ana, at=now)
    Enrollment.objects.update_or_create(
        participation=participation, defaults={"signatory_name": "Jussara Prado", "signatory_position": "Prefeita"}
    )
    ready = make_ready(participation, by=ana, coordinator=helena)
    seals.propose_award(ready, by=helena, at=now)
    seal = seals.confirm_award(again(ready), by=marcos, at=now)
    assert jobs.run_one(jobs.Job.objects.get(kind="certificate_for_seal").pk)
    certificate = Report.objects.get(kind="certificate")
    text = text_of(certificate)
    for said in ("Canoas (RS)", seal.code, helena.name, marcos.name, "2031"):
        assert said in text
    assert client.get(certificate.get_absolute_url()).status_code == 404
    seals.publish_edition(edition, by=helena, at=timezone.now())
    assert client.get(certificate.get_absolute_url()).status_code == 200
    assert client.get(reverse("report-file", args=[certificate.pk])).status_code == 200
    seals.propose_revocation(again(ready), reason="Documento assinado por quem não podia.", by=helena, at=now)
    seals.confirm_revocation(again(ready), by=marcos, at=now)
    assert "deixou de ser distribuído" in client.get(certificate.get_absolute_url()).content.decode()
    assert client.get(reverse("report-file", args=[certificate.pk])).status_code == 404
