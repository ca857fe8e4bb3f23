"""The agenda of the demonstration: what the edition's texts tell, and meetings around the day of seeding with people registered for them."""

from datetime import time, timedelta
from functools import cache
from itertools import chain
from pathlib import Path

import yaml
from django.conf import settings

from events import certificates, presence, registering
from events.domain import cancel_event, create_event
from events.models import Event, EventSeries, HomeKind, Unit
from events.registering import Entry
from governments.models import Body

from . import content
from .content import in_languages

FILE = Path(settings.BASE_DIR) / "migracidades" / "data" / "demo-agenda.yaml"
SATURDAY = 5
CERTIFICATES = 2


@cache
def _around():
    return yaml.safe_load(FILE.read_text(encoding="utf-8"))


def hold_events(demo):
    for row in content.events(demo.cal.year):
        _hold(demo, row)
    _hold_around(demo)


# Events of the edition's texts: their days are counted from the opening of enrolment.


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
        materials=[_material(each) for each in row["materials"]],
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


def _material(row):
    return {"type": row["type"], **in_languages("title", row["title"])}


# Events around the day of seeding.


def _hold_around(demo):
    series = {
        key: EventSeries.objects.create(key=key, **in_languages("title", row["title"]))
        for key, row in _around()["series"].items()
    }
    for row in _around()["events"]:
        event = _near(demo, row, series)
        _register(demo, event, row)
        if "cancelled" in row:
            reasons = {suffix: row["cancelled"][language] for suffix, language in content.LANGUAGES.items()}
            cancel_event(event, by=demo.programme["helena"], at=demo.cal.at(demo.cal.today - 1, 15), reasons=reasons)
        if "present" in row:
            _were_there(demo, event, row)


def _near(demo, row, series):
    days = _weekdays(demo, row)
    published = min(days[0] - 35, demo.cal.today - 21)
    sessions = [_sitting(demo, each, day) for each, day in zip(row["days"], days, strict=True)]
    event = create_event(
        f"{row['key']}-{demo.cal.year}",
        at=demo.cal.at(published, 9),
        by=demo.programme["helena"],
        sessions=sessions,
        speakers=[_speaker(each) for each in row.get("speakers", [])],
        materials=[_material(each) for each in row.get("materials", [])],
        testimonials=[{**each, "consent": True} for each in row.get("testimonials", [])],
        organisers=Body.objects.filter(organisation__key__in=row.get("organisers", [])),
        attendance=row.get("attendance"),
        updated_at=demo.cal.at(published, 9),
        series=series.get(row.get("series")),
        **_near_facts(demo, row, published, sessions[0]["starts_at"]),
    )
    if row.get("draft"):
        Event.objects.filter(pk=event.pk).update(published_at=None)
    return event


def _near_facts(demo, row, published, starts_at):
    plain = ("type", "mode", "place", "meeting_url", "capacity", "certificate_hours", "dimensions")
    facts = {name: row[name] for name in plain if name in row}
    for name in ("title", "description", "access_note", "result_note", "recording_reason"):
        facts |= in_languages(name, row[name]) if name in row else {}
    if "recording" in row:
        facts |= {"recording_published": True, "recording_url": row["recording"]}
    # Till noon of the day before: then the letters with the room's address are out.
    closes = (starts_at - timedelta(days=1)).replace(hour=12, minute=0)
    window = {"registration_opens_at": demo.cal.instant(published, time(9)), "registration_closes_at": closes}
    return {**facts, **window, **_audience(demo, row["audience"])}


def _weekdays(demo, row):
    """The days of an event counted from the opening, moved together until none is on a weekend."""
    days = [demo.cal.today + each["in"] for each in row["days"]]
    step = 1 if row["days"][0]["in"] > 0 else -1
    while any(demo.cal.date(day).weekday() >= SATURDAY for day in days):
        days = [day + step for day in days]
    return days


def _sitting(demo, row, day):
    titles = in_languages("title", row["title"]) if "title" in row else {}
    return {"starts_at": demo.cal.instant(day, time.fromisoformat(row["time"])), "minutes": row["minutes"], **titles}


def _register(demo, event, row):
    """People of the governments' teams first, then some without an account."""
    opens = demo.cal.day_of(event.registration_opens_at)
    for place, (entry, user) in enumerate(_askers(demo, row.get("registrations", 0))):
        at = demo.cal.at(min(opens + place, demo.cal.today), 10, place)
        try:
            registration = registering.register(event, entry, at=at, user=user)
        except registering.NotAdmitted:  # at an early stage few governments take part yet
            continue
        if user is None:
            registering.confirmed(registration, at + timedelta(minutes=7))


def _askers(demo, number):
    """(Entry, account or None), as many as are asked for."""
    crews = [crew for crew in demo.crews.values() if crew.there(demo.cal.today, "reference")]
    teams = ((_entry_of(crew, demo.cal.today), crew.manager(demo.cal.today)) for crew in crews)
    guests = ((_guest(row), None) for row in _around()["people"])
    known = set()
    for entry, user in chain(teams, guests):
        if len(known) < number and entry.email not in known:
            known.add(entry.email)
            yield entry, user


def _entry_of(crew, day):
    user = crew.manager(day)
    return Entry(name=user.name, email=user.email, government=crew.government)


def _guest(row):
    return Entry(name=row["name"], email=f"{row['email']}@{settings.DEMO_EMAIL_DOMAIN}", affiliation=row["affiliation"])


def _were_there(demo, event, row):
    """Most came, one of them to the first day only; two have asked for their certificate."""
    helena, sessions = demo.programme["helena"], list(event.sessions.all())
    came = list(event.registrations.registered()[: row["present"]])
    for place, registration in enumerate(came):
        for session in sessions[:1] if place == len(came) - 1 else sessions:
            presence.mark(registration, session, by=helena, at=session.starts_at)
    presence.count_presences(event, unit=Unit.PEOPLE, by=helena)
    for registration in came[:CERTIFICATES]:
        certificates.issue(registration, at=demo.cal.at(demo.cal.today - 1, 16), by=helena)
