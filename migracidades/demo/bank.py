"""Organisations and the bank of practices of the demonstration."""

from governments.models import Body, Organisation
from practices.domain import publish_practice

from . import content
from .agenda import hold_events
from .calendar import CEREMONY
from .content import in_languages

PLAIN = ("context", "problem", "what_was_done", "who", "resources", "lessons", "how_to_replicate", "migrants_part")
LISTS = ("indicators", "sdg_targets")
__all__ = ["found_organisations", "hold_events", "publish_practices"]


def found_organisations():
    """Universities, associations and networks that stand beside the governments."""
    for row in content.organisations():
        body = Body.objects.create(kind=Body.Kind.ORGANISATION)
        Organisation.objects.create(body=body, **row)


def _bodies(keys):
    return list(Body.objects.filter(organisation__key__in=keys))


# Practices.


def publish_practices(demo):
    """The practices of the governments that take part, each on a day of its own."""
    year = demo.cal.year
    told = [row for row in content.practices(year) if row["profile"] in demo.roles]
    for place, row in enumerate(told):
        day = _day_of_publication(demo, row, place)
        if day < demo.cal.today:
            _publish(demo, row, year, demo.cal.at(day, 10, 30))


def _day_of_publication(demo, row, place):
    """New practices come out with the seals of the edition in which they were found; the others one after the other since the last ones."""
    profile = demo.roles[row["profile"]].profile
    is_new = not profile["returning"] or row["started_year_offset"] == 0
    if not is_new:
        return place * 7 - 104
    if demo.options.stage not in ("certified", "monitoring"):
        return demo.cal.today
    return min(CEREMONY + 1, demo.cal.today - 1)


def _publish(demo, row, year, at):
    facts = {name: row[name] for name in (*PLAIN, *LISTS)}
    facts |= in_languages("title", row["title"]) | in_languages("summary", row["summary"])
    quote = row["quote"]
    publish_practice(
        row["key"],
        owner=demo.roles[row["profile"]].government.body,
        at=at,
        by=demo.programme["helena"],
        dimensions=row["dimensions"],
        partners=_bodies(row["partners"]),
        results=row["results"],
        documents=[_document(each, year) for each in row["documents"]],
        features=row["features"],
        started_year=year + row["started_year_offset"],
        quote=quote["text"],
        quote_by=quote["said_by"],
        **facts,
    )


def _document(row, year):
    return {"title": row["title"], "type": row["type"], "year": year + row["year_offset"]}
