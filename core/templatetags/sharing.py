"""What a page tells those who share, index or quote it: card, address in each language, facts as JSON-LD."""

import json

from django import template
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.links import absolute
from core.templatetags.components import alternate_addresses

register = template.Library()

# Inside a script element only these could end it or open a comment.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}


@register.inclusion_tag("components/social.html", takes_context=True)
def social(context, title="", description="", image="", kind="website"):
    """Canonical address, the same page in the other languages, and the card shown where the address is shared.

    image: path of a PNG of 1200 × 630; the portal's own card if empty. kind: `website`, `article` or `profile`.
    """
    request = context["request"]
    return {
        "title": title or "MigraCidades",
        "description": description,
        "image": absolute(image or static("img/mark.svg")),
        "kind": kind,
        "canonical": absolute(request.path),
        "alternates": [(code, absolute(url)) for code, url in alternate_addresses(request)],
    }


@register.simple_tag
def json_ld(data):
    """A schema.org object as a data block, which a strict content policy lets pass: nothing in it runs."""
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPED)),  # noqa: S308
    )
