"""Text made comparable for searching: the same on every database, in all languages."""

import re
import unicodedata

# Phones write the curved ones; a name is found whichever was typed.
APOSTROPHES = str.maketrans(dict.fromkeys("\u2018\u2019\u02bc", "'"))

# What no XML document may hold and nobody means to type: it comes along where text is pasted from a word processor.
UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]+")


def without_unseen(text):
    """The text as any reader takes it; lines and tabs stay."""
    return UNSEEN.sub(" ", str(text))


# What programs that read mail turn into a link.
ADDRESS = re.compile(r"\S*(?:://|@|\bwww\.)\S*|\S+\.[a-z]{2,}\b\S*")


def without_addresses(text):
    """What a stranger typed, as it may stand in a letter to a mailbox that nobody has confirmed: no link of theirs goes out in our name."""
    return ADDRESS.sub("…", str(text))


def without_accents(text):
    return "".join(letter for letter in unicodedata.normalize("NFKD", text) if not unicodedata.combining(letter))


def normalise(text):
    """Lower case, no accents, single spaces. Every typed word is sought in a column that holds this."""
    # Some capitals only appear once a letter is taken apart, and some lower-case letters fall apart in turn.
    previous, current = None, str(text).translate(APOSTROPHES)
    while current != previous:
        previous, current = current, without_accents(current.casefold())
    return " ".join(current.split())


def words(text):
    """The words to seek, each of which must occur."""
    return normalise(text).split()
