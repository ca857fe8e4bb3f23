"""Tests only: a template of ours that reads a variable nobody gave fails instead of printing nothing."""

import sys


class MissingVariable(str):
    """Django asks whether `string_if_invalid` is true before it goes on; for our own templates the answer is an error.

    Templates of packages (crispy, allauth, the admin) count on missing variables and are left alone.
    """

    def __new__(cls, templates):
        made = super().__new__(cls)
        made.templates = str(templates)
        return made

    def __bool__(self):
        asker = sys._getframe(1)
        if asker.f_code.co_name == "resolve" and "self" in asker.f_locals:
            self._refuse(asker, getattr(asker.f_locals["self"], "var", asker.f_locals["self"]))
        return False

    def __contains__(self, text):
        asker = sys._getframe(1)
        if asker.f_code.co_name == "render_value":  # of blocktranslate
            self._refuse(asker, asker.f_locals["key"])
        return False

    def _refuse(self, frame, name):
        origin = _template_of(frame)
        if origin and origin.startswith(self.templates):
            raise AssertionError(
                f"{origin.removeprefix(self.templates)}: the template reads {name!s}, which is not set"
            )


def _template_of(frame):
    """The file of the innermost node being rendered, read from the stack: a block keeps its own template's name."""
    while frame is not None:
        if frame.f_code.co_name == "render_annotated":
            origin = getattr(frame.f_locals["self"], "origin", None)
            return getattr(origin, "name", None)
        frame = frame.f_back
    return None
