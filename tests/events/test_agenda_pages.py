"""The public side: filters, month, calendar files, the page of an event."""

import json
import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core import files
from events import months, registering
from events.domain import cancel_event, create_event, publish_event
from events.models import Event, EventSeries
from tests.events.conftest import OPEN, PLAIN, at_hour, coming, entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
ZONE = ZoneInfo("America/Sao_Paulo")


def keys(events):
    return sorted(event.key for event in events)


def upcoming(client, **query):
    return keys(client.get(reverse("events"), query).context["upcoming"])


def test_the_list_is_narrowed_by_type_dimension_audience_and_series(client):
    series = EventSeries.objects.create(key="saude", title_pt_br="Saúde")
    coming("a", type="training", dimensions=[1, 10])
    coming("b", dimensions=[10], series=series)
    coming("c", audience_rule="described")
    assert upcoming(client) == ["a", "b", "c"]
    assert upcoming(client, tipo="training") == ["a"]
    assert upcoming(client, dimensao="1") == ["a"]  # and not 10
    assert upcoming(client, dimensao="10", tipo="webinar") == ["b"]
    assert upcoming(client, publico="described") == ["c"]
    assert upcoming(client, serie="saude") == ["b"]
    assert "Saúde" in client.get(reverse("events"), {"serie": "saude"}).content.decode()
    assert upcoming(client, tipo="festa", dimensao="99") == ["a", "b", "c"]
    # Longer than any number Python reads.
    assert upcoming(client, ano="1" * 5000, dimensao="1" * 5000) == ["a", "b", "c"]


def test_the_list_says_where_one_may_register(client, helena):
    coming("aberto")
    full = coming("cheio", capacity=1)
    registering.register(full, entry(1), at=timezone.now(), user=UserFactory())
    cancel_event(coming("fora"), by=helena, at=timezone.now(), reasons={"pt_br": "Adiado."})
    states = {event.key: event.registration_state for event in client.get(reverse("events")).context["upcoming"]}
    assert states == {"aberto": "open", "cheio": "full", "fora": "cancelled"}


def test_the_agenda_costs_the_same_with_filters_and_in_a_month(client, django_assert_max_num_queries):
    for number in range(12):
        coming(f"e{number}", days=(number + 2,), capacity=5)
    for query in ({"tipo": "webinar"}, {"mes": f"{timezone.localdate() + timedelta(days=4):%Y-%m}"}):
        with django_assert_max_num_queries(9):
            client.get(reverse("events"), query)


# The month.


def test_a_month_is_a_sheet_of_whole_weeks():
    sheet = months.sheet(months.Month(2026, 2), [], date(2026, 2, 9))
    days = [day for week in sheet.weeks for day in week]
    assert len(days) % 7 == 0
    assert [day.date.weekday() for day in sheet.weeks[0]] == [6, 0, 1, 2, 3, 4, 5]  # Sunday first
    assert [day.date.day for day in days if day.is_inside] == list(range(1, 29))
    assert [day.date.day for day in days if day.is_today] == [9]


@pytest.mark.parametrize("text", ["", "2026", "2026-13", "2026-00", "1066-10", "9999-01", "2026-1", "x"])
def test_what_is_no_month_shows_the_list(client, text):
    response = client.get(reverse("events"), {"mes": text})
    assert (response.status_code, "upcoming" in response.context) == (200, True)


def test_months_follow_one_another_across_years():
    month = months.Month(2026, 1)
    assert (str(month.previous), str(month.next)) == ("2025-12", "2026-02")
    assert months.Month(months.FIRST_YEAR, 1).previous is None
    assert months.Month(months.LAST_YEAR, 12).next is None


