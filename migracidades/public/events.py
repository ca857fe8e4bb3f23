"""An event with the practices told there: the agenda and the bank meet only here."""

from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from dimensions import catalogue
from events.models import Event
from practices.models import Practice


def event(request, pk):
    at = request.arrived_at
    found = get_object_or_404(
        Event.objects.public(at)
        .select_related("edition")
        .prefetch_related("sessions__attendance", "materials__file", "attendances")
        .prefetch_related("speakers__home__organisation", "speakers__home__government"),
        pk=pk,
    )
    questionnaire = catalogue.latest() if found.dimensions else None
    return render(
        request,
        "events/event.html",
        {
            "event": found,
            "is_past": found.ends_on < timezone.localdate(at),
            "practices": Practice.objects.public(at)
            .filter(key__in=found.practice_keys)
            .with_owner()
            .prefetch_related("topics"),
            "dimensions": [each for each in questionnaire.dimensions if each.number in found.dimensions]
            if questionnaire
            else [],
        },
    )
