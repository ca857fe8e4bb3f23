"""Small drawings of the portal's own: the programme's mark and one icon per dimension, as inline SVG for screen and paper."""

from django.utils.html import format_html
from django.utils.safestring import mark_safe

# Drawn on a grid of 24 by 24, in one stroke width, so that no dimension looks weightier than another.
DIMENSIONS = {
    1: '<path d="M3.5 9.5 12 4.5l8.5 5zM6 9.5v7M10 9.5v7M14 9.5v7M18 9.5v7M3.5 19.5h17M5 16.5h14"/>',
    2: '<path d="m2.5 9 9.5-4 9.5 4-9.5 4zM6.5 11v4.6c0 1.3 2.4 2.4 5.5 2.4s5.5-1.1 5.5-2.4V11M21.5 9v5.5"/>',
    3: '<path d="M3.5 4.5h11v7.5H9L5.8 15v-3H3.5zM17 8.5h3.5V16h-2.3v3L15 16h-4.5v-1.3"/>',
    4: '<path d="M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12z"/><circle cx="12" cy="12" r="2.8"/>',
    5: '<circle cx="8.7" cy="12" r="5.7"/><circle cx="15.3" cy="12" r="5.7"/>',
    6: '<path d="M12 20S4 15.3 4 9.6A4.4 4.4 0 0 1 12 7a4.4 4.4 0 0 1 8 2.6C20 15.3 12 20 12 20zM12 10v5M9.5 12.5h5"/>',
    7: '<path d="M12 7C10 5.4 7 5 3.5 5.5v12c3.5-.5 6.5-.1 8.5 1.5 2-1.6 5-2 8.5-1.5v-12C17 5 14 5.4 12 7zM12 7v12"/>',
    8: '<path d="m3.5 11 8.5-7 8.5 7M5.5 9.5V20h13V9.5"/>'
    '<path d="M12 17s-3.2-1.9-3.2-4.1A1.7 1.7 0 0 1 12 12a1.7 1.7 0 0 1 3.2.9C15.2 15.1 12 17 12 17z"/>',
    9: '<rect x="3.5" y="8" width="17" height="11.5" rx="1.8"/>'
    '<path d="M9 8V6.2A1.7 1.7 0 0 1 10.7 4.5h2.6A1.7 1.7 0 0 1 15 6.2V8M3.5 13h17M12 12v2"/>',
    10: '<path d="m12 3.5 7.5 2.5v6c0 4.5-3.2 7.4-7.5 9-4.3-1.6-7.5-4.5-7.5-9V6zM9 10.5h6M9 14h6"/>',
}

# Ten strokes around a town, one for each dimension; the door, in the warm colour, is open.
MARK = (
    '<circle class="mark-ring" cx="24" cy="24" r="20" fill="none" stroke="{ring}" stroke-width="5" stroke-dasharray="9.4 3.166"/>'
    '<path class="mark-town" d="M13.5 33.5V22l7-6 7 6v11.5zM27.5 33.5V14.5h7v19" fill="none" stroke="{town}" stroke-width="2.6" '
    'stroke-linejoin="round"/>'
    '<path class="mark-door" d="M18 33.5v-6.2a2.5 2.5 0 0 1 5 0v6.2z" fill="{door}"/>'
)


def dimension_icon(number, size=24):
    """The icon of a dimension; it never stands without the dimension's name, so it is hidden from screen readers."""
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="1.7" '
        'stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false">{1}</svg>',
        str(size),
        mark_safe(DIMENSIONS[int(number)]),  # noqa: S308 - a constant of this module
    )


def mark(size=48, ring="#05585f", town="#03373f", door="#c0571e"):
    """The programme's mark."""
    return format_html(
        '<svg width="{0}" height="{0}" viewBox="0 0 48 48" aria-hidden="true" focusable="false">{1}</svg>',
        str(size),
        mark_safe(MARK.format(ring=ring, town=town, door=door)),  # noqa: S308 - a constant of this module
    )
