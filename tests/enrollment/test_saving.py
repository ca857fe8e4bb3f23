"""Filling the enrolment in: who may, until when, and that nothing typed is lost."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.enrollment import domain
from certification.enrollment.models import Enrollment
from certification.models import Kind
from core import files
from core.models import AuditEvent, StoredFile
from governments import library
from governments.models import Evidence

from .conftest import DAY, content, fields, pdf, person

pytestmark = pytest.mark.django_db


def save(participation, by, version=0, document=None, at=None, **changed):
    return domain.save_enrollment(
        participation, content(**changed), version=version, by=by, at=at or timezone.now(), document=document
    )


def address(participation, name="form"):
    return reverse(f"enrollment:{name}", args=[participation.pk])


def close(edition):
    now = timezone.now()
    edition.windows.filter(step=Kind.ENROLLMENT).update(opens_at=now - 10 * DAY, closes_at=now - DAY)


@pytest.mark.parametrize("persona", ["bruno", "carla", "helena", "tiago"])
def test_only_managers_and_editors_save(request, participation, persona):
    with pytest.raises(PermissionDenied):
        save(participation, request.getfixturevalue(persona), document=pdf())
    assert not Enrollment.objects.exists()
    assert not StoredFile.objects.exists()


@pytest.mark.parametrize(("persona", "status"), [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404)])
def test_saving_by_persona(client, request, participation, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.post(address(participation), fields()).status_code == status
    assert Enrollment.objects.exists() is (status == 302)


@pytest.mark.parametrize("state", ["submitted", "approved"])
def test_a_submitted_or_validated_enrolment_is_not_changed(questionnaire, submitted, ana, helena, state):
    if state == "approved":
        domain.accept_enrollment(submitted, by=helena, at=timezone.now())
    with pytest.raises(cycle.StepClosed):
        save(submitted, ana, version=1, motives="Outra coisa.")
    assert Enrollment.objects.get().motives == content()["motives"]


def test_a_deadline_between_two_requests_refuses_and_keeps_every_text(client, ana, participation, edition):
    client.force_login(ana)
    assert client.get(address(participation)).status_code == 200
    close(edition)
    response = client.post(address(participation), fields(motives="Escrito até o último minuto."))
    page = response.content.decode()
    assert response.status_code == 409
    assert "O prazo desta etapa terminou" in page
    assert "Escrito até o último minuto." in page
    assert "Wanderley Quispe" in page
    assert not Enrollment.objects.exists()


def test_half_a_form_is_saved_and_read_again(client, dora, participation):
    client.force_login(dora)
    client.post(
        address(participation), {"version": "0", "motives": "Só o começo.", "alternate_1_email": "w@canoas.example"}
    )
    page = client.get(address(participation)).content.decode()
    assert "Só o começo." in page
    assert "w@canoas.example" in page
    assert "Salvo por Dora Lima" in page


def test_a_wrong_address_is_named_and_the_rest_stays_on_the_page(client, ana, participation):
    client.force_login(ana)
    response = client.post(address(participation), fields(reference_1_email="ana-sem-arroba"))
    page = response.content.decode()
    assert response.status_code == 422
    assert 'href="#id_reference_1_email"' in page
    assert content()["motives"] in page


@pytest.mark.parametrize(
    ("upload", "status", "told"),
    [
        (lambda: pdf("carta.pdf", b"\x89PNG\r\n\x1a\n" + b"0" * 40), 415, "não é aceito"),
        (lambda: pdf("carta.docx"), 415, "o nome diz outra coisa"),
        (lambda: pdf("grande.pdf", b"%PDF-1.7\n" + b"0" * 2000), 413, "passa do limite"),
    ],
)
def test_a_refused_document_leaves_every_other_field(client, settings, ana, participation, upload, status, told):
    settings.FILE_MAX_BYTES = 1000
    client.force_login(ana)
    response = client.post(address(participation), fields(intent_document=upload()))
    page = response.content.decode()
    assert response.status_code == status
    assert told in page
    assert content()["motives"] in page
    assert not Enrollment.objects.filter(version__gt=0).exists()
    assert not StoredFile.objects.exists()


def test_a_full_library_refuses_the_document(settings, participation, ana):
    settings.GOVERNMENT_MAX_BYTES = 10
    with pytest.raises(library.LibraryFull):
        save(participation, ana, document=pdf())
    assert not Evidence.objects.exists()


def test_an_older_version_is_refused_with_both_texts(client, ana, dora, participation):
    save(participation, dora, motives="O texto de Dora.")
    client.force_login(ana)
    response = client.post(address(participation), fields(motives="O texto de Ana."))
    page = response.content.decode()
    assert response.status_code == 412
    assert "Dora Lima salvou esta inscrição enquanto você escrevia." in page
    assert "O texto de Dora." in page
    assert page.count("O texto de Ana.") == 2  # in the comparison and in the form
    assert Enrollment.objects.get().motives == "O texto de Dora."


def test_after_a_conflict_the_same_form_wins_when_sent_again(client, ana, dora, participation):
    save(participation, dora, motives="O texto de Dora.")
    client.force_login(ana)
    page = client.post(address(participation), fields(motives="O texto de Ana.")).content.decode()
    assert 'name="version" value="1"' in page
    client.post(address(participation), fields(motives="O texto de Ana.", version="1"))
    assert (Enrollment.objects.get().motives, Enrollment.objects.get().version) == ("O texto de Ana.", 2)


def test_the_same_form_sent_twice_is_no_conflict_and_keeps_one_file(participation, ana):
    save(participation, ana, document=pdf())
    again = save(participation, ana, document=pdf())
    assert again.version == 1
    assert (StoredFile.objects.count(), Evidence.objects.count()) == (1, 1)


def test_a_refused_document_of_a_stale_form_is_not_kept(participation, ana, dora):
    save(participation, dora, motives="Dora.")
    with pytest.raises(domain.Stale):
        save(participation, ana, document=pdf(), motives="Ana.")
    assert not StoredFile.objects.exists()


def test_a_new_document_supersedes_the_old_one(complete, ana):
    old = Evidence.objects.get()
    save(complete, ana, version=1, document=pdf("novo.pdf", b"%PDF-1.7\nnovo\n%%EOF\n"))
    old.refresh_from_db()
    assert old.superseded_by == Enrollment.objects.get().intent_document
    assert old.owner == complete.government.body


def test_whoever_stays_in_a_place_keeps_the_row_and_who_leaves_is_taken_out(complete, ana):
    kept = Enrollment.objects.get().people.get(role="reference")
    save(complete, ana, version=1, people={(1, "reference"): person("Ana Prates", "ana.prates@canoas.example")})
    row = Enrollment.objects.get().people.get()
    assert (row.pk, row.email) == (kept.pk, "ana.prates@canoas.example")


def test_personal_mail_is_warned_about_and_saved(client, ana, participation):
    client.force_login(ana)
    response = client.post(address(participation), fields(reference_1_email="ana@gmail.com"), follow=True)
    assert "Parece e-mail pessoal: ana@gmail.com" in response.content.decode()
    assert Enrollment.objects.get().people.get(role="reference").email == "ana@gmail.com"


def test_a_save_is_audited_without_what_was_written(complete):
    event = AuditEvent.objects.get(action="enrollment.saved")
    assert (event.government_id, event.detail) == (complete.government_id, {"version": 1})


def test_only_a_pdf_is_a_document_of_intention(participation, ana):
    with pytest.raises(files.Refused) as refused:
        save(participation, ana, document=pdf("foto.png", b"\x89PNG\r\n\x1a\n" + b"0" * 40))
    assert refused.value.status == 415


def test_what_is_written_is_escaped(client, ana, participation):
    save(participation, ana, motives="<script>alert(1)</script>")
    client.force_login(ana)
    for name in ("form", "submit", "model"):
        assert "<script>alert(1)" not in client.get(address(participation, name)).content.decode()


def test_saves_and_pages_stay_within_their_queries(client, ana, complete, django_assert_max_num_queries):
    client.force_login(ana)
    client.get(address(complete))
    with django_assert_max_num_queries(30):
        client.get(address(complete))
    with CaptureQueriesContext(connection) as saving:
        client.post(address(complete), fields(version="1", motives="Outro texto."))
    assert Enrollment.objects.get().motives == "Outro texto."
    assert len([query for query in saving if own_work(query["sql"])]) <= 12


def own_work(sql):
    """Not the savepoints, nor who is asking: session, account, programme roles, memberships."""
    who = ("django_session", "accounts_user", "accounts_programmerole", "governments_membership")
    return "SAVEPOINT" not in sql and not sql.startswith(tuple(f'SELECT "{table}"' for table in who))
