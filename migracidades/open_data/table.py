"""What a table of open data is: its columns with their meaning, how to read its rows one by one, and how to know that it changed."""

import hashlib
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

TEXT, INTEGER, NUMBER, YES_NO, DAY, INSTANT, LIST = "text", "integer", "number", "boolean", "date", "datetime", "list"
TYPES = {
    TEXT: _("texto"),
    INTEGER: _("número inteiro"),
    NUMBER: _("número"),
    YES_NO: _("sim ou não (true, false)"),
    DAY: _("data (AAAA-MM-DD)"),
    INSTANT: _("data e hora com fuso (RFC 3339)"),
    LIST: _("lista (separada por ponto e vírgula em CSV e XLSX)"),
}

# Where a column comes from.
PROGRAMME = _("coordenação do programa MigraCidades")
IBGE = _("tabela de municípios e estados do IBGE")
GOVERNMENT = _("governo participante, em resposta validada pela coordenação")
PORTAL = _("calculado por este portal")
OWNER = _("quem propôs a prática, com curadoria da coordenação")
# Read whole to see whether it changed: beyond some thousand rows a table brings a `mark` of its own.
ROWS_AT_ONCE = 2000


@dataclass(frozen=True)
class Column:
    name: str
    type: str
    meaning: object
    source: object = PROGRAMME


@dataclass(frozen=True)
class Table:
    """rows, count and changed take the instant of the request: only what was published by then is in a table.

    mark: facts that differ whenever the rows do; without it the rows themselves are read. daily: some values change at midnight.
    """

    slug: str
    title: object
    about: object
    columns: tuple[Column, ...]
    rows: Callable[[datetime], Iterable]
    count: Callable[[datetime], int]
    changed: Callable[[datetime], datetime | None]
    mark: Callable[[datetime], object] | None = None
    daily: bool = False

    @property
    def names(self):
        return [column.name for column in self.columns]

    def etag(self, at, form):
        """Weak: the same rows may be packed differently."""
        facts = [self.slug, form, *self.names, settings.PUBLIC_BASE_URL]
        told = hashlib.sha256(repr(facts).encode())
        if self.daily:
            told.update(str(timezone.localdate(at)).encode())
        for part in [self.mark(at)] if self.mark else self.rows(at):
            told.update(repr(part).encode())
        return f'W/"{told.hexdigest()[:32]}"'

    def last_modified(self, at):
        """When the rows last changed, the passing of a day included."""
        changed = self.changed(at)
        if not self.daily:
            return changed
        midnight = timezone.localtime(at).replace(hour=0, minute=0, second=0, microsecond=0)
        return max(midnight, changed) if changed else midnight


def in_three_languages(name, type, meaning, source=PROGRAMME):
    """The columns of a text that stands in Portuguese, English and Spanish."""
    return tuple(
        Column(f"{name}_{language}", type, words, source)
        for language, words in (
            ("pt_br", meaning),
            ("en", _("o mesmo em inglês; vazio se não há tradução")),
            ("es", _("o mesmo em espanhol; vazio se não há tradução")),
        )
    )


def three(row, name):
    """The values of those columns."""
    return tuple(getattr(row, f"{name}_{language}") or None for language in ("pt_br", "en", "es"))
