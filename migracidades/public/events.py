"""An event with the practices told there: the agenda and the bank meet only here."""

from django.conf import settings
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.links import absolute
from core.pdf import language_tag
from dimensions import catalogue
from events import tokens
from events.models import Event, Mode
from events.views import registration_state
from events.views_register import own_of
from practices.models import Practice

EVENTS = (
    Event.objects.select_related("edition", "series")
    .prefetch_related("sessions__attendance", "materials__file", "attendances", "testimonials")
    .prefetch_related("speakers__home__organisation", "speakers__home__government")
    .prefetch_related("organisers__organisation", "organisers__government")
)


def event(request, pk):
    at = request.arrived_at
    found = EVENTS.filter(pk=pk).first()
    is_draft = found is not None and (found.published_at is None or found.published_at > at)
    if found is None or (is_draft and not _may_preview(request)):
        raise Http404
    practices = Practice.objects.public(at).filter(key__in=found.practice_keys)
    facts = {
        "event": found,
        "is_draft": is_draft,
        "is_past": found.is_past(at),
        "has_private_place": bool(found.meeting_url or (found.place and not found.place_is_public)),
        "organisers": ", ".join(str(body) for body in found.organisers.all()),
        "testimonials": [each for each in found.testimonials.all() if each.consent],
        "practices": practices.with_owner().prefetch_related("topics"),
        "dimensions": _dimensions(found),
        "siblings": _siblings(found, at),
        "facts": json_ld(found),
        **_registering(request, found, at),
    }
    return render(request, "events/event.html", facts)


def _may_preview(request):
    return request.user.is_authenticated and request.user.is_coordinator


def _dimensions(event):
    questionnaire = catalogue.latest() if event.dimensions else None
    return [each for each in questionnaire.dimensions if each.number in event.dimensions] if questionnaire else []


def _siblings(event, at):
    if event.series is None:
        return []
    return list(event.series.events.public(at).order_by("starts_on", "pk"))


def _registering(request, event, at):
    """Whether one may register now, how many places are left, and the person's own place."""
    if not event.takes_registrations or event.is_past(at):
        return {"state": "none"}
    own = own_of(event, request.user) if _is_signed_in(request) else None
    seated = event.registrations.seated().count() if event.capacity is not None else 0
    return {
        "state": registration_state(event, seated, at),
        "places_left": None if event.capacity is None else max(event.capacity - seated, 0),
        "own": own,
        "own_token": tokens.own_page(own) if own else "",
    }


def _is_signed_in(request):
    """By the cookie first: a visitor without one costs no look at sessions."""
    return settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated


ATTENDANCE_MODES = {
    Mode.ONLINE: "OnlineEventAttendanceMode",
    Mode.IN_PERSON: "OfflineEventAttendanceMode",
    Mode.HYBRID: "MixedEventAttendanceMode",
}


def json_ld(event):
    """The event as schema.org tells it: only what anybody may know."""
    address = absolute(event.get_absolute_url())
    starts, ends = event.starts_at, event.ends_at
    facts = {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": event.title,
        "description": event.description or event.title,
        "url": address,
        "startDate": timezone.localtime(starts).isoformat() if starts else event.starts_on.isoformat(),
        "endDate": timezone.localtime(ends).isoformat() if ends else event.ends_on.isoformat(),
        "eventStatus": f"https://schema.org/{'EventCancelled' if event.cancelled_at else 'EventScheduled'}",
        "eventAttendanceMode": f"https://schema.org/{ATTENDANCE_MODES[event.mode]}",
        "location": _location(event, address),
        "isAccessibleForFree": True,
        "inLanguage": language_tag(get_language()),
        "organizer": [{"@type": "Organization", "name": name} for name in _organisers(event)],
    }
    if event.capacity:
        facts["maximumAttendeeCapacity"] = event.capacity
    return facts


def _organisers(event):
    return [str(body) for body in event.organisers.all()] or ["MigraCidades"]


def _location(event, address):
    online = {"@type": "VirtualLocation", "url": address}
    if event.mode == Mode.ONLINE:
        return online
    name = event.shown_place or _("Local informado a quem se inscreve")
    place = {"@type": "Place", "name": name, "address": name}
    return [place, online] if event.mode == Mode.HYBRID else place
