"""A government's page: every edition it went through, as far as it was published."""

from collections import defaultdict

from django.db.models import Max
from django.shortcuts import get_object_or_404, render
from django.utils.translation import gettext as _

from certification import cycle
from certification.diagnosis.models import DimensionResult
from certification.models import Kind, Participation, State
from certification.reports.models import Report
from certification.seal.domain import Verdict, verdict
from certification.seal.meaning import one_sentence
from core.dates import day_text
from dimensions import catalogue
from governments.models import Government
from practices.models import Practice

from . import certified
from .actions import priority_actions
from .views import open_call


def government(request, ibge_code):
    at = request.arrived_at
    found = get_object_or_404(Government.objects.select_related("body"), ibge_code=ibge_code)
    participations = published_participations(found, at)
    return render(
        request,
        "public/government.html",
        {
            "government": found,
            "name": certified.placed(found),
            "editions": [_edition(each, at) for each in participations],
            "seals": [_seal(each.seal, at) for each in participations if hasattr(each, "seal")],
            "dimensions": dimension_results(participations),
            "actions": priority_actions(participations, at),
            "reports": Report.objects.public(at)
            .filter(participation__government=found)
            .select_related("participation__edition"),
            "practices": Practice.objects.public(at).filter(owner=found.body).prefetch_related("topics"),
            "call": None if participations else open_call(at),
        },
    )


def published_participations(government, at):
    """Participations in published editions, latest first: those that were neither declined nor withdrawn."""
    return list(
        Participation.objects.under_way()
        .filter(government=government, edition__published_at__lte=at)
        .select_related("edition", "seal__revocation", "government")
        .prefetch_related("steps", "edition__windows", "edition__extensions")
        .order_by("-edition__year")
    )


def _edition(participation, at):
    return {"edition": participation.edition, "steps": public_rail(participation, at)}


def public_rail(participation, at):
    """The five steps with state and date; who acted is the team's business."""
    order = list(Kind)
    steps = sorted(participation.steps.all(), key=lambda step: order.index(step.kind))
    return [_step(participation, step, cycle.reading(participation, step, at)) for step in steps]


def _step(participation, step, read):
    earlier = step.kind == Kind.MONITORING and participation.edition.from_before_portal
    return {
        "kind": step.kind,
        "label": Kind(step.kind).label,
        # What was monitored before the portal is not known here: neither open nor missed.
        "state": "not_open" if earlier else {cycle.NOT_YET: "not_open", cycle.AWAITING: "open"}.get(read, read),
        "state_label": _("sem registro no portal") if earlier else cycle.READINGS[read],
        "date": day_text(step.approved_at) if read == State.APPROVED and not step.earlier_source else "",
    }


def _seal(seal, at):
    word = verdict(seal, at)
    return {
        "seal": seal,
        "year": str(seal.participation.edition.year),
        "verdict": word,
        "word": Verdict.WORDS[word],
        "meaning": one_sentence(seal.participation.edition.year),
    }


def dimension_results(participations):
    """For each dimension, what existed in each published edition: [{number, name, rows: [(year, result)]}]. Empty when nothing was published."""
    results = defaultdict(list)
    years = {each.pk: each.edition.year for each in participations}
    for result in _last_results(participations):
        results[result.dimension].append((str(years[result.participation_id]), result))
    questionnaire = catalogue.latest() if results else None
    return [
        {"number": number, "name": questionnaire.dimension(number).name, "rows": sorted(rows, key=lambda row: row[0])}
        for number, rows in sorted(results.items())
    ]


def _last_results(participations):
    """Results of the last submission of each participation that came to a seal: like its reports, they are nobody's business before."""
    validated = [
        each.pk
        for each in participations
        if hasattr(each, "seal") and each.step(Kind.DIAGNOSIS).state == State.APPROVED
    ]
    rows = DimensionResult.objects.filter(participation__in=validated)
    last = dict(rows.order_by().values_list("participation").annotate(number=Max("snapshot__number")))
    return [row for row in rows.select_related("snapshot") if row.snapshot.number == last[row.participation_id]]
