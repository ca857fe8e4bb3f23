"""Whom to talk to about a practice: governments near the one that did it, and practices near this one. Always with the reasons in words; nobody is
put in order by a figure.

Everything is read from what was published: seals of the last published edition, their counts by dimension, their frozen context sheets, uses.
"""

import json
from collections import defaultdict
from dataclasses import dataclass, field

from django.db.models import Case, Count, IntegerField, Q, Value, When
from django.db.models.fields.json import KT
from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from certification.diagnosis.models import DimensionResult
from certification.models import Kind, Participation, Snapshot
from certification.seal.models import Seal
from core.numbers import grouped
from governments.models import Government

from .models import AdoptionState, Practice

SHOWN = 6
# Of the whole country, those looked at closer; of these, those whose population is read.
NEAREST, CLOSER = 40, 12
# Populations of one size: neither twice nor half the other.
ONE_SIZE = 2


@dataclass
class Near:
    """A government with the reasons why it is shown."""

    government: Government
    participation: Participation | None = None
    reasons: list = field(default_factory=list)


def governments_near(practice, uses, at):
    """[Near]: who uses the practice first, then governments like the owner that work on its dimensions. uses: its standing adoptions."""
    owner = _government_of(practice.owner)
    found = {row.government.pk: row for row in _users(uses)}
    dimensions = practice.dimensions
    participations = _participations(owner, practice.owner_id, at)
    results = _results(participations, dimensions)
    own = next((row for row in participations if owner and row.government_id == owner.pk), None)
    for row in participations:
        if row is not own:
            near = found.setdefault(row.government_id, Near(row.government))
            near.participation = row
    for near in found.values():
        near.reasons += [*_place(near, owner), *_work(near, own, results, dimensions)]
    closer = sorted(found.values(), key=_by_reasons)[:CLOSER]
    _add_population(closer, own)
    return sorted((near for near in closer if near.reasons), key=_by_reasons)[:SHOWN]


def _government_of(body):
    return body.government if body.kind == body.Kind.GOVERNMENT else None


def _by_reasons(near):
    return -len(near.reasons), near.government.search


def _users(uses):
    said = {
        AdoptionState.INTERESTED: _("Quer usar esta prática"),
        AdoptionState.ADAPTING: _("Está adaptando esta prática"),
        AdoptionState.IN_USE: _("Usa esta prática"),
    }
    for adoption in uses:
        government = _government_of(adoption.adopter)
        if government and adoption.state in said:
            yield Near(government, reasons=[said[adoption.state]])


def _participations(owner, body_pk, at):
    """Certified in the last published edition: the owner, then governments of its kind, those of its state and region first."""
    seals = Seal.objects.standing(at).order_by("-participation__edition__year")
    last = list(seals.values_list("participation__edition", flat=True)[:1])
    held = Participation.objects.filter(edition__in=last, pk__in=seals.order_by().values("participation"))
    if owner:
        held = held.filter(government__kind=owner.kind)
    near = Case(
        When(government=body_pk, then=Value(0)),
        When(government__uf=owner.uf if owner else "", then=Value(1)),
        When(government__region=owner.region if owner else "", then=Value(2)),
        default=Value(3),
        output_field=IntegerField(),
    )
    return list(held.select_related("government", "edition").order_by(near, "government__search")[:NEAREST])


def _results(participations, dimensions):
    """{participation: {dimension: last DimensionResult}}"""
    rows = DimensionResult.objects.filter(participation__in=participations, dimension__in=dimensions)
    found = defaultdict(dict)
    for row in rows.order_by("snapshot__number"):
        found[row.participation_id][row.dimension] = row
    return found


def _place(near, owner):
    if owner is None:
        return []
    if near.government.uf == owner.uf:
        return [_("No mesmo estado (%(uf)s)") % {"uf": owner.uf}]
    if near.government.region == owner.region:
        return [_("Na mesma região (%(region)s)") % {"region": owner.region}]
    return []


def _work(near, own, results, dimensions):
    """What its diagnosis says of the practice's dimensions: a gap the owner knows too, or what already exists."""
    if near.participation is None:
        return []
    theirs = results.get(near.participation.pk, {})
    ours = results.get(own.pk, {}) if own else {}
    gaps = [n for n in dimensions if _has_gap(theirs.get(n)) and _has_gap(ours.get(n))]
    if gaps:
        return [_("Com lacunas na mesma dimensão: %(numbers)s") % {"numbers": _listed(gaps)}]
    there = [n for n in dimensions if theirs.get(n) and theirs[n].exists]
    return [_("Já trabalha na dimensão %(numbers)s") % {"numbers": _listed(there)}] if there else []


def _has_gap(result):
    return result is not None and (result.not_yet or result.partly)


def _listed(numbers):
    return get_text_list([str(number) for number in numbers], _("e"))


def _add_population(rows, own):
    """Of the closest few, whose frozen context sheet tells a population of the owner's size."""
    if own is None:
        return
    told = _populations([own, *(near.participation for near in rows if near.participation)])
    ours = told.get(own.pk)
    for near in rows:
        theirs = told.get(near.participation.pk) if near.participation else None
        if ours and theirs and ours <= theirs * ONE_SIZE and theirs <= ours * ONE_SIZE:
            people = grouped(theirs)
            near.reasons.append(_("População próxima: %(people)s habitantes") % {"people": people})


def _populations(participations):
    """{participation: population} as frozen with the last diagnosis."""
    sheets = Snapshot.objects.filter(participation__in=participations, kind=Kind.DIAGNOSIS).order_by("number")
    rows = sheets.annotate(told=KT("content__context")).values_list("participation", "told")
    return {key: number for key, told in rows if (number := _population_in(told))}


def _population_in(told):
    for entry in json.loads(told) if told else []:
        if entry["code"] == "population" and isinstance(entry.get("value"), int | float):
            return int(entry["value"])
    return None


def practices_near(practice, at):
    """[(Practice, reason)]: others about the same dimensions."""
    dimensions = practice.dimensions
    if not dimensions:
        return []
    shared = Count("topics", filter=Q(topics__dimension__in=dimensions), distinct=True)
    others = Practice.objects.public(at).exclude(pk=practice.pk).filter(topics__dimension__in=dimensions)
    others = others.annotate(shared=shared).order_by("-shared", "-published_at", "-pk")
    return [(each, _reason(each, dimensions)) for each in others.with_owner().prefetch_related("topics")[:3]]


def _reason(other, dimensions):
    same = [number for number in other.dimensions if number in dimensions]
    return _("Também trata da dimensão %(numbers)s") % {"numbers": _listed(same)}
