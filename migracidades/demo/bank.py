"""Organisations, the bank of practices and the agenda of the demonstration."""

from datetime import time

from events.domain import create_event
from events.models import HomeKind
from governments.models import Body, Organisation
from practices.domain import publish_practice

from . import content
from .calendar import CEREMONY

LANGUAGES = {"pt_br": "pt-br", "en": "en", "es": "es"}
PLAIN = ("context", "problem", "what_was_done", "who", "resources", "lessons", "how_to_replicate", "migrants_part")
LISTS = ("indicators", "sdg_targets")


def found_organisations():
    """Universities, associations and networks that stand beside the governments."""
    for row in content.organisations():
        body = Body.objects.create(kind=Body.Kind.ORGANISATION)
        Organisation.objects.create(body=body, **row)


def in_languages(name, texts):
    """{"title_pt_br": ..., "title_en": ...} of one translated text."""
    return {f"{name}_{suffix}": texts[language] for suffix, language in LANGUAGES.items()}


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


# The agenda.


def hold_events(demo):
    for row in content.events(demo.cal.year):
        _hold(demo, row)


def _hold(demo, row):
    first, last = row["sessions"][0]["offset"], row["sessions"][-1]["offset"]
    is_over = last < demo.cal.today
    opens = row["registration"]["opens"]
    create_event(
        f"{row['key']}-{demo.cal.year}",
        at=demo.cal.at(min(opens, first - 10, demo.cal.today - 1), 9),
        by=demo.programme["helena"],
        sessions=[_session(demo, each) for each in row["sessions"]],
        speakers=[_speaker(each) for each in row["speakers"]],
        materials=[{"type": each["type"], **in_languages("title", each["title"])} for each in row["materials"]],
        attendance=row["attendance"] if is_over else None,
        **_facts(demo, row, is_over),
    )


def _facts(demo, row, is_over):
    registration, recording = row["registration"], row["recording"]
    return {
        "type": row["type"],
        "edition": demo.editions.get(0 if "current" in row["audience"].get("editions", ["current"]) else 1),
        "mode": row["mode"],
        "dimensions": row["dimensions"],
        "practice_keys": row["practices"],
        "capacity": row["capacity"],
        "certificate_hours": row["certificate_hours"],
        "registration_opens_at": demo.cal.instant(registration["opens"], time(9)),
        "registration_closes_at": demo.cal.instant(registration["closes"]),
        "recording_published": is_over and recording["published"],
        "recording_url": recording.get("url", "") if is_over else "",
        **in_languages("title", row["title"]),
        **in_languages("description", row["description"]),
        **_audience(demo, row["audience"]),
        **(in_languages("recording_reason", recording["reason"]) if "reason" in recording else {}),
    }


def _audience(demo, audience):
    years = {"current": demo.cal.year, "previous": demo.cal.year - 1}
    detail = {name: audience[name] for name in ("step", "kinds") if name in audience}
    detail["editions"] = [years[name] for name in audience.get("editions", [])]
    return {"audience_rule": audience["rule"], "audience": detail, **in_languages("audience_label", audience["label"])}


def _session(demo, row):
    titles = in_languages("title", row["title"]) if "title" in row else {}
    is_over = row["offset"] < demo.cal.today
    return {
        "starts_at": demo.cal.instant(row["offset"], time.fromisoformat(row["time"])),
        "minutes": row["minutes"],
        "attendance": row.get("attendance") if is_over else None,
        **titles,
    }


def _speaker(row):
    home = row["home"]
    facts = {"name": row["name"], **in_languages("role", row["role"])}
    if home in HomeKind.values:
        return {**facts, "home_kind": home}
    return {**facts, "home_kind": HomeKind.ORGANISATION, "home": Body.objects.get(organisation__key=home)}
