from decimal import Decimal

import pytest
from django.template import Context, Template
from django.utils import translation

from dimensions import catalogue as catalogues
from dimensions import loader
from dimensions.models import Questionnaire
from dimensions.text import Text

pytestmark = pytest.mark.django_db


def test_a_questionnaire_that_does_not_exist_is_told(db):
    catalogues.forget()
    with pytest.raises(Questionnaire.DoesNotExist):
        catalogues.of(987654)
    assert catalogues.latest() is None


def test_it_holds_everything_in_order(catalogue):
    assert [dimension.number for dimension in catalogue.dimensions] == list(range(1, 11))
    assert len(catalogue.indicators) == 107
    assert list(catalogue.indicators)[:2] == ["1.01", "1.02"]
    assert list(catalogue.indicators)[-1] == "10.12"
    assert [field.code for field in catalogue.profile_fields][:2] == ["population", "registered_migrants"]
    assert catalogue.dimension(1).suggested_respondents[0].code == "coordination"
    assert set(catalogue.words) == {
        "yes_no_partial_help",
        "no_data",
        "source",
        "reference_month",
        "not_applicable",
        "comment",
    }


def test_what_was_read_once_costs_no_query(catalogue, django_assert_num_queries):
    with django_assert_num_queries(0):
        again = catalogues.of(catalogue.id)
        assert again is catalogue
        assert str(again.indicator("1.02").unit) == "pessoas"
        assert str(again.dimension(3).name)
    with django_assert_num_queries(1):
        assert catalogues.latest() is catalogue


def test_the_latest_is_the_version_published_last(catalogue, content):
    content["dimensions"][9]["name"]["en"] = "Shelter and protection"
    newer = loader.publish(content).questionnaire
    assert catalogues.latest().id == newer.pk
    assert catalogues.latest("no-such-questionnaire") is None
    assert catalogues.of(catalogue.id).dimension(10).name.in_language("en") != "Shelter and protection"


def test_options_of_yes_no_partial_stand_with_those_of_choices(catalogue):
    assert [(option.code, option.score) for option in catalogue.indicator("1.01").options] == [
        ("yes", Decimal(1)),
        ("partial", Decimal("0.5")),
        ("no", Decimal(0)),
    ]
    assert catalogue.indicator("1.03").options[-1].exclusive
    assert catalogue.indicator("1.02").options == ()


def test_texts_follow_the_language_of_the_moment(catalogue):
    option = catalogue.indicator("1.01").option("partial")
    template = Template("{{ option.label }}|{{ option.label|upper }}")
    shown = {}
    for language in ("pt-br", "en", "es"):
        with translation.override(language):
            shown[language] = template.render(Context({"option": option}))
    assert shown == {
        "pt-br": "Parcialmente|PARCIALMENTE",
        "en": "Partially|PARTIALLY",
        "es": "Parcialmente|PARCIALMENTE",
    }


@pytest.mark.parametrize("language", ["es", "fr", None])
def test_a_text_without_translation_falls_back_to_portuguese(language):
    text = Text({"pt-br": "Dimensão", "en": "Dimension", "es": ""})
    with translation.override(language):
        assert (str(text), text[0], len(text), f"{text}!", text + "?") == ("Dimensão", "D", 8, "Dimensão!", "Dimensão?")


def test_a_text_is_escaped_like_any_other():
    assert Template("{{ text }}").render(Context({"text": Text("<b>")})) == "&lt;b&gt;"


STATES_ONLY = {"municipality": False, "federal_district": False, "state_district": False, "state": True}


@pytest.mark.parametrize("kind", STATES_ONLY)
def test_each_kind_of_government_is_asked_its_own_questions(catalogue, kind):
    rows = catalogue.indicators_for(kind)
    kinds = {row.applies_to for row in rows}
    assert kinds == {"both", "state" if STATES_ONLY[kind] else "municipality"}
    others = {row.code for row in catalogue.indicators.values()} - {row.code for row in rows}
    assert others
    assert {catalogue.indicator(code).applies_to for code in others} == {
        "municipality" if STATES_ONLY[kind] else "state"
    }


def test_a_question_of_another_country_is_not_asked(catalogue):
    brazilian = {row.code for row in catalogue.indicators.values() if row.country_scope == "br"}
    asked = {row.code for row in catalogue.indicators_for("municipality", country="ar")}
    assert brazilian
    assert not brazilian & asked


@pytest.mark.parametrize(
    ("parent", "asked"),
    [
        (None, False),
        ({"value": None}, False),
        ({"value": "no"}, False),
        ({"value": "partial"}, True),
        ({"value": "yes"}, True),
        ({"value": "yes", "not_applicable": True}, False),
    ],
)
def test_a_question_is_asked_when_the_one_before_was_answered_so(catalogue, answer, parent, asked):
    answers = {"2.01": answer(**parent)} if parent else {}
    child = catalogue.indicator("2.02")
    assert catalogue.applicable(child, "municipality", answers) is asked
    assert (child in catalogue.asked("municipality", answers)) is asked


def test_dependants_of_a_question(catalogue):
    assert [row.code for row in catalogue.dependants("2.01")] == ["2.02", "2.03", "2.04", "2.08", "2.10"]
    assert catalogue.dependants("2.02") == []


def test_a_chain_ends_where_its_first_question_is_not_asked(content, indicator_of, answer):
    """2.02 hangs on 2.01; here 2.03 hangs on 2.02 in turn."""
    option = next(row["code"] for row in indicator_of("2.02")["answer"].get("options", [{"code": "yes"}]))
    indicator_of("2.03")["depends_on"] = {"code": "2.02", "answers": [option]}
    catalogue = catalogues.of(loader.publish(content).questionnaire.pk)
    many = catalogue.indicator("2.02").answer_type == "multi_choice"
    answers = {"2.01": answer("yes"), "2.02": answer([option] if many else option)}
    last = catalogue.indicator("2.03")
    assert catalogue.applicable(last, "municipality", answers)
    answers["2.01"] = answer("no")
    assert not catalogue.applicable(last, "municipality", answers)
