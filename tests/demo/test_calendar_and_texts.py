"""What the stories are made of: days, texts, documents."""

import datetime
import json

import pytest
from django.utils import timezone

from certification.models import Kind, State
from core import sniff
from migracidades.demo import calendar, content, papers
from migracidades.demo.days import days_of
from migracidades.demo.story import goal_of

NOON = datetime.time(12)


def at_noon(*day):
    return timezone.make_aware(datetime.datetime.combine(datetime.date(*day), NOON))


@pytest.mark.parametrize("stage", calendar.STAGES)
@pytest.mark.parametrize("today", [(2026, 11, 21), (2027, 1, 3), (2028, 2, 29), (2026, 7, 1)])
def test_the_day_of_seeding_lies_inside_its_stage(stage, today):
    cal = calendar.of_stage(stage, at_noon(*today))
    kind = {"certified": Kind.MONITORING}.get(stage) or Kind(stage)
    opens, closes = cal.period(kind)
    assert opens <= cal.now <= closes
    assert cal.opens.weekday() == calendar.TUESDAY


def test_an_edition_opened_on_29_february_has_an_earlier_one():
    cal = calendar.Calendar(datetime.date(2028, 2, 29), at_noon(2028, 8, 1))
    assert cal.before(1).opens == datetime.date(2027, 2, 28)


def test_nothing_is_dated_after_the_seeding():
    cal = calendar.of_stage("diagnosis", at_noon(2026, 11, 21))
    assert cal.at(cal.today + 40) == cal.now


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [((2026, 3, 9), 1, (2026, 2, 1)), ((2026, 3, 9), 3, (2025, 12, 1)), ((2026, 12, 31), 12, (2025, 12, 1))],
)
def test_months_before_a_day(day, months, expected):
    assert calendar.month_before(datetime.date(*day), months) == datetime.date(*expected)


@pytest.mark.parametrize("section", ["profiles", "practices", "events"])
def test_texts_of_an_edition_have_no_open_places(section):
    told = getattr(content, section)(2026)
    assert "{y" not in json.dumps(told, default=str)
    assert "{n" not in json.dumps(told, default=str)


def test_years_count_from_the_edition():
    assert content.with_years(["de {y3} a {n1}", {"em": "{y0}"}], 2026) == ["de 2023 a 2027", {"em": "2026"}]


@pytest.mark.parametrize("stage", calendar.STAGES)
def test_moves_of_every_profile_are_in_order_and_not_after_today(stage):
    cal = calendar.of_stage(stage, at_noon(2026, 11, 21))
    for profile in content.profiles(cal.year).values():
        goal = goal_of(profile["by_stage"][stage])
        closing = {kind: max(last, cal.today + 6) for kind, (_first, last) in calendar.WINDOWS.items()}
        days = days_of(goal, "early" if cal.today < 118 else "normal", cal.today, 3, 2, closing)
        if goal.is_past(Kind.ENROLLMENT):
            assert days.begin <= days.enroll < days.enroll_approved < days.first_answer
        assert days.first_answer <= days.last_answer
        if goal.reaches(Kind.DIAGNOSIS) and goal.state != State.OPEN:
            assert days.submit <= cal.today


@pytest.mark.parametrize("file_type", papers.MAKERS)
def test_documents_are_what_their_name_says(file_type):
    made = papers.paper("Ata da 3ª reunião (comitê)", "minutes", datetime.date(2026, 3, 9), file_type)
    body = made.read()
    kind = {"jpg": "jpeg"}.get(file_type, file_type)
    assert sniff.kind_of(body, made.name) == kind
    assert made.name.endswith(f".{file_type}")
