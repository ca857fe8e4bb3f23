"""What a questionnaire file may not be, one spoilt thing at a time."""

import random
from copy import deepcopy

import pytest

from dimensions import loader
from dimensions.loader import reading
from dimensions.loader.checks import problems_of
from dimensions.models import Questionnaire


def refusals(content):
    return {problem.place: problem.message for problem in problems_of(content)}


def first_indicator(content):
    return content["dimensions"][0]["indicators"][0]


def test_the_bundled_questionnaire_has_no_problem(content):
    assert problems_of(content) == []


FIRST = "dimensions[1].indicators[1.01]"
TOP_LEVEL = [
    (lambda c: c.update(colour="blue"), "colour", "chave desconhecida"),
    (lambda c: c.pop("evidence_rule"), "evidence_rule", "falta esta chave"),
    (lambda c: c.update(schema_version=2), "schema_version", "use 1"),
    (lambda c: c.update(locales=["pt-br", "en"]), "locales", "pt-br, en e es"),
    (lambda c: c.update(default_locale="fr"), "default_locale", "pt-br, en ou es"),
    (lambda c: c.update(id="Não Serve"), "id", "código inválido"),
    (lambda c: c["title"].pop("es"), "title[es]", "falta o texto"),
    (lambda c: c["title"].update(fr="Diagnostic"), "title.fr", "idioma desconhecido"),
    (lambda c: c["title"].update(en="  "), "title[en]", "vazio"),
    (lambda c: c["title"].update(en="Diagnosis  twice"), "title[en]", "fora do padrão"),
    (lambda c: c["title"].update(en="diagnosis"), "title[en]", "maiúscula"),
    (lambda c: c["title"].update(en="Diagnosis "), "title[en]", "espaço no começo ou no fim"),
    (lambda c: c["not_applicable"].update(reason_required=False), "not_applicable.reason_required", "obrigatório"),
    (lambda c: c["weights"].update(range=[3, 0]), "weights.range", "menor e do maior"),
    (lambda c: c["weights"].update(range=[]), "weights.range", "menor e do maior"),
    (lambda c: c.update(answer_types=[]), "answer_types", "bloco de chaves"),
    (lambda c: c["groups"].append(deepcopy(c["groups"][0])), "groups[governance]", "repetido"),
    (lambda c: c["facets"][0].update(code="A b"), "facets[A b]", "código inválido"),
    (lambda c: c["profile_fields"][0].update(type="date"), "profile_fields[population].type", "number ou text"),
    (
        lambda c: c["answer_types"]["yes_no_partial"]["options"].reverse(),
        "answer_types.yes_no_partial.options",
        "nesta ordem",
    ),
    (
        lambda c: c["answer_types"]["yes_no_partial"]["options"][0].update(code=True),
        "answer_types.yes_no_partial.options[True].code",
        "aspas",
    ),
    (lambda c: c["evidence_policies"].update(always={}), "evidence_policies.always", "chave desconhecida"),
    (lambda c: c["dimensions"].pop(), "dimensions", "de 1 a 10"),
    (lambda c: c["dimensions"].reverse(), "dimensions", "em ordem"),
    (lambda c: c["dimensions"][1].update(slug="institutional-governance"), "dimensions[2].slug", "repetido"),
    (lambda c: c["dimensions"][0].update(group="other"), "dimensions[1].group", "não está em groups"),
    (lambda c: c["dimensions"][0].update(sdg_targets=["18.1"]), "dimensions[1].sdg_targets", "ODS"),
    (
        lambda c: c["dimensions"][0].update(suggested_respondents=["tourism"]),
        "dimensions[1].suggested_respondents",
        "não está em respondent_sectors",
    ),
    (lambda c: c["dimensions"][0]["name"].update(en="Name."), "dimensions[1].name[en]", "ponto final"),
]
INDICATOR = [
    (lambda i: i.update(hint="x"), "hint", "chave desconhecida"),
    (lambda i: i.pop("weight"), "weight", "falta esta chave"),
    (lambda i: i.update(code="1.07"), "code", "'1.01'"),
    (lambda i: i["question"].pop("en"), "question[en]", "falta o texto"),
    (lambda i: i["question"].update(en="No question mark."), "question[en]", "“?”"),
    (lambda i: i["question"].update(es="Sin abrir la pregunta?"), "question[es]", "pares"),
    (lambda i: i["question"].update(en="Why " * 60 + "?"), "question[en]", "encurte-o"),
    (lambda i: i["help"].update(en="No full stop"), "help[en]", "ponto final"),
    (lambda i: i["help"].update(en="Compare with 9.99."), "", "cita o indicador 9.99"),
    (lambda i: i["help"].update({"pt-br": "Envie por endereço eletrônico."}), "help[pt-br]", "evite"),
    (lambda i: i.update(evidence="always"), "evidence", "required_if_yes"),
    (lambda i: i.update(evidence="none"), "evidence", "pode ter comprovação"),
    (lambda i: i.update(applies_to="region"), "applies_to", "municipality"),
    (lambda i: i.update(weight=4), "weight", "entre 0 e 3"),
    (lambda i: i.update(weight=0), "weight", "peso 0"),
    (lambda i: i.update(weight=2.5), "weight", "inteiro"),
    (lambda i: i.update(facet="mood"), "facet", "não está em facets"),
    (lambda i: i.update(maturity="old"), "maturity", "não está em maturity_stages"),
    (lambda i: i.update(basis=[]), "basis", "ao menos um"),
    (lambda i: i.update(basis=["rumour"]), "basis", "basis_codes"),
    (lambda i: i.update(country_scope="ar"), "country_scope", "br"),
    (lambda i: i["answer"].update(type="stars"), "answer.type", "tipo de resposta desconhecido"),
    (lambda i: i["answer"].update(options=[]), "answer.options", "chave desconhecida"),
    (lambda i: i.update(suggest_when={"answers": ["no"]}), "suggest_when.answers", "['no', 'partial']"),
    (lambda i: i.update(suggest_when={"answers": ["maybe"]}), "suggest_when.answers", "['no', 'partial']"),
    (lambda i: i.update(suggest_when={"blank": True}), "suggest_when", "aceita só: answers"),
    (lambda i: i.update(depends_on={"code": "1.05", "answers": ["yes"]}), "depends_on.code", "não vem antes"),
]


