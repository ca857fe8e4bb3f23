"""What the portal knows of a year: who was certified, the steps, every event with who came. Read from published data, computed and never typed."""

import hashlib
from collections import Counter

from django.db.models import Count
from django.utils import timezone

from certification import cycle
from certification.enrollment.models import CourseCompletion
from certification.figures.models import Presence, Standing
from certification.models import Edition, Kind
from events.models import Event, Unit
from events.models.event import Testimonial
from practices.models import Practice

# Each named in itself: whoever looks for one finds it.
LANGUAGE_NAMES = {"pt-br": "Português", "en": "English", "es": "Español"}
LANGUAGES = tuple(LANGUAGE_NAMES)


def edition_of(year, at):
    """The programme's edition of the year if it is published, or None."""
    editions = Edition.objects.filter(programme=cycle.the_programme(), year=year, published_at__lte=at)
    return editions.prefetch_related("windows", "extensions__government").first()


def facts(year, at):
    """All that is computed, as JSON keeps it: no texts of people who edit, and each text of the programme in three languages."""
    edition = edition_of(year, at)
    events = events_of(year, at)
    return {
        "edition": _edition(edition),
        "certified": certified_in(edition),
        "enrolled": _enrolled(edition),
        "history": history(year, at),
        "steps": steps_of(edition) if edition else [],
        "events": events,
        "totals": totals_of(events),
        "course_checked": _course(edition),
        "practices": practices_of(year, at),
    }


def _edition(edition):
    if edition is None:
        return None
    ceremony = timezone.localdate(edition.ceremony_at) if edition.ceremony_at else None
    return {
        "year": edition.year,
        "from_before_portal": edition.from_before_portal,
        "ceremony_on": ceremony and ceremony.isoformat(),
        "seal_valid_until": edition.seal_valid_until and edition.seal_valid_until.isoformat(),
    }


def certified_in(edition):
    """Governments with the seal, by name: [{ibge_code, name, kind, uf, region}]. A revoked seal is none."""
    if edition is None:
        return []
    rows = Presence.objects.filter(edition=edition, standing=Standing.CERTIFIED).order_by("search")
    names = ("ibge_code", "name", "kind", "uf", "region")
    values = rows.values_list(*(f"government__{name}" for name in names))
    return [dict(zip(names, row, strict=True)) for row in values]


def _enrolled(edition):
    """How many took part; of an edition from before the portal only the certified are known."""
    if edition is None or edition.from_before_portal:
        return None
    return Presence.objects.filter(edition=edition).count()


def history(year, at):
    """[{year, kinds: {kind: number}}] of the seals of this and earlier editions."""
    rows = Presence.objects.filter(edition__year__lte=year, edition__published_at__lte=at, standing=Standing.CERTIFIED)
    found: dict[int, dict] = {}
    counted = rows.order_by("edition__year", "kind").values_list("edition__year", "kind").annotate(number=Count("pk"))
    for of, kind, number in counted:
        found.setdefault(of, {})[kind] = number
    return [{"year": of, "kinds": kinds} for of, kinds in found.items()]


def steps_of(edition):
    """The periods of the steps with their extensions; none are known of an edition from before the portal."""
    windows = {window.step: window for window in edition.windows.all()}
    return [
        {
            "step": str(kind),
            "opens_at": windows[kind].opens_at.isoformat(timespec="seconds"),
            "closes_at": windows[kind].closes_at.isoformat(timespec="seconds"),
            "extensions": [_extension(row) for row in edition.extensions.all() if row.step == kind],
        }
        for kind in Kind
        if kind in windows
    ]


def _extension(row):
    return {
        "scope": row.scope,
        "whom": str(row.government or row.uf or row.region or ""),
        "closes_at": row.closes_at.isoformat(timespec="seconds"),
        "reason": row.public_reason,
    }


def held_in(year, at):
    """Events of the year that were held: published, not cancelled, over."""
    rows = Event.objects.public(at).filter(starts_on__year=year, cancelled_at__isnull=True)
    return rows.filter(ends_on__lte=timezone.localdate(at)).order_by("starts_on", "ends_on", "pk")


def events_of(year, at):
    rows = held_in(year, at).prefetch_related("attendances", "sessions")
    return [_event(row) for row in rows]


def _event(row):
    came = row.total
    return {
        "id": row.pk,
        "type": row.type,
        "title": three(row, "title"),
        "description": three(row, "description"),
        "result": three(row, "result_note"),
        "audience": three(row, "audience_label"),
        "starts_on": row.starts_on.isoformat(),
        "ends_on": row.ends_on.isoformat(),
        "precision": row.precision,
        "sessions": len(row.sessions.all()),
        "number": came.number if came else None,
        "unit": str(came.unit) if came else None,
    }


def three(row, name):
    """A translated text in each language it has; nothing where the first is empty."""
    columns = {language: f"{name}_{language.replace('-', '_')}" for language in LANGUAGES}
    found = {language: getattr(row, column, "") or "" for language, column in columns.items()}
    return {language: text for language, text in found.items() if text}


def totals_of(events):
    """Each unit added up by itself, and how many events had no figure."""
    sums: Counter[str] = Counter()
    for event in events:
        if event["unit"]:
            sums[event["unit"]] += event["number"]
    return {
        "events": len(events),
        **{str(unit): sums[unit] for unit in Unit.values},
        "without_figure": sum(event["unit"] is None for event in events),
    }


def _course(edition):
    """Completions of people of the governments that took part, checked by the coordination; None where the portal was not there yet."""
    if edition is None or edition.from_before_portal:
        return None
    rows = CourseCompletion.objects.filter(participation__edition=edition, checked_at__isnull=False, refused_reason="")
    return rows.count()


def practices_of(year, at):
    """Good practices published in the year."""
    rows = Practice.objects.public(at).filter(published_at__year=year).with_owner().order_by("published_at", "pk")
    return [{"id": row.pk, "title": three(row, "title"), "owner": str(row.owner)} for row in rows]


# Testimonials told at the year's events.


def offered(year, at):
    """[(key, testimonial)] of those whose people agreed to be quoted."""
    rows = Testimonial.objects.filter(event__in=held_in(year, at).order_by(), consent=True)
    return [(key_of(row), row) for row in rows.select_related("event").order_by("event__starts_on", "order", "pk")]


def key_of(row):
    """What it says and who said it: rows of an event are written anew when it is edited, and a changed text is to be chosen again."""
    return hashlib.sha256(f"{row.event_id}\n{row.name}\n{row.text}".encode()).hexdigest()[:16]


def quoted(report, at):
    """The testimonials of a report: chosen ones, then those typed into it. Without consent nobody is quoted."""
    chosen = [row for key, row in offered(report.year, at) if key in report.chosen]
    typed = [row for row in report.quotes.all() if row.consent] if report.pk else []
    return [{name: getattr(row, name) for name in ("text", "language", "name", "role")} for row in [*chosen, *typed]]
