"""Finding sheets by words, the same on every database: a word is found where the normalised column holds it, and an index says where to look.

PostgreSQL has a GIN index of three-letter pieces (`pg_trgm`); SQLite a full-text table of the same pieces, which triggers keep. Either only
narrows down which rows are compared: without it (an extension that may not be created, a word of one or two letters) the same rows are
found, slower. Like the locks of the catalogue these are made after migrations and not by one, since SQLite drops the triggers of a table
it rebuilds.
"""

import logging

from django.db import DatabaseError, connections, transaction
from django.db.models.expressions import RawSQL
from django.utils import translation

from core.text import words
from dimensions import catalogue

logger = logging.getLogger(__name__)

TABLE = "practices_practice"
INDEX = "practices_by_words"
PIECE = 3  # letters
TRIGGERS = {
    "insert": "AFTER INSERT ON practices_practice BEGIN INSERT INTO practices_by_words(rowid, search) VALUES (NEW.id, NEW.search); END",
    "update": "AFTER UPDATE OF search ON practices_practice WHEN OLD.search IS NOT NEW.search BEGIN"
    " INSERT INTO practices_by_words(practices_by_words, rowid, search) VALUES ('delete', OLD.id, OLD.search);"
    " INSERT INTO practices_by_words(rowid, search) VALUES (NEW.id, NEW.search); END",
    "delete": "AFTER DELETE ON practices_practice BEGIN"
    " INSERT INTO practices_by_words(practices_by_words, rowid, search) VALUES ('delete', OLD.id, OLD.search); END",
}

# Connections known to have the table: asked once.
_known = set()


# What is sought.


def search(sheets, text):
    """The sheets of a queryset that hold every word of a text."""
    sought = words(text.replace("\0", " "))
    for word in sought:
        sheets = sheets.filter(search__contains=word)
    long_words = [word for word in sought if len(word) >= PIECE]
    if long_words and _has_table(connections[sheets.db]):
        sheets = sheets.filter(pk__in=_candidates(long_words))
    return sheets


def _candidates(long_words):
    """Keys of the rows the full-text table names; they are compared all the same, letter by letter."""
    phrases = " AND ".join('"{}"'.format(word.replace('"', '""')) for word in long_words)
    return RawSQL(f"SELECT rowid FROM {INDEX} WHERE {INDEX} MATCH %s", [phrases])  # noqa: S608, S611  constants


def _has_table(connection):
    if connection.vendor != "sqlite":
        return False
    key = (connection.alias, str(connection.settings_dict["NAME"]))
    if key not in _known and _exists(connection):
        _known.add(key)
    return key in _known


def _exists(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = %s", [INDEX])
        return cursor.fetchone() is not None


def beside(practice):
    """Words of a sheet that stand in other rows: titles of documents, places, partners, names of its dimensions in every language."""
    for title, place in practice.documents.values_list("title", "place"):
        yield from (title, place)
    for body in practice.partners.select_related("government", "organisation"):
        yield str(body)
    numbers = set(practice.topics.values_list("dimension", flat=True))
    questionnaire = catalogue.latest() if numbers else None
    for dimension in questionnaire.dimensions if questionnaire else ():
        if dimension.number in numbers:
            yield from dimension.name.as_dict().values()


# What is made after migrations.


def install(using="default"):
    connection = connections[using]
    if TABLE not in connection.introspection.table_names():
        return
    with translation.override(None):
        {"sqlite": _install_table, "postgresql": _install_index}[connection.vendor](connection)


def remove(using="default"):
    """Before migrations: a table that is rebuilt must not be named by a trigger."""
    connection = connections[using]
    if connection.vendor == "sqlite":
        _run(connection, [f"DROP TRIGGER IF EXISTS {INDEX}_{event}" for event in TRIGGERS])


def _install_table(connection):
    fresh = not _exists(connection)
    if fresh:
        table = f"CREATE VIRTUAL TABLE {INDEX} USING fts5(search, content='{TABLE}', content_rowid='id', tokenize='trigram')"
        try:
            _run(connection, [table])
        except DatabaseError as error:  # a build of SQLite without it
            logger.warning("practices are searched without an index: %s", error)
            return
    missing = [event for event in TRIGGERS if not _has_trigger(connection, event)]
    _run(connection, [f"CREATE TRIGGER {INDEX}_{event} {TRIGGERS[event]}" for event in missing])
    if fresh or missing:
        # Rows may have come while no trigger watched.
        _run(connection, ["INSERT INTO practices_by_words(practices_by_words) VALUES ('rebuild')"])


def _has_trigger(connection, event):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM sqlite_master WHERE type = 'trigger' AND name = %s", [f"{INDEX}_{event}"])
        return cursor.fetchone() is not None


def _install_index(connection):
    try:
        with transaction.atomic(using=connection.alias):
            _run(
                connection,
                [
                    "CREATE EXTENSION IF NOT EXISTS pg_trgm",
                    f"CREATE INDEX IF NOT EXISTS {INDEX} ON {TABLE} USING gin (search gin_trgm_ops)",
                ],
            )
    except DatabaseError as error:  # not allowed to this role, or not installed
        logger.warning("practices are searched without an index: %s", str(error).splitlines()[0])


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
