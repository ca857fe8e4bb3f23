"""What is wrong with a page's HTML: errors of a strict parser, and names that point at nothing."""

import re
from collections import Counter

from tinyhtml5.parser import HTMLParser

POINTERS = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "aria-owns", "form", "list", "headers")
# What a heading may be besides a heading; parts of a table are what they are; and what announces itself stands outside of headings.
HEADING_ROLES = {None, "none", "presentation", "tab", "doc-subtitle"}
TABLE_PARTS = {"thead", "tbody", "tr", "th", "td"}


def faults(text):
    """Sentences, none for a sound page."""
    parser = HTMLParser(namespace_html_elements=False)
    root = parser.parse(text)
    elements = [each for each in root.iter() if isinstance(each.tag, str)]
    found = [f"{code} at {place} {facts}" for place, code, facts in parser.errors]
    return [*found, *_ids(elements), *_pointers(elements), *_order(elements), *_roles(elements), *_language(root)]


def _ids(elements):
    times = Counter(each.get("id") for each in elements if each.get("id") is not None)
    return [f"id {name!r} stands {times[name]} times" for name in times if times[name] > 1 or not name or " " in name]


def _pointers(elements):
    known = {each.get("id") for each in elements}
    named = ((each, name) for each in elements for name in POINTERS if each.get(name))
    missing = [
        f"{each.tag} {name}={word}" for each, name in named for word in each.get(name).split() if word not in known
    ]
    inside = [each.get("href") for each in elements if each.tag == "a" and (each.get("href") or "").startswith("#")]
    return missing + [f"a href={href}" for href in inside if href[1:] not in known]


def _order(elements):
    """One first heading, and no level left out on the way down."""
    headings = [each for each in elements if re.fullmatch("h[1-6]", each.tag)]
    levels = [int(each.tag[1]) for each in headings]
    found = [f"{each.tag} as {each.get('role')}" for each in headings if each.get("role") not in HEADING_ROLES]
    found += [] if levels.count(1) == 1 else [f"{levels.count(1)} headings of the first level"]
    return found + [
        f"h{before} is followed by h{after}"
        for before, after in zip(levels, levels[1:], strict=False)
        if after > before + 1
    ]


def _roles(elements):
    tables = [f"{each.tag} as {each.get('role')}" for each in elements if each.tag in TABLE_PARTS and each.get("role")]
    headings = [each for each in elements if re.fullmatch("h[1-6]", each.tag)]
    return tables + [f"status inside {each.tag}" for each in headings if each.find(".//*[@role='status']") is not None]


def _language(root):
    return [] if root.get("lang") else ["the page does not say its language"]
