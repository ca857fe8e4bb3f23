"""Database triggers that keep published questionnaires as they are, for whoever goes round the models.

They are taken away before migrations and put back after them, instead of being a migration themselves: SQLite drops the triggers of
a table it rebuilds and refuses to rename a table that another trigger names. SQLite gets none on deletion, since emptying its
tables (`flush`) is a plain DELETE; there the models refuse, and the foreign keys of what was answered.
"""

from contextlib import contextmanager

from django.db import connections

MESSAGE = "a published questionnaire never changes"
OF_QUESTIONNAIRE = "EXISTS (SELECT 1 FROM dimensions_questionnaire q WHERE q.id = {row}.questionnaire_id AND q.published_at IS NOT NULL)"
OF_INDICATOR = (
    "EXISTS (SELECT 1 FROM dimensions_questionnaire q JOIN dimensions_indicator i ON i.questionnaire_id = q.id"
    " WHERE i.id = {row}.indicator_id AND q.published_at IS NOT NULL)"
)
IS_PUBLISHED = {
    "dimensions_questionnaire": "{row}.published_at IS NOT NULL",
    "dimensions_dimension": OF_QUESTIONNAIRE,
    "dimensions_indicator": OF_QUESTIONNAIRE,
    "dimensions_profilefield": OF_QUESTIONNAIRE,
    "dimensions_option": OF_INDICATOR,
    "dimensions_indicatorlineage": OF_INDICATOR,
}


def install(using="default"):
    connection = connections[using]
    guarded = {name.partition("_keep")[0] for name in _existing(connection)}
    missing = set(IS_PUBLISHED) & set(connection.introspection.table_names()) - guarded
    for table in sorted(missing):
        _run(connection, CREATE[connection.vendor](table))


def remove(using="default"):
    connection = connections[using]
    for name in _existing(connection):
        table = name.partition("_keep")[0]
        on_table = f" ON {table}" if connection.vendor == "postgresql" else ""
        _run(connection, [f"DROP TRIGGER {name}{on_table}"])


@contextmanager
def lifted(using="default"):
    """For restoring a backup, whose rows arrive published. Nothing else has a reason to use this."""
    remove(using)
    try:
        yield
    finally:
        install(using)


def _existing(connection):
    query = {
        "sqlite": "SELECT name FROM sqlite_master WHERE type = 'trigger' AND name LIKE 'dimensions_%'",
        "postgresql": "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal AND tgname LIKE 'dimensions_%'",
    }[connection.vendor]
    with connection.cursor() as cursor:
        cursor.execute(query)
        return [name for (name,) in cursor.fetchall()]


def _run(connection, statements):
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


def _guarded_rows(table):
    """Which rows decide, by event. A questionnaire may be born or become published; nothing may be added to a published one."""
    if table == "dimensions_questionnaire":
        return {"UPDATE": ["OLD"], "DELETE": ["OLD"]}
    return {"INSERT": ["NEW"], "UPDATE": ["OLD", "NEW"], "DELETE": ["OLD"]}


def _condition(table, rows):
    return " OR ".join(IS_PUBLISHED[table].format(row=row) for row in rows)


def _sqlite(table):
    return [
        f"CREATE TRIGGER {table}_keep_{event.lower()} BEFORE {event} ON {table} WHEN {_condition(table, rows)}"
        f" BEGIN SELECT RAISE(ABORT, '{MESSAGE}'); END"
        for event, rows in _guarded_rows(table).items()
        if event != "DELETE"
    ]


def _postgresql(table):
    events = _guarded_rows(table)
    tests = " ".join(
        f"IF TG_OP = '{event}' THEN IF {_condition(table, rows)} THEN"
        f" RAISE EXCEPTION '{MESSAGE}' USING ERRCODE = 'integrity_constraint_violation'; END IF; END IF;"
        for event, rows in events.items()
    )
    return [
        f"CREATE OR REPLACE FUNCTION {table}_keep() RETURNS trigger LANGUAGE plpgsql AS"
        f" $$ BEGIN {tests} IF TG_OP = 'DELETE' THEN RETURN OLD; END IF; RETURN NEW; END $$",
        f"CREATE TRIGGER {table}_keep BEFORE {' OR '.join(events)} ON {table} FOR EACH ROW EXECUTE FUNCTION {table}_keep()",
    ]


CREATE = {"sqlite": _sqlite, "postgresql": _postgresql}
