"""Questions drawn from stencils: what never changes of a question is rendered once a language and process, a page fills in the rest.

A published question is the same for every government, and a page shows a dozen of them: drawing each anew took most of its time.
"""

import re
from functools import lru_cache
from weakref import WeakKeyDictionary

from django.template.loader import render_to_string
from django.utils.html import conditional_escape
from django.utils.safestring import mark_safe
from django.utils.translation import get_language

# Stands around the name of a hole. No text of a catalogue or template has it.
MARK = "\x02"


def hole(name):
    """A place in a stencil, as its template writes it down."""
    return mark_safe(f"{MARK}{name}{MARK}")  # noqa: S308  a constant of ours


class Holes:
    """`{{ holes.comment }}` in a stencil's template."""

    def __getitem__(self, name):
        return hole(name)


class Stencil:
    """A rendered template with holes. What fills them is escaped, unless it is markup that was made safe."""

    def __init__(self, html):
        self.pieces = re.split(f"{MARK}([^{MARK}]+){MARK}", html)

    def fill(self, values):
        """The whole, with `values` by hole; what has none stays empty."""
        escaped = {name: conditional_escape(value) for name, value in values.items()}
        drawn = self.pieces.copy()
        for place in range(1, len(drawn), 2):
            drawn[place] = escaped.get(drawn[place], "")
        return mark_safe("".join(drawn))  # noqa: S308  pieces come from a template, the rest was escaped


_of_catalogue = WeakKeyDictionary()


def question_stencil(question, words):
    """Of an indicator, in the active language."""
    context = {"question": question, "indicator": question.indicator, "words": words}
    return _drawn_for(question.indicator, "diagnosis/question_stencil.html", context)


def side_stencil(catalogue):
    """Of the list of a questionnaire's dimensions, in the active language."""
    return _drawn_for(catalogue, "diagnosis/side_stencil.html", {"dimensions": catalogue.dimensions})


def _drawn_for(owner, template, context):
    """Kept as long as the part of a published catalogue that it draws."""
    by_language = _of_catalogue.setdefault(owner, {})
    language = get_language()
    if language not in by_language:
        by_language[language] = Stencil(render_to_string(template, context | {"holes": Holes()}))
    return by_language[language]


@lru_cache(maxsize=256)
def _shape(language, name, **switches):
    return Stencil(render_to_string(f"diagnosis/{name}_stencil.html", switches | {"holes": Holes()}))


def shape(name, **switches):
    """A small part of a question in the active language: one of few shapes, as its switches say."""
    return _shape(get_language(), name, **switches)
