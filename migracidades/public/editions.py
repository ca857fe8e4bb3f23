"""Editions: the call, periods with their extensions, who enrolled and who was certified, and all the reports in one file."""

from collections import defaultdict

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from annual_reports.models import AnnualReport
from certification.figures import reading
from certification.figures.models import EditionArchive, Presence, Standing
from certification.models import Kind
from certification.reports.models import Report
from core import files
from core.series import pairs
from events.models import Event, EventType
from governments.models import GovernmentKind
from practices.models import Practice

from . import certified
from .front import open_call

SHOWN = 6
# More names than these are lists of their own, in the directory.
NAMES = 300


def editions(request):
    at = request.arrived_at
    found = list(certified.editions())
    counts = {row["edition"].pk: row for row in reading.enrolments([each for each in found if each.is_public(at)])}
    return render(
        request,
        "public/editions.html",
        {"editions": [_row(each, counts.get(each.pk)) for each in found], "call": open_call(at)},
    )


def _row(edition, counts):
    row = {"edition": edition, "year": str(edition.year), "public": counts is not None}
    if counts:
        row |= {"enrolled": counts["enrolled"], "in_words": certified.governments_in_words(counts["certified"])}
    return row


def edition(request, year):
    at = request.arrived_at
    found = get_object_or_404(certified.editions().prefetch_related("windows", "extensions__government"), year=year)
    public = found.is_public(at)
    facts = {"edition": found, "year": str(found.year), "public": public, "periods": periods_of(found)}
    facts["ceremony"] = ceremony_of(found, at)
    facts["events"] = Event.objects.public(at).filter(edition=found).exclude(type=EventType.CEREMONY)[:SHOWN]
    if public:
        facts |= _published(found, at)
    return render(request, "public/edition.html", facts)


def _published(edition, at):
    [counts] = reading.enrolments([edition])
    regions, kinds = reading.by("region", edition), reading.by("kind", edition)
    few = Presence.objects.filter(edition=edition).count() <= NAMES
    lines = list(presences_of(edition)) if few else []
    return {
        "counts": counts,
        "lead": lead(counts, kinds),
        "few": few,
        "regions": by_region(lines) if few else regions_only(regions),
        "chart": _chart(edition, regions),
        "table": by_place(regions, kinds),
        "archive": EditionArchive.objects.filter(edition=edition, file__isnull=False).select_related("file").first(),
        "reports": Report.objects.public(at).filter(participation__edition=edition).count(),
        "practices": practices_of(edition, at),
        "annual_report": AnnualReport.objects.public(at).filter(year=edition.year).exists(),
        "others": [line for line in lines if line["standing"] == Standing.WITHOUT_SEAL],
    }


def archive(request, year):
    """All published reports of an edition, put together by the worker beforehand."""
    edition = get_object_or_404(certified.public_editions(request.arrived_at), year=year)
    found = EditionArchive.objects.filter(edition=edition, file__isnull=False).select_related("file").first()
    if found is None:
        raise Http404
    return files.response(found.file)


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


def ceremony_of(edition, at):
    return Event.objects.public(at).filter(edition=edition, type=EventType.CEREMONY).first()


def practices_of(edition, at):
    """Published practices of governments with the edition's seal."""
    owners = Presence.objects.filter(edition=edition, standing=Standing.CERTIFIED).values("government__body")
    rows = Practice.objects.public(at).filter(owner__in=owners)
    return rows.with_owner().prefetch_related("topics")[:SHOWN]


# Who took part.


def presences_of(edition):
    """Every government whose enrolment was accepted: government, name, standing."""
    rows = Presence.objects.filter(edition=edition).select_related("government").order_by("search")
    address = certified.address_of("government")
    for row in rows:
        yield {
            "government": row.government,
            "name": certified.placed(row.government),
            "url": address(row.government.ibge_code),
            "standing": row.standing,
            "revoked": row.standing == Standing.REVOKED,
        }


def lead(counts, kinds):
    """{enrolled, certified, kinds} in words; enrolments are not known of an edition from before the portal."""
    return {
        "enrolled": certified.governments_in_words(counts["enrolled"]) if counts["enrolled"] is not None else "",
        "certified": certified.governments_in_words(counts["certified"]) if counts["certified"] else "",
        "kinds": certified.kinds_in_words({kind: row["certified"] for kind, row in kinds.items()}),
    }


def regions_only(rows):
    """The regions with their numbers, where the names would fill a book."""
    return [
        {"region": region, "kinds": [], "in_words": certified.governments_in_words(rows[region]["certified"])}
        for region in sorted(rows)
        if rows[region]["certified"]
    ]


def by_region(lines):
    """[{region, kinds: [(kind in words, lines)], in_words}] of those with a seal, regions by name."""
    regions = defaultdict(lambda: defaultdict(list))
    for line in lines:
        if line["standing"] != Standing.WITHOUT_SEAL:
            regions[line["government"].region][line["government"].kind].append(line)
    return [
        {"region": region, "kinds": _kinds(kinds), "in_words": certified.kinds_in_words(_standing(kinds))}
        for region, kinds in sorted(regions.items())
    ]


def _kinds(kinds):
    return [(GovernmentKind(kind).label, kinds[kind]) for kind in GovernmentKind.values if kind in kinds]


def _standing(kinds):
    return {kind: sum(not line["revoked"] for line in lines) for kind, lines in kinds.items()}


def by_place(regions, kinds):
    """[(region or kind in words, enrolled, certified)]: regions, then kinds."""
    rows = [(region, regions[region]) for region in sorted(regions)]
    rows += [(GovernmentKind(kind).label, kinds[kind]) for kind in GovernmentKind.values if kind in kinds]
    return [(label, row["enrolled"], row["certified"]) for label, row in rows]


def _chart(edition, regions):
    if edition.from_before_portal:
        rows = tuple((region, None, regions[region]["certified"]) for region in sorted(regions))
    else:
        rows = tuple((region, regions[region]["enrolled"], regions[region]["certified"]) for region in sorted(regions))
    title = _("Inscrição e certificação por região, edição %(year)s") % {"year": edition.year}
    return pairs(rows, (str(_("inscritos")), str(_("com selo"))), title, label=96)
