"""Fields of a sheet: lists and figures, read as people write them."""

import re
from decimal import Decimal

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from . import sdgs

# «1.234,5», «1 234», «2.5»: a point before exactly three digits separates thousands.
FIGURE = re.compile(r"([1-9][0-9]{0,2}([.\s][0-9]{3})+|[0-9]+)(,[0-9]+)?|[0-9]+\.[0-9]{1,2}")
DECIMAL_POINT = re.compile(r"[0-9]+\.[0-9]{1,2}")
# Of the keyboard, of word processors, of mathematics.
MINUS = "-–−"


class ReadField(forms.CharField):
    """A text that is read as something else once its length is known to be right."""

    def clean(self, value):
        return self.read(super().clean(value))

    def read(self, text):
        raise NotImplementedError


class TargetsField(ReadField):
    """«10.7, 16.6»: targets of the goals by their numbers."""

    def prepare_value(self, value):
        return ", ".join(value) if isinstance(value, list) else value

    def read(self, text):
        try:
            return sdgs.parse(text)
        except sdgs.UnknownTarget as unknown:
            raise ValidationError(str(unknown), code="invalid") from unknown


class LinesField(ReadField):
    """One thing a line."""

    def prepare_value(self, value):
        return "\n".join(map(str, value)) if isinstance(value, list) else value

    def read(self, text):
        return [line.strip() for line in text.splitlines() if line.strip()]


class FigureField(ReadField):
    """A number as people write it: «5.214», «2,5», «2.5»."""

    widget = forms.TextInput(attrs={"inputmode": "decimal"})

    def prepare_value(self, value):
        return f"{value.normalize():f}".replace(".", ",") if isinstance(value, Decimal) else value

    def read(self, text):
        if not text:
            return None
        if text[0] in MINUS:
            raise ValidationError(
                _("Escreva o número sem o sinal de menos. Uma queda se diz em palavras: «redução do tempo de espera».")
            )
        if not FIGURE.fullmatch(text):
            raise ValidationError(_("Escreva só o número, como 1.250 ou 2,5."))
        number = Decimal(plain_number(text))
        if number >= Decimal(10) ** 12 or len(text.partition(",")[2]) > 2:
            raise ValidationError(
                _("Escreva um número de até 999.999.999.999, com até duas casas decimais, como 1.250 ou 2,5.")
            )
        return number


class DimensionsField(forms.MultipleChoiceField):
    """Those of the questionnaire in force; before there is one, any number a dimension may have."""

    def valid_value(self, value):
        return super().valid_value(value) if list(self.choices) else value in map(str, range(1, 11))


def plain_number(text):
    """What FIGURE knows without separators of thousands, with a point before the decimals."""
    if DECIMAL_POINT.fullmatch(text):
        return text
    return re.sub(r"[.\s]", "", text).replace(",", ".")
