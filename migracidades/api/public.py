"""The public read API: published data only, in pages, with the filters each list names."""

from typing import Literal

from django.db.models import Q
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.utils import timezone
from ninja import Query, Router
from pydantic import Field

from certification.figures.models import PublicAction
from certification.monitoring.models import ProgressStatus
from certification.seal.domain import Verdict
from certification.seal.models import Seal
from core.routes import LARGEST_ID
from dimensions import catalogue
from dimensions.models import Questionnaire
from events.models import Event, EventType
from governments.models import Government, GovernmentKind
from migracidades.public import certified
from migracidades.public.government import dimension_results, public_rail, published_participations
from practices.models import Practice

from . import shapes, telling
from .paging import Page, Paging, page_of
from .refusals import PUBLIC_REFUSALS as REFUSALS

router = Router(tags=["public"])
DIGITS = 9

KINDS = Literal[tuple(GovernmentKind.values)]
REGIONS = Literal["Norte", "Nordeste", "Centro-Oeste", "Sudeste", "Sul"]
TYPES = Literal[tuple(EventType.values)]
STATES = Literal[Verdict.VALID, Verdict.EXPIRED, Verdict.REVOKED, Verdict.REPLACED]
ACTION_STATES = Literal[tuple(ProgressStatus.values)]


class Place(Paging):
    uf: str | None = Field(None, pattern="^[A-Za-z]{2}$", description="State, two letters")
    region: REGIONS | None = Field(None, description="Region of Brazil")
    kind: KINDS | None = Field(None, description="Kind of government")

    def of_government(self, path=""):
        """The filters as conditions on a government reached by `path`."""
        given = {"uf": self.uf and self.uf.upper(), "region": self.region, "kind": self.kind}
        return Q(**{f"{path}{name}": value for name, value in given.items() if value})


class GovernmentFilters(Place):
    q: str | None = Field(None, max_length=100, description="Words of name, UF or code, without regard to accents")
    edition: int | None = Field(None, ge=1900, le=9999, description="Only those with a seal of this edition")
    certified: bool | None = Field(None, description="Only those with a seal, or only those without")


class SealFilters(Place):
    edition: int | None = Field(None, ge=1900, le=9999, description="Year of the edition")
    government: str | None = Field(None, max_length=7, description="IBGE code")
    state: STATES | None = Field(None, description="How it stands now")


class ActionFilters(Place):
    edition: int | None = Field(None, ge=1900, le=9999, description="Year of the edition")
    government: str | None = Field(None, max_length=7, description="IBGE code")
    dimension: int | None = Field(None, ge=1, le=99, description="Number of the dimension")
    state: ACTION_STATES | None = Field(None, description="How far it is")


class PracticeFilters(Paging):
    q: str | None = Field(None, max_length=100, description="Words of the sheet, without regard to accents")
    dimension: int | None = Field(None, ge=1, le=99, description="Number of the dimension")
    government: str | None = Field(None, max_length=7, description="IBGE code of the owner")


class EventFilters(Paging):
    type: TYPES | None = Field(None, description="Type of event")
    year: int | None = Field(None, ge=1900, le=9999, description="Year of the first day")
    upcoming: bool | None = Field(None, description="Only those not over yet, or only past ones")


def listed(path, item, summary):
    return router.get(path, response={200: Page[item], **REFUSALS}, by_alias=True, summary=summary)


def single(path, item, summary):
    return router.get(path, response={200: item, **REFUSALS}, by_alias=True, summary=summary)


@listed("/editions", shapes.Edition, "Editions, latest first")
def editions(request, paging: Query[Paging]):
    at, numbers = request.arrived_at, certified.counts_by_year(request.arrived_at)
    return page_of(request, _editions(), paging, lambda row: telling.edition(row, numbers, at))


@single("/editions/{int:year}", shapes.Edition, "One edition")
def edition(request, year: int):
    row = get_object_or_404(_editions(), year=_known(year))
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
    return Seal.objects.public(at).select_related(
        "participation__government", "participation__edition", "revocation", "replacement", "replaced_by"
    )


def _in_state(state, at):
    """The condition that `verdict` computes row by row."""
    revoked = Q(revoked_at__isnull=False, revoked_at__lte=at)
    replaced = Q(replaced_at__isnull=False, replaced_at__lte=at)
    expired = Q(valid_until__isnull=False, valid_until__lt=timezone.localdate(at))
    return {
        Verdict.REVOKED: revoked,
        Verdict.REPLACED: ~revoked & replaced,
        Verdict.EXPIRED: ~revoked & ~replaced & expired,
        Verdict.VALID: ~revoked & ~replaced & ~expired,
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


@listed("/questionnaires", shapes.Questionnaire, "Questionnaires: each published version")
def questionnaires(request, paging: Query[Paging]):
    rows = Questionnaire.objects.filter(published_at__isnull=False).order_by("slug", "-version")
    return page_of(request, rows, paging, lambda row: telling.questionnaire(catalogue.of(row.pk)))


@single("/questionnaires/{str:identifier}", shapes.QuestionnaireWhole, "One version with its dimensions and questions")
def questionnaire(request, identifier: str):
    slug, _dash, version = identifier.rpartition("-")
    rows = Questionnaire.objects.filter(published_at__isnull=False)
    number = int(version) if version.isascii() and version.isdigit() and len(version) < DIGITS else 0
    return telling.questionnaire_whole(catalogue.of(get_object_or_404(rows, slug=slug, version=number).pk))


@listed("/actions", shapes.Action, "Priority actions of validated plans, with how far they went")
def actions(request, filters: Query[ActionFilters]):
    rows = _actions(request.arrived_at).filter(filters.of_government())
    given = {"edition__year": filters.edition, "government__ibge_code": filters.government}
    given |= {"dimension": filters.dimension, "state": filters.state}
    rows = rows.filter(**{name: value for name, value in given.items() if value})
    return page_of(
        request,
        rows.order_by("-edition__year", "government__search", "participation", "order"),
        filters,
        telling.action,
    )


@single("/actions/{int:pk}", shapes.ActionWhole, "One action, in each plan that holds it")
def action(request, pk: int):
    rows = list(_actions(request.arrived_at).filter(action=_known(pk)).order_by("-edition__year"))
    if not rows:
        raise Http404
    return telling.action_whole(rows)


def _actions(at):
    return PublicAction.objects.filter(edition__published_at__lte=at).select_related("government", "edition")


def _known(pk):
    """A number that a column can hold; any other names nothing."""
    if pk > LARGEST_ID:
        raise Http404
    return pk


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
    return telling.practice_whole(get_object_or_404(rows, pk=_known(pk)))


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
    row = get_object_or_404(rows, pk=_known(pk))
    told = Practice.objects.public(request.arrived_at).filter(key__in=row.practice_keys)
    return telling.event_whole(row, set(told.values_list("key", flat=True)))
