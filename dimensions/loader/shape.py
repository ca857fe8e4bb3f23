"""What a questionnaire file looks like: which keys, of which kind, and texts in every language.

`walk` tells every problem it meets and answers whether the value can be used at all: a missing language or an unknown key is a
problem, but the checks that follow can still read the rest; a missing key or a list in place of a text stops them there.
"""

import math
import re
from dataclasses import dataclass, field

from django.utils.translation import gettext_noop as _  # findings translate what they keep

LANGUAGES = ("pt-br", "en", "es")
LIMITS = {"question": 200, "help": 330, "suggested_action": 200, "label": 110, "name": 200, "unit": 60}
LONGEST = 700
SLUG = re.compile(r"[a-z][a-z0-9_-]*")
ODD_TYPOGRAPHY = re.compile(r"  |\s[,.;:?!]|[\u2018\u2019\u201c\u201d\u2013\u2014\u00a0\u200b\x00]|\.\.|,,|\t")
# Calques and false friends that once found their way into a text, by language.
AVOID = {
    "pt-br": ("endereço eletrônico", "imigrante ilegal", "refugiado político", "LGBTQI+", "baseado em evidência"),
    "en": ("active search", "permanent education", "adhesion", "illegal migrant", "norm ", "norms ", "LGBTQI+"),
    "es": ("estadual", "socioasistencial", "enfrentamiento", "comprobación", "ilegal", "abordaje social", "LGBTQI+"),
}


@dataclass(frozen=True)
class Texts:
    """A text in every language. `kind` sets its limit and how it ends."""

    kind: str = ""


@dataclass(frozen=True)
class Block:
    """A mapping with these keys and no other."""

    keys: dict
    optional: dict = field(default_factory=dict)


@dataclass(frozen=True)
class ListOf:
    item: object


@dataclass(frozen=True)
class Coded:
    """A mapping from codes, which the file chooses, to values of one shape."""

    item: object


@dataclass(frozen=True)
class Answer:
    """The keys of an answer depend on its type."""


LABELLED = ListOf(Block({"code": str, "label": Texts("label")}))
ANSWERS = {
    "yes_no_partial": Block({"type": str}),
    "single_choice": Block(
        {"type": str, "options": ListOf(Block({"code": str, "label": Texts("label"), "score": float}))}
    ),
    "multi_choice": Block(
        {"type": str, "options": ListOf(Block({"code": str, "label": Texts("label")}, {"exclusive": bool}))}
    ),
    "number": Block({"type": str, "unit": Texts("unit"), "period": str, "min": float, "integer": bool}, {"max": float}),
    "text": Block({"type": str}),
}
INDICATOR = Block(
    {
        "code": str,
        "question": Texts("question"),
        "help": Texts("help"),
        "answer": Answer(),
        "evidence": str,
        "applies_to": str,
        "weight": int,
        "facet": str,
        "maturity": str,
        "basis": ListOf(str),
        "suggest_when": Block({}, {"answers": ListOf(str), "at_most_selected": int, "blank": bool, "at_most": float}),
        "suggested_action": Texts("suggested_action"),
    },
    {
        "depends_on": Block({"code": str, "answers": ListOf(str)}),
        "country_scope": str,
        "previous": Block({"relation": str, "codes": ListOf(str)}),
    },
)
DIMENSION = Block(
    {
        "number": int,
        "slug": str,
        "group": str,
        "name": Texts("name"),
        "description": Texts(),
        "sdg_targets": ListOf(str),
        "suggested_respondents": ListOf(str),
        "indicators": ListOf(INDICATOR),
    }
)
FRAME = Block(
    {
        "answer_types": Block(
            {
                "yes_no_partial": Block(
                    {"help": Texts(), "options": ListOf(Block({"code": str, "label": Texts("label"), "score": float}))}
                ),
                "single_choice": Block({"score": str}),
                "multi_choice": Block({"score": str}),
                "number": Block(
                    {
                        "score": str,
                        "no_data": Block({"allowed": bool, "label": Texts("label")}),
                        "source": Block({"required": bool, "label": Texts("label")}),
                        "reference_month": Block({"required": bool, "label": Texts("label")}),
                        "periods": Coded(Texts("label")),
                    }
                ),
                "text": Block({"score": str}),
            }
        ),
        "not_applicable": Block({"allowed": bool, "reason_required": bool, "label": Texts("label"), "score": str}),
        "comment": Block({"allowed": bool, "label": Texts("label")}),
        "evidence_policies": Block({"none": Texts(), "optional": Texts(), "required_if_yes": Texts()}),
        "evidence_rule": str,
        "weights": Block({"range": ListOf(int), "use": str}),
        "suggest_when_rule": Block(
            {"answers": str, "at_most_selected": str, "at_most": str, "blank": str, "never": str}
        ),
        "status_rule": Block({"exists": str, "partly": str, "not_yet": str, "none": str}),
        "applies_to_rule": Block({"both": str, "municipality": str, "state": str}),
        "country_scope_rule": str,
        "maturity_rule": str,
        "groups": LABELLED,
        "facets": LABELLED,
        "maturity_stages": ListOf(Block({"code": str, "order": int, "label": Texts("label")})),
        "respondent_sectors": LABELLED,
        "basis_codes": Coded(str),
    }
)
FILE = Block(
    {
        "schema_version": int,
        "id": str,
        "locales": ListOf(str),
        "default_locale": str,
        "title": Texts(),
        "introduction": Texts(),
        **FRAME.keys,
        "profile_fields": ListOf(
            Block({"code": str, "type": str, "required": bool, "label": Texts("label"), "help": Texts("help")})
        ),
        "dimensions": ListOf(DIMENSION),
    },
    {"dropped": ListOf(str)},
)


