"""Passwords: the words anyone would try first on this portal count for nothing."""

import re
import unicodedata

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

CONTEXT_WORDS = ("migracidades", "migracidade", "prefeitura", "municipal", "governo", "brasil", "ufrgs", "senha")
OWN_LETTERS = 8


class ContextWordsValidator:
    """Refuses a password of which little is left once the portal's own words and digits are taken out."""

    def validate(self, password, user=None):
        if len(_own_letters(password)) < OWN_LETTERS:
            raise ValidationError(self.get_help_text(), code="password_of_context_words")

    def get_help_text(self):
        return _("A senha precisa de palavras suas: o nome do portal, “prefeitura” e números em sequência não contam.")


def _own_letters(password):
    text = unicodedata.normalize("NFKD", password).casefold()
    text = re.sub(r"[^\w]|\d{4}", "", text)
    for word in CONTEXT_WORDS:
        text = text.replace(word, "")
    return text
