import json
import re
from collections import Counter
from datetime import date
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.models import Edition, Kind, Participation, State
from certification.seal.models import Seal
from core.models import AuditEvent
from governments.models import Government
from governments.reference import load_governments
from migracidades.imports.certified import import_certified
from migracidades.imports.lines import Refused

from .conftest import CERTIFIED_2021, rows_of

HEADER = "edition,kind,name,uf\n"


def problems_of(path, **options):
    with pytest.raises(Refused) as refused:
        import_certified(path, **options)
    return [(problem.line, problem.message) for problem in refused.value.problems]


def test_one_line_that_does_not_resolve_keeps_all_out(written, programme, some_governments):
    path = written(HEADER + "2021,municipality,Goânia,GO\n2021,,Belém,\n2021,municipality,Atlântida,SP\n")
    lines = problems_of(path)
    assert [line for line, _message in lines] == [3, 4]
    assert Seal.objects.count() == Participation.objects.count() == Edition.objects.count() == 0


def test_each_kind_of_unreadable_line_is_named_with_its_mend(written, programme, some_governments):
    content = (HEADER + "2021,municipality,Goiânia,GO\n2021,municipality\n\n2021,municipality,,GO\n").encode()
    content += "2021,municipality,São Paulo,SP\n".encode("latin-1")
    content += "2021,municipality,Goiania,GO\n,municipality,Belém,PA\nano,municipality,Belém,PA\n0000,municipality,Belém,PA\n".encode()
    lines = dict(problems_of(written(content)))
    assert set(lines) == {3, 4, 5, 6, 7, 8, 9, 10}
    assert "2 colunas" in lines[3]
    assert "em branco" in lines[4]
    assert "name" in lines[5]
    assert "UTF-8" in lines[6]
    assert "linha 2" in lines[7]
    assert "--edition" in lines[8]
    assert "«ano»" in lines[9]
    assert "«0000»" in lines[10]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        ("", "vazio"),
        ("edition,kind,uf\n2021,state,GO\n", "name"),
        (HEADER.encode("utf-16"), "UTF-16"),
        (HEADER, "Nenhuma linha"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(written, programme, some_governments, content, words):
    [(_line, message)] = problems_of(written(content))
    assert words in message


def test_quotes_that_do_not_close_are_named(written, programme, some_governments):
    assert problems_of(written(HEADER + '2021,municipality,"Goiânia,GO\n'))[0][0] == 2


def test_a_missing_file_is_refused(tmp_path, programme, some_governments):
    assert "nada.csv" in problems_of(tmp_path / "nada.csv")[0][1]


def test_without_governments_it_says_what_to_run(written, programme):
    assert "load_reference" in problems_of(written(HEADER + "2021,state,Goiás,GO\n"))[0][1]


def test_an_edition_of_the_portal_itself_is_not_imported(written, programme, some_governments):
    Edition.objects.create(programme=programme, year=2021)
    assert "acontece neste portal" in problems_of(written(HEADER + "2021,state,Goiás,GO\n"))[0][1]


def test_an_edition_of_the_future_is_not_imported(written, programme, some_governments):
    year = timezone.localdate().year + 1
    assert "ainda não aconteceu" in problems_of(written(HEADER + f"{year},state,Goiás,GO\n"))[0][1]


def test_dry_run_records_nothing(written, programme, some_governments):
    outcome = import_certified(written(HEADER + "2021,state,Goias,GO\n"), dry_run=True)
    assert (outcome.created, Seal.objects.count(), Edition.objects.count()) == (1, 0, 0)
    assert not AuditEvent.objects.exists()


def test_only_the_edition_asked_for_comes_in(written, programme, some_governments):
    path = written(HEADER + "2020,state,Goias,GO\n2021,municipality,Goânia,GO\n")
    outcome = import_certified(path, edition=2021)
    assert (outcome.created, outcome.left_out) == (1, 1)
    assert Seal.objects.get().participation.edition.year == 2021


def test_an_edition_whose_ceremony_is_not_known_says_so(written, programme, some_governments):
    outcome = import_certified(written(HEADER + "2019,state,Goias,GO\n"))
    assert "cerimônia" in outcome.notes[0]
    assert Edition.objects.get().seal_valid_until == date(2020, 12, 31)


def test_an_award_from_before_the_portal_lacks_nothing(written, programme, some_governments):
    import_certified(written(HEADER + "2021,state,Goias,GO\n"))
    assert all(need.met for need in cycle.requirements(Participation.objects.get(), Kind.CERTIFICATION))


def test_the_desk_lists_editions_the_newest_first(written, programme, some_governments, client, helena):
    import_certified(written(HEADER + "2021,state,Goias,GO\n2024,state,Goias,GO\n2022,state,Goias,GO\n"))
    client.force_login(helena)
    html = client.get(reverse("desk-editions")).content.decode()
    assert re.findall(r'<th scope="row"><a[^>]*>(\d+)', html) == ["2024", "2022", "2021"]


def test_semicolons_and_a_byte_order_mark_are_read(written, programme, some_governments):
    path = written(b"\xef\xbb\xbf" + "edition;kind;name;uf\r\n2021;estado;Goiás;GO\r\n".encode())
    assert import_certified(path).created == 1


def test_the_41_of_2021(programme):
    load_governments()
    assert import_certified(CERTIFIED_2021).created == 41
    seals = Seal.objects.select_related("participation__government")
    governments = {seal.participation.government.ibge_code: seal.participation.government for seal in seals}
    assert Counter(each.kind for each in governments.values()) == {"municipality": 32, "state": 9}
    assert governments["5208707"].name == "Goiânia"
    assert governments["52"].name == "Goiás"
    assert "3550308" in governments
    assert "35" not in governments
    edition = Edition.objects.get(year=2021)
    assert edition.from_before_portal
    assert timezone.localdate(edition.published_at) == date(2021, 12, 16)
    assert {seal.valid_until for seal in seals} == {date(2022, 12, 31)}


def test_imported_again_nothing_changes(programme):
    load_governments()
    import_certified(CERTIFIED_2021)
    codes = set(Seal.objects.values_list("code", flat=True))
    again = import_certified(CERTIFIED_2021)
    assert (again.created, again.already) == (0, 41)
    assert set(Seal.objects.values_list("code", flat=True)) == codes


def test_the_list_has_the_misspellings_and_each_name_once():
    names = [row["name"] for row in rows_of(CERTIFIED_2021)]
    assert len(set(names)) == 41
    assert {"Goânia", "Goias"} < set(names)


def test_earlier_steps_are_approved_with_a_source_and_monitoring_stays_open(written, programme, some_governments):
    import_certified(written(HEADER + "2021,state,Goias,GO\n"))
    participation = Participation.objects.get()
    states = {step.kind: (step.state, bool(step.earlier_source)) for step in participation.steps.all()}
    assert states.pop(Kind.MONITORING) == (State.OPEN, False)
    assert set(states.values()) == {(State.APPROVED, True)}


def test_the_command_refuses_with_exit_code_1_and_lines_in_json(written, programme, some_governments):
    out = StringIO()
    with pytest.raises(CommandError) as error:
        call_command("import_certified", str(written(HEADER + "2021,,Belém,\n")), "--json", stdout=out)
    assert error.value.returncode == 1
    told = json.loads(out.getvalue())
    assert (told["created"], told["problems"][0]["line"]) == (0, 2)


def test_the_command_tells_what_became_of_each_name(written, programme, some_governments):
    out = StringIO()
    call_command("import_certified", str(written(HEADER + "2021,municipality,Goânia,GO\n")), "--json", stdout=out)
    [award] = json.loads(out.getvalue())["awards"]
    assert (award["name"], award["government"], award["ibge_code"]) == ("Goânia", "Goiânia", "5208707")


def test_governments_load_once_and_mend_names(db):
    first = load_governments()
    assert (first.created, Government.objects.count()) == (5597, 5597)
    Government.objects.filter(ibge_code="52").update(name="Goyaz", search="goyaz")
    again = load_governments()
    assert (again.created, again.updated, again.unchanged) == (0, 1, 5596)
    assert Government.objects.search("goiás go").filter(ibge_code="52").exists()
