"""Course completions: recorded by the government, checked by the coordination, counted for the seal."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.enrollment import course, domain
from certification.enrollment.models import CourseCompletion, ReferencePerson
from core import outbox
from core.models import OutboxMessage, StoredFile
from governments.models import Evidence

from .conftest import DAY, content, loaded, pdf, person

pytestmark = pytest.mark.django_db


def page(participation, name="course", *args):
    return reverse(f"enrollment:{name}", args=[participation.pk, *args])


def posted(**changed):
    who = ReferencePerson.objects.filter(role="reference").first()
    yesterday = timezone.localdate() - timedelta(days=1)
    return {
        "person": who.pk if who else "",
        "completed_on": yesterday.isoformat(),
        "hours": "30",
        "certificate": pdf("certificado.pdf"),
    } | changed


@pytest.fixture
def recorded(complete, ana):
    return record(complete, ana)


def record(participation, by):
    return course.record_completion(
        participation,
        person=ReferencePerson.objects.get(role="reference"),
        completed_on=timezone.localdate(),
        hours=30,
        certificate=pdf("certificado.pdf"),
        by=by,
        at=timezone.now(),
    )


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404), ("helena", 403)]
)
def test_recording_by_persona(client, request, complete, persona, status):
    files_before = StoredFile.objects.count()
    client.force_login(request.getfixturevalue(persona))
    assert client.post(page(complete), posted()).status_code == status
    assert CourseCompletion.objects.exists() is (status == 302)
    assert StoredFile.objects.count() == files_before + (status == 302)


@pytest.mark.parametrize(
    ("changed", "status", "told"),
    [
        (lambda: {"person": ""}, 422, "Escolha quem concluiu o curso."),
        (lambda: {"person": "999999"}, 422, "Quem concluiu"),
        (lambda: {"completed_on": "2099-01-01"}, 422, "não pode ser no futuro"),
        (lambda: {"hours": "0"}, 422, "Carga horária"),
        (lambda: {"certificate": pdf("certificado.csv", b"a,b\n1,2\n")}, 415, "não é aceito"),
    ],
)
def test_what_is_wrong_is_named_and_nothing_recorded(client, ana, complete, changed, status, told):
    client.force_login(ana)
    response = client.post(page(complete), posted(**changed()))
    assert response.status_code == status
    assert told in response.content.decode()
    assert not CourseCompletion.objects.exists()


def test_a_person_of_another_government_cannot_be_named(client, ana, carla, complete, edition, other_government):
    theirs = cycle.begin(edition, other_government, by=carla, at=timezone.now())
    people = {(1, "reference"): person("Carla Nunes", "carla@esteio.example")}
    domain.save_enrollment(theirs, content(people=people), version=0, by=carla, at=timezone.now())
    client.force_login(ana)
    foreign = ReferencePerson.objects.get(name="Carla Nunes")
    assert client.post(page(complete), posted(person=foreign.pk)).status_code == 422


def test_without_people_the_page_leads_to_the_enrolment(client, ana, participation):
    client.force_login(ana)
    assert "Indique antes as pessoas de referência" in client.get(page(participation)).content.decode()


def test_the_certificate_is_kept_in_the_library(recorded, canoas):
    piece = Evidence.objects.get(kind="certificate")
    assert (piece.owner, piece) == (canoas.body, recorded.certificate)


def test_the_course_counts_only_when_checked(complete, recorded, helena):
    assert "ainda será conferido" in course.course_requirement(loaded(complete)).reason
    course.check_completion(recorded, by=helena, at=timezone.now())
    assert course.course_requirement(loaded(complete)).met


def test_a_refused_certificate_does_not_count_and_says_why(client, ana, complete, recorded, helena):
    client.force_login(helena)
    address = page(complete, "course-refuse", recorded.pk)
    client.post(address, {f"c{recorded.pk}-reason": "O nome está ilegível."})
    requirement = course.course_requirement(loaded(complete))
    assert (requirement.met, "não foi aceito" in str(requirement.reason)) == (False, True)
    client.force_login(ana)
    assert "O nome está ilegível." in client.get(page(complete)).content.decode()
    message = OutboxMessage.objects.get(kind="course_decided", recipient="ana@canoas.example")
    assert "O nome está ilegível." in outbox.write(message).body


@pytest.mark.parametrize("move", ["course-check", "course-refuse"])
@pytest.mark.parametrize(
    ("persona", "status"), [("helena", 302), ("tiago", 302), ("ana", 403), ("carla", 403), ("admin_ada", 403)]
)
def test_checking_by_persona(client, request, complete, recorded, move, persona, status):
    client.force_login(request.getfixturevalue(persona))
    response = client.post(page(complete, move, recorded.pk), {f"c{recorded.pk}-reason": "Ilegível."})
    assert response.status_code == status
    recorded.refresh_from_db()
    assert (recorded.checked_at is not None) is (status == 302)


def test_a_refusal_without_a_reason_is_refused(client, complete, recorded, helena):
    client.force_login(helena)
    response = client.post(page(complete, "course-refuse", recorded.pk), {f"c{recorded.pk}-reason": ""})
    assert response.status_code == 422
    assert f'href="#id_c{recorded.pk}-reason"' in response.content.decode()


def test_a_second_decision_is_told_of_the_first_and_keeps_the_text(client, complete, recorded, helena, marcos):
    course.check_completion(recorded, by=marcos, at=timezone.now())
    client.force_login(helena)
    response = client.post(page(complete, "course-refuse", recorded.pk), {f"c{recorded.pk}-reason": "Falta o verso."})
    assert response.status_code == 409
    assert "Marcos Lobato já conferiu este certificado." in response.content.decode()
    assert "Falta o verso." in response.content.decode()


def test_a_completion_of_another_participation_is_not_found(
    client, helena, complete, recorded, edition, carla, other_government
):
    theirs = cycle.begin(edition, other_government, by=carla, at=timezone.now())
    client.force_login(helena)
    assert client.post(page(theirs, "course-check", recorded.pk)).status_code == 404


def test_who_leaves_keeps_the_course_under_the_own_name(complete, recorded, ana):
    people = content()["people"] | {(1, "reference"): person("Nova Pessoa", "nova@canoas.example")}
    domain.save_enrollment(complete, content(people=people), version=1, by=ana, at=timezone.now())
    recorded.refresh_from_db()
    assert (recorded.name, recorded.person) == ("Ana Prates", None)


def test_the_waiting_list_shows_only_what_waits(client, complete, recorded, helena):
    client.force_login(helena)
    listed = reverse("enrollment:courses")
    assert page(complete, "course-review") in client.get(listed).content.decode()
    course.check_completion(recorded, by=helena, at=timezone.now())
    assert page(complete, "course-review") not in client.get(listed).content.decode()


def test_a_course_is_recorded_after_the_enrolment_has_closed(client, ana, complete, edition):
    edition.windows.all().update(opens_at=timezone.now() - 9 * DAY, closes_at=timezone.now() - DAY)
    client.force_login(ana)
    assert client.post(page(complete), posted()).status_code == 302
