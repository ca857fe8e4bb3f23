"""The coordination's list of governments: search, and the way to each one's team and library."""

from django.core.paginator import Paginator
from django.db.models import Count, Max, Q
from django.shortcuts import render
from django.utils import timezone

from governments.models import Government, Membership

PAGE = 50
# Without accents, or Água Boa would stand after Zortéa.
BY_NAME = ("search", "pk")


def governments(request):
    """All governments that may take part; those with a team or a participation first asked for by a filter."""
    text = request.GET.get("q", "").strip()[:100]
    only = request.GET.get("mostrar", "")
    found = _only(Government.objects.visible_to(request.user).search(text), only).order_by(*BY_NAME)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    facts = {"page": page, "rows": _with_counts(page.object_list), "text": text, "only": only}
    return render(request, "governments/desk_governments.html", facts)


def _only(found, only):
    if only == "equipe":
        return found.filter(pk__in=_in_force().values("body__government"))
    if only == "participam":
        return found.filter(participations__isnull=False).distinct()
    return found


def _in_force():
    return Membership.objects.in_force().filter(body__government__isnull=False)


def _with_counts(governments):
    """The page's rows with members in force and the latest edition: counted for these alone, not for the whole country."""
    now = timezone.now()
    in_force = Q(body__memberships__since__lte=now) & (
        Q(body__memberships__until__isnull=True) | Q(body__memberships__until__gt=now)
    )
    rows = Government.objects.filter(pk__in=[government.pk for government in governments])
    return rows.order_by(*BY_NAME).annotate(
        members=Count("body__memberships", filter=in_force, distinct=True),
        latest_year=Max("participations__edition__year"),
        editions=Count("participations", distinct=True),
    )
