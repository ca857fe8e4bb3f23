"""Filters that stay in the address: what is asked for, what is not understood, and the way to each variation."""

from dataclasses import dataclass, field, replace
from functools import cached_property, lru_cache
from urllib.parse import urlencode

from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from governments.models import GovernmentKind


@dataclass(frozen=True)
class Choice:
    """One parameter of the address. options: (value, label) pairs; what is not among them filters nothing and is said."""

    name: str
    label: str
    options: tuple

    def known(self, typed):
        """The value that was meant, or nothing."""
        values = {value.casefold(): value for value, _label in self.options}
        return values.get(typed.casefold(), "")

    def word(self, value):
        return dict(self.options)[value]


@dataclass(frozen=True)
class Chosen:
    """What an address asks for."""

    path: str
    values: dict
    choices: tuple
    unknown: tuple = field(default=())

    @classmethod
    def of(cls, request, choices, text=""):
        """Read the parameters of the choices, and the free text under the name given."""
        values = {text: " ".join(request.GET.get(text, "").split())[:100]} if text else {}
        unknown = []
        for choice in choices:
            typed = request.GET.get(choice.name, "").strip()
            values[choice.name] = choice.known(typed)
            if typed and not values[choice.name]:
                unknown.append((choice.label, typed[:40]))
        return cls(request.path, values, tuple(choices), tuple(unknown))

    def __getitem__(self, name):
        return self.values[name]

    def without(self, *names):
        return replace(self, values=self.values | dict.fromkeys(names, ""))

    @cached_property
    def query(self):
        return urlencode({name: value for name, value in self.values.items() if value})

    @property
    def address(self):
        return f"{self.path}?{self.query}" if self.query else self.path

    def address_for(self, name):
        """The address up to the value of one more parameter: a map adds it."""
        query = self.without(name).query
        return f"{self.path}?{query}{'&' if query else ''}{name}="

    @cached_property
    def chips(self):
        """[(filter, value in words, address without it)]"""
        return [
            (choice.label, choice.word(self[choice.name]), self.without(choice.name).address)
            for choice in self.choices
            if self[choice.name]
        ]

    @property
    def complaints(self):
        """What was not understood, in a sentence each."""
        return [
            _("Não há opção «%(typed)s» em %(filter)s: esse filtro ficou de fora.")
            % {"typed": typed, "filter": label if label.isupper() else label.lower()}
            for label, typed in self.unknown
        ]

    @property
    def selects(self):
        """What the form draws for each choice: (name, label, options as HTML)."""
        return [(each.name, each.label, options(each.options, self[each.name])) for each in self.choices]


@lru_cache(maxsize=512)
def options(pairs, chosen):
    """The options of a select: pairs of value and label."""
    rows = ((value, " selected" if value == chosen else "", label) for value, label in pairs)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def kinds():
    return tuple((kind.value, str(kind.label)) for kind in GovernmentKind)
