"""Places, confirmation by letter, cancelling, promotion, and what the letters carry."""

import re
from datetime import timedelta
from email import message_from_bytes

import pytest
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from icalendar import Calendar

from core import outbox
from core.models import AuditEvent, OutboxMessage
from events import ics, registering, reminders, tokens
from events.domain import cancel_event
from events.models import Event, Registration, RegistrationState
from tests.events.conftest import at_hour, coming, entry
from tests.factories import UserFactory

pytestmark = pytest.mark.django_db
State = RegistrationState


def now():
    return timezone.now()


def states(event):
    return [str(row.state) for row in event.registrations.order_by("number")]


def post(client, event, **facts):
    facts = {"name": "Rosa Mamani", "email": "rosa@exemplo.example", "affiliation": "", "agree": "on"} | facts
    return client.post(reverse("event-register", args=[event.pk]), facts)


def sent():
    """Deliver what waits and give the letters."""
    outbox.deliver_due(now() + timedelta(seconds=5))
    return mail.outbox


def link_in(letter, name):
    return re.search(rf"https?://[^/]+(/\S*{name}\S*)", letter.body)[1]


def test_without_an_account_the_place_is_held_confirmed_by_a_button_and_used_once(client, event):
    assert post(client, event).url == reverse("event-asked", args=[event.pk])
    assert states(event) == ["held"]
    [letter] = sent()
    assert letter.to == ["rosa@exemplo.example"]
    link = link_in(letter, "/confirmar/")
    registration = Registration.objects.get()
    assert registration.confirm_hash == tokens.hash_of(link.rstrip("/").rpartition("/")[2])
    # Looked at (programs that read mail follow links), nothing happens.
    looked_at = client.get(link)
    assert looked_at.status_code == 200
    # A page that hides where it comes from cannot send its own form: browsers then say «Origin: null».
    assert looked_at.headers["Referrer-Policy"] == "same-origin"
    assert b'name="referrer"' not in looked_at.content
    assert states(event) == ["held"]
    own = client.post(link)
    assert states(event) == ["registered"]
    assert own.status_code == 302
    assert client.post(link).status_code == 410
    assert client.get(link).status_code == 410
    page = client.get(own.url)
    assert page.headers["Cache-Control"] == "private, no-store"
    assert page.headers["Referrer-Policy"] == "same-origin"
    assert "Inscrição confirmada" in page.content.decode()


def test_a_page_asked_in_english_is_answered_by_letters_in_english(client, event):
    client.post(
        "/en" + reverse("event-register", args=[event.pk]),
        {"name": "Ada", "email": "ada@exemplo.example", "agree": "on"},
    )
    assert Registration.objects.get().language == "en"
    [letter] = sent()
    assert letter.extra_headers["Content-Language"] == "en"


def test_the_letter_to_an_address_somebody_typed_carries_no_link_of_theirs(client, event):
    post(client, event, name="Ganhe em mau.example/premio")
    [letter] = sent()
    assert "Olá, Ganhe em …." in letter.body
    assert "mau.example" not in letter.body


def test_pressed_twice_it_is_one_place_and_the_page_tells_strangers_nothing(client, event):
    first, second = post(client, event), post(client, event, email=" ROSA@exemplo.example ")
    assert (first.status_code, first.url) == (second.status_code, second.url)
    assert states(event) == ["held"]
    assert OutboxMessage.objects.count() == 1


def test_who_is_registered_and_asks_again_without_signing_in_gets_a_letter_not_a_second_place(client, event):
    post(client, event)
    client.post(link_in(sent()[0], "/confirmar/"))
    outbox.deliver_due()
    mail.outbox.clear()
    assert post(client, event).url == reverse("event-asked", args=[event.pk])
    assert [letter.subject for letter in sent()] == ["Você já está inscrita ou inscrito: Plantão"]
    assert states(event) == ["registered"]


def test_nobody_confirms_a_place_at_a_cancelled_event(client, event, helena):
    post(client, event)
    link = link_in(sent()[0], "/confirmar/")
    cancel_event(event, by=helena, at=now(), reasons={"pt_br": "Adiado."})
    for answer in (client.get(link), client.post(link)):
        assert answer.status_code == 410
        assert "Este encontro foi cancelado" in answer.content.decode()
    assert states(event) == ["held"]


def test_a_place_nobody_confirms_goes_to_the_next_in_line(event):
    late = registering.register(event, entry(1), at=now())
    registering.register(event, entry(2), at=now(), user=UserFactory())
    waiting = registering.register(event, entry(3), at=now(), user=UserFactory())
    assert states(event) == ["held", "registered", "waiting"]
    reminders.sweep(late.hold_until + timedelta(seconds=1))
    assert states(event) == ["lapsed", "registered", "registered"]
    waiting.refresh_from_db()
    assert waiting.promoted_at
    assert OutboxMessage.objects.filter(kind="event_promoted", subject_id=str(waiting.pk)).count() == 1


