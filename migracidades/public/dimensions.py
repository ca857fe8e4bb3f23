"""The ten dimensions and their questions."""

from django.http import Http404
from django.shortcuts import render

from dimensions import catalogue
from practices.models import Practice


def dimensions(request):
    return render(request, "public/dimensions.html", {"catalogue": catalogue.latest()})


def dimension(request, number):
    questionnaire = catalogue.latest()
    try:
        found = questionnaire.dimension(number) if questionnaire else None
    except KeyError:
        found = None
    if found is None:
        raise Http404
    practices = Practice.objects.public(request.arrived_at).about(number).with_owner().prefetch_related("topics")[:6]
    numbers = [each.number for each in questionnaire.dimensions]
    return render(
        request,
        "public/dimension.html",
        {
            "dimension": found,
            "dimensions": questionnaire.dimensions,
            "practices": practices,
            "previous": questionnaire.dimension(number - 1) if number - 1 in numbers else None,
            "next": questionnaire.dimension(number + 1) if number + 1 in numbers else None,
        },
    )
