"""Words find sheets alike on both engines: what the index finds is what reading every sheet letter by letter finds."""

import random

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.text import normalise
from practices import search_index
from practices.domain import publish_practice
from practices.models import Practice, PracticeDocument

WORDS = (
    *(
        "educação",
        "saúde",
        "mediação",
        "c++",
        "100%",
        "under_score",
        'aspas"duplas',
        "d'água",
        "São",
        "João",
        "🙂",
        "emoji🙂",
    ),
    *(
        "naïve",
        "Ångström",
        "ação",
        "acao",
        "ȷ",
        "ﬁm",
        "straße",
        "ΣΊΣΥΦΟΣ",
        "مرحبا",
        "漢字",
        "a",
        "b",
        "ai",
        "10.7",
        "e-mail",
    ),
    *("x'or'1", "--", "/*", "\\barra", "{chave}", "(par)", "[col]", "*", "?", "^", "$", "|", "null"),
)
SOUGHT = [
    "educacao",
    "EDUCAÇÃO",
    "saude mediacao",
    "c++",
    "C",
    "ai",
    "a b",
    "%",
    "100%",
    "_",
    "under_",
    '"',
    'aspas"dup',
    "'",
    "d’água",
    "🙂",
    "emoji🙂",
    "strasse",
    "σισυφοσ",
    "مرحبا",
    "漢字",
    "漢",
    "10.7",
    "--",
    "/*",
    "\\",
    "\\barra",
    "*",
    "x'or'1",
    "null",
    "NOT null",
    "saude OR educacao",
    "nada disso existe",
    "",
    "   ",
    "\0",
    "sa\0ude",
    "fim",
    "{chave} (par)",
    "acao sao joao",
]
SHEETS = 300


@pytest.fixture(scope="module")
def bank(django_db_setup, django_db_blocker):
    """A few hundred sheets of odd words; taken back when the file is done."""
    from tests.factories import GovernmentFactory

    chance = random.Random(7)
    with django_db_blocker.unblock(), transaction.atomic():
        owner, at = GovernmentFactory(name="Canoas").body, timezone.now()
        facts = {"owner": owner, "state": "published", "published_at": at, "checked_on": at.date(), "language": "pt-br"}
        rows = [Practice(key=f"p{n}", title_pt_br=" ".join(chance.choices(WORDS, k=6)), **facts) for n in range(SHEETS)]
        for row in rows:
            row.search = row.searchable()
        Practice.objects.bulk_create(rows)
        yield owner
        transaction.set_rollback(True)


def by_reading(text):
    """Keys of the sheets that hold every word, told by Python alone."""
    sought = normalise(text.replace("\0", " ")).split()
    rows = Practice.objects.values_list("pk", "search")
    return {pk for pk, search in rows if all(word in search for word in sought)}


@pytest.mark.parametrize("text", SOUGHT)
def test_the_index_finds_what_reading_finds(bank, db, text):
    assert set(Practice.objects.search(text).values_list("pk", flat=True)) == by_reading(text)


def test_any_three_words_found_are_those_that_are_there(bank, db):
    chance = random.Random(11)
    for _each in range(60):
        text = " ".join(chance.choice(WORDS)[: chance.randint(1, 9)] for _word in range(chance.randint(1, 3)))
        assert set(Practice.objects.search(text).values_list("pk", flat=True)) == by_reading(text), text


def test_the_plan_uses_the_index(bank, db):
    with connection.cursor() as cursor:
        if connection.vendor == "postgresql":
            cursor.execute("SET LOCAL enable_seqscan = off")
        plan = Practice.objects.search("educacao").order_by().explain()
    assert search_index.INDEX in plan or "VIRTUAL TABLE INDEX" in plan


def test_without_an_index_the_same_is_found(bank, db, monkeypatch):
    with_index = set(Practice.objects.search("educacao sao").values_list("pk", flat=True))
    monkeypatch.setattr(search_index, "_has_table", lambda connection: False)
    with CaptureQueriesContext(connection) as captured:
        assert set(Practice.objects.search("educacao sao").values_list("pk", flat=True)) == with_index
    assert "MATCH" not in captured[0]["sql"]


@pytest.fixture
def notebook(canoas):
    facts = {"title_pt_br": "Caderno", "summary_pt_br": "Uma pasta.", "title_en": "Handover notebook"}
    return publish_practice("caderno", owner=canoas.body, at=timezone.now(), dimensions=[6], **facts)


def found(text):
    return Practice.objects.search(text).exists()


def test_words_of_documents_are_found_and_follow_them(notebook):
    assert not found("decreto")
    document = PracticeDocument.objects.create(practice=notebook, title="Decreto nº 12 de Educação", place="Niterói")
    assert found("decreto educacao caderno")
    assert found("niteroi")
    document.title = "Portaria"
    document.save()
    assert not found("decreto")
    document.delete()
    assert not found("portaria")


def test_words_follow_topics_partners_and_every_language(notebook, association, questionnaire):
    assert found("NOTEBOOK")
    notebook.topics.create(dimension=7)
    assert found("educacao")  # the dimension's name, though no text has it
    assert found("education")
    notebook.partners.add(association)
    assert found("baoba")
    notebook.partners.clear()
    assert not found("baoba")


@pytest.fixture
def questionnaire(db):
    from dimensions import catalogue, loader

    catalogue.forget()
    loader.load_default()
    yield
    catalogue.forget()


def test_a_deleted_sheet_leaves_the_index_and_an_update_round_the_model_enters_it(notebook):
    Practice.objects.filter(pk=notebook.pk).update(search="zebra listrada")
    assert found("zebra")
    assert not found("caderno")
    Practice.objects.all().delete()
    assert not found("zebra")


@pytest.mark.skipif(connection.vendor != "sqlite", reason="PostgreSQL keeps its index by itself")
def test_triggers_taken_away_are_put_back_with_what_came_meanwhile(notebook, db):
    search_index.remove()
    Practice.objects.filter(pk=notebook.pk).update(search="zebra")
    assert not found("zebra")
    search_index.install()
    assert found("zebra")
