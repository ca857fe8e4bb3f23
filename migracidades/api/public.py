"""The public read API: published data only, in pages, with the filters each list names."""

from typing import Literal

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router, Schema
from pydantic import Field

from certification.seal.domain import Verdict
from certification.seal.models import Seal
from dimensions import catalogue
from events.models import Event, EventType
from governments.models import Government, GovernmentKind
from migracidades.public import certified
from migracidades.public.government import dimension_results, public_rail, published_participations
from practices.models import Practice

from . import shapes, telling
from .paging import Page, Paging, page_of

router = Router(tags=["public"])

KINDS = Literal[tuple(GovernmentKind.values)]
TYPES = Literal[tuple(EventType.values)]
STATES = Literal[Verdict.VALID, Verdict.EXPIRED, Verdict.REVOKED]


class Place(Paging):
    uf: str | None = Field(None, pattern="^[A-Za-z]{2}$")
    region: str | None = Field(None, max_length=20)
    kind: KINDS | None = None

    def of_government(self, path=""):
        """The filters as conditions on a government reached by `path`."""
        given = {"uf": self.uf and self.uf.upper(), "region": self.region, "kind": self.kind}
        return Q(**{f"{path}{name}": value for name, value in given.items() if value})


class GovernmentFilters(Place):
    q: str | None = Field(None, max_length=100, description="Words of name, UF or code, without regard to accents")
    edition: int | None = Field(None, description="Only those with a seal of this edition")
    certified: bool | None = Field(None, description="Only those with a seal, or only those without")


class SealFilters(Place):
    edition: int | None = None
    government: str | None = Field(None, max_length=7, description="IBGE code")
    state: STATES | None = None


class PracticeFilters(Paging):
    q: str | None = Field(None, max_length=100)
    dimension: int | None = Field(None, ge=1, le=99)
    government: str | None = Field(None, max_length=7, description="IBGE code of the owner")


class EventFilters(Paging):
    type: TYPES | None = None
    year: int | None = Field(None, ge=1900, le=9999)
    upcoming: bool | None = None


class Problem(Schema):
    """application/problem+json"""

    status: int
    code: str
    detail: str
    request_id: str


def listed(path, item, summary):
    return router.get(path, response={200: Page[item], 404: Problem, 422: Problem}, by_alias=True, summary=summary)


def single(path, item, summary):
    return router.get(path, response={200: item, 404: Problem, 422: Problem}, by_alias=True, summary=summary)


@listed("/editions", shapes.Edition, "Editions, latest first")
def editions(request, paging: Query[Paging]):
    at, numbers = request.arrived_at, certified.counts_by_year(request.arrived_at)
    return page_of(request, _editions(), paging, lambda row: telling.edition(row, numbers, at))


@single("/editions/{int:year}", shapes.Edition, "One edition")
def edition(request, year: int):
    row = get_object_or_404(_editions(), year=year)
    return telling.edition(row, certified.counts_by_year(request.arrived_at), request.arrived_at)


def _editions():
    rows = certified.editions().select_related("programme", "questionnaire")
    return rows.prefetch_related("windows", "extensions__government")


@listed("/governments", shapes.Government, "Governments by name, each with its public seals")
def governments(request, filters: Query[GovernmentFilters]):
    at = request.arrived_at
    rows = Government.objects.search(filters.q or "").filter(filters.of_government()).order_by("search")
    if filters.certified or filters.edition:
        rows = certified.certified(rows, at, filters.edition)
    elif filters.certified is False:
        rows = rows.exclude(pk__in=certified.certified(Government.objects.order_by(), at).values("pk"))
    return page_of(request, certified.with_seals(rows, at), filters, lambda row: telling.government(row, at))


@single("/governments/{ibge_code}", shapes.GovernmentWhole, "One government with its published participations")
def government(request, ibge_code: str):
    at = request.arrived_at
    row = get_object_or_404(certified.with_seals(Government.objects.all(), at), ibge_code=ibge_code)
    participations = published_participations(row, at)
    return {
        **telling.government(row, at),
        "participations": [_participation(each, at) for each in participations],
        "dimension_results": _results(participations),
    }


