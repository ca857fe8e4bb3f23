import pytest
from django.utils import translation

from dimensions.rules import InvalidAnswer, validate_value

pytestmark = pytest.mark.django_db
YES_NO, NUMBER, MANY, TEXT = "1.01", "1.02", "1.03", "10.12"


@pytest.mark.parametrize("code", [YES_NO, NUMBER, MANY, TEXT])
@pytest.mark.parametrize("value", [None, "", []])
def test_no_answer_is_none(catalogue, code, value):
    assert validate_value(catalogue.indicator(code), value) is None


@pytest.mark.parametrize(
    ("code", "value", "message"),
    [
        (YES_NO, "maybe", "Escolha uma das opções"),
        (YES_NO, True, "Escolha uma das opções"),
        (YES_NO, ["yes"], "Escolha uma das opções"),
        (YES_NO, {"code": "yes"}, "Escolha uma das opções"),
        (MANY, "health", "Envie a lista"),
        (MANY, [["health"]], "Envie a lista"),
        (MANY, ["health", "tourism"], "Escolha só opções"),
        (MANY, ["health", "none"], "não combina com outras opções"),
        (NUMBER, "muitas", "Informe um número, por exemplo 1.250"),
        (NUMBER, True, "Informe um número"),
        (NUMBER, [1], "Informe um número"),
        (NUMBER, "1e9", "Informe um número"),
        (NUMBER, "NaN", "Informe um número"),
        (NUMBER, float("inf"), "Informe um número"),
        (NUMBER, 1.5, "sem casas decimais"),
        (NUMBER, -1, "a partir de 0"),
        (NUMBER, 10**13, "até 1.000.000.000.000"),
        (TEXT, 7, "Escreva um texto"),
        (TEXT, "a" * 5001, "5.001 caracteres e cabe em 5.000"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_with_the_mend(catalogue, code, value, message):
    with pytest.raises(InvalidAnswer, match=message) as refusal:
        validate_value(catalogue.indicator(code), value)
    assert refusal.value.message == str(refusal.value)


@pytest.mark.parametrize(
    ("code", "value", "stored"),
    [
        (YES_NO, "partial", "partial"),
        (MANY, ["health", "social_assistance", "health"], ["social_assistance", "health"]),
        (MANY, ("none",), ["none"]),
        (NUMBER, 0, 0),
        (NUMBER, 12.0, 12),
        (NUMBER, "1.250", 1250),
        (NUMBER, " 1 250 ", 1250),
        (TEXT, "  Feira\r\nanual \x00", "Feira\nanual"),
        (TEXT, "a" * 5000, "a" * 5000),
        (TEXT, "   ", None),
    ],
)
def test_a_value_that_fits_is_stored_clean(catalogue, code, value, stored):
    result = validate_value(catalogue.indicator(code), value)
    assert (result, type(result)) == (stored, type(stored))


def test_a_number_is_read_as_typed_in_the_readers_language(catalogue):
    percent = next(row for row in catalogue.indicators.values() if str(row.unit) == "%")
    fractional = not percent.integer
    with translation.override("pt-br"):
        assert validate_value(percent, "45") == 45
        with pytest.raises(InvalidAnswer, match="até 100"):
            validate_value(percent, "101")
        if fractional:
            assert validate_value(percent, "12,5") == 12.5
    with translation.override("en"):
        assert validate_value(catalogue.indicator(NUMBER), "1,250") == 1250
