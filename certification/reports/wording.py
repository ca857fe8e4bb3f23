"""What a frozen answer says, in the words and the language of a report."""

import re
import unicodedata
from datetime import date

from django.utils.dateparse import parse_datetime
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.dates import day_text, month_and_year
from core.numbers import grouped

# Signs that turn a line around or have no shape: a font would draw a box for them, or print a name backwards. The last two are no signs
# at all, and nobody reads the facts of a PDF with one of them in its title.
UNSEEN = dict.fromkeys([*range(0x202A, 0x202F), *range(0x2066, 0x206A), 0x200B, 0xFEFF, 0xFFFE, 0xFFFF])
LINE_ENDS = dict.fromkeys([0x2028, 0x2029, 0x85, 0x0B, 0x0C, 0x0D], "\n")


def tidy(content):
    """Frozen contents as they are printed: composed accents, plain line ends, nothing unseen. The words stay as they are."""
    if isinstance(content, dict):
        return {key: tidy(value) for key, value in content.items()}
    if isinstance(content, list | tuple):
        return [tidy(value) for value in content]
    return _tidy_text(content) if isinstance(content, str) else content


def _tidy_text(text):
    if text.isascii() and text.isprintable():
        return text
    text = unicodedata.normalize("NFC", text.replace("\r\n", "\n").translate(LINE_ENDS | UNSEEN))
    seen = "".join(sign for sign in text if sign in "\n\t" or unicodedata.category(sign) != "Cc")
    return re.sub(r"\n(?:[^\S\n]*\n){2,}", "\n\n", seen)


def said(text):
    """A frozen text: catalogue texts stand in three languages, what a government wrote in its own only."""
    if isinstance(text, dict):
        return text.get(get_language()) or text.get("pt-br") or ""
    return "" if text is None else str(text)


def instant(text):
    """An instant as a snapshot keeps it, for a date on paper."""
    return day_text(parse_datetime(text)) if text else ""


def day(text):
    """«12/03/2026» out of «2026-03-12»; nothing out of nothing."""
    return day_text(date.fromisoformat(text[:10])) if text else ""


def number(value):
    """«1.187» in Portuguese, «1,187» in English; a whole number has no decimals."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)
    return grouped(value)


def source_line(item):
    """«Fonte: Cadastro Único; mês de referência: 03/2026», or nothing where neither is known."""
    parts = []
    if item.get("source"):
        parts.append(_("Fonte: %(source)s") % {"source": item["source"]})
    if item.get("reference_month"):
        parts.append(_("mês de referência: %(month)s") % {"month": month_and_year(item["reference_month"])})
    return "; ".join(parts)


def place_name(government):
    """«Canoas (RS)»; a state says that it is one, since São Paulo is a city too."""
    if government["kind"] == "state":
        return _("%(name)s (estado)") % {"name": government["name"]}
    return f"{government['name']} ({government['uf']})" if government["kind"] == "municipality" else government["name"]


def size_class(text, *, long, longest):
    """A smaller letter for a name that would not fit, so that no name is ever cut."""
    return "name-longest" if len(text) > longest else "name-long" if len(text) > long else ""