def test_who_signs_in_with_the_address_has_confirmed_it(event):
    user = UserFactory(email="rosa@exemplo.example")
    held = registering.register(event, entry(1, email="Rosa@Exemplo.example"), at=now())
    again = registering.register(event, entry(1, email=user.email), at=now(), user=user)
    assert (again.pk, again.state, again.user_id) == (held.pk, State.REGISTERED, user.pk)


def test_cancelled_by_the_link_the_first_in_line_is_promoted_with_a_letter(client, event):
    rows = [registering.register(event, entry(n), at=now(), user=UserFactory()) for n in range(4)]
    assert states(event) == ["registered", "registered", "waiting", "waiting"]
    address = reverse("event-own-cancel", args=[tokens.own_page(rows[0])])
    assert client.get(address).status_code == 200
    client.post(address)
    client.post(address)  # pressed twice
    assert states(event) == ["cancelled", "registered", "registered", "waiting"]
    letters = {letter.to[0]: letter for letter in sent() if "Abriu uma vaga" in letter.subject}
    assert list(letters) == [rows[2].user.email]
    assert AuditEvent.objects.filter(action="event.promoted").count() == 1


def test_more_places_are_given_at_once(event, helena):
    for number in range(4):
        registering.register(event, entry(number), at=now(), user=UserFactory())
    Event.objects.filter(pk=event.pk).update(capacity=3)
    registering.settle_by_itself(event, now())
    assert states(event) == ["registered", "registered", "registered", "waiting"]


@pytest.mark.parametrize("when", ["before", "after", "cancelled"])
def test_outside_the_window_a_registration_is_refused_with_409_and_the_text_kept(client, event, helena, when):
    """Also where it closed while the form was being filled in."""
    assert client.get(reverse("event-register", args=[event.pk])).status_code == 200
    if when == "cancelled":
        cancel_event(event, by=helena, at=now(), reasons={"pt_br": "Adiado."})
    else:
        opens = now() + timedelta(days=1 if when == "before" else -9)
        Event.objects.filter(pk=event.pk).update(
            registration_opens_at=opens, registration_closes_at=opens + timedelta(1)
        )
    response = post(client, event, name="Um nome comprido que deu trabalho")
    assert response.status_code == 409
    assert "Um nome comprido que deu trabalho" in response.content.decode()
    assert not Registration.objects.exists()


def test_a_form_with_mistakes_keeps_what_was_typed(client, event):
    response = post(client, event, email="rosa(arroba)exemplo", agree="")
    page = response.content.decode()
    assert response.status_code == 422
    for words in ("rosa(arroba)exemplo", "Rosa Mamani", "Este e-mail não parece completo", "Marque que leu e concorda"):
        assert words in page


def test_many_requests_for_one_address_are_slowed_down(client, event):
    answers = [post(client, event).status_code for _each in range(11)]
    assert answers == [302] * 10 + [429]


def test_the_room_is_told_only_to_who_has_a_place(client):
    event = coming(
        capacity=1, meeting_url="https://sala.example/segredo", place="Rua do Segredo", place_is_public=False
    )
    seated = registering.register(event, entry(1), at=now(), user=UserFactory())
    waiting = registering.register(event, entry(2), at=now(), user=UserFactory())
    secrets = ("sala.example", "Rua do Segredo")

    def told(address):
        page = client.get(address).content.decode()
        return [secret for secret in secrets if secret in page]

    assert told(event.get_absolute_url()) == told(reverse("event-calendar", args=[event.pk])) == []
    assert told(reverse("events-calendar")) == told(reverse("event-register", args=[event.pk])) == []
    assert told(reverse("event-own", args=[tokens.own_page(waiting)])) == []
    assert client.get(reverse("event-own-calendar", args=[tokens.own_page(waiting)])).status_code == 404
    assert told(reverse("event-own", args=[tokens.own_page(seated)])) == list(secrets)
    registering.cancel(seated, at=now())
    assert told(reverse("event-own", args=[tokens.own_page(seated)])) == []


def test_an_own_page_opens_with_its_whole_token_only(client, event):
    row = registering.register(event, entry(1), at=now(), user=UserFactory())
    token = tokens.own_page(row)
    assert client.get(reverse("event-own", args=[token])).status_code == 200
    for wrong in (row.code, token[:-1], f"{row.code}.{'x' * 43}"):
        assert client.get(reverse("event-own", args=[wrong])).status_code == 404


# Letters.


def calendar_in(letter):
    [part] = [
        part
        for part in message_from_bytes(letter.message().as_bytes()).walk()
        if part.get_content_type() == "text/calendar"
    ]
    return part, Calendar.from_ical(part.get_payload(decode=True))


def test_the_confirmation_puts_the_event_into_the_calendar_and_the_cancellation_takes_it_out(event, helena):
    user = UserFactory()
    registering.register(event, entry(1), at=now(), user=user)
    part, calendar = calendar_in(sent()[0])
    assert part.get_param("method") == calendar["method"] == ics.PUBLISH
    [before] = calendar.walk("VEVENT")
    assert before.start == event.sessions.get().starts_at
    cancel_event(event, by=helena, at=now(), reasons={"pt_br": "Adiado."})
    part, calendar = calendar_in(sent()[-1])
    [after] = calendar.walk("VEVENT")
    assert part.get_param("method") == calendar["method"] == ics.CANCEL
    assert (after["uid"], after["status"]) == (before["uid"], "CANCELLED")
    assert after["sequence"] > before["sequence"]
    assert "Adiado." in mail.outbox[-1].body


