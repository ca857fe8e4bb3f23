"""Adding up what the pages show out of the prepared tables: few small queries, whatever the size of the programme."""

from django.db.models import F, Q, Sum
from django.db.models.functions import Coalesce

from .diagnoses import COUNTED
from .lineage import Comparison, traces
from .models import ActionCount, DimensionCount, DirectoryCount, EditionCount, IndicatorCount, Standing

ENROLMENT = ("enrolled", "diagnosed", "planned", "certified", "revoked", "monitored")


def within(region="", kind="", uf=""):
    """The filters that were given, as a condition on a table of counts."""
    given = {"region": region, "kind": kind, "uf": uf}
    return Q(**{name: value for name, value in given.items() if value})


def enrolments(editions, place=None):
    """[{edition, enrolled, ..., again}] earliest first. Where something is not known, None stands in its place: of an edition from before the
    portal all but the awards; of the last one, who came again."""
    rows = EditionCount.objects.filter(place or Q(), edition__in=editions).order_by().values("edition")
    sums = {row["edition"]: row for row in rows.annotate(**{f"n_{name}": Sum(name) for name in (*ENROLMENT, "again")})}
    return [_enrolment(each, sums.get(each.pk)) for each in sorted(editions, key=lambda each: each.year)]


def _enrolment(edition, row):
    row = row or {}
    known = ("certified", "revoked") if edition.from_before_portal else ENROLMENT
    numbers = {name: row.get(f"n_{name}") for name in ENROLMENT} | {name: row.get(f"n_{name}") or 0 for name in known}
    return {"edition": edition, **numbers, "again": row.get("n_again")}


def by(field, edition):
    """{value: {enrolled, certified, ...}} of one edition by region, uf or kind."""
    rows = EditionCount.objects.filter(edition=edition).order_by().values(field)
    rows = rows.annotate(**{f"n_{name}": Sum(name) for name in ENROLMENT})
    return {row[field]: {name: row[f"n_{name}"] for name in ENROLMENT} for row in rows}


# Of a line of EditionCount: how many came so far, by the word of the directory. Of editions from before the portal only seals are known.
_SEALED = F("certified") + F("revoked")
BY_STANDING = {
    "": Coalesce(F("enrolled"), _SEALED),
    Standing.CERTIFIED: F("certified"),
    Standing.REVOKED: F("revoked"),
    Standing.WITHOUT_SEAL: Coalesce(F("enrolled") - _SEALED, 0),
}


def governments_by_uf(year=None, standing="", place=None):
    """{uf: how many governments} of an edition, or of all that ever took part."""
    if year:
        there = EditionCount.objects.filter(place or Q(), edition__year=year).order_by()
        return _without_zeros(there.values_list("uf").annotate(n=Sum(BY_STANDING[standing])))
    lines = DirectoryCount.objects.filter(place or Q(), **({"standing": standing} if standing else {})).order_by()
    return _without_zeros(lines.values_list("uf").annotate(n=Sum("number")))


def _without_zeros(rows):
    return {uf: number for uf, number in rows if number}


def dimension_totals(edition, place=None):
    """{dimension: {governments, exists, ...}} of one edition."""
    return {row.pop("dimension"): row for row in _status_sums(DimensionCount, "dimension", place, edition=edition)}


def dimension_over_editions(number, editions):
    """{edition: {governments, exists, ...}} of one dimension."""
    rows = _status_sums(DimensionCount, "edition", None, edition__in=editions, dimension=number)
    return {row.pop("edition"): row for row in rows}


def indicator_totals(edition, dimension, place=None):
    """{code: {exists, ...}} of the questions of one dimension in one edition."""
    rows = _status_sums(IndicatorCount, "code", place, edition=edition, dimension=dimension)
    return {row.pop("code"): row for row in rows}


def indicator_over_editions(code, questionnaire_id, editions):
    """[(edition, comparison, counts or None)] of one question, earliest first, following how it was asked in each edition."""
    asked = traces(questionnaire_id, code)
    wanted = {each.pk: asked.get(each.questionnaire_id) for each in editions}
    codes = {trace.code for trace in wanted.values() if trace and trace.code}
    rows = IndicatorCount.objects.filter(edition__in=editions, code__in=codes).order_by()
    sums = rows.values_list("edition", "code").annotate(**{f"n_{name}": Sum(name) for name in COUNTED})
    counts = {(edition, code): dict(zip(COUNTED, numbers, strict=True)) for edition, code, *numbers in sums}
    return [_told(each, wanted[each.pk], counts) for each in sorted(editions, key=lambda each: each.year)]


def _told(edition, trace, counts):
    if trace is None:
        return edition, Comparison.NO_DATA, None
    if not trace.code:
        return edition, trace.comparison, None
    found = counts.get((edition.pk, trace.code))
    return edition, Comparison.SAME if found else Comparison.NO_DATA, found


def action_totals(editions, place=None, dimension=None):
    """{(edition, dimension): {state: number}}"""
    rows = ActionCount.objects.filter(place or Q(), edition__in=editions)
    if dimension:
        rows = rows.filter(dimension=dimension)
    found = {}
    for row in rows.order_by().values("edition", "dimension", "state").annotate(n=Sum("number")):
        found.setdefault((row["edition"], row["dimension"]), {})[row["state"]] = row["n"]
    return found


def _status_sums(model, group, place, **where):
    rows = model.objects.filter(place or Q(), **where).order_by().values(group)
    names = ("governments", *COUNTED) if model is DimensionCount else COUNTED
    rows = rows.annotate(**{f"n_{name}": Sum(name) for name in names})
    return [{group: row[group], **{name: row[f"n_{name}"] for name in names}} for row in rows]