@pytest.mark.parametrize(("spoil", "place", "message"), TOP_LEVEL)
def test_a_spoilt_file_is_refused_with_place_and_mend(content, spoil, place, message):
    spoil(content)
    assert message in refusals(content)[place]


@pytest.mark.parametrize(("spoil", "key", "message"), INDICATOR)
def test_a_spoilt_indicator_is_refused_with_place_and_mend(content, spoil, key, message):
    spoil(first_indicator(content))
    found = problems_of(content)
    assert any(message in problem.message and problem.place.endswith(key) for problem in found), found


CHOICES = [
    ("single_choice", lambda a: a["options"][0].update(score=0.9), "options", "score 1"),
    ("single_choice", lambda a: a["options"].reverse(), "options", "maior score ao menor"),
    ("single_choice", lambda a: a["options"][0].update(score=7), "options", "de 0 a 1"),
    ("single_choice", lambda a: a["options"][0].pop("score"), "score", "falta esta chave"),
    ("single_choice", lambda a: a.update(options=a["options"][:2]), "options", "três opções"),
    ("multi_choice", lambda a: a["options"][-1].pop("exclusive"), "options", "única opção com exclusive"),
    ("multi_choice", lambda a: a["options"][0].update(exclusive=True), "options", "única opção com exclusive"),
    ("multi_choice", lambda a: a["options"][0].update(score=1), "score", "chave desconhecida"),
    ("multi_choice", lambda a: a["options"][1].update(code=a["options"][0]["code"]), "", "código de opção repetido"),
    (
        "multi_choice",
        lambda a: a["options"][1].update(label=a["options"][0]["label"]),
        "options[en]",
        "rótulo repetido",
    ),
    ("number", lambda a: a.update(period="yesterday"), "period", "período desconhecido"),
    ("number", lambda a: a.update(unit={"pt-br": "%", "en": "%", "es": "%"}), "max", "max: 100"),
    ("number", lambda a: a.update(max=-5), "max", "maior que min"),
    ("number", lambda a: a.update(min=float("nan")), "min", "número"),
]


@pytest.mark.parametrize(("kind", "spoil", "key", "message"), CHOICES)
def test_a_spoilt_answer_is_refused_with_place_and_mend(content, kind, spoil, key, message):
    rows = [row for dimension in content["dimensions"] for row in dimension["indicators"]]
    spoil(next(row for row in rows if row["answer"]["type"] == kind)["answer"])
    found = problems_of(content)
    assert any(message in problem.message and problem.place.endswith(key) for problem in found), found


SUGGESTIONS = [
    ("multi_choice", {"answers": ["none"], "at_most_selected": 99}, "at_most_selected", "entre 1 e"),
    ("multi_choice", {"answers": ["none", "unheard"], "at_most_selected": 1}, "answers", "opção desconhecida: unheard"),
    ("single_choice", {"answers": []}, "answers", "abaixo de 0.5"),
    ("number", {"at_most": 0}, "blank", "precisa ser true"),
]


@pytest.mark.parametrize(("kind", "when", "key", "message"), SUGGESTIONS)
def test_a_suggestion_that_does_not_fit_its_answer_is_refused(content, kind, when, key, message):
    rows = [row for dimension in content["dimensions"] for row in dimension["indicators"]]
    next(row for row in rows if row["answer"]["type"] == kind)["suggest_when"] = when
    found = problems_of(content)
    assert any(message in problem.message and problem.place.endswith(f"suggest_when.{key}") for problem in found), found


