"""What an indicator's answer allows: its options, when it suggests an action, what evidence it may ask for."""

from collections import Counter

from django.utils.translation import gettext_noop as _  # findings translate what they keep

from . import shape

SUGGEST_KEYS = {
    "yes_no_partial": {"answers"},
    "single_choice": {"answers"},
    "multi_choice": {"answers", "at_most_selected"},
    "number": {"blank", "at_most"},
    "text": {"blank"},
}


def codes_of(answer, periods, place, found):
    """Check an answer of sound shape and give the codes it can take. `periods` is empty where the file's own list is unusable."""
    kind = answer["type"]
    if kind == "yes_no_partial":
        return ["yes", "partial", "no"]
    if kind == "number":
        _number(answer, periods, place, found)
    if kind not in ("single_choice", "multi_choice"):
        return []
    _options(answer["options"], f"{place}.options", found)
    CHOICES[kind](answer["options"], f"{place}.options", found)
    return [row["code"] for row in answer["options"]]


def _number(answer, periods, place, found):
    message = _("período desconhecido: “%(period)s”; use um destes: %(known)s.")
    fits = not periods or answer["period"] in periods
    found.check(fits, f"{place}.period", message, period=answer["period"], known=", ".join(periods))
    highest = answer.get("max")
    if answer["unit"].get("en") == "%":
        found.check(highest == 100, f"{place}.max", _("uma porcentagem precisa de max: 100."))
    if highest is not None:
        found.check(answer["min"] < highest, f"{place}.max", _("precisa ser maior que min."))


def _options(rows, place, found):
    found.check(len(rows) >= 3, place, _("precisa de ao menos três opções."))
    for code, times in Counter(row["code"] for row in rows).items():
        found.check(times == 1, f"{place}[{code}]", _("código de opção repetido; cada opção tem o seu."))
        shape.check_slug(code, f"{place}[{code}]", found)
    for language in shape.LANGUAGES:
        labels = Counter(label for row in rows if isinstance(label := row["label"].get(language), str))
        for label, times in labels.items():
            message = _("rótulo repetido: “%(label)s”; cada opção tem o seu.")
            found.check(times == 1, f"{place}[{language}]", message, label=label)


def _single_choice(rows, place, found):
    scores = [row["score"] for row in rows]
    if found.check(all(0 <= score <= 1 for score in scores), place, _("cada score vai de 0 a 1.")):
        ordered = all(upper > lower for upper, lower in zip(scores, scores[1:], strict=False))
        found.check(ordered, place, _("as opções vão do maior score ao menor, sem repetir."))
        ends = scores[:1] == [1] and scores[-1:] == [0]
        found.check(ends, place, _("a primeira opção tem score 1 e a última, 0."))


def _multi_choice(rows, place, found):
    exclusive = [row["code"] for row in rows if row.get("exclusive")]
    last = [row["code"] for row in rows[-1:]]
    message = _("precisa de uma única opção com exclusive: true, de código 'none', no fim da lista.")
    found.check(exclusive == last == ["none"], place, message)


CHOICES = {"single_choice": _single_choice, "multi_choice": _multi_choice}


def check_suggestion(indicator, codes, place, found):
    """When the action is suggested must fit the answer's type."""
    when, answer = indicator["suggest_when"], indicator["answer"]
    allowed = SUGGEST_KEYS[answer["type"]]
    message = _("para %(kind)s aceita só: %(allowed)s.")
    found.check(when and set(when) <= allowed, place, message, kind=answer["type"], allowed=", ".join(sorted(allowed)))
    unknown = [code for code in when.get("answers", []) if code not in codes]
    found.check(not unknown, f"{place}.answers", _("opção desconhecida: %(codes)s."), codes=", ".join(unknown))
    SUGGESTIONS[answer["type"]](when, answer, place, found)


def _suggest_yes_no_partial(when, answer, place, found):
    found.check(when.get("answers") == ["no", "partial"], f"{place}.answers", _("precisa ser ['no', 'partial']."))


def _suggest_single_choice(when, answer, place, found):
    low = [row["code"] for row in answer["options"] if row["score"] < 0.5]
    message = _("precisa listar as opções com score abaixo de 0.5: %(low)s.")
    found.check(when.get("answers") == low, f"{place}.answers", message, low=", ".join(low))


def _suggest_multi_choice(when, answer, place, found):
    found.check(when.get("answers") == ["none"], f"{place}.answers", _("precisa ser ['none']."))
    most = len(answer["options"]) - 2
    fits = 1 <= when.get("at_most_selected", 0) <= most
    found.check(fits, f"{place}.at_most_selected", _("precisa ficar entre 1 e %(most)d."), most=most)


def _suggest_blank(when, answer, place, found):
    found.check(when.get("blank") is True, f"{place}.blank", _("precisa ser true: sem resposta, a ação é sugerida."))


SUGGESTIONS = {
    "yes_no_partial": _suggest_yes_no_partial,
    "single_choice": _suggest_single_choice,
    "multi_choice": _suggest_multi_choice,
    "number": _suggest_blank,
    "text": _suggest_blank,
}


def check_evidence(indicator, place, found):
    kind, policy = indicator["answer"]["type"], indicator["evidence"]
    known = policy in ("none", "optional", "required_if_yes")
    found.check(known, f"{place}.evidence", _("precisa ser none, optional ou required_if_yes."))
    if kind == "number":
        message = _("um número leva fonte e mês, não comprovação; use none.")
        found.check(policy == "none", f"{place}.evidence", message)
    if kind in ("yes_no_partial", "single_choice"):
        message = _("esta resposta pode ter comprovação; use optional ou required_if_yes.")
        found.check(policy != "none", f"{place}.evidence", message)
    without_weight = kind in ("number", "text")
    message = _("peso 0 é de número e texto, e só deles.")
    found.check((indicator["weight"] == 0) == without_weight, f"{place}.weight", message)
