"""The directory: search first, then filters that stay in the address."""

from dataclasses import dataclass
from functools import cached_property, lru_cache

from django.core.paginator import Paginator
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html_join
from django.utils.translation import gettext as _

from governments.models import Government, GovernmentKind

from . import certified, tile_map

PER_PAGE = 50
CERTIFIED, ALL = "com-selo", "todos"


@dataclass(frozen=True)
class Filters:
    """What the address asks for. What does not exist filters nothing."""

    text: str
    uf: str
    region: str
    kind: str
    year: int | None
    shown: str

    @classmethod
    def of(cls, query, states, years):
        text = query.get("q", "").strip()[:100]
        year = query.get("edicao", "")
        return cls(
            text=text,
            uf=_known(query.get("uf", "").upper(), {uf for uf, _name, _region in states}),
            region=_known(query.get("regiao", ""), {region for _uf, _name, region in states}),
            kind=_known(query.get("tipo", ""), GovernmentKind.values),
            year=int(year) if year.isascii() and year.isdigit() and int(year) in years else None,
            # Who searches by name looks for any government; who browses wants the certified ones.
            shown=_known(query.get("mostrar", ""), (CERTIFIED, ALL)) or (ALL if text else CERTIFIED),
        )

    def apply(self, governments, at):
        plain = {"uf": self.uf, "region": self.region, "kind": self.kind}
        found = governments.search(self.text).filter(**{name: value for name, value in plain.items() if value})
        return certified.certified(found, at, self.year) if self.only_certified else found

    @property
    def only_certified(self):
        return self.shown == CERTIFIED or self.year is not None

    @cached_property
    def any(self):
        return bool(self.text or self.uf or self.region or self.kind or self.year)


def _known(value, values):
    return value if value in values else ""


def directory(request):
    at, states = request.arrived_at, certified.states()
    years = list(certified.public_editions(at).values_list("year", flat=True))
    filters = Filters.of(request.GET, states, years)
    # The searched column begins with the name without accents: «Belém» stands before «Belo Horizonte».
    page = Paginator(filters.apply(Government.objects.order_by("search"), at), PER_PAGE).get_page(
        request.GET.get("page")
    )
    return render(
        request,
        "public/governments.html",
        {
            "page": page,
            "rows": _rows(page.object_list, at),
            "filters": filters,
            "count": _count(page.paginator.count, filters),
            "choices": _choices(filters, states, years),
            "map": _map(at),
        },
    )


def _rows(governments, at):
    """The lines of the table: government, kind in words, seals."""
    governments = list(governments)
    marks, kinds = certified.marks_of(governments, at), {kind.value: str(kind.label) for kind in GovernmentKind}
    address = certified.address_of("government")
    return [(each, address(each.ibge_code), kinds[each.kind], marks[each.pk]) for each in governments]


def _choices(filters, states, years):
    """The options of each list in the form, the chosen one marked."""
    regions = sorted({region for _uf, _name, region in states})
    return {
        "uf": options(tuple((uf, name) for uf, name, _region in states), filters.uf),
        "region": options(tuple((region, region) for region in regions), filters.region),
        "kind": options(tuple((kind.value, str(kind.label)) for kind in GovernmentKind), filters.kind),
        "year": options(tuple((str(year), str(year)) for year in years), str(filters.year or "")),
    }


@lru_cache(maxsize=256)
def options(pairs, chosen):
    """The options of a select: pairs of value and label."""
    rows = ((value, " selected" if value == chosen else "", label) for value, label in pairs)
    return format_html_join("", '<option value="{}"{}>{}</option>', rows)


def _count(number, filters):
    governments = certified.governments_in_words(number)
    if not filters.only_certified:
        return _("%(governments)s na lista") % {"governments": governments}
    if filters.year:
        return _("%(governments)s com selo da edição %(year)s") % {"governments": governments, "year": filters.year}
    return _("%(governments)s com selo de alguma edição") % {"governments": governments}


def _map(at):
    numbers = certified.counts(certified.standing(at), "uf")
    return tile_map.draw(numbers, f"{reverse('governments')}?uf=", _("Selos por unidade da federação"))
