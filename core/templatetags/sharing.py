"""What a page tells those who share, index or quote it: card, address in each language, facts as JSON-LD."""

import json

from django import template
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.safestring import mark_safe

from core.links import absolute
from core.templatetags.components import alternate_addresses

register = template.Library()

# Inside a script element only these could end it or open a comment.
ESCAPED = {ord("<"): "\\u003C", ord(">"): "\\u003E", ord("&"): "\\u0026"}

# Pages with a card of their own, by the name of their route; the first part of the address is the card's key.
OWN_CARD = {"government", "practice", "event", "edition", "seal"}
DEFAULT_CARD = ("default", "migracidades")


@register.inclusion_tag("components/social.html", takes_context=True)
def social(context, title="", description="", image="", kind="website"):
    """Canonical address, the same page in the other languages, and the card shown where the address is shared.

    image: path of a PNG of 1200 × 630; if empty the card of the page, or the portal's own. kind: `website`, `article` or `profile`.
    """
    request = context["request"]
    return {
        "title": title or "MigraCidades",
        "description": description,
        "image": _whole(image or card_of(request)),
        "kind": kind,
        "canonical": absolute(request.path),
        "alternates": [(code, absolute(url)) for code, url in alternate_addresses(request)],
    }


def card_of(request):
    """Path of the card that the roof draws for this page; nothing where there is no such route."""
    match = getattr(request, "resolver_match", None)
    key = DEFAULT_CARD
    if match and match.view_name in OWN_CARD and match.kwargs:
        key = (match.view_name, str(next(iter(match.kwargs.values()))))
    try:
        return reverse("card", args=key)
    except NoReverseMatch:
        return ""


def _whole(path):
    return absolute(path) if path.startswith("/") else path


@register.simple_tag
def json_ld(data):
    """A schema.org object as a data block, which a strict content policy lets pass: nothing in it runs."""
    return format_html(
        '<script type="application/ld+json">{}</script>',
        mark_safe(json.dumps(data, ensure_ascii=False).translate(ESCAPED)),  # noqa: S308
    )
