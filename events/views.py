"""The agenda: what is coming, and what was held with how many came."""

from django.core.paginator import Paginator
from django.shortcuts import render
from django.utils import timezone
from django.utils.formats import number_format
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from .models import Attendance, Event

PER_PAGE = 25


def events(request):
    at = request.arrived_at
    today, public = timezone.localdate(at), Event.objects.public(at)
    years = [day.year for day in public.past(today).order_by().dates("starts_on", "year", order="DESC")]
    year = _year(request.GET.get("ano", ""), years)
    past = public.past(today).with_figures()
    if year:
        past = past.filter(starts_on__year=year)
    figures = Attendance.objects.filter(event__in=past.order_by()).totals()
    return render(
        request,
        "events/events.html",
        {
            "upcoming": public.upcoming(today).prefetch_related("sessions"),
            "page": Paginator(past, PER_PAGE).get_page(request.GET.get("page")),
            "years": [str(each) for each in years],
            "year": str(year or ""),
            "figures": in_words(figures),
        },
    )


def _year(text, years):
    return int(text) if text.isascii() and text.isdigit() and int(text) in years else None


def in_words(totals):
    """«1.140 pessoas e, contados à parte, 21 governos»: units are never added up."""
    spoken = []
    if totals["people"]:
        people = ngettext("%(n)s pessoa", "%(n)s pessoas", totals["people"])
        spoken.append(people % {"n": number_format(totals["people"], force_grouping=True)})
    if totals["governments"]:
        governments = ngettext("%(n)s governo", "%(n)s governos", totals["governments"])
        spoken.append(governments % {"n": number_format(totals["governments"], force_grouping=True)})
    return get_text_list(spoken, _("e, contados à parte,"))
