import json
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command

from events.models import Attendance, Event
from migracidades.imports.events import import_events
from migracidades.imports.lines import Refused

from .conftest import EVENTS_2021

HEADER = "starts,ends,type,title,title_en,audience,audience_en,number,unit\n"
GOOD = "2021-02-25,2021-02-25,webinar,Um webinário,A webinar,Governos,Governments,21,people\n"

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("2021-13-01,,webinar,T,,A,,1,people", "não é uma data"),
        ("2021-03-02,2021-03-01,webinar,T,,A,,1,people", "antes do começo"),
        ("2021-03-02,,festa,T,,A,,1,people", "«festa»"),
        ("2021-03-02,,webinar,T,,A,,muitas,people", "«muitas»"),
        ("2021-03-02,,webinar,T,,A,,1,cidades", "«cidades»"),
        ("2021-03-02,,webinar,,,A,,1,people", "title"),
        ("2021-03-02 e depois,,webinar,T,,A,,1,people", "não é uma data"),
        ("2021-03-02,,webinar,T,,A,,99999999999999999999,people", "number tem 20"),
        (f"2021-03-02,,webinar,{'T' * 251},,A,,1,people", "title tem 251"),
        (f"2021-03-02,,webinar,T,,A,{'A' * 301},1,people", "audience_en tem 301"),
        (GOOD.strip(), "linha 2"),
    ],
)
def test_a_wrong_line_is_named_and_nothing_comes_in(written, line, words):
    with pytest.raises(Refused) as refused:
        import_events(written(HEADER + GOOD + line + "\n"))
    [problem] = refused.value.problems
    assert problem.line == 3
    assert words in problem.message
    assert not Event.objects.exists()


def test_the_command_ends_with_exit_code_1(written):
    with pytest.raises(CommandError) as error:
        call_command("import_events", str(written("a,b\n")), stderr=StringIO())
    assert error.value.returncode == 1


def test_dry_run_records_nothing_and_still_counts(written):
    assert import_events(written(HEADER + GOOD), dry_run=True).totals == {"people": 21, "governments": 0}
    assert not Event.objects.exists()


def test_2021_adds_up_by_unit():
    import_events(EVENTS_2021)
    assert Attendance.objects.totals() == {"people": 1140, "governments": 21}


def test_a_dialogue_held_twice_is_two_events():
    import_events(EVENTS_2021)
    numbers = Attendance.objects.filter(event__title_pt_br__startswith="Diálogos MigraCidades")
    assert sorted(numbers.values_list("number", flat=True)) == [52, 76]


def test_imported_again_it_stays_one_of_each():
    first, again = import_events(EVENTS_2021), import_events(EVENTS_2021)
    assert (first.created, again.created, again.already) == (11, 0, 11)
    assert Event.objects.count() == 11


def test_where_only_months_are_known_no_day_is_made_up():
    import_events(EVENTS_2021)
    group = Event.objects.get(type="working_group")
    assert (group.starts_on, group.ends_on, group.precision) == (date(2021, 5, 1), date(2021, 10, 31), "month")


def test_words_and_dates_as_people_write_them_are_understood(written):
    import_events(written(HEADER + "25/02/2021,,Webinário,T,,A,,3,participantes\n"))
    event = Event.objects.get()
    assert (event.starts_on, event.ends_on, event.type) == (date(2021, 2, 25), date(2021, 2, 25), "webinar")
    assert Attendance.objects.totals()["people"] == 3


def test_the_command_prints_totals_in_json():
    out = StringIO()
    call_command("import_events", str(EVENTS_2021), "--json", stdout=out)
    assert json.loads(out.getvalue())["totals"] == {"people": 1140, "governments": 21}
