"""What the first page says of the programme: the latest edition, who is certified, the open call."""

from collections import defaultdict

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import cycle
from certification.models import Kind
from certification.seal.emblem import emblem
from governments import reference
from governments.models import Government, GovernmentKind

from . import certified, tile_map

# More names than these are a list of their own, on the edition's page.
NAMES = 72

LABELS = {
    GovernmentKind.MUNICIPALITY: lambda n: ngettext("município", "municípios", n),
    GovernmentKind.STATE: lambda n: ngettext("estado", "estados", n),
    GovernmentKind.FEDERAL_DISTRICT: lambda n: _("Distrito Federal"),
    GovernmentKind.STATE_DISTRICT: lambda n: ngettext("distrito estadual", "distritos estaduais", n),
}


def latest_edition(at):
    """The last published edition that awarded seals, with its figures, or None."""
    edition = certified.public_editions(at).first()
    if edition is None:
        return None
    seals = certified.standing(at).filter(participation__edition=edition)
    kinds, ufs = certified.counts(seals, "kind"), certified.counts(seals, "uf")
    number = sum(kinds.values())
    return {
        "edition": edition,
        "number": number,
        "ufs": len(ufs),
        "governments_in_words": certified.governments_in_words(number),
        "kinds_in_words": certified.kinds_in_words(kinds),
        "figures": figures(kinds, len(ufs)),
        "regions": names_by_region(seals) if number <= NAMES else [],
        "map": tile_map.draw(
            ufs, f"{reverse('governments')}?situacao=com-selo&edicao={edition.year}&uf=", _map_title(edition)
        ),
        "table": [(name, ufs[uf]) for uf, name, _region in reference.states() if uf in ufs],
        "emblem": emblem(edition.year, size=220),
    }


def figures(kinds, ufs):
    """(number, what it counts): each kind of government by itself, then the units of the federation."""
    rows = [(kinds[kind], LABELS[kind](kinds[kind])) for kind in GovernmentKind if kinds.get(kind)]
    return [*rows, (ufs, ngettext("unidade da federação", "unidades da federação", ufs))] if rows else []


def names_by_region(seals):
    """[(region, governments)] in alphabetical order: the order says nothing about them."""
    holders = seals.order_by().values("participation__government")
    regions = defaultdict(list)
    for government in Government.objects.filter(pk__in=holders).order_by("search"):
        regions[government.region].append(
            {"url": government.get_absolute_url(), "name": certified.placed(government)},
        )
    return sorted(regions.items())


def _map_title(edition):
    return _("Governos com selo da edição %(year)s, por unidade da federação") % {"year": edition.year}


def open_call(at):
    """The edition whose enrolment is open now, with its deadline, or None."""
    for edition in cycle.editions_open_for_enrollment(at):
        return {"edition": edition, "closes_at": cycle.general_period(edition, Kind.ENROLLMENT).closes_at}
    return None


def current_edition(at):
    """The edition whose periods are shown as an example: the latest one that has any, else None."""
    editions = certified.editions().filter(windows__isnull=False).distinct()
    return editions.prefetch_related("windows", "extensions").first()
