import json
from copy import deepcopy

import pytest
import yaml
from django.core.management import CommandError, call_command

from dimensions import loader
from dimensions.loader import reading
from dimensions.models import IndicatorLineage, Questionnaire

pytestmark = pytest.mark.django_db


@pytest.fixture
def run(capsys, tmp_path):
    """Run the command on content; gives what it printed."""

    def command(content, *flags):
        path = tmp_path / "questionnaire.yaml"
        path.write_text(yaml.safe_dump(content, allow_unicode=True), encoding="utf-8")
        call_command("publish_questionnaire", str(path), *flags)
        return capsys.readouterr().out

    return command


def lineage_of(questionnaire, code):
    rows = IndicatorLineage.objects.filter(indicator__questionnaire=questionnaire, indicator__code=code)
    return [(row.relation, row.previous and row.previous.code) for row in rows.order_by("previous__code")]


def test_the_bundled_questionnaire_is_published_whole(questionnaire):
    assert (questionnaire.version, questionnaire.previous, len(questionnaire.digest)) == (1, None, 64)
    assert questionnaire.published_at is not None
    assert questionnaire.dimensions.count() == 10
    assert questionnaire.indicators.count() == 107
    assert questionnaire.indicators.filter(question_es="").count() == 0
    assert [option.code for option in questionnaire.indicators.get(code="1.03").options.all()][-1] == "none"
    assert lineage_of(questionnaire, "1.01") == [("none", None)]


def test_loading_the_default_twice_leaves_one(questionnaire):
    assert loader.load_default() == questionnaire
    assert Questionnaire.objects.count() == 1


def test_the_default_stays_away_where_something_else_is_published(content):
    content["id"] = "another-programme"
    other = loader.publish(content).questionnaire
    assert loader.load_default() == other
    assert Questionnaire.objects.count() == 1


def test_the_same_content_again_is_nothing_to_do(questionnaire, content):
    outcome = loader.publish(content)
    assert (outcome.nothing_to_do, outcome.published, outcome.questionnaire) == (True, False, questionnaire)
    assert Questionnaire.objects.count() == 1


def test_the_digest_is_that_of_canonical_json():
    assert reading.digest({"b": "ã", "a": [1]}) == reading.digest({"a": [1], "b": "ã"})
    assert reading.digest({"a": 1}) != reading.digest({"a": 2})


def test_a_new_version_follows_the_last(questionnaire, content, indicator_of):
    indicator_of("1.01")["help"]["en"] = "Choose Yes if the duty is written down."
    content["dimensions"][9]["name"]["en"] = "Shelter and protection"
    outcome = loader.publish(content)
    assert (outcome.version, outcome.questionnaire.previous) == (2, questionnaire)
    assert outcome.changes.retouched == ["1.01"]
    assert outcome.changes.dimensions == [10]
    assert len(outcome.changes.same) == 106
    assert lineage_of(outcome.questionnaire, "1.01") == [("same", "1.01")]


def last_of(content, number=1):
    """Cut the last indicator off a dimension."""
    return content["dimensions"][number - 1]["indicators"].pop()


def test_a_reworded_a_dropped_and_a_new_indicator_are_mapped(questionnaire, content, indicator_of):
    first = indicator_of("1.01")
    first["question"]["en"] = "Is a body or unit formally in charge of migration policy?"
    first["previous"] = {"relation": "reworded", "codes": ["1.01"]}
    gone = last_of(content)["code"]
    content["dropped"] = [gone]
    new = deepcopy(indicator_of("2.01")) | {"code": f"2.{len(content['dimensions'][1]['indicators']) + 1:02d}"}
    for key in ("question", "suggested_action"):
        new[key] = dict.fromkeys(new[key], f"Outra {key} novidade{'?' if key == 'question' else '.'}")
    new["question"]["es"] = "¿Otra pregunta nueva?"
    content["dimensions"][1]["indicators"].append(new)
    outcome = loader.publish(content)
    assert outcome.changes.reworded == [{"code": "1.01", "from": ["1.01"]}]
    assert outcome.changes.dropped == outcome.questionnaire.dropped == [gone]
    assert outcome.changes.added == [new["code"]]
    assert lineage_of(outcome.questionnaire, new["code"]) == [("none", None)]
    assert lineage_of(outcome.questionnaire, "1.01") == [("reworded", "1.01")]


def test_merged_and_split_indicators_point_at_where_they_come_from(questionnaire, content, indicator_of):
    gone = last_of(content)["code"]
    indicator_of("1.01")["previous"] = {"relation": "merged", "codes": ["1.01", gone]}
    indicator_of("1.04")["previous"] = {"relation": "split", "codes": ["1.04"]}
    indicator_of("1.05")["previous"] = {"relation": "split", "codes": ["1.04"]}
    content["dropped"] = ["1.05"]
    made = loader.publish(content).questionnaire
    assert lineage_of(made, "1.01") == [("merged", "1.01"), ("merged", gone)]
    assert lineage_of(made, "1.04") == lineage_of(made, "1.05") == [("split", "1.04")]


