import pytest

from governments.resolve import Resolver, Unresolved, slips

pytestmark = pytest.mark.usefixtures("some_governments")


def test_a_name_that_fits_two_governments_is_not_guessed():
    with pytest.raises(Unresolved) as refused:
        Resolver().resolve("Belém")
    assert "1501402" in str(refused.value)
    assert "2501906" in str(refused.value)


def test_a_misspelling_that_fits_two_governments_is_not_guessed():
    with pytest.raises(Unresolved, match="mais de um governo"):
        Resolver().resolve("Goiaz", uf="GO")


@pytest.mark.parametrize("name", ["Cidade que não existe", "SP", "Sã"])
def test_a_name_nothing_fits_is_refused(name):
    with pytest.raises(Unresolved, match="Nenhum governo"):
        Resolver().resolve(name)


def test_a_name_in_the_wrong_uf_is_refused_and_says_where_it_exists():
    with pytest.raises(Unresolved, match="São Leopoldo .*RS, 4318705"):
        Resolver().resolve("São Leopoldo", kind="municipality", uf="SP")


def test_a_uf_or_kind_that_does_not_exist_is_named():
    with pytest.raises(Unresolved, match="«XX»"):
        Resolver().resolve("São Paulo", uf="XX")
    with pytest.raises(Unresolved, match="«comarca»"):
        Resolver().resolve("São Paulo", kind="comarca")


@pytest.mark.parametrize(
    ("name", "kind", "uf", "code"),
    [
        ("São Paulo", "municipality", "SP", "3550308"),
        ("São Paulo", "estado", "SP", "35"),
        ("SAO  PAULO", "Município", "sp", "3550308"),
        ("Goânia", "municipality", "GO", "5208707"),
        ("Goias", "state", "GO", "52"),
        ("Belém", "", "PA", "1501402"),
        ("olho d’água das flores", "", "", "2706802"),
        ("Olho Dagua das Flores", "", "", "2706802"),
        ("Sao Leopldo", "", "", "4318705"),
        ("Distrito Federal", "", "", "53"),
    ],
)
def test_accents_case_and_one_slip_are_forgiven_where_one_government_fits(name, kind, uf, code):
    assert Resolver().resolve(name, kind, uf).ibge_code == code


@pytest.mark.parametrize(
    ("one", "other", "number"),
    [("goania", "goiania", 1), ("abc", "acb", 1), ("abc", "abc", 0), ("abcd", "wxyz", 3), ("", "ab", 2)],
)
def test_slips_count_added_dropped_changed_and_swapped_letters(one, other, number):
    assert slips(one, other, 2) == number


def test_a_list_costs_one_query(django_assert_num_queries):
    resolver = Resolver()
    with django_assert_num_queries(1):
        for name in ("Goânia", "São Leopoldo", "Distrito Federal"):
            resolver.resolve(name)
