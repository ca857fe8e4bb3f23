"""The agenda: what is coming, month by month if one likes, and what was held with how many came."""

from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.shortcuts import render
from django.utils import timezone
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.numbers import grouped
from dimensions import catalogue

from . import months
from .filters import Filters
from .models import Attendance, AudienceRule, Event, EventSeries, EventType
from .models.registration import RegistrationQuerySet

PER_PAGE = 25
MOST_UPCOMING = 60
SEATED = Count("registrations", filter=Q(registrations__state__in=RegistrationQuerySet.SEATED))


def events(request):
    filters = Filters.of(request.GET)
    month = months.Month.of(request.GET.get("mes", ""))
    return _month(request, filters, month) if month else _list(request, filters)


def _list(request, filters):
    at = request.arrived_at
    today, public = timezone.localdate(at), Event.objects.public(at)
    years = [day.year for day in public.past(today).order_by().dates("starts_on", "year", order="DESC")]
    year = _year(request.GET.get("ano", ""), years)
    past = filters.of_events(public.past(today)).with_figures()
    if year:
        past = past.filter(starts_on__year=year)
    figures = Attendance.objects.filter(event__in=past.order_by()).totals()
    upcoming = filters.of_events(public.upcoming(today)).prefetch_related("sessions")
    return render(
        request,
        "events/events.html",
        {
            "upcoming": with_places(upcoming, at)[:MOST_UPCOMING],
            "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
            "years": [str(each) for each in years],
            "year": str(year or ""),
            "figures": in_words(figures),
            "month": months.Month.holding(today),
            **_choices(filters),
        },
    )


def _month(request, filters, month):
    at = request.arrived_at
    found = filters.of_events(Event.objects.public(at).between(month.first, month.last)).prefetch_related("sessions")
    calendar = months.sheet(month, found, timezone.localdate(at))
    return render(request, "events/month.html", {"month": month, "calendar": calendar, **_choices(filters)})


def _choices(filters):
    questionnaire = catalogue.latest()
    return {
        "filters": filters,
        "types": EventType.choices,
        "rules": AudienceRule.choices,
        "dimensions": questionnaire.dimensions if questionnaire else [],
        "series": EventSeries.objects.filter(key=filters.series).first() if filters.series else None,
    }


def _year(text, years):
    return next((year for year in years if str(year) == text), None)


def with_places(events, at):
    """Events with `registration_state`: the one word a list says about registering."""
    rows = list(events.annotate(seated=SEATED))
    for event in rows:
        event.registration_state = registration_state(event, event.seated, at)
    return rows


def registration_state(event, seated, at):
    """open, full (a waiting list), not_yet, closed, cancelled or none."""
    if event.cancelled_at:
        return "cancelled"
    if not event.takes_registrations:
        return "none"
    if at < event.registration_opens_at:
        return "not_yet"
    if at > event.registration_closes_at:
        return "closed"
    return "full" if event.capacity is not None and seated >= event.capacity else "open"


def in_words(totals):
    """«1.140 pessoas e, contados à parte, 21 governos»: units are never added up."""
    spoken = []
    if totals["people"]:
        people = ngettext("%(n)s pessoa", "%(n)s pessoas", totals["people"])
        spoken.append(people % {"n": grouped(totals["people"])})
    if totals["governments"]:
        governments = ngettext("%(n)s governo", "%(n)s governos", totals["governments"])
        spoken.append(governments % {"n": grouped(totals["governments"])})
    return get_text_list(spoken, _("e, contados à parte,"))
