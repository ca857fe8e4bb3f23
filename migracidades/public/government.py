"""A government's page: every edition it went through, as far as it was published."""

from collections import defaultdict

from django.db.models import F
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from certification import cycle
from certification.diagnosis.models import DimensionResult
from certification.figures.models import Presence, Record, Standing
from certification.models import Kind, Participation, State
from certification.reports.domain import is_withdrawn
from certification.reports.models import Report
from certification.seal.domain import Verdict, verdict
from certification.seal.meaning import one_sentence
from core.charts import DIMENSION_COLOURS
from core.dates import day_text
from core.series import COUNTED, legend, stacked_rows
from dimensions import catalogue
from events.models import Event
from governments.models import Government
from practices.models import Practice

from . import certified
from .actions import actions_of
from .front import open_call
from .linked_data import government_ld

NEARBY = 6
EVENTS = 12
# In IBGE's Divisão Territorial Brasileira Brasília is the one municipality of unit 53. It has no mayor: who takes part is the Federal District.
BRASILIA, FEDERAL_DISTRICT = "5300108", "53"


def government(request, ibge_code):
    if ibge_code == BRASILIA:
        return redirect("government", FEDERAL_DISTRICT, permanent=True)
    at = request.arrived_at
    found = get_object_or_404(Government.objects.select_related("body", "record"), ibge_code=ibge_code)
    presences = list(presences_of(found, at))
    seals = [_seal(each, at) for each in presences if each.seal_code and getattr(each.participation, "seal", None)]
    editions = {each.edition_id: each.edition for each in presences}
    return render(
        request,
        "public/government.html",
        {
            "government": found,
            "name": certified.placed(found),
            "presences": presences,
            "seals": seals,
            "latest": _latest(presences, at),
            "dimensions": charts(
                results_of({each.participation_id: each.edition.year for each in presences if each.seal_code})
            ),
            "legend": legend(),
            "actions": actions_of(found, editions),
            "reports": reports_of(found, at),
            "practices": Practice.objects.public(at).filter(owner=found.body).prefetch_related("topics"),
            "events": events_of(found, at),
            "unit": getattr(found, "record", None),
            "nearby": [] if presences else nearby(found),
            "call": None if presences else open_call(at),
            "json_ld": government_ld(found, seals),
        },
    )


def presences_of(government, at):
    """In published editions, latest first."""
    rows = Presence.objects.filter(government=government, edition__published_at__lte=at)
    return rows.select_related("edition", "participation__seal__revocation").order_by("-edition__year")


def published_participations(government, at):
    """Participations in published editions whose enrolment was accepted, latest first, with all that `public_rail` asks for."""
    return list(
        Participation.objects.filter(presence__isnull=False, government=government, edition__published_at__lte=at)
        .select_related("edition", "seal__revocation", "government", "presence")
        .prefetch_related("steps", "edition__windows", "edition__extensions")
        .order_by("-edition__year")
    )


def _latest(presences, at):
    """The rail of the last edition it took part in: of one from before the portal, the steps are not known."""
    newest = next((each for each in presences if not each.edition.from_before_portal), None)
    if newest is None:
        return None
    participation = Participation.objects.with_cycle().get(pk=newest.participation_id)
    return {"edition": newest.edition, "steps": public_rail(participation, at)}


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


def _seal(presence, at):
    seal = presence.participation.seal
    word = verdict(seal, at)
    return {
        "seal": seal,
        "year": str(presence.edition.year),
        "verdict": word,
        "word": Verdict.WORDS[word],
        "meaning": one_sentence(presence.edition.year),
    }


# What exists.


def dimension_results(participations):
    """For each dimension, what existed in each published edition: [{number, name, rows: [(year, result)]}]. Empty when nothing was published."""
    return results_of({each.pk: each.edition.year for each in participations if each.presence.seal_code})


def results_of(years):
    """The same for {participation that came to a seal: year}: like its reports, results are nobody's business before."""
    last = {}
    rows = DimensionResult.objects.filter(participation__in=years, participation__presence__diagnosed=True)
    for row in rows.annotate(submission=F("snapshot__number")).order_by("submission", "dimension"):
        last[row.dimension, row.participation_id] = row
    found = defaultdict(list)
    for (number, participation), row in sorted(last.items(), key=lambda item: (item[0][0], years[item[0][1]])):
        found[number].append((str(years[participation]), row))
    questionnaire = catalogue.latest() if found else None
    names = {row.number: row.name for row in questionnaire.dimensions} if questionnaire else {}
    return [{"number": number, "name": names.get(number, ""), "rows": rows} for number, rows in found.items()]


def charts(dimensions):
    """Each dimension with its drawing: one bar an edition."""
    for dimension in dimensions:
        rows = tuple((year, tuple(getattr(row, name) for name in COUNTED)) for year, row in dimension["rows"])
        title = _("O que existe na dimensão %(number)s, por edição") % {"number": dimension["number"]}
        dimension["chart"] = stacked_rows(rows, title, DIMENSION_COLOURS.get(dimension["number"]))
    return dimensions


# What stands around it.


def reports_of(government, at):
    """Published reports, latest edition first; the certificate of a revoked seal is handed out no more."""
    rows = Report.objects.public(at).filter(participation__government=government)
    rows = rows.select_related("participation__edition", "participation__seal", "file")
    return [row for row in rows.order_by("-participation__edition__year", "kind", "language") if not is_withdrawn(row)]


def events_of(government, at):
    """Public events it organised, spoke at, or sent people to."""
    events = Event.objects.public(at)
    organised = events.filter(organisers=government.body_id).order_by().values("pk")
    spoke = events.filter(speakers__home=government.body_id).order_by().values("pk")
    came = events.filter(registrations__government=government, registrations__presences__isnull=False).order_by()
    return events.filter(pk__in=organised.union(spoke, came.values("pk")).values("pk"))[:EVENTS]


def nearby(government):
    """Governments of the same state with a seal: whom to ask how it is."""
    rows = Record.objects.filter(uf=government.uf, standing=Standing.CERTIFIED).select_related("government")
    return [row.government for row in rows.order_by("search")[:NEARBY]]
