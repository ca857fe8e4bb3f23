"""Files anyone may have: calendars to subscribe to or keep, and an event's materials."""

from datetime import timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _

from core import files

from . import ics
from .models import Event, Material

# What calendars keep of the past; older events stand on the agenda's page.
PAST = timedelta(days=365)
MINUTES = 10


def feed(request):
    """The whole agenda: published, cancelled ones marked as such."""
    at = request.arrived_at
    events = Event.objects.public(at).filter(ends_on__gte=timezone.localdate(at) - PAST)
    text = ics.calendar_of(
        events.order_by("starts_on", "pk").prefetch_related("sessions"), name=_("Agenda MigraCidades")
    )
    return calendar_response(text, "agenda.ics")


def one(request, pk):
    event = get_object_or_404(Event.objects.public(request.arrived_at).prefetch_related("sessions"), pk=pk)
    return calendar_response(ics.calendar_of([event]), f"migracidades-encontro-{event.pk}.ics")


def calendar_response(text, filename, *, is_public=True):
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = f'attachment; filename="{filename}"'
    answer["Cache-Control"] = f"public, max-age={MINUTES * 60}" if is_public else "private, no-store"
    return answer


def material(request, pk, material):
    """A stored file of a published event."""
    found = get_object_or_404(
        Material.objects.select_related("file"),
        pk=material,
        event__in=Event.objects.public(request.arrived_at).filter(pk=pk),
    )
    if found.file is None:
        raise Http404
    return files.response(found.file)
