"""The catalogues in English and Spanish: the frame is whole, what is filled in survives, one word stays one word."""

import gettext
import re
import subprocess
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from django.utils.translation import override
from django.utils.translation.template import templatize

LANGUAGES = ["en", "es"]
FRAME = [
    "base.html",
    "workspace_base.html",
    "desk_base.html",
    "error_base.html",
    "components/*.html",
    "4*.html",
    "5*.html",
]
CALL = re.compile(r"""(?:_|gettext|ngettext|pgettext)\(u?(?:'[^']*', )?("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')""")
GAP = re.compile(r"%\(\w+\)[a-z]|%[sdr]|</?\w+>")
# One word per thing: those of the glossary that stand alone somewhere on a screen.
WORDS = {
    "edição": ("edition", "edición"),
    "chamada": ("call", "convocatoria"),
    "etapa": ("step", "etapa"),
    "participação": ("participation", "participación"),
    "selo": ("seal", "sello"),
    "prorrogação": ("extension", "prórroga"),
    "período da etapa": ("step period", "período de la etapa"),
    "questionário": ("questionnaire", "cuestionario"),
    "dimensão": ("dimension", "dimensión"),
    "indicador": ("indicator", "indicador"),
    "comprovação": ("evidence", "respaldo"),
    "apontamento": ("note", "observación"),
    "próximo passo": ("next move", "próximo paso"),
    "ação prioritária": ("priority action", "acción prioritaria"),
    "boa prática": ("good practice", "buena práctica"),
    "pessoa de referência": ("reference person", "persona de referencia"),
    "suplente": ("alternate", "suplente"),
    "não se aplica": ("does not apply", "no se aplica"),
    "sem dado": ("no data", "sin dato"),
    "ainda não aberta": ("not open yet", "aún no abierta"),
    "aberta": ("open", "abierta"),
    "enviada": ("submitted", "enviada"),
    "devolvida": ("returned", "devuelta"),
    "validada": ("validated", "validada"),
    "encerrada": ("closed", "cerrada"),
    "em atraso": ("late", "con retraso"),
    "não entregue": ("not delivered", "no entregado"),
}


@pytest.fixture(scope="module")
def compiled(tmp_path_factory):
    """The catalogues as a clean clone compiles them, with the formats checked by gettext itself."""
    folder = tmp_path_factory.mktemp("locale")
    for language in LANGUAGES:
        place = folder / language / "LC_MESSAGES"
        place.mkdir(parents=True)
        source = settings.BASE_DIR / "locale" / language / "LC_MESSAGES" / "django.po"
        subprocess.run(["msgfmt", "--check", "-o", place / "django.mo", source], check=True)
    return folder


@pytest.fixture
def in_use(compiled, settings):
    settings.LOCALE_PATHS = [compiled]


def catalogue(folder, language):
    with (folder / language / "LC_MESSAGES" / "django.mo").open("rb") as file:
        return gettext.GNUTranslations(file)


def entries(folder, language):
    """(sentence in Portuguese, its translation), each plural form apart; the header left out."""
    for key, said in catalogue(folder, language)._catalog.items():
        sentence = key[0] if isinstance(key, tuple) else key
        if sentence:
            yield sentence.rpartition("\x04")[2], said


def sentences_of(template):
    source = templatize(template.read_text())
    return {found[1:-1].encode().decode("unicode_escape").encode("latin-1").decode() for found in CALL.findall(source)}


def frame_sentences():
    folder = Path(settings.BASE_DIR, "templates")
    templates = [path for pattern in FRAME for path in sorted(folder.glob(pattern))]
    return {(path.name, sentence) for path in templates for sentence in sentences_of(path)}


def test_frame_has_sentences():
    names = {sentence for _template, sentence in frame_sentences()}
    assert {"Ir para o conteúdo", "Não encontramos esta página", "Página"} <= names


@pytest.mark.parametrize("language", LANGUAGES)
def test_frame_is_whole(compiled, language):
    known = {sentence for sentence, _said in entries(compiled, language)}
    missing = {(template, sentence) for template, sentence in frame_sentences() if sentence not in known}
    assert missing == set()


@pytest.mark.parametrize("language", LANGUAGES)
def test_values_survive_the_translation(compiled, language):
    """A plural may leave its number out; any other sentence says what the original says."""
    wrong = {
        sentence: said
        for sentence, said in entries(compiled, language)
        if not set(GAP.findall(said)) ^ set(GAP.findall(sentence)) <= {"%(number)s", "%(n)s"}
    }
    assert wrong == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_one_word_stays_one_word(compiled, language):
    said = catalogue(compiled, language)
    told = {word: said.gettext(word) for word in WORDS}
    assert told == {word: pair[LANGUAGES.index(language)] for word, pair in WORDS.items()}
    assert len(set(told.values())) == len(WORDS)


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("language", "skip", "home"),
    [("pt-br", "Ir para o conteúdo", "Início"), ("en", "Skip to content", "Home"), ("es", "Ir al contenido", "Inicio")],
)
def test_the_frame_speaks_the_language_of_the_address(client, in_use, language, skip, home):
    with override(language):
        address = reverse("process")
    page = client.get(address).content.decode()
    assert f'<html lang="{language}"' in page
    assert skip in page
    assert home in page


@pytest.mark.django_db
@pytest.mark.parametrize("language", ["pt-br", "en", "es"])
def test_language_links_lead_to_the_same_page(client, in_use, language):
    with override(language):
        address = reverse("about")
    page = client.get(address).content.decode()
    links = dict(re.findall(r'<a href="([^"]+)" lang="[^"]+" hreflang="([^"]+)"', page))
    assert {code: link for link, code in links.items()} == {"pt-br": "/sobre/", "en": "/en/sobre/", "es": "/es/sobre/"}
    assert all(client.get(link).status_code == 200 for link in links)


def test_an_unknown_page_is_refused_in_english(client, in_use, db):
    answer = client.get("/en/nothing-here/")
    assert answer.status_code == 404
    assert "We did not find this page" in answer.content.decode()


def test_the_sentence_of_the_seal_is_frozen_in_three_languages(in_use):
    from certification.seal.meaning import meaning_in_all_languages

    said = meaning_in_all_languages(2021)
    assert said["en"].startswith("This seal certifies that the government engaged in all the steps of the 2021 edition")
    assert "todas las etapas de la edición 2021" in said["es"]
    assert "todas as etapas da edição 2021" in said["pt-br"]
