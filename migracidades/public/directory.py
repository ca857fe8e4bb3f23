"""The directory: search first, map and list side by side, every view at an address of its own."""

from html import escape

from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import render
from django.utils.html import format_html
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certification.figures import reading
from certification.figures.models import Presence, Record, Standing, mark_of
from core.numbers import grouped
from core.text import words
from dimensions import catalogue
from governments import reference
from governments.models import Government

from . import certified, tile_map
from .filters import Choice, Chosen, kinds

PER_PAGE = 50
SHOWN_SEALS = 4
NEVER, ANY = "nunca", "todos"
# Words of the address.
STANDINGS = {
    "com-selo": (Standing.CERTIFIED, gettext_lazy("Com selo")),
    "sem-selo": (Standing.WITHOUT_SEAL, gettext_lazy("Participou, sem selo")),
    "revogado": (Standing.REVOKED, gettext_lazy("Selo revogado")),
    NEVER: ("", gettext_lazy("Ainda não participou")),
    ANY: ("", gettext_lazy("Todos os governos do Brasil")),
}


def directory(request):
    questionnaire = catalogue.latest()
    chosen = Chosen.of(request, choices(certified.public_editions(request.arrived_at), questionnaire), text="q")
    numbers = numbers_by_uf(chosen)
    here = found_by(chosen)
    count = numbers.get(chosen["uf"], 0) if chosen["uf"] else sum(numbers.values())
    page = page_of(here.order_by("search"), count, request.GET.get("page"))
    return render(
        request,
        "public/directory.html",
        {
            "page": page,
            "rows": _rows(page.object_list, chosen),
            "chosen": chosen,
            "count": count_in_words(count, chosen),
            "page_complaint": page_complaint(page, request.GET.get("page")),
            "map": tile_map.draw(
                numbers, chosen.address_for("uf"), _("Governos desta lista por unidade da federação"), here=chosen["uf"]
            ),
            "table": [
                (name, numbers.get(uf, 0), chosen.address_for("uf") + uf) for uf, name, _region in reference.states()
            ],
        },
    )


def choices(editions, questionnaire):
    states = reference.states()
    regions = sorted({region for _uf, _name, region in states})
    years = [str(year) for year in editions.values_list("year", flat=True)]
    dimensions = questionnaire.dimensions if questionnaire else ()
    return (
        Choice("uf", _("UF"), tuple((uf, name) for uf, name, _region in states)),
        Choice("regiao", _("Região"), tuple((region, region) for region in regions)),
        Choice("tipo", _("Tipo"), kinds()),
        Choice("edicao", _("Edição"), tuple((year, year) for year in years)),
        Choice("situacao", _("Participação"), tuple((key, str(label)) for key, (_s, label) in STANDINGS.items())),
        Choice(
            "dimensao",
            _("Dimensão com ação prioritária"),
            tuple((str(row.number), f"{row.number}. {row.name}") for row in dimensions),
        ),
    )


def found_by(chosen):
    """Rows with uf, region, kind and search: of one edition, of all who ever took part, or of all of Brazil."""
    rows = _source(chosen)
    for name, value in (("region", chosen["regiao"]), ("kind", chosen["tipo"]), ("uf", chosen["uf"])):
        if value:
            rows = rows.filter(**{name: value})
    for word in words(chosen["q"]):
        rows = rows.filter(search__contains=word)
    return rows


def numbers_by_uf(chosen):
    """{uf: how many lines the list would have}, whichever unit of the federation is chosen: added up from the prepared counts where they
    know the filters, else from the lines."""
    standing, _label = STANDINGS.get(chosen["situacao"], ("", ""))
    if not (chosen["q"] or chosen["dimensao"] or chosen["situacao"] in (NEVER, ANY)):
        place = reading.within(chosen["regiao"], chosen["tipo"])
        return reading.governments_by_uf(chosen["edicao"], standing, place)
    rows = found_by(chosen.without("uf")).order_by().values_list("uf").annotate(n=Count("pk"))
    return dict(rows)


def _source(chosen):
    if chosen["edicao"]:
        return _listed(Presence.objects.filter(edition__year=chosen["edicao"]), chosen)
    if chosen["situacao"] == NEVER:
        rows = Government.objects.filter(record__isnull=True)
        return rows.none() if chosen["dimensao"] else rows
    if chosen["situacao"] == ANY and not chosen["dimensao"]:
        return Government.objects.all()
    if chosen["q"] and not chosen["situacao"] and not chosen["dimensao"]:
        # Who searches by name looks for any government; who browses wants those that take part.
        return Government.objects.all()
    return _listed(Record.objects.all(), chosen)


