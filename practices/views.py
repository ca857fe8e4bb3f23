"""The bank as anyone reads it: a list to search, a sheet for each practice, its documents, the sheet on paper."""

from django.core.paginator import Paginator
from django.db.models import Prefetch
from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import get_language, ngettext
from django.utils.translation import gettext as _

from core import files
from core.links import absolute
from core.pdf import language_tag
from dimensions import catalogue

from . import sheets, similar
from .filters import LANGUAGES, ORDERS, OWNERS, Filters, count_in_words, regions, states
from .models import Adoption, DocumentType, Feature, Practice, PracticeDocument
from .sdgs import GOALS

PER_PAGE = 24


def practices(request):
    public = Practice.objects.public(request.arrived_at)
    names = dimension_names()
    years = _years(public)
    filters = Filters.of(request.GET, names, years)
    found = filters.apply(public).with_owner().prefetch_related("topics")
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    return render(
        request,
        "practices/practices.html",
        {
            "page": page,
            "filters": filters,
            "chips": filters.chips(names),
            "choices": choices(names, years),
            "orders": ORDERS.items(),
            "count": count_in_words(page.paginator.count, filters.any),
        },
    )


def dimension_names():
    """{number as text: name} of the dimensions in force."""
    questionnaire = catalogue.latest()
    return {str(each.number): str(each.name) for each in questionnaire.dimensions} if questionnaire else {}


def _years(public):
    rows = public.filter(started_year__isnull=False).order_by("-started_year").values_list("started_year", flat=True)
    return list(rows.distinct())


def choices(names, years):
    """The options of each list of the form: pairs of value and label."""
    return {
        "dimension": [(number, f"{number}. {name}") for number, name in names.items()],
        "region": [(region, region) for region in regions()],
        "uf": [(uf, name) for uf, name, _region in states()],
        "owner": OWNERS.items(),
        "goal": [(str(goal), f"{goal}. {name}") for goal, name in GOALS.items()],
        "feature": Feature.choices,
        "document": DocumentType.choices,
        "year": [(str(year), str(year)) for year in years],
        "language": LANGUAGES.items(),
    }


def practice(request, pk):
    at = request.arrived_at
    uses = Adoption.objects.standing().with_adopter().order_by("recorded_at")
    rows = (
        Practice.objects.public(at)
        .with_owner()
        .prefetch_related(
            "topics",
            "results",
            "documents__evidence__file",
            "partners__government",
            "partners__organisation",
            Prefetch("adoptions", queryset=uses, to_attr="standing"),
        )
    )
    found = get_object_or_404(rows, pk=pk)
    names = dimension_names()
    return render(
        request,
        "practices/practice.html",
        {
            "practice": found,
            "dimensions": [(number, names.get(str(number), "")) for number in found.dimensions],
            "uses": found.standing,
            "uses_in_words": uses_in_words(found.standing),
            "similar_governments": similar.governments_near(found, found.standing, at),
            "similar_practices": similar.practices_near(found, at),
            "json_ld": json_ld(found),
        },
    )


def uses_in_words(uses):
    """«2 usam, 1 está adaptando, 1 desistiu», or nothing."""
    numbers = {state: sum(row.state == state for row in uses) for state in Adoption.State.values}
    said = {
        "in_use": ngettext("%(n)d usa", "%(n)d usam", numbers["in_use"]),
        "adapting": ngettext("%(n)d está adaptando", "%(n)d estão adaptando", numbers["adapting"]),
        "interested": ngettext("%(n)d quer usar", "%(n)d querem usar", numbers["interested"]),
        "gave_up": ngettext("%(n)d desistiu", "%(n)d desistiram", numbers["gave_up"]),
    }
    return get_text_list([words % {"n": numbers[state]} for state, words in said.items() if numbers[state]], _("e"))


def json_ld(practice):
    """What search engines read: an article, and its steps as a how-to."""
    url = absolute(practice.get_absolute_url())
    owner = {"@type": "Organization", "name": str(practice.owner)}
    if practice.owner.kind == practice.owner.Kind.GOVERNMENT:
        owner = {
            "@type": "GovernmentOrganization",
            "name": str(practice.owner),
            "url": absolute(practice.owner.government.get_absolute_url()),
        }
    article = {
        "@type": "Article",
        "@id": url,
        "headline": practice.title[:110],
        "description": practice.summary,
        "inLanguage": language_tag(practice.language),
        "author": owner,
        "publisher": {"@type": "Organization", "name": "MigraCidades", "url": absolute(reverse("home"))},
        "datePublished": practice.published_at.isoformat(),
        "dateModified": max(practice.published_at, practice.updated_at).isoformat(),
        "mainEntityOfPage": url,
    }
    graph = [article]
    if practice.how_to_replicate:
        steps = [
            {"@type": "HowToStep", "position": number, "text": str(text)}
            for number, text in enumerate(practice.how_to_replicate, 1)
        ]
        graph.append({"@type": "HowTo", "name": practice.title, "description": practice.summary, "step": steps})
    return {"@context": "https://schema.org", "@graph": graph}


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


def sheet_pdf(request, pk):
    """The sheet on paper in the language of the page. It is made once for what it says; who asks first waits some seconds on a page that
    looks again by itself. Asking twice asks for nothing more, and the languages are three."""
    if not Practice.objects.public(request.arrived_at).filter(pk=pk).exists():
        raise Http404
    practice = sheets.whole(pk)
    sheet, job = sheets.request_sheet(practice, get_language())
    if sheet:
        response = files.response(sheet.file)
        response["Cache-Control"] = "no-cache"  # a corrected sheet shows at once
        return response
    response = render(request, "practices/sheet_waits.html", {"practice": practice, "job": job}, status=202)
    response["Refresh"] = "4"
    response["Cache-Control"] = "no-store"
    return response