def test_a_number_takes_no_evidence(content, indicator_of):
    indicator_of("1.02")["evidence"] = "optional"
    assert "fonte e mês" in refusals(content)["dimensions[1].indicators[1.02].evidence"]


def test_a_condition_on_all_answers_is_no_condition(content, indicator_of):
    indicator_of("2.02")["depends_on"]["answers"] = ["yes", "partial", "no"]
    assert "não todas" in refusals(content)["dimensions[2].indicators[2.02].depends_on.answers"]


def test_a_condition_on_an_unknown_answer_is_refused(content, indicator_of):
    indicator_of("2.02")["depends_on"]["answers"] = ["sometimes"]
    assert "algumas respostas de 2.01" in refusals(content)["dimensions[2].indicators[2.02].depends_on.answers"]


def test_a_question_for_all_cannot_hang_on_one_for_states(content, indicator_of):
    indicator_of("2.01")["applies_to"] = "state"
    assert "applies_to" in refusals(content)["dimensions[2].indicators[2.02].depends_on.code"]


def test_two_indicators_cannot_share_their_wording(content, indicator_of):
    indicator_of("1.04")["suggested_action"] = dict(indicator_of("1.01")["suggested_action"])
    assert "mesmo texto de 1.01" in refusals(content)["1.04.suggested_action[en]"]


def test_all_problems_are_told_at_once(content, indicator_of):
    indicator_of("1.01")["question"].pop("es")
    indicator_of("3.01")["help"].pop("en")
    indicator_of("5.02")["code"] = "5.01"
    content["surprise"] = 1
    places = set(refusals(content))
    assert {
        "dimensions[1].indicators[1.01].question[es]",
        "dimensions[3].indicators[3.01].help[en]",
        "dimensions[5].indicators[5.01].code",
        "surprise",
    } <= places


def test_a_repeated_code_is_named(content, indicator_of):
    indicator_of("5.02")["code"] = "5.01"
    messages = [problem.message for problem in problems_of(content) if problem.place.endswith("[5.01].code")]
    assert any("código repetido" in message for message in messages)
    assert any("'5.02'" in message for message in messages)


def test_the_refusal_speaks_the_readers_language(content, settings):
    # Without a catalogue for the language the sentence stays as written; what matters is that it is looked up at all.
    content.pop("title")
    assert refusals(content) == {"title": "falta esta chave; acrescente-a."}


# Where an empty list, a number or a yes may stand as well.
FREE = {
    "exclusive",
    "allowed",
    "required",
    "at_most",
    "order",
    "suggested_respondents",
    "sdg_targets",
    "profile_fields",
}


def paths_of(value, path=()):
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in items:
        yield from paths_of(inner, (*path, key))


def put(content, path, value):
    for key in path[:-1]:
        content = content[key]
    content[path[-1]] = value


def test_whatever_stands_in_the_wrong_place_is_a_problem_and_never_a_crash(content):
    """Any part of the file replaced by something of another kind; a fixed seed keeps the draw the same."""
    for dimension in content["dimensions"]:
        del dimension["indicators"][1:]
    draw = random.Random(2021)
    paths = draw.sample([path for path in paths_of(content) if path], 120)
    for path in paths:
        spoilt = deepcopy(content)
        put(spoilt, path, draw.choice([None, 17, [], {}, [None], [[]], {"code": []}, True]))
        if spoilt != content and path[-1] not in FREE:
            assert problems_of(spoilt), path


@pytest.mark.parametrize("content", [None, [], "text", 3, {}])
def test_what_is_no_questionnaire_at_all_is_refused(content):
    assert problems_of(content)


@pytest.mark.parametrize(
    ("text", "place", "message"),
    [
        ("a: 1\nb: ]\n", "linha 2", "YAML"),
        ("a: 1\nb: 2\na: 3\n", "linha 3", "aparece duas vezes"),
        ("a: !!python/object:os.system {}", "linha 1", "YAML"),
        ("? [a, b]\n: 1", "linha 1", "YAML"),
        ("a: 2020-13-45", "q.yaml", "YAML"),
    ],
)
def test_unreadable_yaml_is_refused_with_its_line(text, place, message):
    with pytest.raises(loader.Invalid) as refusal:
        reading.parse(text, "q.yaml")
    [problem] = refusal.value.problems
    assert (problem.place, message in problem.message) == (place, True)


def test_a_missing_file_and_a_wrong_encoding_are_named(tmp_path):
    with pytest.raises(loader.Invalid, match="confira o caminho"):
        reading.read(tmp_path / "none.yaml")
    (tmp_path / "latin.yaml").write_bytes("título: á".encode("latin-1"))
    with pytest.raises(loader.Invalid, match="UTF-8"):
        reading.read(tmp_path / "latin.yaml")


@pytest.mark.django_db
def test_a_refused_file_leaves_nothing_behind(content):
    content["dimensions"][9]["indicators"][-1]["question"].pop("es")
    with pytest.raises(loader.Invalid):
        loader.publish(content)
    assert Questionnaire.objects.count() == 0
