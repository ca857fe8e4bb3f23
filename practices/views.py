"""The bank: a list to search and a sheet for each practice."""

from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import ngettext

from core import files
from dimensions import catalogue

from .models import Practice, PracticeDocument

PER_PAGE = 24


def practices(request):
    questionnaire = catalogue.latest()
    text, number = request.GET.get("q", "").strip()[:100], _number(request.GET.get("dimensao", ""))
    found = Practice.objects.public(request.arrived_at).search(text).with_owner().prefetch_related("topics")
    if number:
        found = found.about(number)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    count = page.paginator.count
    return render(
        request,
        "practices/practices.html",
        {
            "page": page,
            "text": text,
            "number": number,
            "dimensions": questionnaire.dimensions if questionnaire else [],
            "count": ngettext("%(n)d boa prática", "%(n)d boas práticas", count) % {"n": count},
        },
    )


def _number(text):
    """The number of a dimension, or None."""
    return int(text) if text.isascii() and text.isdigit() and 1 <= int(text) <= 10 else None


def practice(request, pk):
    found = get_object_or_404(
        Practice.objects.public(request.arrived_at)
        .with_owner()
        .prefetch_related(
            "topics", "results", "documents__evidence__file", "partners__government", "partners__organisation"
        ),
        pk=pk,
    )
    questionnaire = catalogue.latest()
    topics = set(found.dimensions)
    return render(
        request,
        "practices/practice.html",
        {
            "practice": found,
            "dimensions": [each for each in questionnaire.dimensions if each.number in topics] if questionnaire else [],
        },
    )


def document(request, pk, document):
    """A document of a published practice: its owner offered it with the sheet."""
    found = get_object_or_404(
        PracticeDocument.objects.select_related("evidence__file"),
        pk=document,
        practice__in=Practice.objects.public(request.arrived_at).filter(pk=pk),
    )
    if not (found.evidence and found.evidence.file):
        raise Http404
    return files.response(found.evidence.file)
