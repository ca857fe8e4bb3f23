"""At the door and after it: marks, figures, certificates."""

import re
import subprocess
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from core import jobs, tables, verifiable
from core.models import AuditEvent, Job, OutboxMessage
from events import certificates, presence, registering, tokens
from events.domain import create_event
from events.models import Attendance, AttendanceCertificate, Presence, Registration
from events.templatetags.event_dates import long_day
from tests.events.conftest import OPEN, at_hour, coming, entry
from tests.factories import GovernmentFactory, member

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(helena):
    """A training of two days, over since yesterday, with six people of three governments; everybody registered in time."""
    event = coming(days=(5, 6), certificate_hours=6)
    governments = [GovernmentFactory() for _each in range(3)]
    for number in range(6):
        government = governments[number % 3]
        user = member(government, "reader", name=f"Pessoa {number}")
        who = entry(number, name=user.name, email=user.email, government=government)
        registering.register(event, who, at=timezone.now(), user=user)
    for place, session in enumerate(event.sessions.all()):
        session.starts_at = at_hour(-3 + place)
        session.save()
    days = {"starts_on": timezone.localdate(at_hour(-3)), "ends_on": timezone.localdate(at_hour(-2))}
    window = {"registration_opens_at": at_hour(-9), "registration_closes_at": at_hour(-4)}
    type(event).objects.filter(pk=event.pk).update(**days, **window)
    return type(event).objects.get(pk=event.pk)


def mark(event, helena, marks):
    """marks: {number of the registration: places of the sessions}."""
    sessions = list(event.sessions.all())
    for number, places in marks.items():
        row = event.registrations.get(number=number)
        for place in places:
            presence.mark(row, sessions[place], by=helena, at=timezone.now())


def test_who_came_twice_counts_once_and_governments_are_counted_apart(held, helena):
    mark(held, helena, {1: (0, 1), 2: (0, 1), 3: (1,), 4: (0,)})
    presence.count_presences(held, unit="people", by=helena)
    assert Attendance.objects.totals() == {"people": 4, "governments": 0}
    assert list(held.sessions.values_list("attendance__number", flat=True)) == [3, 3]
    presence.count_presences(held, unit="governments", by=helena)
    assert Attendance.objects.totals() == {"people": 0, "governments": 3}


def test_marked_twice_is_marked_once_and_can_be_undone(client, held, helena):
    client.force_login(helena)
    row, session = held.registrations.first(), held.sessions.first()
    address = reverse("event-check-in", args=[held.pk])
    for _twice in range(2):
        answer = client.post(address, {"mark": row.pk, "sessao": session.pk})
        assert answer.status_code == 302
        assert answer.url.endswith(f"#inscricao-{row.pk}")
    assert Presence.objects.count() == 1
    client.post(address, {"undo": row.pk, "sessao": session.pk})
    assert not Presence.objects.exists()
    assert list(AuditEvent.objects.filter(action__startswith="event.presen").values_list("action", flat=True)) == [
        "event.present",
        "event.presence_undone",
    ]


def test_the_code_on_a_phone_opens_the_persons_page_and_one_press_marks(client, held, helena, ana):
    row = held.registrations.first()
    own = client.get(reverse("event-own", args=[tokens.own_page(row)]))
    assert own.status_code == 200
    address = reverse("event-door", args=[held.pk, certificates.spaced(row.code)])
    client.force_login(ana)
    assert client.get(address).status_code == client.post(address).status_code == 403
    client.force_login(helena)
    assert row.name in client.get(address).content.decode()
    client.post(address)
    assert "Presença marcada" in client.get(address).content.decode()
    assert client.get(reverse("event-door", args=[held.pk, "XXXXXXXXXX"])).status_code == 404


def test_after_midnight_the_door_is_still_that_of_last_night():
    nights = [{"starts_at": at_hour(day, 22), "minutes": 240} for day in (1, 2)]
    event = create_event("noites", at=timezone.now(), sessions=nights, **OPEN)
    first, second = event.sessions.all()
    assert presence.session_at(event, at_hour(2, 1)) == first
    assert presence.session_at(event, at_hour(2, 20)) == second
    assert presence.session_at(event, at_hour(3, 1)) == second


def test_the_list_is_searched_without_accents_by_name_government_and_code(client, held, helena):
    row = held.registrations.last()
    Registration.objects.filter(pk=row.pk).update(name="Inês Araújo")
    client.force_login(helena)
    for text in ("ines araujo", row.code.lower()):
        page = client.get(reverse("event-check-in", args=[held.pk]), {"q": text}).context["page"]
        assert [found.pk for found in page.object_list] == [row.pk]


def test_who_cancelled_is_not_marked(held, helena):
    row = held.registrations.first()
    Registration.objects.filter(pk=row.pk).update(state="cancelled", cancelled_at=timezone.now())
    with pytest.raises(presence.NotRegistered):
        presence.mark(row, None, by=helena, at=timezone.now())


