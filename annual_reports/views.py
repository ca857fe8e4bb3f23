"""The published reports: their list, each version of each year, its PDF and its content for programs."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone, translation

from certification.models.snapshot import canonical
from core import files
from core.links import absolute

from . import documents
from .gathering import LANGUAGE_NAMES
from .models import AnnualDocument, AnnualReport


def reports(request):
    rows = AnnualReport.objects.latest_of_each_year(request.arrived_at).defer("content")
    return render(request, "annual_reports/reports.html", {"reports": rows})


def report(request, year):
    """The version in force."""
    found = AnnualReport.objects.public(request.arrived_at).filter(year=year).order_by("-number").first()
    if found is None:
        raise Http404
    return _page(request, found)


def version(request, year, number):
    """One version; an older one says which took its place."""
    return _page(request, _public(request, year, number))


def _public(request, year, number):
    return get_object_or_404(AnnualReport.objects.public(request.arrived_at), year=year, number=number)


def _page(request, found):
    versions = AnnualReport.objects.public(request.arrived_at).filter(year=found.year).defer("content")
    versions = list(versions.order_by("-number"))
    facts = {
        "report": found,
        "doc": documents.told(found.content),
        "files": _files(found),
        "newest": versions[0],
        "versions": versions,
        "data": linked_data(found),
    }
    return render(request, "annual_reports/report.html", facts)


def _files(report):
    """[(language's name, its tag, document or None)] in the order of the languages."""
    ready = {row.language: row for row in report.documents.filter(sha256=report.sha256).defer("content")}
    return [(name, code, ready.get(code)) for code, name in LANGUAGE_NAMES.items()]


def linked_data(report):
    return {
        "@context": "https://schema.org",
        "@type": "Report",
        "name": documents.title(report.content),
        "url": absolute(report.get_absolute_url()),
        "datePublished": timezone.localdate(report.published_at).isoformat(),
        "version": str(report.number),
        "inLanguage": translation.get_language(),
        "publisher": {"@type": "Organization", "name": "MigraCidades"},
    }


def file(request, year, number, language):
    """The PDF of a published version in a language."""
    found = _public(request, year, number)
    rows = AnnualDocument.objects.filter(report=found, sha256=found.sha256, language=language, file__isnull=False)
    return files.response(get_object_or_404(rows.select_related("file")).file)


def content(request, year, number):
    """The frozen content as it was hashed."""
    found = _public(request, year, number)
    return HttpResponse(canonical(found.content), content_type="application/json")
