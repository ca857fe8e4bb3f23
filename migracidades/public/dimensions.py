"""The ten dimensions: what each asks, what the published editions say of it, practices, documents and actions."""

from django.http import Http404
from django.shortcuts import render
from django.utils.translation import gettext as _

from certification.figures import reading
from certification.figures.lineage import Comparison
from certification.figures.models import PublicAction
from core.charts import DIMENSION_COLOURS
from core.series import COUNTED, legend, stacked_rows
from dimensions import catalogue
from practices.models import DocumentType, Practice, PracticeDocument

from . import actions, certified

SHOWN = 6
GUIDES = (DocumentType.GUIDE, DocumentType.TEMPLATE, DocumentType.PROTOCOL, DocumentType.CHECKLIST)


def dimensions(request):
    return render(request, "public/dimensions.html", {"catalogue": catalogue.latest()})


def dimension(request, number):
    questionnaire = catalogue.latest()
    found = _found(questionnaire, number)
    at, editions = request.arrived_at, list(certified.public_editions(request.arrived_at))
    practices = Practice.objects.public(at).about(number)
    numbers = [each.number for each in questionnaire.dimensions]
    return render(
        request,
        "public/dimension.html",
        {
            "dimension": found,
            "practices": practices.with_owner().prefetch_related("topics")[:SHOWN],
            "documents": documents_of(practices),
            "previous": questionnaire.dimension(number - 1) if number - 1 in numbers else None,
            "next": questionnaire.dimension(number + 1) if number + 1 in numbers else None,
            **_figures(number, editions),
            **_trend(request.GET.get("pergunta", ""), found, questionnaire, editions),
            **_actions(number, editions),
        },
    )


def _found(questionnaire, number):
    try:
        return questionnaire.dimension(number)
    except (AttributeError, KeyError):
        raise Http404 from None


def documents_of(practices):
    """Guides, models and protocols that come with published practices."""
    rows = PracticeDocument.objects.filter(practice__in=practices.order_by().values("pk"), type__in=GUIDES)
    return rows.select_related("practice", "evidence").order_by("title")[:SHOWN]


def _figures(number, editions):
    """What certified governments answered, edition by edition: counts of answers."""
    totals = reading.dimension_over_editions(number, editions)
    rows = [(each, totals[each.pk]) for each in sorted(editions, key=lambda each: each.year) if each.pk in totals]
    drawn = tuple((str(each.year), tuple(counts[name] for name in COUNTED)) for each, counts in rows)
    title = _("O que existe na dimensão %(number)s, por edição") % {"number": number}
    return {
        "figures": rows,
        "figures_chart": stacked_rows(drawn, title, DIMENSION_COLOURS.get(number)) if rows else "",
        "legend": legend() if rows else [],
        "versions_differ": len({each.questionnaire_id for each, _counts in rows}) > 1,
    }


def _trend(code, dimension, questionnaire, editions):
    """One question over the editions, as far as it was asked in the same sense."""
    indicator = next((row for row in dimension.indicators if row.code == code and row.has_status), None)
    if indicator is None:
        return {"trend": None}
    asked_in = [each for each in editions if not each.from_before_portal]
    rows = reading.indicator_over_editions(code, questionnaire.id, asked_in)
    drawn = tuple((str(each.year), tuple(counts[name] for name in COUNTED)) for each, _c, counts in rows if counts)
    title = _("Pergunta %(code)s: governos por resposta, por edição") % {"code": code}
    return {
        "trend": {
            "indicator": indicator,
            "rows": [(each, Comparison(comparison).label, counts) for each, comparison, counts in rows],
            "chart": stacked_rows(drawn, title, DIMENSION_COLOURS.get(dimension.number)) if drawn else "",
        }
    }


def _actions(number, editions):
    """The actions of the last edition that has any in this dimension: how many stand where, and the newest of them."""
    totals = reading.action_totals(editions, dimension=number)
    latest = next((each for each in editions if (each.pk, number) in totals), None)
    if latest is None:
        return {"action_edition": None}
    rows = PublicAction.objects.filter(edition=latest, dimension=number, participation__presence__standing="certified")
    rows = rows.select_related("government").order_by("government_id", "order")
    return {
        "action_edition": latest,
        "action_states": [line for line in actions.in_words(totals[latest.pk, number]) if line[3]],
        "action_rows": [actions.action_facts(row) for row in rows[:SHOWN]],
    }