def test_addresses_of_an_online_room_are_marked_and_the_unknown_named(client, held, helena):
    known = held.registrations.first()
    client.force_login(helena)
    report = f"Participante;E-mail\nFulana;<{known.email.upper()}>\nOutra; estranha@x.example, tarde"
    response = client.post(
        reverse("event-numbers", args=[held.pk]),
        {"action": "listed", "emails": report, "session": held.sessions.first().pk},
        follow=True,
    )
    assert [str(row.registration.email) for row in Presence.objects.select_related("registration")] == [known.email]
    assert "estranha@x.example" in response.content.decode()


def test_who_came_without_registering_is_written_down_and_marked_once(client, held, helena):
    client.force_login(helena)
    address, session = reverse("event-check-in", args=[held.pk]), held.sessions.last()
    facts = {"door": "1", "sessao": session.pk, "name": "Iara Potira", "email": "iara@x.example"}
    wrong = client.post(address, facts | {"email": "iara"})
    assert (wrong.status_code, "Iara Potira" in wrong.content.decode()) == (422, True)
    for _twice in range(2):
        assert client.post(address, facts).status_code == 302
    row = Registration.objects.get(email_key="iara@x.example")
    assert (row.state, row.number, row.presences.get().session) == ("registered", 7, session)
    assert not OutboxMessage.objects.filter(recipient="iara@x.example").exists()


def test_typed_numbers_are_kept_apart_by_unit_and_taken_back(client, held, helena):
    client.force_login(helena)
    first, second = held.sessions.all()
    facts = {
        "action": "numbers",
        "unit": "people",
        "total": "84",
        f"session_{first.pk}": "82",
        f"session_{second.pk}": "",
    }
    client.post(reverse("event-numbers", args=[held.pk]), facts)
    assert Attendance.objects.totals() == {"people": 84, "governments": 0}
    assert list(Attendance.objects.exclude(session=None).values_list("number", flat=True)) == [82]
    client.post(reverse("event-numbers", args=[held.pk]), facts | {"total": ""})
    assert Attendance.objects.totals() == {"people": 0, "governments": 0}
    wrong = client.post(reverse("event-numbers", args=[held.pk]), facts | {"total": "oitenta"})
    assert (wrong.status_code, "oitenta" in wrong.content.decode()) == (422, True)


def test_the_table_of_registrations_is_on_record_and_holds_no_formula(client, held, helena):
    Registration.objects.filter(number=1).update(name="=HYPERLINK(1)")
    client.force_login(helena)
    table = b"".join(
        client.get(reverse("event-registrations-export", args=[held.pk, "csv"])).streaming_content
    ).decode()
    assert tables.neutral("=HYPERLINK(1)") in table
    assert AuditEvent.objects.filter(action="event.registrations_exported", by=helena).count() == 1
    assert client.get(reverse("event-registrations-export", args=[held.pk, "exe"])).status_code == 404


@pytest.mark.parametrize("name", ["event-check-in", "event-door", "event-registrations", "event-numbers"])
@pytest.mark.parametrize("days", [(5,), (5, 6)])
def test_the_desks_hours_say_once_whose_they_are(client, helena, name, days):
    event = coming(days=days)
    row = registering.register(event, entry(1), at=timezone.now())
    client.force_login(helena)
    page = client.get(reverse(name, args=[event.pk, row.code] if name == "event-door" else [event.pk]))
    assert len(re.findall("[Hh]orários? de Brasília", page.content.decode())) == 1


def test_lists_cost_the_same_for_one_and_for_many(client, held, helena, django_assert_max_num_queries):
    client.force_login(helena)
    for number in range(20):
        Registration.objects.create(
            event=held, number=100 + number, name=f"P {number}", email=f"x{number}@x.example", email_key=f"x{number}",
            government=GovernmentFactory(), state="registered", confirmed_at=timezone.now(), agreed_at=timezone.now(),
        )  # fmt: skip
    for name in ("event-check-in", "event-registrations", "event-desk"):
        with django_assert_max_num_queries(16):
            assert client.get(reverse(name, args=[held.pk] if name != "event-desk" else [])).status_code == 200


# Certificates.


@pytest.mark.parametrize(
    ("facts", "present", "registered", "may", "words"),
    [
        ({}, 2, True, True, ""),
        ({}, 1, True, False, "2 sessões"),
        ({"certificate_sessions": 1}, 1, True, True, ""),
        ({}, 2, False, False, "inscrição confirmada"),
        ({"certificate_hours": None}, 2, True, False, "não dá certificado"),
    ],
)
def test_what_earns_a_certificate_is_said_with_a_reason(held, facts, present, registered, may, words):
    for name, value in facts.items():
        setattr(held, name, value)
    told = certificates.standing(held, 2, present, is_registered=registered, at=timezone.now())
    assert (bool(told), words in told.reason) == (may, True)


def test_before_the_end_there_is_no_certificate(held):
    told = certificates.standing(held, 2, 2, is_registered=True, at=at_hour(-2, 13))
    assert (bool(told), "depois do encontro" in told.reason) == (False, True)


