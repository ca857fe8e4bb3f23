"""What a value of an answer may be. `validate_value` is asked by forms, endpoints and imports alike."""

import math
import re
from decimal import Decimal, InvalidOperation

from django.utils import formats
from django.utils.translation import gettext as _

from core.numbers import grouped

from .models import AnswerType

LONGEST_TEXT = 5000
LARGEST_NUMBER = 10**12
DECIMAL_PLACES = 4
PLAIN_NUMBER = re.compile(r"[+-]?\d+(\.\d+)?")


class InvalidAnswer(ValueError):
    """The value does not fit the question; the message says how to mend it, in the reader's language."""

    @property
    def message(self):
        return self.args[0]


def validate_value(indicator, value):
    """The value as it is stored: an option's code, a list of codes in the order asked, a number, a text; None for no answer."""
    if value is None or value == "" or value == []:
        return None
    return CHECKS[indicator.answer_type](indicator, value)


def _choice(indicator, value):
    if not isinstance(value, str) or value not in _codes(indicator):
        raise InvalidAnswer(_("Escolha uma das opções da pergunta."))
    return value


def _choices(indicator, value):
    if not isinstance(value, list | tuple) or not all(isinstance(code, str) for code in value):
        raise InvalidAnswer(_("Envie a lista das opções escolhidas."))
    chosen = set(value)
    if not chosen <= set(_codes(indicator)):
        raise InvalidAnswer(_("Escolha só opções que a pergunta oferece."))
    for option in indicator.options:
        if option.exclusive and option.code in chosen and len(chosen) > 1:
            raise InvalidAnswer(
                _("“%(option)s” não combina com outras opções. Desmarque uma delas.") % {"option": option.label}
            )
    return [code for code in _codes(indicator) if code in chosen]


def _number(indicator, value):
    number = _parse(value)
    if number is None:
        raise InvalidAnswer(_("Informe um número, por exemplo %(example)s.") % {"example": _shown(1250)})
    if indicator.integer and number != int(number):
        raise InvalidAnswer(_("Informe um número inteiro, sem casas decimais."))
    lowest, highest = indicator.minimum, indicator.maximum
    if lowest is not None and number < lowest:
        raise InvalidAnswer(_("Informe um número a partir de %(lowest)s.") % {"lowest": _shown(lowest)})
    if number > (LARGEST_NUMBER if highest is None else highest) or number < -LARGEST_NUMBER:
        limit = LARGEST_NUMBER if highest is None else highest
        raise InvalidAnswer(_("Informe um número até %(highest)s.") % {"highest": _shown(limit)})
    number = round(number, DECIMAL_PLACES)
    return int(number) if number == int(number) else float(number)


def _parse(value):
    """A number as JSON has it, or as a person of the active language types it; None when it is none."""
    if isinstance(value, bool) or (isinstance(value, float) and not math.isfinite(value)):
        return None
    if isinstance(value, str):
        value = formats.sanitize_separators(value.strip().replace(" ", "").replace("\u00a0", ""))
        if len(value) > 40 or not PLAIN_NUMBER.fullmatch(value):
            return None
    elif not isinstance(value, int | float | Decimal):
        return None
    try:
        number = Decimal(str(value))
    except (InvalidOperation, ValueError):
        return None
    return number if number.is_finite() else None


def _text(indicator, value):
    if not isinstance(value, str):
        raise InvalidAnswer(_("Escreva um texto."))
    text = value.replace("\r\n", "\n").replace("\x00", "").strip()
    if len(text) > LONGEST_TEXT:
        message = _("O texto tem %(length)s caracteres e cabe em %(limit)s. Encurte-o.")
        raise InvalidAnswer(message % {"length": _shown(len(text)), "limit": _shown(LONGEST_TEXT)})
    return text or None


def _codes(indicator):
    return [option.code for option in indicator.options]


def _shown(number):
    exact = Decimal(number)
    return grouped(int(exact) if exact == int(exact) else exact.normalize())


CHECKS = {
    AnswerType.YES_NO_PARTIAL: _choice,
    AnswerType.SINGLE_CHOICE: _choice,
    AnswerType.MULTI_CHOICE: _choices,
    AnswerType.NUMBER: _number,
    AnswerType.TEXT: _text,
}
