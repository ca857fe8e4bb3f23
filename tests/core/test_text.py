import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.links import absolute
from core.text import normalise, without_addresses, words


@pytest.mark.parametrize(
    ("written", "sought"),
    [
        ("  São   PAULO ", "sao paulo"),
        ("Goiânia", "goiania"),
        ("Educação em três línguas", "educacao em tres linguas"),
        ("¿Cuántas?", "¿cuantas?"),
        ("Ⅻ", "xii"),
        ("İstanbul", "istanbul"),
        ("ﬁm", "fim"),
    ],
)
def test_normalise(written, sought):
    assert normalise(written) == sought


@given(st.text())
def test_normalising_twice_changes_nothing(text):
    assert normalise(normalise(text)) == normalise(text)


@given(st.text())
def test_what_is_written_in_capitals_is_found_all_the_same(text):
    assert normalise(text.upper().lower()) == normalise(text.lower().upper().lower())
    assert "  " not in normalise(text)


@given(st.text(alphabet="aáàâãeéêiíoóôõuúüçñ "))
def test_accents_and_capitals_make_no_difference(text):
    assert normalise(text.upper()) == normalise(text)


def test_words():
    assert words(" São  José ") == ["sao", "jose"]


@pytest.mark.parametrize("elsewhere", ["https://evil.example/", "//evil.example/", "painel/", "javascript:alert(1)"])
def test_only_paths_of_ours_become_links(elsewhere):
    with pytest.raises(ValueError, match="not a path"):
        absolute(elsewhere)


def test_links_use_the_configured_address(settings):
    settings.PUBLIC_BASE_URL = "https://portal.example.org"
    assert absolute("/selos/abc/") == "https://portal.example.org/selos/abc/"


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("Maria d'Ávila J. Silva", "Maria d'Ávila J. Silva"),
        ("Ana P. de Souza Jr.", "Ana P. de Souza Jr."),
        ("Ganhe em https://mau.example/x já", "Ganhe em … já"),
        ("veja mau.example/premio e www.Mau.EXAMPLE", "veja … e …"),
        ("escreva a eu@mau.example", "escreva a …"),
    ],
)
def test_no_link_of_a_stranger_stands_in_a_letter(typed, told):
    assert without_addresses(typed) == told