def test_a_certificate_is_asked_for_once_made_by_the_worker_and_checked_by_anyone(client, held, helena):
    mark(held, helena, {1: (0, 1)})
    row = held.registrations.get(number=1)
    Registration.objects.filter(pk=row.pk).update(name="Mª José d’Ávila Ñandú")
    own, page = (reverse(name, args=[tokens.own_page(row)]) for name in ("event-own-certificate", "event-own"))
    for _twice in range(2):
        client.post(own)
    certificate = AttendanceCertificate.objects.get()
    assert Job.objects.filter(kind="attendance_certificate").count() == 1
    assert client.get(own).status_code == 404  # not made yet
    jobs.drain()
    jobs.drain()
    assert "Baixar o certificado" in client.get(page).content.decode()
    document = b"".join(client.get(own).streaming_content)
    text = subprocess.run(["pdftotext", "-", "-"], input=document, capture_output=True, check=True).stdout.decode()
    for words in ("Mª José d’Ávila Ñandú", "6 horas", certificates.spaced(certificate.code), "Plantão"):
        assert words in text
    assert OutboxMessage.objects.filter(kind="event_certificate").count() == 1
    # Whoever has the code, typed as people do.
    verified = client.get(reverse("event-certificate", args=[certificate.code.lower()]))
    assert "Mª José d’Ávila Ñandú" in verified.content.decode()
    assert verified.headers["X-Robots-Tag"] == "noindex"
    assert verifiable.find(certificates.spaced(certificate.code)) == reverse(
        "event-certificate", args=[certificate.code]
    )
    assert row.email not in verified.content.decode()
    certificates.withdraw(certificate, at=timezone.now(), by=helena)
    withdrawn = client.get(reverse("event-certificate", args=[certificate.code])).content.decode()
    assert ("Retirado" in withdrawn, "Ávila" in withdrawn) == (True, False)
    assert client.get(own).status_code == 404


@pytest.fixture
def issued(held, helena):
    """A certificate that stands on both sessions, its document made."""
    mark(held, helena, {1: (0, 1)})
    certificate = certificates.issue(held.registrations.get(number=1), at=timezone.now(), by=helena)
    jobs.drain()
    return AttendanceCertificate.objects.get(pk=certificate.pk)


def press(client, held, **button):
    """At the door, at the last session."""
    client.post(reverse("event-check-in", args=[held.pk]), {"sessao": held.sessions.last().pk, **button})


def test_a_presence_undone_withdraws_the_certificate_and_marked_again_it_holds(client, held, helena, issued):
    client.force_login(helena)
    row, verified = issued.registration, reverse("event-certificate", args=[issued.code])
    own = reverse("event-own-certificate", args=[tokens.own_page(row)])
    press(client, held, undo=row.pk)
    page = client.get(verified).content.decode()
    assert f"A coordenação retirou este certificado em {long_day(timezone.now())}: ele não vale mais." in page
    assert ("Válido" in page, client.get(own).status_code) == (False, 404)
    assert AttendanceCertificate.objects.get().withdrawn_by == helena
    press(client, held, mark=row.pk)
    assert ("Válido" in client.get(verified).content.decode(), client.get(own).status_code) == (True, 200)
    again = AttendanceCertificate.objects.get()
    assert (again.code, again.file, again.withdrawn_by) == (issued.code, issued.file, None)
    told = AuditEvent.objects.filter(action__startswith="event.certificate").values_list("action", flat=True)
    assert list(told) == [
        "event.certificate_issued",
        "event.certificate_withdrawn",
        "event.certificate_restored",
    ]


def test_a_presence_more_than_needed_neither_withdraws_nor_restores(client, held, helena, issued):
    type(held).objects.filter(pk=held.pk).update(certificate_sessions=1)
    client.force_login(helena)
    row = issued.registration
    press(client, held, undo=row.pk)
    assert AttendanceCertificate.objects.get().withdrawn_at is None
    certificates.withdraw(issued, at=timezone.now(), by=helena)
    press(client, held, mark=row.pk)
    press(client, held, undo=row.pk)
    assert AttendanceCertificate.objects.get().withdrawn_at == issued.withdrawn_at


def test_certificates_for_all_go_to_those_who_earned_them_once(client, held, helena):
    mark(held, helena, {1: (0, 1), 2: (0, 1), 3: (1,)})
    client.force_login(helena)
    for _twice in range(2):
        client.post(reverse("event-numbers", args=[held.pk]), {"action": "certificates"})
    numbers = AttendanceCertificate.objects.values_list("registration__number", flat=True)
    assert sorted(numbers) == [1, 2]


def test_a_certificate_keeps_the_name_it_was_issued_with(held, helena):
    mark(held, helena, {1: (0, 1)})
    row = held.registrations.get(number=1)
    issued = certificates.issue(row, at=timezone.now(), by=helena)
    Registration.objects.filter(pk=row.pk).update(name="Outro nome")
    assert certificates.issue(row, at=timezone.now() + timedelta(days=1), by=helena) == issued
    assert AttendanceCertificate.objects.get().name == "Pessoa 0"
