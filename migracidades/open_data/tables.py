"""The tables of open data, in the order of their page."""

from django.utils.translation import gettext_lazy as _
from django.utils.translation import override

from .answers import ACTIONS, DIMENSION_RESULTS, INDICATOR_RESULTS, NUMBERS
from .bank import EVENTS, PRACTICES
from .catalogue import QUESTIONNAIRE
from .places import EDITIONS, GOVERNMENTS, PARTICIPATIONS, SEALS
from .table import PORTAL, TEXT, Column, Table

DATA = (
    GOVERNMENTS,
    EDITIONS,
    PARTICIPATIONS,
    SEALS,
    NUMBERS,
    DIMENSION_RESULTS,
    INDICATOR_RESULTS,
    ACTIONS,
    PRACTICES,
    EVENTS,
    QUESTIONNAIRE,
)
LANGUAGES = ("pt-br", "en", "es")


def dictionary_rows(at):
    for table in DATA:
        for column in table.columns:
            yield (table.slug, column.name, column.type, *_in_each(column.meaning), *_in_each(column.source))


def _in_each(words):
    for language in LANGUAGES:
        with override(language):
            yield str(words)


DICTIONARY = Table(
    "dictionary",
    _("Dicionário de dados"),
    _("O que cada coluna de cada tabela quer dizer, de onde vem e de que tipo é, em três idiomas."),
    (
        Column("table", TEXT, _("nome da tabela"), PORTAL),
        Column("column", TEXT, _("nome da coluna"), PORTAL),
        Column("type", TEXT, _("tipo do valor"), PORTAL),
        *(Column(f"meaning_{code}", TEXT, _("o que a coluna quer dizer"), PORTAL) for code in ("pt_br", "en", "es")),
        *(Column(f"source_{code}", TEXT, _("de onde vem o valor"), PORTAL) for code in ("pt_br", "en", "es")),
    ),
    rows=dictionary_rows,
    count=lambda at: sum(len(table.columns) for table in DATA),
    changed=lambda at: None,
)
ALL = (*DATA, DICTIONARY)
BY_SLUG = {table.slug: table for table in ALL}
