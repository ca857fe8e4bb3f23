"""Codes a phone's camera reads, as inline drawings."""

from io import BytesIO

import segno
from django.utils.safestring import mark_safe


def qr_svg(text, *, css="qr", scale=4):
    """An SVG without colours of its own but black on white, with the quiet zone cameras need."""
    drawing = BytesIO()
    segno.make(text, error="m", micro=False).save(
        drawing,
        kind="svg",
        scale=scale,
        border=4,
        dark="#000",
        light="#fff",
        xmldecl=False,
        svgclass=css,
        lineclass=None,
        omitsize=True,
    )
    return mark_safe(drawing.getvalue().decode())  # noqa: S308  made by segno out of modules, not of the text
