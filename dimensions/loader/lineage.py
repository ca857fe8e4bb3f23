"""How the indicators of a new version come from those of the version before, and what that leaves different.

Each indicator says it in `previous: {relation, codes}`. Left out, it means "same" where code, question and answer did not change, and
"none" (new) where the code did not exist. Every earlier indicator goes somewhere or is listed in `dropped`.
"""

from collections import Counter, defaultdict
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _  # findings translate what they keep

from ..models import Relation
from . import shape
from .problems import Findings

COMPARABLE = (Relation.SAME, Relation.REWORDED)
HOW_MANY_CODES = {
    Relation.SAME: (1, 1),
    Relation.REWORDED: (1, 1),
    Relation.SPLIT: (1, 1),
    Relation.MERGED: (2, 99),
    Relation.NONE: (0, 0),
}


@dataclass(frozen=True)
class Link:
    code: str
    relation: str
    sources: tuple = ()


@dataclass
class Difference:
    """What a version changes. `same` lists codes; `retouched` those whose meaning stayed while a text or rule around it moved."""

    added: list = field(default_factory=list)
    same: list = field(default_factory=list)
    retouched: list = field(default_factory=list)
    reworded: list = field(default_factory=list)
    split: list = field(default_factory=list)
    merged: list = field(default_factory=list)
    dropped: list = field(default_factory=list)
    dimensions: list = field(default_factory=list)


def indicators_of(data):
    return [indicator for dimension in data["dimensions"] for indicator in dimension["indicators"]]


def trace(data, previous):
    """The links of sound content to the version before (None: there is none) and the problems with them."""
    found = Findings()
    if previous is None:
        _refuse_history(data, found)
        return [Link(row["code"], Relation.NONE) for row in indicators_of(data)], found.problems
    earlier = {row.code: row for row in previous.indicators.prefetch_related("options")}
    links = [_link(indicator, earlier, found) for indicator in indicators_of(data)]
    _claims(links, found)
    _dropped(data, links, earlier, found)
    return links, found.problems


def _refuse_history(data, found):
    message = _("não há versão anterior publicada; retire esta chave.")
    for row in indicators_of(data):
        found.check("previous" not in row, f"{row['code']}.previous", message)
    found.check("dropped" not in data, "dropped", message)


def _link(indicator, earlier, found):
    code = indicator["code"]
    if "previous" not in indicator:
        return _silent_link(indicator, earlier, found)
    place = f"{code}.previous"
    relation, sources = indicator["previous"]["relation"], tuple(indicator["previous"]["codes"])
    message = _("relação desconhecida: “%(relation)s”; use %(known)s.")
    known = ", ".join(Relation.values)
    if not found.check(relation in Relation.values, f"{place}.relation", message, relation=relation, known=known):
        return Link(code, Relation.NONE)
    fewest, most = HOW_MANY_CODES[relation]
    message = _("“%(relation)s” não combina com %(count)d código(s) da versão anterior.")
    fits = fewest <= len(set(sources)) == len(sources) <= most
    found.check(fits, f"{place}.codes", message, relation=relation, count=len(sources))
    for source in sources:
        message = _("%(source)s não existe na versão anterior.")
        found.check(source in earlier, f"{place}.codes", message, source=source)
    if relation == Relation.SAME and len(sources) == 1 and sources[0] in earlier:
        message = _("diz ser igual a %(source)s, mas a resposta mudou; use reworded.")
        fits = answer_shape(indicator) == stored_answer_shape(earlier[sources[0]])
        found.check(fits, f"{place}.relation", message, source=sources[0])
    return Link(code, relation, tuple(source for source in sources if source in earlier))


def _silent_link(indicator, earlier, found):
    code = indicator["code"]
    row = earlier.get(code)
    if row is None:
        return Link(code, Relation.NONE)
    unchanged = indicator["question"] == texts_of(row, "question") and answer_shape(indicator) == stored_answer_shape(
        row
    )
    message = _(
        "este código tinha outra pergunta ou resposta na versão anterior; diga em previous de onde vem (ou none)."
    )
    found.check(unchanged, f"{code}.previous", message)
    return Link(code, Relation.SAME, (code,))


def _claims(links, found):
    """One earlier indicator continues as one, unless it is split or merged."""
    claims = defaultdict(list)
    for link in links:
        for source in link.sources:
            claims[source].append(link)
    for source, claimants in claims.items():
        relations = Counter(link.relation for link in claimants)
        alone = len(claimants) == 1 or not any(relations[relation] for relation in COMPARABLE)
        codes = ", ".join(link.code for link in claimants)
        message = _("%(codes)s dizem continuar %(source)s; só um pode, ou use split.")
        found.check(alone, f"{claimants[0].code}.previous", message, codes=codes, source=source)
        message = _("só um indicador vem da divisão de %(source)s; falta o outro, ou use reworded.")
        found.check(relations[Relation.SPLIT] != 1, f"{claimants[0].code}.previous", message, source=source)


def _dropped(data, links, earlier, found):
    dropped = data.get("dropped", [])
    claimed = {source for link in links for source in link.sources}
    for code, times in Counter(dropped).items():
        found.check(times == 1, f"dropped[{code}]", _("código repetido; deixe só um."))
        found.check(code in earlier, f"dropped[{code}]", _("não existe na versão anterior; retire-o."))
        found.check(code not in claimed, f"dropped[{code}]", _("um indicador desta versão vem dele; retire-o daqui."))
    for code in earlier:
        message = _("o indicador %(code)s da versão anterior sumiu; ligue-o a um desta ou liste-o em dropped.")
        found.check(code in claimed or code in dropped, "dropped", message, code=code)


def answer_shape(indicator):
    """What makes two answers comparable: type, options, unit, period."""
    answer = indicator["answer"]
    options = tuple(row["code"] for row in answer.get("options", []))
    return (answer["type"], options, answer.get("unit", {}).get("en") or "", answer.get("period", ""))


def stored_answer_shape(row):
    return (row.answer_type, tuple(option.code for option in row.options.all()), row.unit_en or "", row.period)


def texts_of(row, name):
    return {language: getattr(row, f"{name}_{language.replace('-', '_')}") for language in shape.LANGUAGES}


def difference(data, previous, links):
    changes = Difference(dropped=list(data.get("dropped", [])))
    earlier = {row.code: row for row in previous.indicators.all()} if previous else {}
    for indicator, link in zip(indicators_of(data), links, strict=True):
        _sort_in(changes, indicator, link, earlier)
    if previous:
        names = {row.number: texts_of(row, "name") for row in previous.dimensions.all()}
        changes.dimensions = [row["number"] for row in data["dimensions"] if row["name"] != names.get(row["number"])]
    return changes


def _sort_in(changes, indicator, link, earlier):
    if link.relation == Relation.NONE:
        changes.added.append(link.code)
    elif link.relation == Relation.SAME:
        target = changes.same if _untouched(indicator, earlier[link.sources[0]]) else changes.retouched
        target.append(link.code)
    else:
        getattr(changes, link.relation).append({"code": link.code, "from": list(link.sources)})


def _untouched(indicator, row):
    texts = all(indicator[name] == texts_of(row, name) for name in ("question", "help", "suggested_action"))
    rules = ("weight", "evidence", "applies_to", "suggest_when")
    return texts and all(indicator[name] == getattr(row, name) for name in rules)
