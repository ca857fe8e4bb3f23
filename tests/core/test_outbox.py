from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import get_language

from core import outbox
from core.models import OutboxMessage
from core.outbox import Letter

State = OutboxMessage.State
DAY = timedelta(days=1)


@pytest.fixture
def greeting(write):
    """Letters of kind "greeting" say good day."""

    @write("greeting")
    def build(subject, message):
        return Letter(subject=f"Olá, {subject.name}", body="Bom dia!")


@pytest.fixture
def broken_server(settings):
    """A mail server that is not there."""
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1


def states():
    return list(OutboxMessage.objects.order_by("created_at").values_list("state", flat=True))


@pytest.mark.django_db
def test_one_letter_of_a_kind_subject_recipient_and_date(subject, greeting):
    due = timezone.now() + DAY
    first = outbox.post("greeting", subject=subject, to="ana@example.org", due=due)
    assert outbox.post("greeting", subject=subject, to="ana@example.org", due=due) == first
    assert outbox.post("greeting", subject=subject, to="bia@example.org", due=due) != first
    assert outbox.post("greeting", subject=subject, to="ana@example.org", due=due + DAY) != first


@pytest.mark.django_db
def test_the_database_refuses_the_same_reminder_twice(subject):
    facts = {"kind": "greeting", "recipient": "ana@example.org", "due": timezone.now()}
    OutboxMessage.objects.create(**facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        OutboxMessage.objects.create(**facts)


@pytest.mark.django_db
def test_a_letter_posted_twice_before_it_leaves_is_one(subject, greeting):
    first = outbox.post("greeting", subject=subject, to="ana@example.org")
    assert outbox.post("greeting", subject=subject, to="ana@example.org") == first
    outbox.deliver_due()
    outbox.post("greeting", subject=subject, to="ana@example.org")
    assert states() == [State.SENT, State.WAITING]


@pytest.mark.django_db
def test_a_reminder_that_was_sent_is_not_sent_again(subject, greeting):
    due = timezone.now() - DAY
    for _time in range(2):
        outbox.post("greeting", subject=subject, to="ana@example.org", due=due)
        outbox.deliver_due()
    assert len(mail.outbox) == 1


@pytest.mark.django_db
def test_nothing_leaves_before_its_date(subject, greeting):
    due = timezone.now() + DAY
    outbox.post("greeting", subject=subject, to="ana@example.org", due=due)
    assert outbox.deliver_due() == 0
    assert outbox.deliver_due(at=due) == 1


@pytest.mark.django_db
def test_a_letter_nobody_needs_any_more_is_skipped(subject, write):
    write("greeting")(lambda subject, message: None)
    outbox.post("greeting", subject=subject, to="ana@example.org")
    assert outbox.deliver_due() == 0
    assert states() == [State.SKIPPED]
    assert mail.outbox == []


@pytest.mark.django_db
def test_a_letter_about_what_is_gone_is_skipped(subject, greeting):
    outbox.post("greeting", subject=subject, to="ana@example.org")
    subject.delete()
    outbox.deliver_due()
    assert states() == [State.SKIPPED]


@pytest.mark.django_db
def test_someone_whose_account_was_closed_gets_nothing(subject, greeting, make_user):
    user = make_user("ana")
    outbox.post("greeting", subject=subject, to=user)
    user.is_active = False
    user.save()
    outbox.deliver_due()
    assert (states(), mail.outbox) == ([State.SKIPPED], [])


@pytest.mark.django_db
def test_the_letter_is_written_when_it_is_sent(subject, greeting, make_user):
    user = make_user("ana")
    message = outbox.post("greeting", subject=subject, to=user)
    subject.name = "novo-nome"
    subject.save()
    user.email = "ana.nova@example.org"
    user.save()
    outbox.deliver_due()
    [sent] = mail.outbox
    assert (sent.subject, sent.body, sent.to) == ("Olá, novo-nome", "Bom dia!", ["ana.nova@example.org"])
    assert sent.extra_headers["Message-ID"].startswith(f"<{message.pk}@")


@pytest.mark.django_db
def test_a_letter_is_written_in_the_recipients_language(subject, write, make_user):
    languages = []
    write("greeting")(lambda subject, message: languages.append(get_language()))
    outbox.post("greeting", subject=subject, to=make_user("bia", language="es"))
    outbox.post("greeting", subject=subject, to="fora@example.org")
    outbox.deliver_due()
    assert languages == ["es", "pt-br"]


@pytest.mark.django_db
def test_a_subject_cannot_smuggle_in_a_header(subject, write):
    write("greeting")(lambda subject, message: Letter(subject="Olá\nBcc: todos@example.org", body="…"))
    outbox.post("greeting", subject=subject, to="ana@example.org")
    outbox.deliver_due()
    assert mail.outbox[0].subject == "Olá Bcc: todos@example.org"


@pytest.mark.django_db
def test_an_html_alternative_goes_beside_the_text(subject, write):
    write("greeting")(lambda subject, message: Letter(subject="Olá", body="Bom dia!", html="<p>Bom dia!</p>"))
    outbox.post("greeting", subject=subject, to="ana@example.org")
    outbox.deliver_due()
    assert mail.outbox[0].alternatives[0].content == "<p>Bom dia!</p>"


@pytest.mark.django_db
def test_a_server_that_is_away_is_tried_again_later_and_then_given_up(subject, greeting, broken_server):
    message = outbox.post("greeting", subject=subject, to="ana@example.org")
    assert outbox.deliver(message.pk) == State.WAITING
    assert outbox.deliver(message.pk) is None  # not at once
    at = timezone.now()
    for _attempt in range(outbox.MAX_ATTEMPTS - 1):
        at += DAY
        outbox.deliver(message.pk, at=at)
    message.refresh_from_db()
    assert (message.state, message.attempts) == (State.FAILED, outbox.MAX_ATTEMPTS)
    assert message.reason == "ConnectionRefusedError"


@pytest.mark.django_db
def test_the_next_letter_leaves_after_one_that_fails(subject, greeting, write):
    write("broken")(lambda subject, message: 1 / 0)
    outbox.post("broken", subject=subject, to="ana@example.org")
    outbox.post("greeting", subject=subject, to="ana@example.org")
    assert outbox.deliver_due() == 1
    assert sorted(states()) == [State.SENT, State.WAITING]


@pytest.mark.django_db
def test_a_sender_that_died_is_followed_by_another(subject, greeting):
    message = outbox.post("greeting", subject=subject, to="ana@example.org")
    assert outbox._claim(message.pk, timezone.now())
    assert outbox.deliver_due() == 0
    assert outbox.deliver_due(at=timezone.now() + DAY) == 1


@pytest.mark.django_db(transaction=True)
def test_many_senders_send_once(subject, greeting, at_once):
    message = outbox.post("greeting", subject=subject, to="ana@example.org")
    outcomes = at_once(4, lambda number: outbox.deliver(message.pk))
    assert sorted(map(str, outcomes)) == ["None", "None", "None", "sent"]
    assert len(mail.outbox) == 1


@pytest.mark.django_db(transaction=True)
def test_many_posting_the_same_reminder_post_one(subject, at_once):
    due = timezone.now() + DAY
    posted = at_once(4, lambda number: outbox.post("greeting", subject=subject, to="ana@example.org", due=due))
    assert {message.pk for message in posted} == {OutboxMessage.objects.get().pk}


@pytest.mark.django_db
def test_a_letter_of_a_change_that_was_rolled_back_was_never_posted(subject):
    with transaction.atomic():
        outbox.post("greeting", subject=subject, to="ana@example.org")
        transaction.set_rollback(True)
    assert states() == []
