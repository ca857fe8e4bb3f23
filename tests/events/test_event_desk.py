"""The coordinators' form: drafts, three languages, lines without scripts, changes people hear of."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from core.models import OutboxMessage
from events import presence, registering
from events.forms_lines import LINES
from events.models import Event, EventSession
from governments.models import Body, Organisation
from tests.events.conftest import at_hour, coming, entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def organisation(db):
    body = Body.objects.create(kind=Body.Kind.ORGANISATION)
    return Organisation.objects.create(body=body, key="rede", kind="network", name="Rede de Mediadoras")


def form(lines=None, **facts):
    """A whole posting: `lines` holds lists of rows by prefix."""
    day = timezone.localdate() + timedelta(days=20)
    data = {
        "version": "0",
        "type": "training",
        "mode": "online",
        "precision": "day",
        "audience_rule": "open",
        "title_pt_br": "Oficina de ações",
        "title_en": "Workshop on actions",
        "audience_label_pt_br": "Aberto ao público",
        "opens_on": timezone.localdate().isoformat(),
        "closes_on": (day - timedelta(days=1)).isoformat(),
        "closes_time": "12:00",
        "capacity": "30",
    }
    given = {"sessions": [{"day": day.isoformat(), "time": "14:00", "minutes": "90"}]} | (lines or {})
    for prefix in LINES:
        rows = given.get(prefix, [])
        known = sum("row" in row for row in rows)
        data |= {f"{prefix}-TOTAL_FORMS": str(len(rows)), f"{prefix}-INITIAL_FORMS": str(known)}
        data |= {f"{prefix}-{place}-{name}": value for place, row in enumerate(rows) for name, value in row.items()}
    return data | facts


def saved_rows(event):
    """The sessions as the form posts them back."""
    return [
        {
            "row": str(row.pk),
            "day": timezone.localtime(row.starts_at).date().isoformat(),
            "time": timezone.localtime(row.starts_at).strftime("%H:%M"),
            "minutes": str(row.minutes),
        }
        for row in event.sessions.all()
    ]


@pytest.fixture
def desk(client, helena):
    client.force_login(helena)
    return client


def test_an_event_is_drafted_filled_in_and_published(desk, organisation):
    lines = {
        "speakers": [
            {"name": "Cássia Tikuna", "role_pt_br": "Facilitadora", "home": "rede de mediadoras"},
            {"name": ""},
        ],
        "organisers": [{"body": "Rede de Mediadoras"}],
        "materials": [
            {"title_pt_br": "Guia", "type": "guide", "upload": SimpleUploadedFile("guia.csv", b"a,b\n1,2\n")}
        ],
        "testimonials": [{"text": "Bom.", "name": "Ana", "language": "pt-br", "consent": "on"}],
    }
    answer = desk.post(reverse("event-new"), form(lines, new_series="Grupo de ações"))
    event = Event.objects.get()
    assert answer.url == reverse("event-edit", args=[event.pk])
    assert event.published_at is None
    assert event.title_en == "Workshop on actions"
    assert timezone.localtime(event.registration_closes_at).strftime("%H:%M") == "12:00"
    assert timezone.localtime(event.sessions.get().starts_at).strftime("%H:%M") == "14:00"
    assert (event.series.title, event.speakers.get().home, event.organisers.get()) == (
        "Grupo de ações",
        organisation.body,
        organisation.body,
    )
    assert event.materials.get().file.original_name == "guia.csv"
    assert event.testimonials.get().consent
    assert desk.get(reverse("event-edit", args=[event.pk])).status_code == 200
    desk.post(reverse("event-publish", args=[event.pk]))
    assert Event.objects.public().get() == event


def test_a_night_written_down_ends_on_the_day_after(desk):
    day = timezone.localdate() + timedelta(days=20)
    night = {"day": day.isoformat(), "time": "22:00", "minutes": "240"}
    desk.post(reverse("event-new"), form({"sessions": [night]}))
    event = Event.objects.get()
    assert (event.starts_on, event.ends_on) == (day, day + timedelta(days=1))


@pytest.mark.parametrize(
    ("facts", "words"),
    [
        ({"title_pt_br": ""}, "obrigatório"),
        ({"closes_on": ""}, "desde quando e até quando"),
        ({"opens_on": "2099-01-01"}, "terminar depois de abrir"),
        ({"audience_rule": "government_kind"}, "ao menos um tipo"),
        ({"audience_rule": "certified_in_all"}, "precisa ter o selo"),
        ({"audience_rule": "listed"}, "e-mails ou os governos convidados"),
        ({"emails": "sem arroba"}, "não é um e-mail"),
        ({"governments": "9999999"}, "não são de governos"),
        ({"recording_published": "on"}, "endereço da gravação"),
        ({"sessions-0-time": ""}, "hora em que começa"),
        ({"sessions-0-day": "", "sessions-0-time": "", "sessions-0-minutes": "90"}, "ao menos uma sessão"),
    ],
)
def test_what_makes_no_sense_is_refused_at_its_field_and_the_text_kept(desk, facts, words):
    response = desk.post(reverse("event-new"), form(description_pt_br="Um texto longo", **facts))
    page = response.content.decode()
    assert (response.status_code, words in page, "Um texto longo" in page) == (422, True, True)
    assert not Event.objects.exists()


def test_an_unknown_organisation_and_a_bad_file_say_how_to_mend_it(desk):
    unknown = desk.post(reverse("event-new"), form({"organisers": [{"body": "Redinha"}]}))
    assert (unknown.status_code, "«Redinha» não é uma organização" in unknown.content.decode()) == (422, True)
    upload = {"title_pt_br": "Guia", "type": "guide", "upload": SimpleUploadedFile("guia.exe", b"MZ")}
    refused = desk.post(reverse("event-new"), form({"materials": [upload]}))
    assert (refused.status_code, "não é aceito" in refused.content.decode()) == (415, True)
    assert not Event.objects.exists()


def test_more_lines_without_a_script_keep_what_was_typed(desk):
    response = desk.post(reverse("event-new"), form({"speakers": [{"name": "Cássia"}]}, more="speakers"))
    page = response.content.decode()
    assert response.status_code == 200
    assert 'value="Cássia"' in page
    assert 'name="speakers-2-name"' in page
    assert not Event.objects.exists()


def edit(desk, event, lines=None, **facts):
    return desk.post(reverse("event-edit", args=[event.pk]), form(lines, **facts))


def test_a_new_hour_is_told_to_everybody_with_a_higher_sequence(desk):
    event = coming(capacity=2)
    registering.register(event, entry(1), at=timezone.now(), user=UserFactory())
    rows = saved_rows(event)
    uid = event.sessions.get().uid
    assert edit(desk, event, {"sessions": rows}).status_code == 302
    assert not OutboxMessage.objects.filter(kind="event_changed").exists()
    rows[0]["time"] = "16:30"
    edit(desk, event, {"sessions": rows}, version="1")
    event.refresh_from_db()
    assert (event.sequence, event.version) == (1, 2)
    assert event.sessions.get().uid == uid
    assert OutboxMessage.objects.filter(kind="event_changed").count() == 1


def test_two_coordinators_at_once_lose_nothing(desk):
    event = coming()
    edit(desk, event, {"sessions": saved_rows(event)}, title_pt_br="De Helena")
    response = edit(desk, event, {"sessions": saved_rows(event)}, title_pt_br="De Marcos")
    page = response.content.decode()
    assert (response.status_code, "De Marcos" in page) == (412, True)
    assert Event.objects.get().title == "De Helena"
    # Seen, it may be saved over.
    assert 'name="version" value="1"' in page
    assert edit(desk, event, {"sessions": saved_rows(event)}, version="1", title_pt_br="De Marcos").status_code == 302


def test_more_places_promote_who_waits(desk):
    event = coming(capacity=1)
    for number in range(3):
        registering.register(event, entry(number), at=timezone.now(), user=UserFactory())
    edit(desk, event, {"sessions": saved_rows(event)}, capacity="2")
    assert event.registrations.registered().count() == 2


def test_a_session_with_presences_is_not_removed(desk, helena):
    event = coming(days=(5, 6))
    row = registering.register(event, entry(1), at=timezone.now(), user=UserFactory())
    first = event.sessions.first()
    presence.mark(row, first, by=helena, at=timezone.now())
    rows = saved_rows(event)
    rows[0]["remove"] = "on"
    response = edit(desk, event, {"sessions": rows})
    assert (response.status_code, "presenças marcadas" in response.content.decode()) == (409, True)
    assert EventSession.objects.count() == 2
    presence.unmark(row, first, by=helena, at=timezone.now())
    assert edit(desk, event, {"sessions": rows}).status_code == 302
    assert EventSession.objects.count() == 1


def test_cancelling_needs_a_reason_and_tells_everybody_once(desk):
    event = coming(capacity=1)
    for number in range(2):
        registering.register(event, entry(number), at=timezone.now(), user=UserFactory())
    # An address nobody has confirmed is written to no more than once.
    registering.register(event, entry(9), at=timezone.now())
    address = reverse("event-cancel", args=[event.pk])
    assert desk.post(address, {"reason_pt_br": ""}).status_code == 422
    for _twice in range(2):
        desk.post(address, {"reason_pt_br": "A convidada adoeceu.", "reason_en": "The guest is ill."})
    event.refresh_from_db()
    assert (event.cancel_reason_en, event.sequence) == ("The guest is ill.", 1)
    assert OutboxMessage.objects.filter(kind="event_cancelled").count() == 2
    assert "A convidada adoeceu." in desk.get(event.get_absolute_url()).content.decode()


PERSONAS = [("helena", 200), ("tiago", 403), ("ana", 403), ("carla", 403), ("admin_ada", 403)]


@pytest.mark.parametrize(("persona", "status"), PERSONAS)
def test_the_desk_by_persona(client, request, event, persona, status):
    client.force_login(request.getfixturevalue(persona))
    plain = {"event-desk": [], "event-new": []}
    own = dict.fromkeys(
        ["event-edit", "event-cancel", "event-registrations", "event-check-in", "event-numbers"], [event.pk]
    )
    found = {name: client.get(reverse(name, args=args)).status_code for name, args in (plain | own).items()}
    assert found == dict.fromkeys(plain | own, status)


def test_past_and_drafts_have_lists_of_their_own(desk):
    coming("vem")
    Event.objects.filter(pk=coming("rascunho").pk).update(published_at=None)
    Event.objects.filter(pk=coming("foi").pk).update(starts_on=at_hour(-9).date(), ends_on=at_hour(-9).date())
    shown = {
        name: [event.key for event in desk.get(reverse("event-desk"), {"mostrar": name}).context["page"].object_list]
        for name in ("proximos", "rascunhos", "anteriores")
    }
    assert shown == {"proximos": ["vem"], "rascunhos": ["rascunho"], "anteriores": ["foi"]}
