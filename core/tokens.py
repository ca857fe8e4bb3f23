"""Tokens of letters: the clear text goes out in the letter alone, its hash is what is kept."""

import hashlib


def hash_of(token):
    return hashlib.sha256(token.encode()).hexdigest()