def test_a_month_shows_sittings_on_their_days_in_brasilia(client):
    # Half past eleven at night there is the next day in UTC.
    late = datetime(2027, 3, 31, 23, 30, tzinfo=ZONE)
    sessions = [{"starts_at": late, "minutes": 20}, {"starts_at": datetime(2027, 4, 2, 9, tzinfo=ZONE), "minutes": 60}]
    create_event("virada", at=timezone.now(), sessions=sessions, **OPEN)
    create_event(
        "mensal", at=timezone.now(), starts_on=date(2027, 3, 1), ends_on=date(2027, 5, 31), precision="month", **PLAIN
    )
    create_event("dias", at=timezone.now(), starts_on=date(2027, 3, 30), ends_on=date(2027, 4, 1), **PLAIN)

    def shown(month):
        sheet = client.get(reverse("events"), {"mes": month}).context["calendar"]
        days = {
            day.date.day: [sitting.event.key for sitting in day.sittings]
            for week in sheet.weeks
            for day in week
            if day.sittings
        }
        return days, keys(sheet.undated), sheet.count

    assert shown("2027-03") == ({30: ["dias"], 31: ["dias", "virada"]}, ["mensal"], 3)
    assert shown("2027-04") == ({1: ["dias"], 2: ["virada"]}, ["mensal"], 3)
    assert shown("2027-06") == ({}, [], 0)


# Calendar files.


def feed(client, name="events-calendar", *args):
    response = client.get(reverse(name, args=args))
    assert response.headers["Content-Type"] == "text/calendar; charset=utf-8"
    return Calendar.from_ical(response.content)


def test_the_feed_opens_with_the_right_zone_and_instants(client):
    event = coming("dois-dias", days=(5, 6))
    draft = coming("rascunho")
    Event.objects.filter(pk=draft.pk).update(published_at=None)
    coming("depois", published_at=timezone.now() + timedelta(days=1))
    calendar = feed(client)
    entries = calendar.walk("VEVENT")
    assert [entry.start for entry in entries] == list(event.sessions.values_list("starts_at", flat=True))
    assert {entry["dtstart"].params["TZID"] for entry in entries} == {"America/Sao_Paulo"}
    assert [zone["tzid"] for zone in calendar.walk("VTIMEZONE")] == ["America/Sao_Paulo"]
    assert len({entry["uid"] for entry in entries}) == 2
    assert all(entry.end - entry.start == timedelta(minutes=90) for entry in entries)


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        # Clocks went an hour forward in summer until February 2019.
        (datetime(2019, 1, 15, 10, tzinfo=ZONE), "2019-01-15T12:00"),
        (datetime(2026, 1, 15, 10, tzinfo=ZONE), "2026-01-15T13:00"),
        (datetime(2026, 7, 15, 23, 30, tzinfo=ZONE), "2026-07-16T02:30"),
    ],
)
def test_the_zone_in_the_file_gives_the_instant_to_who_knows_no_other(client, local, utc):
    event = create_event("e", at=timezone.now(), sessions=[{"starts_at": local, "minutes": 60}], **OPEN)
    calendar = feed(client, "event-calendar", event.pk)
    [entry] = calendar.walk("VEVENT")
    # The file's own description of the zone, and not the machine's, is asked.
    zone = calendar.walk("VTIMEZONE")[0].to_tz()
    written = entry["dtstart"].dt.replace(tzinfo=None)
    assert (written - zone.utcoffset(written)).isoformat(timespec="minutes") == utc


def test_a_cancelled_event_stays_in_the_feed_as_cancelled(client, helena):
    event = coming()
    [before] = feed(client).walk("VEVENT")
    cancel_event(event, by=helena, at=timezone.now(), reasons={"pt_br": "A convidada adoeceu."})
    [after] = feed(client).walk("VEVENT")
    assert (before["status"], after["status"]) == ("CONFIRMED", "CANCELLED")
    assert (after["uid"], after["sequence"]) == (before["uid"], before["sequence"] + 1)
    assert "A convidada adoeceu." in after["description"]


def test_days_without_hours_are_whole_days_and_months_are_left_out(client):
    day = timezone.localdate() + timedelta(days=3)
    create_event("dia", at=timezone.now(), starts_on=day, ends_on=day + timedelta(days=1), **PLAIN)
    create_event("mes", at=timezone.now(), starts_on=day, ends_on=day, precision="month", **PLAIN)
    [entry] = feed(client).walk("VEVENT")
    assert (entry["dtstart"].dt, entry["dtend"].dt) == (day, day + timedelta(days=2))


def test_the_feed_costs_the_same_for_many(client, django_assert_max_num_queries):
    for number in range(8):
        coming(f"e{number}")
    with django_assert_max_num_queries(3):
        feed(client)


# The page.


def facts_of(page):
    return json.loads(re.search(r'<script type="application/ld\+json">(.*?)</script>', page, re.S)[1])


