import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.links import absolute
from core.text import normalise, words


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
