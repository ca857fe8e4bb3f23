"""From a name somebody typed to one government: accents, case and small misspellings are forgiven, but nothing is guessed.

A name fits when it is the same without accents. Only when none is, names a slip of the pen away are looked at, and then exactly one must fit.
"""

import re
from collections import defaultdict
from functools import cached_property

from django.utils.translation import gettext as _

from core.text import normalise

from .models import Government, GovernmentKind

KIND_WORDS = {
    "municipality": ("municipio", "cidade", "city", "municipality"),
    "state": ("estado", "state"),
    "federal_district": ("distrito federal", "federal district"),
    "state_district": ("distrito estadual", "state district"),
}
SHORT_NAME = 7  # up to here one slip is forgiven, beyond it two
MOST_SHOWN = 5


class Unresolved(Exception):
    """No government, or more than one, fits. The text names what was sought and what to do."""


def plain(name):
    """A name without accents, case, apostrophes and hyphens."""
    return " ".join(re.sub(r"[^\w\s]", " ", normalise(name).replace("'", "").replace("’", "")).split())


def kind_of(word):
    """The kind a word means, "" for none given. Raises Unresolved for a word that means none."""
    sought = normalise(word).replace("_", " ")
    if not sought:
        return ""
    for kind, words in KIND_WORDS.items():
        if sought in (*words, kind.replace("_", " ")):
            return kind
    raise Unresolved(
        _("O tipo «%(kind)s» não existe. Use um destes: %(known)s.")
        % {"kind": word, "known": ", ".join(GovernmentKind.values)}
    )


class Resolver:
    """Reads the table once; then every name costs no query."""

    def resolve(self, name, kind="", uf=""):
        """The one government of this name. Raises Unresolved."""
        uf, kind = uf.strip().upper(), kind_of(kind)
        if uf and uf not in self.ufs:
            raise Unresolved(_("A UF «%(uf)s» não existe. Use a sigla de duas letras, como RS.") % {"uf": uf})
        sought = plain(name)
        found = self._narrow(self.by_name.get(sought, []), kind, uf) or self._near(sought, kind, uf)
        if len(found) == 1:
            return found[0]
        raise Unresolved(self._several(name, found) if found else self._none(name, sought, kind, uf))

    @cached_property
    def by_name(self):
        table = defaultdict(list)
        for government in Government.objects.all():
            table[plain(government.name)].append(government)
        return table

    @cached_property
    def ufs(self):
        return {government.uf for rows in self.by_name.values() for government in rows}

    def _narrow(self, governments, kind, uf):
        return [g for g in governments if (not kind or g.kind == kind) and (not uf or g.uf == uf)]

    def _near(self, sought, kind, uf):
        """Governments a slip of the pen away. Two letters of a name could be anything: nothing is near them."""
        most = 1 if len(sought) <= SHORT_NAME else 2
        if len(sought) < 4:
            return []
        near = []
        for name, rows in self.by_name.items():
            candidates = self._narrow(rows, kind, uf)
            if candidates and abs(len(name) - len(sought)) <= most and slips(name, sought, most) <= most:
                near += candidates
        return near

    def _several(self, name, found):
        shown = "; ".join(self._shown(government) for government in found[:MOST_SHOWN])
        text = _("«%(name)s» pode ser mais de um governo: %(found)s. Informe o tipo e a UF, ou corrija o nome.")
        return text % {"name": name, "found": shown}

    def _none(self, name, sought, kind, uf):
        elsewhere = self.by_name.get(sought) or self._near(sought, "", "")
        if not elsewhere:
            return _("Nenhum governo se chama «%(name)s». Confira o nome na lista do IBGE.") % {"name": name}
        shown = "; ".join(self._shown(government) for government in elsewhere[:MOST_SHOWN])
        text = _("Nenhum governo com este tipo e esta UF se chama «%(name)s». Existe: %(found)s. Corrija a linha.")
        return text % {"name": name, "found": shown}

    def _shown(self, government):
        return f"{government.name} ({government.get_kind_display()}, {government.uf}, {government.ibge_code})"


def slips(one, other, most):
    """How many letters must be added, dropped, changed or swapped with their neighbour; counting stops above `most`."""
    before, row = None, list(range(len(other) + 1))
    for i, letter in enumerate(one, 1):
        older, before, row = before, row, [i]
        for j, wanted in enumerate(other, 1):
            cost = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (letter != wanted))
            if older and j > 1 and letter == other[j - 2] and one[i - 2] == wanted:
                cost = min(cost, older[j - 2] + 1)
            row.append(cost)
        if min(row) > most:
            return most + 1
    return row[-1]