def _listed(rows, chosen):
    if chosen["situacao"] == NEVER:
        return rows.none()
    standing, _label = STANDINGS.get(chosen["situacao"], ("", ""))
    if standing:
        rows = rows.filter(standing=standing)
    if chosen["dimensao"]:
        rows = rows.filter(dimensions__contains=mark_of(chosen["dimensao"]))
    return rows


def page_of(rows, count, number):
    """A page whose count is known already from the map."""
    paginator = Paginator(rows, PER_PAGE)
    paginator.count = count
    return paginator.get_page(number)


def page_complaint(page, asked):
    """A sentence where the page that was asked for does not exist, or nothing."""
    if not asked or asked == str(page.number):
        return ""
    last = page.paginator.num_pages
    return ngettext(
        "Esta lista tem %(n)d página: mostramos a página %(shown)d.",
        "Esta lista tem %(n)d páginas: mostramos a página %(shown)d.",
        last,
    ) % {"n": last, "shown": page.number}


def _rows(found, chosen):
    """The lines of the table: government, address, kind in words, seals and standing as HTML."""
    address, labels, participation = certified.address_of("government"), dict(kinds()), Participations()
    return [
        (government, url, labels[government.kind], participation.told(url, record, standing))
        for government, record, standing in map(_parts, _with_government(found))
        for url in [address(government.ibge_code)]
    ]


def _with_government(found):
    if found.model is Government:
        return found.select_related("record")
    if found.model is Presence:
        return found.select_related("government__record")
    return found.select_related("government")


def _parts(row):
    """(government, its line in the directory or None, standing)"""
    if isinstance(row, Government):
        record = getattr(row, "record", None)
        return row, record, record.standing if record else ""
    if isinstance(row, Presence):
        return row.government, getattr(row.government, "record", None), row.standing
    return row.government, row, row.standing


class Participations:
    """The last cell of a line, drawn here because a page has fifty of them: the latest seals, how many more, or why there is none."""

    def __init__(self):
        self.seal = certified.address_of("seal")
        self.counted = {}
        self.revoked = format_html(' <span class="muted">({})</span>', _("revogado"))
        self.without_seal = format_html('<span class="muted">{}</span>', _("participou, sem selo"))
        self.never = format_html('<span class="muted">{}</span>', _("ainda não participou"))

    def told(self, url, record, standing):
        if not standing:
            return self.never
        seals = record.seals if record else ()
        parts = [self.link(*seal) for seal in seals[:SHOWN_SEALS]]
        if len(seals) > SHOWN_SEALS:
            parts.append(format_html('<a href="{}">{}</a>', url, self.more(len(seals) - SHOWN_SEALS)))
        if standing == Standing.WITHOUT_SEAL:
            parts.append(self.without_seal)
        return mark_safe(" ".join(parts))  # noqa: S308 - each part is markup of ours

    def link(self, year, code, revoked):
        """Escaped by the standard library: a page has two hundred of them, and Django's way of joining them took a fifth of its time."""
        return f'<a href="{escape(self.seal(code))}">{year:d}</a>{self.revoked if revoked else ""}'

    def more(self, number):
        if number not in self.counted:
            self.counted[number] = ngettext("e mais %(more)s", "e mais %(more)s", number) % {"more": number}
        return self.counted[number]


COUNTED = {
    "": lambda n: ngettext("%(n)s governo que já participou", "%(n)s governos que já participaram", n),
    "com-selo": lambda n: ngettext("%(n)s governo com selo", "%(n)s governos com selo", n),
    "sem-selo": lambda n: ngettext(
        "%(n)s governo que participou sem selo", "%(n)s governos que participaram sem selo", n
    ),
    "revogado": lambda n: ngettext("%(n)s governo com selo revogado", "%(n)s governos com selo revogado", n),
    NEVER: lambda n: ngettext("%(n)s governo que ainda não participou", "%(n)s governos que ainda não participaram", n),
    ANY: lambda n: ngettext("%(n)s governo", "%(n)s governos", n),
}


def count_in_words(number, chosen):
    """«41 governos com selo, da edição 2021»: the filters besides stand as chips under it."""
    any_by_name = chosen["q"] and not chosen["dimensao"] and not chosen["edicao"]
    key = chosen["situacao"] or (ANY if any_by_name else "")
    said = COUNTED[key](number) % {"n": grouped(number)}
    if chosen["edicao"] and key in ("", "com-selo", "sem-selo", "revogado"):
        year = {"governments": said, "year": chosen["edicao"]}
        return _("%(governments)s, edição %(year)s") % year
    return said
