"""A text of the catalogue in all its languages, read in the one that is active when it is shown."""

from collections import UserString

from django.utils.functional import Promise
from django.utils.translation import get_language

FIRST_LANGUAGE = "pt-br"


class Text(Promise, UserString):
    """Behaves as the string of the active language, falling back to pt-BR; lazy like gettext_lazy, so it can be kept and shared."""

    def __init__(self, texts):
        self.texts = {FIRST_LANGUAGE: texts} if isinstance(texts, str) else dict(texts)

    @property
    def data(self):  # type: ignore[override]
        return self.in_language(get_language() or FIRST_LANGUAGE)

    def in_language(self, language):
        return self.texts.get(language) or self.texts[FIRST_LANGUAGE]

    def as_dict(self):
        return dict(self.texts)

    def __reduce__(self):
        return (type(self), (self.texts,))


EMPTY = Text("")