def test_before_the_page_says_when_for_whom_how_many_places_and_how_to_register(client):
    event = coming(capacity=3, meeting_url="https://sala.example/x")
    registering.register(event, entry(1), at=timezone.now(), user=UserFactory())
    response = client.get(event.get_absolute_url())
    page = response.content.decode()
    for words in (
        "2 vagas livres",
        "Inscrever-se",
        "horário de Brasília",
        "Pôr na minha agenda",
        "vai para quem se inscreve",
    ):
        assert words in page
    assert not response.cookies
    told = facts_of(page)
    assert (told["@type"], told["eventStatus"]) == ("Event", "https://schema.org/EventScheduled")
    assert datetime.fromisoformat(told["startDate"]) == event.sessions.get().starts_at
    assert "sala.example" not in page


def test_full_the_page_offers_the_waiting_list(client):
    event = coming(capacity=1)
    registering.register(event, entry(1), at=timezone.now(), user=UserFactory())
    assert "Entrar na lista de espera" in client.get(event.get_absolute_url()).content.decode()


def test_afterwards_the_page_tells_figures_recording_materials_and_who_agreed_to_be_quoted(client, helena):
    event = create_event(
        "foi",
        at=at_hour(-20),
        sessions=[{"starts_at": at_hour(-3), "minutes": 60}],
        attendance={"number": 21, "unit": "governments"},
        recording_published=True,
        recording_url="https://video.example/x",
        result_note_pt_br="Um roteiro de uma página.",
        materials=[{"title_pt_br": "Guia"}],
        testimonials=[
            {"text": "Lo hicimos juntas.", "language": "es", "name": "Yudelkis", "consent": True},
            {"text": "Não publiquem isto.", "name": "Alguém", "consent": False},
        ],
        **PLAIN,
    )
    stored = files.keep(b"%PDF-1.4 guia", name="guia.pdf", media_type="application/pdf")
    event.materials.update(file=stored)
    page = client.get(event.get_absolute_url()).content.decode()
    for words in (
        "governos participaram",
        "https://video.example/x",
        "roteiro de uma página",
        'lang="es"',
        "Lo hicimos juntas.",
    ):
        assert words in page
    assert "Não publiquem isto." not in page
    assert "Inscrever-se" not in page
    download = reverse("event-material", args=[event.pk, event.materials.get().pk])
    assert download in page
    assert client.get(download).headers["Content-Disposition"].startswith("attachment")
    Event.objects.filter(pk=event.pk).update(published_at=None)
    assert client.get(download).status_code == 404


def test_a_draft_is_seen_by_coordinators_alone(client, helena, ana):
    event = coming()
    Event.objects.filter(pk=event.pk).update(published_at=None)
    address = event.get_absolute_url()
    assert client.get(address).status_code == 404
    client.force_login(ana)
    assert client.get(address).status_code == 404
    client.force_login(helena)
    assert "só a coordenação vê" in client.get(address).content.decode()
    publish_event(event, by=helena, at=timezone.now())
    client.logout()
    assert client.get(address).status_code == 200


def test_an_event_page_costs_the_same_for_much_and_for_little(client, django_assert_max_num_queries):
    series = EventSeries.objects.create(key="s", title_pt_br="S")
    speakers = [{"name": f"P {number}"} for number in range(9)]
    event = coming(capacity=5, days=(3, 4, 5), speakers=speakers, series=series, dimensions=[1, 2])
    for number in range(5):
        coming(f"e{number}", series=series)
    with django_assert_max_num_queries(18):
        client.get(event.get_absolute_url())


def test_events_of_a_body_are_those_it_holds_or_speaks_at(canoas, other_government):
    coming("organiza", organisers=[canoas.body], speakers=[{"name": "Ana", "home": canoas.body}])
    coming("fala", speakers=[{"name": "Ana", "home": canoas.body}])
    coming("outro", organisers=[other_government.body])
    assert keys(Event.objects.involving(canoas.body)) == ["fala", "organiza"]


def test_signs_nobody_sees_stay_out_of_calendars(client):
    coming("colado", title_pt_br="Encontro\x0bum", description_pt_br="Texto\x1bcolado")
    feed = client.get(reverse("events-calendar")).content.decode()
    assert "Encontro um" in feed
    assert not re.search("[\x0b\x1b]", feed)
