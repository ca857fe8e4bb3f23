from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone, translation

from events.domain import create_event, record_attendance
from events.models import Attendance, Event
from events.templatetags.event_dates import event_days, long_day, session_time

pytestmark = pytest.mark.django_db

PLAIN = {"type": "webinar", "title_pt_br": "Plantão", "audience_label_pt_br": "Aberto ao público"}


def at_hour(days, hour=14):
    today = timezone.localtime().replace(hour=hour, minute=0, second=0, microsecond=0)
    return today + timedelta(days=days)


def held(key="antes", **facts):
    day = timezone.localdate() - timedelta(days=30)
    return create_event(key, at=timezone.now(), **{**PLAIN, "starts_on": day, "ends_on": day, **facts})


@pytest.mark.parametrize(
    "facts",
    [
        {"type": "festa"},
        {"title_pt_br": ""},
        {"starts_on": date(2021, 3, 2), "ends_on": date(2021, 3, 1)},
        {"registration_opens_at": at_hour(2), "registration_closes_at": at_hour(1)},
    ],
)
def test_an_event_that_makes_no_sense_is_refused(facts):
    with pytest.raises(ValidationError):
        held(**facts)
    assert not Event.objects.exists()


def test_units_are_never_added_up():
    held("a", attendance={"number": 21, "unit": "people"})
    held("b", attendance={"number": 21, "unit": "governments"})
    assert Attendance.objects.totals() == {"people": 21, "governments": 21}


def test_who_came_to_two_sessions_counts_once_in_the_total():
    sessions = [{"starts_at": at_hour(-9), "minutes": 60, "attendance": 82}]
    sessions += [{"starts_at": at_hour(-7), "minutes": 60, "attendance": 79}]
    create_event("formacao", at=timezone.now(), sessions=sessions, attendance={"number": 84}, **PLAIN)
    assert Attendance.objects.totals()["people"] == 84


def test_attendance_told_again_is_corrected_not_doubled():
    event = held(attendance={"number": 10})
    record_attendance(event, number=12)
    assert Attendance.objects.totals()["people"] == 12
    with pytest.raises(IntegrityError), transaction.atomic():
        Attendance.objects.create(event=event, number=1)


def test_the_days_follow_from_the_sessions():
    event = create_event(
        "serie", at=timezone.now(), sessions=[{"starts_at": at_hour(n), "minutes": 90} for n in (5, 2)], **PLAIN
    )
    today = timezone.localdate()
    assert (event.starts_on, event.ends_on) == (today + timedelta(days=2), today + timedelta(days=5))


def overnight(key, hour, minutes):
    """Begun yesterday evening."""
    sessions = [{"starts_at": at_hour(-1, hour), "minutes": minutes}]
    return create_event(key, at=at_hour(-9), sessions=sessions, **PLAIN)


def test_who_runs_past_midnight_is_not_over_at_midnight(client):
    overnight("ate-as-duas", 22, 240)
    overnight("ate-meia-noite", 20, 240)
    agenda, home = client.get(reverse("events")).context, client.get(reverse("home")).context
    told = client.get("/api/v1/events", {"upcoming": "true"}).json()["items"]
    assert [event.key for event in agenda["upcoming"]] == ["ate-as-duas"]
    assert [event.key for event in agenda["page"].object_list] == ["ate-meia-noite"]
    assert [event.key for event in home["events"]] == [event["key"] for event in told] == ["ate-as-duas"]


def test_the_agenda_keeps_upcoming_and_past_apart_and_totals_the_past_by_year(client):
    held(attendance={"number": 1140})
    create_event("depois", at=timezone.now(), sessions=[{"starts_at": at_hour(3), "minutes": 60}], **PLAIN)
    response = client.get(reverse("events"))
    assert [event.key for event in response.context["upcoming"]] == ["depois"]
    assert [event.key for event in response.context["page"].object_list] == ["antes"]
    assert "1.140 pessoas" in response.content.decode()
    other_year = client.get(reverse("events"), {"ano": "1999"})
    assert len(other_year.context["page"].object_list) == 1  # no such year: filters nothing


def test_an_event_page_shows_its_hours_with_their_zone_and_what_came_after(client):
    event = create_event(
        "passado",
        at=timezone.now(),
        sessions=[{"starts_at": at_hour(-3), "minutes": 100, "title_pt_br": "Primeiro encontro"}],
        attendance={"number": 1},
        recording_published=True,
        recording_url="https://video.example/x",
        **PLAIN,
    )
    page = client.get(event.get_absolute_url()).content.decode()
    for words in (
        "14h00 a 15h40",
        "horário de Brasília",
        "Primeiro encontro",
        "pessoa participou",
        "https://video.example/x",
    ):
        assert words in page


@pytest.mark.parametrize(
    ("starts", "ends", "precision", "written", "in_english"),
    [
        ((2021, 2, 25), (2021, 2, 25), "day", "25 de fevereiro de 2021", "Feb. 25, 2021"),
        ((2021, 10, 8), (2021, 10, 15), "day", "8 a 15 de outubro de 2021", "October 8 a Oct. 15, 2021"),
        ((2021, 8, 30), (2021, 9, 2), "day", "30 de agosto a 2 de setembro de 2021", "August 30 a Sept. 2, 2021"),
        ((2021, 12, 30), (2022, 1, 2), "day", "30 de dezembro de 2021 a 2 de janeiro de 2022", None),
        ((2021, 5, 1), (2021, 10, 31), "month", "maio a outubro de 2021", "May a October 2021"),
        ((2021, 5, 1), (2021, 5, 31), "month", "maio de 2021", "May 2021"),
    ],
)
def test_dates_are_written_as_known(starts, ends, precision, written, in_english):
    event = Event(starts_on=date(*starts), ends_on=date(*ends), precision=precision)
    assert event_days(event) == written
    with translation.override("en"):
        # The word between the two may be translated.
        assert in_english is None or set(event_days(event).split()) >= set(in_english.replace(" a ", " ").split())


def test_an_instant_late_at_night_is_told_by_its_day_in_brasilia():
    # Half past one of the fourth, in UTC.
    assert long_day(datetime(2026, 5, 4, 1, 30, tzinfo=UTC)) == "3 de maio de 2026"


def test_a_session_is_told_in_local_time():
    event = create_event("noite", at=timezone.now(), sessions=[{"starts_at": at_hour(1, 23), "minutes": 30}], **PLAIN)
    assert "23h00 a 23h30" in session_time(event.sessions.get())


def test_the_agenda_costs_the_same_for_one_and_for_many(client, django_assert_max_num_queries):
    for number in range(12):
        held(f"e{number}", attendance={"number": 3})
    with django_assert_max_num_queries(9):
        client.get(reverse("events"))
