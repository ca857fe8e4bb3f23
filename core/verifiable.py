"""Codes that can be checked at one place, whichever room gave them: a seal, a certificate of attendance.

    verifiable.register("attendance", find)      # in the room's AppConfig.ready; find(code) -> path of the public page, or None

The look-up page knows the rooms by this list only, so that a lower room leads to the pages of a higher one without importing it.
"""

_finders = {}


def register(name, find):
    """Say who finds codes of a kind. find(code: str) -> str | None: the path of its public page; the code comes as `plain` gives it."""
    known = _finders.get(name)
    if known and known.__module__ != find.__module__:
        raise ValueError(f"two finders of codes of kind {name!r}")
    _finders[name] = find


def plain(code):
    """A code as people type it (any case, spaces, hyphens) in the one way it is stored: capitals and digits."""
    return "".join(sign for sign in code.upper() if sign.isascii() and sign.isalnum())


def find(code):
    """The path of the page that tells about a code, or None where no room knows it."""
    code = plain(code)
    if not code:
        return None
    return next((path for finder in _finders.values() if (path := finder(code))), None)