def _participation(row, at):
    steps = [{"step": step["kind"], "state": step["state"]} for step in public_rail(row, at)]
    return {"edition": row.edition.year, "steps": steps}


def _results(participations):
    return [
        {
            "edition": int(year),
            "dimension": dimension["number"],
            **{name: getattr(result, name) for name in ("exists", "partly", "not_yet", "not_applicable")},
        }
        for dimension in dimension_results(participations)
        for year, result in dimension["rows"]
    ]


@listed("/seals", shapes.Seal, "Public seals, revoked ones with their state")
def seals(request, filters: Query[SealFilters]):
    at = request.arrived_at
    rows = _seals(at).filter(filters.of_government("participation__government__"))
    if filters.edition:
        rows = rows.filter(participation__edition__year=filters.edition)
    if filters.government:
        rows = rows.filter(participation__government__ibge_code=filters.government)
    if filters.state:
        rows = rows.filter(_in_state(filters.state, at))
    return page_of(request, rows.order_by("-awarded_at", "code"), filters, lambda row: telling.seal(row, at))


@single("/seals/{code}", shapes.Seal, "One seal by its code")
def seal(request, code: str):
    return telling.seal(get_object_or_404(_seals(request.arrived_at), code=code.upper()), request.arrived_at)


def _seals(at):
    return Seal.objects.public(at).select_related("participation__government", "participation__edition", "revocation")


def _in_state(state, at):
    """The condition that `verdict` computes row by row."""
    revoked = Q(revoked_at__lte=at)
    expired = Q(valid_until__lt=timezone.localdate(at))
    return {
        Verdict.REVOKED: revoked,
        Verdict.EXPIRED: ~revoked & expired,
        Verdict.VALID: ~revoked & ~expired,
    }[state]


@listed("/dimensions", shapes.Dimension, "Dimensions of the questionnaire in force")
def dimensions(request, paging: Query[Paging]):
    questionnaire = catalogue.latest()
    return page_of(request, questionnaire.dimensions if questionnaire else (), paging, telling.dimension)


@single("/dimensions/{int:number}", shapes.DimensionWhole, "One dimension with its questions")
def dimension(request, number: int):
    questionnaire = catalogue.latest()
    rows = {row.number: row for row in questionnaire.dimensions} if questionnaire else {}
    if number not in rows:
        raise Http404
    return {
        **telling.dimension(rows[number]),
        "questionnaire": f"{questionnaire.slug}-{questionnaire.version}",
        "indicators": [telling.indicator(row) for row in rows[number].indicators],
    }


@listed("/practices", shapes.Practice, "Good practices, latest first")
def practices(request, filters: Query[PracticeFilters]):
    rows = Practice.objects.public(request.arrived_at).search(filters.q or "")
    if filters.dimension:
        rows = rows.about(filters.dimension)
    if filters.government:
        rows = rows.filter(owner__government__ibge_code=filters.government)
    return page_of(request, rows.with_owner().prefetch_related("topics"), filters, telling.practice)


@single("/practices/{int:pk}", shapes.PracticeWhole, "One good practice")
def practice(request, pk: int):
    rows = Practice.objects.public(request.arrived_at).with_owner()
    return telling.practice_whole(get_object_or_404(rows, pk=pk))


@listed("/events", shapes.Event, "Events, latest first")
def events(request, filters: Query[EventFilters]):
    today, rows = timezone.localdate(request.arrived_at), Event.objects.public(request.arrived_at)
    if filters.upcoming is not None:
        rows = rows.upcoming(today) if filters.upcoming else rows.past(today)
    if filters.type:
        rows = rows.filter(type=filters.type)
    if filters.year:
        rows = rows.filter(starts_on__year=filters.year)
    return page_of(request, rows.prefetch_related("attendances"), filters, telling.event)


@single("/events/{int:pk}", shapes.EventWhole, "One event")
def event(request, pk: int):
    rows = Event.objects.public(request.arrived_at).prefetch_related("attendances", "sessions__attendance")
    row = get_object_or_404(rows, pk=pk)
    told = Practice.objects.public(request.arrived_at).filter(key__in=row.practice_keys)
    return telling.event_whole(row, set(told.values_list("key", flat=True)))
