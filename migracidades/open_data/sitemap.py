"""Which pages there are to find, by section. Every section costs the same few queries, however many pages it holds."""

from collections.abc import Callable
from dataclasses import dataclass

from django.conf import settings
from django.urls import NoReverseMatch, reverse
from django.utils.translation import override

from annual_reports.models import AnnualReport
from certification.models import Edition
from dimensions import catalogue
from events.models import Event
from governments.models import Government
from practices.models import Practice

from . import published

A_PART = 2000
# Pages without an argument. One that does not exist in this version is left out.
PAGES = (
    *("home", "process", "dimensions", "governments", "editions", "practices", "events", "numbers", "data"),
    *("api-docs", "annual_reports", "verify", "about", "partners", "contact", "privacy", "accessibility"),
)


@dataclass(frozen=True)
class Section:
    """count: of its pages. rows: (address in each language, last change) of a part of them."""

    count: Callable
    rows: Callable


def pages_of(section, at):
    """In how many parts a section comes."""
    return -(-section.count(at) // A_PART)


def of_rows(query, name, key, changed=None):
    """A section of rows that have a page each: query(at) gives them in a fixed order, `key` is what stands in the address."""

    def rows(at, number):
        address = addresses(name)
        some = query(at).values_list(key, *([changed] if changed else []))[(number - 1) * A_PART : number * A_PART]
        for value, *when in some:
            yield address(value), when[0] if when else None

    return Section(count=lambda at: query(at).count(), rows=rows)


def addresses(name):
    """A function from a key to its page's address in each language: each route is looked up once."""
    parts = {code: _around(name, code) for code, _name in settings.LANGUAGES}
    return lambda key: {code: f"{before}{key}{after}" for code, (before, after) in parts.items()}


def _around(name, language):
    with override(language):
        try:
            before, _mark, after = reverse(name, args=["_"]).rpartition("_")
        except NoReverseMatch:
            before, _mark, after = reverse(name, args=[0]).rpartition("0")
    return before, after


def _pages(at, number):
    for name in _known_pages():
        paths = {}
        for code, _name in settings.LANGUAGES:
            with override(code):
                paths[code] = reverse(name)
        yield paths, None


def _known_pages():
    return [name for name in PAGES if _exists(name)]


def _exists(name):
    try:
        return bool(reverse(name))
    except NoReverseMatch:
        return False


def _dimensions(at, number):
    address = addresses("dimension")
    for each in _latest_dimensions():
        yield address(each.number), None


def _latest_dimensions():
    questionnaire = catalogue.latest()
    return questionnaire.dimensions if questionnaire else ()


def _editions(at):
    return Edition.objects.filter(programme__in=published.the_programme()).order_by("year")


SECTIONS = {
    "pages": Section(count=lambda at: len(_known_pages()), rows=_pages),
    "dimensions": Section(count=lambda at: len(_latest_dimensions()), rows=_dimensions),
    "editions": of_rows(_editions, "edition", "year"),
    "governments": of_rows(lambda at: Government.objects.order_by("ibge_code"), "government", "ibge_code"),
    "seals": of_rows(lambda at: published.seals(at).order_by("pk"), "seal", "code"),
    "practices": of_rows(lambda at: Practice.objects.public(at).order_by("pk"), "practice", "pk", "updated_at"),
    "events": of_rows(lambda at: Event.objects.public(at).order_by("pk"), "event", "pk", "updated_at"),
    "annual_reports": of_rows(AnnualReport.objects.latest_of_each_year, "annual_report", "year", "published_at"),
}
