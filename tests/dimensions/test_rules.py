import pytest
from django.utils import translation

from dimensions import rules
from dimensions.rules import Status

pytestmark = pytest.mark.django_db


@pytest.fixture
def some(catalogue):
    """An indicator of a kind of answer (and evidence policy)."""

    def find(answer_type, **facts):
        rows = catalogue.indicators.values()
        return next(
            row
            for row in rows
            if row.answer_type == answer_type and all(getattr(row, name) == value for name, value in facts.items())
        )

    return find


def selection(indicator, count):
    return [option.code for option in indicator.options if not option.exclusive][:count]


@pytest.mark.parametrize(
    ("value", "status"),
    [("yes", Status.EXISTS), ("partial", Status.PARTLY), ("no", Status.NOT_YET), (None, Status.UNANSWERED)],
)
def test_status_of_yes_no_partial(some, answer, value, status):
    assert rules.status(some("yes_no_partial"), answer(value)) == status


def test_status_of_a_single_choice_goes_by_its_score(catalogue, answer):
    for indicator in [row for row in catalogue.indicators.values() if row.answer_type == "single_choice"]:
        for option in indicator.options:
            expected = Status.EXISTS if option.score >= 0.5 else Status.PARTLY if option.score > 0 else Status.NOT_YET
            assert rules.status(indicator, answer(option.code)) == expected, (indicator.code, option.code)


def test_status_of_a_multi_choice_goes_by_how_many(some, answer):
    indicator = some("multi_choice")
    few = indicator.suggest_when["at_most_selected"]
    assert rules.status(indicator, answer(["none"])) == Status.NOT_YET
    assert rules.status(indicator, answer(selection(indicator, 1))) == Status.PARTLY
    assert rules.status(indicator, answer(selection(indicator, few))) == Status.PARTLY
    assert rules.status(indicator, answer(selection(indicator, few + 1))) == Status.EXISTS
    assert rules.status(indicator, answer([])) == Status.UNANSWERED


@pytest.mark.parametrize("kind", ["yes_no_partial", "single_choice", "multi_choice"])
def test_what_does_not_apply_and_what_is_unanswered_are_told_apart(some, answer, kind):
    assert rules.status(some(kind), answer(not_applicable=True)) == Status.NOT_APPLICABLE
    assert rules.status(some(kind), None) == Status.UNANSWERED


@pytest.mark.parametrize("kind", ["number", "text"])
def test_numbers_and_texts_have_no_status(some, answer, kind):
    for given in (None, answer(0), answer(no_data=True), answer(not_applicable=True)):
        assert rules.status(some(kind), given) == Status.NO_STATUS


@pytest.mark.parametrize(("value", "suggested"), [("yes", False), ("partial", True), ("no", True), (None, False)])
def test_an_action_is_suggested_for_no_and_partial(some, answer, value, suggested):
    assert rules.suggests_action(some("yes_no_partial"), answer(value)) is suggested


def test_an_action_is_suggested_for_few_options_or_none(some, answer):
    indicator = some("multi_choice")
    few = indicator.suggest_when["at_most_selected"]
    assert rules.suggests_action(indicator, answer(["none"]))
    assert rules.suggests_action(indicator, answer(selection(indicator, few)))
    assert not rules.suggests_action(indicator, answer(selection(indicator, few + 1)))


def test_an_action_is_suggested_for_low_options(some, answer):
    indicator = some("single_choice")
    assert rules.suggests_action(indicator, answer(indicator.options[-1].code))
    assert not rules.suggests_action(indicator, answer(indicator.options[0].code))


def test_an_action_is_suggested_for_a_low_or_unknown_number(catalogue, answer):
    indicator = catalogue.indicator("1.02")
    assert indicator.suggest_when == {"blank": True, "at_most": 0}
    assert rules.suggests_action(indicator, answer(0))
    assert rules.suggests_action(indicator, answer(no_data=True))
    assert rules.suggests_action(indicator, answer(None))
    assert not rules.suggests_action(indicator, answer(1))


def test_an_action_is_suggested_for_a_blank_text(some, answer):
    assert rules.suggests_action(some("text"), answer("  "))
    assert not rules.suggests_action(some("text"), answer("Feira anual com associações."))


@pytest.mark.parametrize("kind", ["yes_no_partial", "single_choice", "multi_choice", "number", "text"])
def test_no_action_is_suggested_for_what_does_not_apply(some, answer, kind):
    assert not rules.suggests_action(some(kind), answer(not_applicable=True))


@pytest.mark.parametrize(("value", "needed"), [("yes", True), ("partial", False), ("no", False), (None, False)])
def test_a_yes_needs_evidence_where_the_policy_asks(some, answer, value, needed):
    assert rules.evidence_needed(some("yes_no_partial", evidence="required_if_yes"), answer(value)) is needed
    assert not rules.evidence_needed(some("yes_no_partial", evidence="optional"), answer(value))


def test_choices_need_evidence_for_what_exists(some, answer):
    single = some("single_choice", evidence="required_if_yes")
    assert rules.evidence_needed(single, answer(single.options[0].code))
    assert not rules.evidence_needed(single, answer(single.options[-1].code))
    assert not rules.evidence_needed(single, answer(not_applicable=True))


def test_selections_need_evidence_unless_none_is_chosen(catalogue, answer):
    rows = [row for row in catalogue.indicators.values() if row.answer_type == "multi_choice"]
    for row in rows:
        required = row.evidence == "required_if_yes"
        assert rules.evidence_needed(row, answer(selection(row, 1))) is required
        assert not rules.evidence_needed(row, answer(["none"]))


@pytest.mark.parametrize(
    ("given", "answered"),
    [
        ({}, False),
        ({"value": ""}, False),
        ({"value": []}, False),
        ({"value": 0}, True),
        ({"value": "no"}, True),
        ({"no_data": True}, True),
        ({"not_applicable": True}, True),
    ],
)
def test_what_counts_as_answered(answer, given, answered):
    assert rules.is_answered(answer(**given)) is answered
    assert rules.is_answered(None) is False


def test_an_answer_in_words_follows_the_language(catalogue, some, answer):
    words = rules.in_words(catalogue.indicator("1.01"), "partial")
    many = rules.in_words(catalogue.indicator("1.03"), ["social_assistance", "health"])
    number = rules.in_words(catalogue.indicator("1.02"), 1250)
    with translation.override("en"):
        assert (str(words), str(many), str(number)) == ("Partially", "Social assistance; Health", "1,250 people")
    with translation.override("pt-br"):
        assert (str(words), str(many), str(number)) == ("Parcialmente", "Assistência social; Saúde", "1.250 pessoas")
        percent = next(row for row in catalogue.indicators.values() if str(row.unit) == "%")
        assert str(rules.in_words(percent, 12.5)) == "12,5%"
        assert str(rules.in_words(some("text"), "Feira anual.")) == "Feira anual."
        assert str(rules.in_words(some("text"), None)) == ""
        assert str(rules.answer_in_words(some("number"), answer(no_data=True))) == "Sem dado"
        assert str(rules.answer_in_words(some("number"), answer(not_applicable=True))) == "Não se aplica"
        assert str(rules.answer_in_words(some("number"), None)) == "Sem resposta"
        assert str(rules.answer_in_words(catalogue.indicator("1.01"), answer("yes"))) == "Sim"