def dropped_without_a_word(content, indicator_of):
    last_of(content)


def changed_without_a_word(content, indicator_of):
    indicator_of("1.01")["question"]["en"] = "Is there a body in charge of migration policy?"


def unknown_relation(content, indicator_of):
    indicator_of("1.01")["previous"] = {"relation": "cousin", "codes": ["1.01"]}


def unknown_source(content, indicator_of):
    indicator_of("1.01")["previous"] = {"relation": "reworded", "codes": ["7.77"]}


def merged_from_one(content, indicator_of):
    indicator_of("1.01")["previous"] = {"relation": "merged", "codes": ["1.01"]}


def new_with_a_source(content, indicator_of):
    indicator_of("1.01")["previous"] = {"relation": "none", "codes": ["1.01"]}


def split_in_one(content, indicator_of):
    indicator_of("1.01")["previous"] = {"relation": "split", "codes": ["1.01"]}


def two_continue_one(content, indicator_of):
    indicator_of("1.04")["previous"] = {"relation": "reworded", "codes": ["1.01"]}
    content["dropped"] = ["1.04"]


def same_with_other_options(content, indicator_of):
    indicator_of("1.03")["answer"]["options"].pop(0)
    indicator_of("1.03")["previous"] = {"relation": "same", "codes": ["1.03"]}


def dropped_and_kept(content, indicator_of):
    content["dropped"] = ["1.01"]


def dropped_unknown(content, indicator_of):
    content["dropped"] = ["7.77"]


@pytest.mark.parametrize(
    ("spoil", "message"),
    [
        (dropped_without_a_word, "sumiu"),
        (changed_without_a_word, "tinha outra pergunta ou resposta"),
        (unknown_relation, "relação desconhecida: “cousin”"),
        (unknown_source, "7.77 não existe na versão anterior"),
        (merged_from_one, "“merged” não combina com 1"),
        (new_with_a_source, "“none” não combina com 1"),
        (split_in_one, "falta o outro"),
        (two_continue_one, "só um pode"),
        (same_with_other_options, "use reworded"),
        (dropped_and_kept, "um indicador desta versão vem dele"),
        (dropped_unknown, "não existe na versão anterior"),
    ],
)
def test_a_version_that_loses_track_of_the_last_is_refused(questionnaire, content, indicator_of, spoil, message):
    spoil(content, indicator_of)
    with pytest.raises(loader.Invalid, match=message):
        loader.publish(content)
    assert Questionnaire.objects.get() == questionnaire


def test_a_first_version_has_no_history_to_speak_of(content, indicator_of):
    indicator_of("1.01")["previous"] = {"relation": "same", "codes": ["1.01"]}
    content["dropped"] = ["1.02"]
    with pytest.raises(loader.Invalid) as refusal:
        loader.publish(content)
    assert {problem.place for problem in refusal.value.problems} == {"1.01.previous", "dropped"}


def test_the_command_publishes_and_says_what_changed(run, content):
    printed = run(content)
    assert "Indicadores novos: 107" in printed
    assert "Versão 1 publicada." in printed
    assert "nada a fazer" in run(content)


def test_a_dry_run_writes_nothing(run, content):
    assert "A versão 1 seria publicada; nada foi gravado." in run(content, "--dry-run")
    assert Questionnaire.objects.count() == 0


def test_the_command_speaks_json(run, content):
    told = json.loads(run(content, "--json"))
    made = Questionnaire.objects.get()
    assert (told["published"], told["id"], told["version"], told["digest"]) == (True, made.pk, 1, made.digest)
    assert len(told["difference"]["added"]) == 107
    again = json.loads(run(content, "--json"))
    assert (again["published"], again["nothing_to_do"], again["id"]) == (False, True, made.pk)


def test_the_command_names_every_problem_and_exits_with_1(run, content, capsys):
    content["title"].pop("es")
    content["dimensions"][0]["group"] = "other"
    with pytest.raises(CommandError, match="2 problemas") as refusal:
        run(content)
    assert refusal.value.returncode == 1
    assert capsys.readouterr().err.splitlines() == [
        "title[es]: falta o texto neste idioma; escreva-o.",
        "dimensions[1].group: “other” não está em groups; use um código da lista ou acrescente-o a ela.",
    ]
    with pytest.raises(CommandError):
        run(content, "--json")
    assert [row["place"] for row in json.loads(capsys.readouterr().out)["problems"]] == [
        "title[es]",
        "dimensions[1].group",
    ]
    assert Questionnaire.objects.count() == 0
