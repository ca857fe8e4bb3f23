"""Whether the parts of a questionnaire fit together: codes, references, options, rules. Shape and texts: shape.py."""

import re
from collections import Counter

from django.utils.translation import gettext_noop as _  # findings translate what they keep

from . import shape
from .answers import check_evidence, check_suggestion, codes_of
from .problems import Findings

LISTS = ("groups", "facets", "maturity_stages", "respondent_sectors")
HOW_MANY_DIMENSIONS = 10
SDG_TARGET = re.compile(r"(1[0-7]|[1-9])\.(\d{1,2}|[a-d])")
POINTED_AT = re.compile(r"(?<![\d.,])(\d{1,2}\.\d{2})(?!\d)")


def problems_of(data):
    """Everything that keeps this content from being published, apart from its relation to the version before."""
    found = Findings()
    sound = shape.walk(shape.FILE, data, "", found)
    if isinstance(data, dict):
        _Check(data, sound, found).run()
    return found.problems


def usable(spec, value):
    return shape.walk(spec, value, "", Findings())


class _Check:
    def __init__(self, data, sound, found):
        self.data, self.sound, self.found = data, sound, found
        self.frame_is_sound = sound or usable(shape.FRAME, {key: data.get(key) for key in shape.FRAME.keys})
        self.periods = data["answer_types"]["number"]["periods"] if self.frame_is_sound else {}
        self.known = {key: self._codes(key) for key in LISTS}
        self.seen = {}  # indicator code -> (indicator, the codes its answer can take)

    def run(self):
        self._head()
        if self.frame_is_sound:
            self._frame()
        self._profile_fields()
        dimensions = self.data.get("dimensions")
        if isinstance(dimensions, list):
            self._dimensions([row for row in dimensions if isinstance(row, dict)])
            self._pointed_at()
            self._wording()

    def _codes(self, key):
        rows = self.data.get(key)
        return {row["code"] for row in _list(rows) if isinstance(row, dict) and isinstance(row.get("code"), str)}

    def _head(self):
        data, check = self.data, self.found.check
        check(data.get("schema_version") == 1, "schema_version", _("só a versão 1 é conhecida; use 1."))
        check(data.get("locales") == list(shape.LANGUAGES), "locales", _("precisa listar pt-br, en e es, nesta ordem."))
        check(data.get("default_locale") in shape.LANGUAGES, "default_locale", _("precisa ser pt-br, en ou es."))
        shape.check_slug(data.get("id"), "id", self.found)

    def _frame(self):
        data, found = self.data, self.found
        options = data["answer_types"]["yes_no_partial"]["options"]
        place = "answer_types.yes_no_partial.options"
        expected = [("yes", 1), ("partial", 0.5), ("no", 0)]
        message = _("precisa ter yes (1), partial (0.5) e no (0), nesta ordem e entre aspas.")
        found.check([(row["code"], row["score"]) for row in options] == expected, place, message)
        required = data["not_applicable"]["reason_required"]
        found.check(required, "not_applicable.reason_required", _("o motivo é sempre obrigatório; use true."))
        limits = data["weights"]["range"]
        found.check(
            len(limits) == 2 and 0 <= limits[0] < limits[1], "weights.range", _("precisa do menor e do maior peso.")
        )
        for key in LISTS:
            check_codes(data[key], key, found)

    def _profile_fields(self):
        fields = self.data.get("profile_fields")
        if not (self.sound or usable(shape.FILE.keys["profile_fields"], fields)):
            return
        check_codes(fields, "profile_fields", self.found)
        for row in fields:
            place = f"profile_fields[{row['code']}].type"
            self.found.check(row["type"] in ("number", "text"), place, _("precisa ser number ou text."))

    def _dimensions(self, dimensions):
        numbers = [row.get("number") for row in dimensions]
        message = _("precisam ir de 1 a %(last)d, em ordem e sem repetir.")
        expected = list(range(1, HOW_MANY_DIMENSIONS + 1))
        self.found.check(numbers == expected, "dimensions", message, last=HOW_MANY_DIMENSIONS)
        slugs = Counter(str(row.get("slug")) for row in dimensions)
        for at, row in enumerate(dimensions, start=1):
            place = f"dimensions[{row.get('number', f'#{at}')}]"
            self.found.check(
                slugs[str(row.get("slug"))] == 1, f"{place}.slug", _("identificador repetido; escolha outro.")
            )
            self._dimension(row, place)
            indicators = row.get("indicators")
            for order, indicator in enumerate(indicators if isinstance(indicators, list) else [], start=1):
                self._indicator(indicator, order, row.get("number"), place)

    def _dimension(self, row, place):
        shape.check_slug(row.get("slug"), f"{place}.slug", self.found)
        self._member(row.get("group"), "groups", f"{place}.group")
        for sector in _list(row.get("suggested_respondents")):
            self._member(sector, "respondent_sectors", f"{place}.suggested_respondents")
        for target in _list(row.get("sdg_targets")):
            message = _("meta de ODS inválida: %(target)r; escreva, por exemplo, '10.7'.")
            fits = isinstance(target, str) and SDG_TARGET.fullmatch(target)
            self.found.check(fits, f"{place}.sdg_targets", message, target=target)

    def _member(self, code, key, place):
        message = _("“%(code)s” não está em %(list)s; use um código da lista ou acrescente-o a ela.")
        return self.found.check(
            not isinstance(code, str) or code in self.known[key], place, message, code=code, list=key
        )

    def _indicator(self, indicator, order, number, place):
        code = indicator.get("code") if isinstance(indicator, dict) else None
        place = f"{place}.indicators[{code or f'#{order}'}]"
        if isinstance(code, str):
            self.found.check(code not in self.seen, f"{place}.code", _("código repetido; cada indicador tem o seu."))
        if isinstance(number, int):
            expected = f"{number}.{order:02d}"
            message = _("o código esperado neste lugar é '%(expected)s'; renumere ou mude a ordem.")
            self.found.check(code == expected, f"{place}.code", message, expected=expected)
        if not (self.sound or usable(shape.INDICATOR, indicator)):
            if isinstance(code, str):
                self.seen.setdefault(code, (indicator, None))
            return
        codes = codes_of(indicator["answer"], self.periods, f"{place}.answer", self.found)
        self._question(indicator, place)
        self._classes(indicator, place)
        check_suggestion(indicator, codes, f"{place}.suggest_when", self.found)
        check_evidence(indicator, place, self.found)
        self._parent(indicator, place)
        self.seen.setdefault(code, (indicator, codes))

    def _question(self, indicator, place):
        end = "." if indicator["answer"]["type"] == "text" else "?"
        for language, text in _written(indicator["question"]):
            message = _("precisa terminar com “%(end)s”.")
            self.found.check(text.endswith(end), f"{place}.question[{language}]", message, end=end)

    def _classes(self, indicator, place):
        found = self.found
        self._member(indicator["facet"], "facets", f"{place}.facet")
        self._member(indicator["maturity"], "maturity_stages", f"{place}.maturity")
        found.check(indicator.get("country_scope", "br") == "br", f"{place}.country_scope", _("só “br” é conhecido."))
        places = ("both", "municipality", "state")
        found.check(
            indicator["applies_to"] in places, f"{place}.applies_to", _("precisa ser both, municipality ou state.")
        )
        found.check(indicator["basis"], f"{place}.basis", _("precisa de ao menos um fundamento."))
        if not self.frame_is_sound:
            return
        for basis in indicator["basis"]:
            message = _("“%(basis)s” não está em basis_codes.")
            found.check(basis in self.data["basis_codes"], f"{place}.basis", message, basis=basis)
        self._weight(indicator, f"{place}.weight")

    def _weight(self, indicator, place):
        limits = self.data["weights"]["range"]
        if len(limits) != 2:
            return
        lowest, highest = limits
        message = _("precisa ficar entre %(lowest)d e %(highest)d.")
        fits = lowest <= indicator["weight"] <= highest
        self.found.check(fits, place, message, lowest=lowest, highest=highest)

    def _parent(self, indicator, place):
        """A question can only depend on an earlier one, on some of its answers, and never be asked where that one is not."""
        parent = indicator.get("depends_on")
        if parent is None:
            return
        place = f"{place}.depends_on"
        message = _("depende de %(code)s, que não vem antes; aponte para um indicador anterior.")
        if not self.found.check(parent["code"] in self.seen, f"{place}.code", message, code=parent["code"]):
            return
        upper, codes = self.seen[parent["code"]]
        if codes is None:
            return
        message = _("precisa citar algumas respostas de %(code)s, não todas: %(codes)s.")
        fits = parent["answers"] and set(parent["answers"]) < set(codes)
        self.found.check(fits, f"{place}.answers", message, code=parent["code"], codes=", ".join(codes) or "-")
        message = _("depende de %(code)s, que outros governos respondem; use o mesmo applies_to.")
        fits = upper["applies_to"] in ("both", indicator["applies_to"])
        self.found.check(fits, f"{place}.code", message, code=parent["code"])

    def _pointed_at(self):
        for code, (indicator, _codes) in self.seen.items():
            for language, text in _written(indicator.get("help")):
                for other in POINTED_AT.findall(text):
                    message = _("cita o indicador %(other)s, que não existe.")
                    self.found.check(other in self.seen, f"{code}.help[{language}]", message, other=other)

    def _wording(self):
        """Two questions with one wording are one question; so are two suggested actions."""
        for key in ("question", "suggested_action"):
            first = {}
            for code, (indicator, _codes) in self.seen.items():
                for language, text in _written(indicator.get(key)):
                    other = first.setdefault((language, text), code)
                    message = _("tem o mesmo texto de %(other)s; escreva outro.")
                    self.found.check(other == code, f"{code}.{key}[{language}]", message, other=other)


def check_codes(rows, place, found):
    for code, times in Counter(row["code"] for row in rows).items():
        found.check(times == 1, f"{place}[{code}]", _("código repetido; cada linha tem o seu."))
        shape.check_slug(code, f"{place}[{code}]", found)


def _list(value):
    return value if isinstance(value, list) else []


def _written(texts):
    """The languages that have a text; those that lack one were told by the shape."""
    return [(key, text) for key, text in texts.items() if isinstance(text, str)] if isinstance(texts, dict) else []
