"""Editions: periods with their extensions, and who was certified."""

from collections import defaultdict

from django.shortcuts import get_object_or_404, render

from certification.models import Kind, Participation
from certification.seal.domain import Verdict, verdict
from governments.models import GovernmentKind

from . import certified


def editions(request):
    at = request.arrived_at
    rows = [_row(each, at) for each in certified.editions()]
    seals = certified.counts_by_year(at)
    for row in rows:
        row["certified"] = seals.get(row["edition"].year, 0)
        row["in_words"] = certified.governments_in_words(row["certified"])
    return render(request, "public/editions.html", {"editions": rows})


def _row(edition, at):
    return {"edition": edition, "year": str(edition.year), "public": edition.is_public(at)}


def edition(request, year):
    at = request.arrived_at
    found = get_object_or_404(certified.editions().prefetch_related("windows", "extensions__government"), year=year)
    holders = certified_in(found, at) if found.is_public(at) else []
    return render(
        request,
        "public/edition.html",
        {
            "edition": found,
            "year": str(found.year),
            "public": found.is_public(at),
            "periods": periods_of(found),
            "regions": by_region(holders),
            "count": certified.governments_in_words(len(holders)),
            "kinds_in_words": certified.kinds_in_words(kinds_of(holders)),
        },
    )


def periods_of(edition):
    """The periods of an edition in the order of the steps, each with its extensions."""
    windows = {window.step: window for window in edition.windows.all()}
    extensions = defaultdict(list)
    for extension in edition.extensions.all():
        extensions[extension.step].append(extension)
    return [
        {"label": kind.label, "window": windows[kind], "extensions": extensions[kind]}
        for kind in Kind
        if kind in windows
    ]


def certified_in(edition, at):
    """Every government that was awarded the edition's seal, revoked ones with their state."""
    holders = (
        Participation.objects.filter(edition=edition, seal__isnull=False)
        .select_related("government", "seal")
        .order_by("government__search")
    )
    return [_holder(each, at) for each in holders]


def _holder(participation, at):
    word = verdict(participation.seal, at)
    return {
        "government": participation.government,
        "name": certified.placed(participation.government),
        "seal": participation.seal,
        "revoked": word == Verdict.REVOKED,
        "word": Verdict.WORDS[word],
    }


def kinds_of(holders):
    numbers = dict.fromkeys(GovernmentKind.values, 0)
    for holder in holders:
        numbers[holder["government"].kind] += 1
    return numbers


def by_region(holders):
    """[{region, holders, in_words}], regions by name."""
    regions = defaultdict(list)
    for holder in holders:
        regions[holder["government"].region].append(holder)
    return [
        {"region": region, "holders": rows, "in_words": certified.kinds_in_words(kinds_of(rows))}
        for region, rows in sorted(regions.items())
    ]
