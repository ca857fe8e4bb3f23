"""The programme in numbers: prepared tables only, each chart with its table and its download, every number with words."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from certification.figures import reading
from certification.figures.models import Prepared
from core.charts import DIMENSION_COLOURS, stacked_bar
from core.series import COUNTED, bars, legend, pairs, stacked_rows
from dimensions import catalogue
from governments import reference

from . import actions, certified
from .filters import Choice, Chosen, kinds


def numbers(request):
    at = request.arrived_at
    editions = list(certified.public_editions(at))
    chosen = Chosen.of(request, choices(editions))
    place = reading.within(chosen["regiao"], chosen["tipo"])
    rows = reading.enrolments(editions, place)
    edition = edition_of(chosen, editions)
    facts = {
        "chosen": chosen,
        "has_filter": bool(chosen["regiao"] or chosen["tipo"]),
        "editions": editions,
        "edition": edition,
        "enrolments": [_enrolment(row) for row in rows],
        "enrolment_chart": _enrolment_chart(rows),
        "retention": [row for row in rows if row["certified"]],
        "legend": legend(),
        "updated_at": Prepared.objects.filter(edition__in=editions)
        .order_by("-at")
        .values_list("at", flat=True)
        .first(),
    }
    if edition:
        facts |= _what_exists(edition, int(chosen["dimensao"] or 1), place) | _actions(edition, place)
    return render(request, "public/numbers.html", facts)


def choices(editions):
    regions = sorted({region for _uf, _name, region in reference.states()})
    questionnaire = catalogue.latest()
    dimensions = questionnaire.dimensions if questionnaire else ()
    return (
        Choice("edicao", _("Edição"), tuple((str(each.year), str(each.year)) for each in editions)),
        Choice("regiao", _("Região"), tuple((region, region) for region in regions)),
        Choice("tipo", _("Tipo"), kinds()),
        Choice("dimensao", _("Dimensão"), tuple((str(row.number), f"{row.number}. {row.name}") for row in dimensions)),
    )


def edition_of(chosen, editions):
    """The edition asked for, or the last one whose diagnoses the portal holds."""
    if chosen["edicao"]:
        return next(each for each in editions if str(each.year) == chosen["edicao"])
    return next((each for each in editions if not each.from_before_portal), editions[0] if editions else None)


def _enrolment(row):
    """A line of the table, with what share of the enrolled came to the seal: a share of governments, no score of any."""
    share = round(100 * row["certified"] / row["enrolled"]) if row["enrolled"] else None
    return row | {"share": share, "year": str(row["edition"].year)}


def _enrolment_chart(rows):
    drawn = tuple((str(row["edition"].year), row["enrolled"], row["certified"]) for row in rows)
    return pairs(drawn, (_("inscritos"), _("com selo")), _("Governos inscritos e com selo, por edição"))


# What exists.


def _what_exists(edition, number, place):
    totals = reading.dimension_totals(edition, place) if edition.questionnaire_id else {}
    if not totals:
        return {"dimensions": []}
    asked = {row.number: row for row in catalogue.of(edition.questionnaire_id).dimensions}
    number = number if number in asked else min(asked)
    return {
        "dimensions": [_dimension(asked[key], totals[key]) for key in sorted(totals) if key in asked],
        "dimension": asked[number],
        "indicators": indicators(asked[number], reading.indicator_totals(edition, number, place)),
    }


def _dimension(dimension, counts):
    title = _("O que existe: %(dimension)s") % {"dimension": dimension.name}
    row = (("", tuple(counts[name] for name in COUNTED)),)
    return {
        "row": dimension,
        "counts": counts,
        "chart": stacked_rows(row, title, DIMENSION_COLOURS[dimension.number], label=0),
    }


def indicators(dimension, totals):
    """The questions of a dimension with how many governments answered what, in the order of the questionnaire: nobody is ranked by them."""
    return [
        {"row": row, "counts": totals[row.code], "chart": _indicator_chart(row, totals[row.code], dimension.number)}
        for row in dimension.indicators
        if row.code in totals
    ]


def _indicator_chart(indicator, counts, number):
    title = _("Pergunta %(code)s: governos por resposta") % {"code": indicator.code}
    return stacked_bar(counts, title, colour=DIMENSION_COLOURS[number])


# Actions.


def _actions(edition, place):
    totals = reading.action_totals([edition], place)
    states = {}
    for numbers_of in totals.values():
        for state, number in numbers_of.items():
            states[state] = states.get(state, 0) + number
    lines = actions.in_words(states)
    title = _("Ações prioritárias por situação, edição %(year)s") % {"year": edition.year}
    return {
        "actions_total": sum(states.values()),
        "action_states": lines,
        "action_chart": bars(tuple((str(label), number) for _s, label, _i, number in lines), title),
        "action_table": [
            (number, [line[3] for line in actions.in_words(numbers_of)])
            for (_edition, number), numbers_of in sorted(totals.items())
        ],
    }
