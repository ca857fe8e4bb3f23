"""A sheet that begins with what a reviewer praised in a diagnosis."""

import re

import pytest
from django.core import mail
from django.urls import reverse

from certification.diagnosis import review
from certification.diagnosis.models import ReviewNote
from certification.diagnosis.submission import submit_diagnosis
from core import outbox
from core.models import OutboxMessage
from practices import curation, writing
from practices.models import Practice
from tests.diagnosis.conftest import answered, diagnosis, edition, enrolled, questionnaire
from tests.practices.test_races import at_once, own

__all__ = ["answered", "diagnosis", "edition", "enrolled", "questionnaire"]  # fixtures of the diagnosis' own tests


@pytest.fixture
def note(answered, enrolled, ana, helena, tiago, now):
    """A good practice noted in a diagnosis that was then validated."""
    submit_diagnosis(enrolled, by=ana, at=now)
    text = "Agenda única de mediação. Outros municípios podem aprender."
    noted = review.add_note(enrolled, "4.05", kind="good_practice", text=text, by=tiago, at=now)
    assert not curation.praised().exists()  # not before the diagnosis is validated
    for number in range(1, 11):
        review.mark_read(enrolled, number, by=tiago, at=now)
    review.approve_diagnosis(enrolled, by=helena, at=now)
    return noted


def test_a_note_becomes_a_draft_of_the_government_once(client, note, helena, ana, canoas):
    client.force_login(helena)
    page = client.get(reverse("bank:notes")).content.decode()
    assert "Outros municípios podem aprender" in page
    first, second = (client.post(reverse("bank:begin", args=[note.pk])) for _each in range(2))
    practice = Practice.objects.get()
    assert first.url == second.url == reverse("bank:curate", args=[practice.pk])
    assert (practice.owner, practice.state, practice.source) == (canoas.body, "draft", "note")
    assert (practice.title, practice.dimensions, practice.indicators) == ("Agenda única de mediação", [4], ["4.05"])
    assert note.text in practice.context
    outbox.deliver_due()
    [letter] = [letter for letter in mail.outbox if "pode entrar no banco" in letter.subject]
    assert letter.to == [ana.email]
    assert reverse("bank:own-sheet", args=[practice.pk]) in letter.body
    assert practice.title in client.get(reverse("bank:notes")).content.decode()


@pytest.mark.django_db(transaction=True)
def test_begun_by_many_at_once_it_is_one_sheet_and_one_letter(note, helena, marcos, ana, now):
    """With real transactions and real locks."""
    works = [
        lambda who=who: writing.begin_from_note(ReviewNote.objects.get(pk=note.pk), by=own(who), at=now)
        for who in [helena, marcos] * 3
    ]
    outcomes = at_once(*works)
    assert len({practice.pk for practice, _created in outcomes}) == 1
    assert [created for _practice, created in outcomes].count(True) == 1
    practice = Practice.objects.get()
    assert (practice.note, practice.dimensions) == (note, [4])
    assert OutboxMessage.objects.get(kind="practice_begun").recipient == ana.email


def test_in_english_the_day_of_a_note_reads_one_way(client, note, helena):
    client.force_login(helena)
    page = client.get(f"/en{reverse('bank:notes')}").content.decode()
    assert note.text in page
    assert not re.search(r"\d\d/\d\d/\d{2,4}", page)


def test_a_correction_is_no_beginning(client, note, helena):
    ReviewNote.objects.update(kind="suggestion")
    client.force_login(helena)
    assert client.post(reverse("bank:begin", args=[note.pk])).status_code == 404


def test_the_sheet_outlives_its_note(note, helena, now):
    practice, _created = writing.begin_from_note(note, by=helena, at=now)
    ReviewNote.objects.all().delete()
    practice.refresh_from_db()
    assert practice.note is None