def test_a_reminder_goes_the_day_before_once_and_not_to_who_cancelled(event):
    staying, leaving = (registering.register(event, entry(n), at=now(), user=UserFactory()) for n in range(2))
    sent()
    mail.outbox.clear()
    day_before = event.sessions.get().starts_at - timedelta(hours=20)
    assert reminders.sweep(at_hour(1)) == 0
    assert reminders.sweep(day_before) == 2
    assert reminders.sweep(day_before + timedelta(minutes=10)) == 0
    registering.cancel(leaving, at=now())
    outbox.deliver_due(day_before)
    reminded = [letter for letter in mail.outbox if letter.subject.startswith("Lembrete")]
    assert [letter.to for letter in reminded] == [[staying.user.email]]
    assert reminded[0].body.count("horário de Brasília") == 1


def test_a_reminder_of_an_hour_that_was_moved_is_not_sent_and_a_new_one_is(event):
    registering.register(event, entry(1), at=now(), user=UserFactory())
    sent()
    session = event.sessions.get()
    reminders.sweep(session.starts_at - timedelta(hours=20))
    session.starts_at += timedelta(days=2)
    session.save()
    Event.objects.filter(pk=event.pk).update(ends_on=timezone.localdate(session.starts_at))
    mail.outbox.clear()
    outbox.deliver_due(session.starts_at)
    assert mail.outbox == []
    assert reminders.sweep(session.starts_at - timedelta(hours=1)) == 1


def test_days_have_one_reminder_each_whatever_the_number_of_sittings():
    event = coming(days=(3, 3, 4))
    registering.register(event, entry(1), at=now(), user=UserFactory())
    for day in (2, 3):
        reminders.sweep(at_hour(day, 20))
    assert OutboxMessage.objects.filter(kind="event_reminder").count() == 2


LETTERS = {
    "event_confirm": State.HELD,
    "event_registered": State.REGISTERED,
    "event_promoted": State.REGISTERED,
    "event_changed": State.REGISTERED,
    "event_waiting": State.WAITING,
    "event_again": State.REGISTERED,
    "event_registration_cancelled": State.CANCELLED,
}


@pytest.mark.parametrize("kind", LETTERS)
def test_every_letter_is_written_in_the_recipients_language(event, kind):
    greetings = set()
    for language in ("pt-br", "en", "es"):
        email = f"{language}@exemplo.example"
        row = registering.register(event, entry(1, name="Ana 100% s", email=email, language=language), at=now())
        facts = {"state": LETTERS[kind]}
        facts |= {"cancelled_at": now()} if kind == "event_registration_cancelled" else {}
        facts |= {"confirmed_at": now(), "hold_until": None} if kind != "event_confirm" else {"hold_until": at_hour(1)}
        Registration.objects.filter(pk=row.pk).update(**facts)
        posted = outbox.post(kind, subject=row, to=email, params={"language": language})
        letter = outbox.write(posted)
        assert "Plantão" in letter.subject
        assert "%(" not in letter.subject + letter.body
        # What a person typed is never taken for a place to fill in.
        assert "100%" in letter.body
        greetings.add(letter.body.partition(",")[0])
    assert greetings == {"Olá", "Hello", "Hola"}


@pytest.mark.parametrize(
    ("kind", "times"),
    # The first tells the hours of the event and until when the place is kept.
    [("event_confirm", 2), ("event_registered", 1), ("event_promoted", 1), ("event_changed", 1), ("event_waiting", 1)],
)
def test_hours_in_a_letter_say_once_whose_they_are(kind, times):
    event = coming(days=(5, 6))
    row = registering.register(event, entry(1), at=now())
    facts = {"hold_until": at_hour(1)} if kind == "event_confirm" else {"confirmed_at": now(), "hold_until": None}
    Registration.objects.filter(pk=row.pk).update(state=LETTERS[kind], **facts)
    letter = outbox.write(outbox.post(kind, subject=row, to=row.email, params={"language": "pt-br"}))
    assert letter.body.count("horário de Brasília") == times


def test_mine_lists_what_the_account_and_its_addresses_have(client, event, ana):
    registering.register(event, entry(1), at=now(), user=ana)
    other = coming("outro")
    registering.register(other, entry(2, email=ana.email), at=now())
    registering.register(other, entry(3), at=now())
    client.force_login(ana)
    listed = client.get(reverse("my-events")).context["coming"]
    assert sorted(fact["registration"].event.key for fact in listed) == ["encontro", "outro"]


def test_mine_costs_the_same_for_one_and_for_many(client, ana, django_assert_max_num_queries):
    client.force_login(ana)
    for number in range(6):
        registering.register(coming(f"e{number}"), entry(1), at=now(), user=ana)
    with django_assert_max_num_queries(10):
        client.get(reverse("my-events"))
