"""Saving what coordinators write about an event. Who registered hears of it when the hour or the place is another one."""

from django.db import transaction
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from core import audit, files
from core.dates import day_text

from . import registering
from .domain import EventRefused, days_of, locked, tell_registered
from .models import Event, EventSeries, EventSession, Material, Speaker, Testimonial

LISTS = ("sessions", "speakers", "materials", "testimonials", "organisers")
# What a calendar entry says: people are told when it changes.
TOLD = ("mode", "place", "meeting_url")


class Stale(EventRefused):
    """Somebody saved meanwhile. `event` is what is saved."""

    def __init__(self, event):
        super().__init__(_("Outra pessoa salvou este encontro enquanto você escrevia."))
        self.event = event


@transaction.atomic
def new_event(content, *, by, at):
    """A draft: the agenda shows it once it is published."""
    content = dict(content)
    lists = {name: content.pop(name) for name in LISTS}
    event = Event(updated_at=at, **_facts(content, lists))
    event.key = _free_key(event)
    event.full_clean()
    event.save()
    _save_lists(event, lists, by)
    audit.record("event.drafted", by=by, subject=event)
    return event


@transaction.atomic
def save_event(event, content, *, based_on, by, at):
    """Raises Stale, EventRefused or files.Refused. More places go to who waits at once."""
    event = locked(event)
    if event.version != based_on:
        raise Stale(event)
    content = dict(content)
    lists = {name: content.pop(name) for name in LISTS}
    before = _calendar_facts(event)
    for name, value in _facts(content, lists).items():
        setattr(event, name, value)
    event.version += 1
    event.updated_at = at
    _save_lists(event, lists, by)
    if _calendar_facts(event) != before:
        event.sequence += 1
    event.full_clean()
    event.save()
    audit.record("event.saved", by=by, subject=event, version=event.version)
    if _calendar_facts(event) != before and event.published_at and not event.cancelled_at and not event.is_past(at):
        tell_registered(event, "event_changed")
    registering.settle(event, at)
    return event


def _facts(content, lists):
    series = content.pop("new_series", "")
    if series:
        content["series"] = _series(series)
    days = days_of(lists["sessions"])
    return {**content, **days, **({"precision": "day"} if days else {})}


def _series(title):
    found = EventSeries.objects.filter(title_pt_br=title).first()
    return found or EventSeries.objects.create(
        key=_free(EventSeries, slugify(title)[:100] or "serie"), title_pt_br=title
    )


def _free_key(event):
    return _free(Event, f"{slugify(event.title_pt_br)[:90] or 'encontro'}-{event.starts_on:%Y}")


def _free(model, wanted):
    key, number = wanted, 1
    while model.objects.filter(key=key).exists():
        number += 1
        key = f"{wanted}-{number}"
    return key


def _calendar_facts(event):
    sessions = event.sessions.order_by("pk").values_list("pk", "starts_at", "minutes")
    return [*(getattr(event, name) for name in TOLD), event.starts_on, event.ends_on, list(sessions)]


def _save_lists(event, lists, by):
    _save_sessions(event, lists["sessions"])
    event.speakers.all().delete()
    Speaker.objects.bulk_create(Speaker(event=event, order=n, **row) for n, row in enumerate(lists["speakers"]))
    event.testimonials.all().delete()
    Testimonial.objects.bulk_create(
        Testimonial(event=event, order=n, **row) for n, row in enumerate(lists["testimonials"])
    )
    _save_materials(event, lists["materials"], by)
    event.organisers.set(lists["organisers"])


def _save_sessions(event, told):
    """Rows stay themselves: presences and people's calendars point at them."""
    known = {row.pk: row for row in event.sessions.all()}
    kept = {row["row"] for row in told}
    for row in (row for pk, row in known.items() if pk not in kept):
        if row.presences.exists():
            raise EventRefused(
                _("A sessão de %(day)s tem presenças marcadas e não pode ser removida.")
                % {"day": day_text(row.starts_at)}
            )
        row.delete()
    for facts in told:
        row = known.get(facts["row"]) or EventSession(event=event)
        for name in ("starts_at", "minutes", "title_pt_br", "title_en", "title_es"):
            setattr(row, name, facts[name])
        row.save()


def _save_materials(event, told, by):
    known = {row.pk: row for row in event.materials.select_related("file")}
    kept = {facts["row"] for facts in told}
    for row in (row for pk, row in known.items() if pk not in kept):
        row.delete()
    for order, facts in enumerate(told):
        row = known.get(facts["row"]) or Material(event=event)
        for name in ("type", "title_pt_br", "title_en", "title_es", "url"):
            setattr(row, name, facts[name])
        if facts["upload"]:
            row.file = files.store(facts["upload"], by=by)
        row.order = order
        row.save()