def walk(spec, value, place, found):
    """Tell every problem of `value`; true when its structure can be relied on."""
    return _WALKERS.get(type(spec), _plain)(spec, value, place, found)


def _block(spec, value, place, found):
    if not found.check(isinstance(value, dict), place, _("precisa ser um bloco de chaves e valores.")):
        return False
    known = {**spec.keys, **spec.optional}
    for key in value:
        if key not in known:
            found.add(_join(place, key), _("chave desconhecida; retire-a ou confira a grafia."))
    sound = True
    for key, inner in known.items():
        if key in value:
            sound &= walk(inner, value[key], _join(place, key), found)
        elif key in spec.keys:
            found.add(_join(place, key), _("falta esta chave; acrescente-a."))
            sound = False
    return sound


def _list(spec, value, place, found):
    if not found.check(isinstance(value, list), place, _("precisa ser uma lista.")):
        return False
    sound = True
    for at, item in enumerate(value, start=1):
        sound &= walk(spec.item, item, f"{place}[{_name(item, at)}]", found)
    return sound


def _coded(spec, value, place, found):
    if not found.check(isinstance(value, dict) and value, place, _("precisa ser um bloco de códigos e valores.")):
        return False
    sound = True
    for code, inner in value.items():
        sound &= check_slug(code, place, found)
        sound &= walk(spec.item, inner, _join(place, code), found)
    return sound


def _answer(spec, value, place, found):
    kind = value.get("type") if isinstance(value, dict) else None
    shape = ANSWERS.get(kind) if isinstance(kind, str) else None
    message = _("tipo de resposta desconhecido: %(kind)r; use um destes: %(known)s.")
    if not found.check(shape, _join(place, "type"), message, kind=kind, known=", ".join(ANSWERS)):
        return False
    return walk(shape, value, place, found)


def _plain(kind, value, place, found):
    """A text, a number, a whole number or yes/no; a bare yes or no in YAML is not a text."""
    if kind is str:
        message = _("precisa ser um texto; ponha-o entre aspas (yes, no e números precisam delas).")
        return found.check(isinstance(value, str) and value.strip(), place, message)
    if kind is bool:
        return found.check(isinstance(value, bool), place, _("precisa ser true ou false."))
    if kind is int:
        return found.check(type(value) is int, place, _("precisa ser um número inteiro."))
    is_number = type(value) in (int, float) and math.isfinite(value)
    return found.check(is_number, place, _("precisa ser um número."))


def _texts(spec, value, place, found):
    if not found.check(isinstance(value, dict), place, _("precisa de um texto em cada idioma: pt-br, en e es.")):
        return False
    for language in value:
        if language not in LANGUAGES:
            found.add(_join(place, language), _("idioma desconhecido; use pt-br, en e es."))
    for language in LANGUAGES:
        _text(value.get(language), language, spec.kind, f"{place}[{language}]", found)
    if isinstance(value.get("es"), str):
        paired = value["es"].count("?") == value["es"].count("¿")
        found.check(paired, f"{place}[es]", _("os sinais ¿ e ? não formam pares; complete-os."))
    return True


def _text(text, language, kind, place, found):
    if not found.check(text is not None, place, _("falta o texto neste idioma; escreva-o.")):
        return
    if not found.check(
        isinstance(text, str) and text.strip(), place, _("o texto está vazio; escreva-o (entre aspas).")
    ):
        return
    found.check(text == text.strip(), place, _("há espaço no começo ou no fim; retire-o."))
    odd = ODD_TYPOGRAPHY.search(text)
    found.check(not odd, place, _("sinal ou espaço fora do padrão: %(odd)r; corrija-o."), odd=odd and odd.group())
    if kind == "unit":
        return
    found.check(not text.strip()[0].islower(), place, _("começa com minúscula; use maiúscula."))
    _length(text, LIMITS.get(kind, LONGEST), place, found)
    if kind in ("help", "suggested_action"):
        found.check(text.endswith("."), place, _("falta o ponto final."))
    if kind in ("label", "name"):
        found.check(not text.endswith("."), place, _("rótulo ou nome não leva ponto final; retire-o."))
    if kind != "name":
        _avoided_words(text, language, place, found)


def _length(text, limit, place, found):
    message = _("tem %(length)d caracteres e cabe em %(limit)d; encurte-o.")
    found.check(len(text) <= limit, place, message, length=len(text), limit=limit)


def _avoided_words(text, language, place, found):
    for word in AVOID[language]:
        message = _("evite “%(word)s”; o glossário tem a palavra certa.")
        found.check(word.lower() not in f"{text} ".lower(), place, message, word=word.strip())


def check_slug(code, place, found):
    message = _("código inválido: %(code)r; use minúsculas, números, hífen ou sublinhado, começando por letra.")
    return found.check(isinstance(code, str) and SLUG.fullmatch(code), place, message, code=code)


def _name(item, at):
    """How a place calls an item of a list: by its code or number where it has one."""
    name = (item.get("code") or item.get("number")) if isinstance(item, dict) else None
    return name if isinstance(name, str | int) else f"#{at}"


def _join(place, key):
    return f"{place}.{key}" if place else str(key)


_WALKERS = {Texts: _texts, Block: _block, ListOf: _list, Coded: _coded, Answer: _answer}
