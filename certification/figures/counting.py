"""Adding up: each table of counts of an edition is made again from the rows below it."""

from collections import Counter, defaultdict

from django.db.models import Count, Max, OuterRef, Q, Subquery, Sum

from certification.diagnosis.models import DimensionResult

from .diagnoses import COUNTED
from .models import (
    ActionCount,
    DimensionCount,
    EditionCount,
    FrozenStatuses,
    IndicatorCount,
    Presence,
    PublicAction,
    Standing,
)

CERTIFIED = Q(standing=Standing.CERTIFIED)


def count_enrolments(edition):
    rows = Presence.objects.filter(edition=edition).order_by().values("uf", "region", "kind")
    counted = rows.annotate(
        enrolled=Count("pk"),
        certified=Count("pk", filter=CERTIFIED),
        revoked=Count("pk", filter=Q(standing=Standing.REVOKED)),
        known=Count("again", filter=CERTIFIED),
        # Named apart from the columns they count.
        **{f"n_{name}": Count("pk", filter=Q(**{name: True})) for name in ("diagnosed", "planned", "monitored")},
        n_again=Count("pk", filter=CERTIFIED & Q(again=True)),
    )
    _replace(EditionCount, edition, (_edition_count(edition, row) for row in counted))


def _edition_count(edition, row):
    reached = {
        "enrolled": row["enrolled"],
        **{name: row[f"n_{name}"] for name in ("diagnosed", "planned", "monitored")},
    }
    return EditionCount(
        edition=edition,
        **{name: row[name] for name in ("uf", "region", "kind", "certified", "revoked")},
        **({} if edition.from_before_portal else reached),
        again=row["n_again"] if row["known"] else None,
    )


def count_dimensions(edition):
    """From the counts of the last submission of each certified government."""
    own = DimensionResult.objects.filter(participation=OuterRef("participation")).order_by().values("participation")
    last = own.annotate(number=Max("snapshot__number")).values("number")
    rows = DimensionResult.objects.filter(
        participation__presence__edition=edition,
        participation__presence__standing=Standing.CERTIFIED,
        participation__presence__diagnosed=True,
        snapshot__number=Subquery(last),
    )
    place = {"region": "participation__presence__region", "kind": "participation__presence__kind"}
    counted = rows.order_by().values("dimension", *place.values())
    counted = counted.annotate(governments=Count("pk"), **{f"n_{name}": Sum(name) for name in COUNTED})
    _replace(
        DimensionCount,
        edition,
        (
            DimensionCount(
                edition=edition,
                dimension=row["dimension"],
                governments=row["governments"],
                **{name: row[path] for name, path in place.items()},
                **{name: row[f"n_{name}"] for name in COUNTED},
            )
            for row in counted
        ),
    )


def count_indicators(edition):
    rows = FrozenStatuses.objects.filter(
        participation__presence__edition=edition, participation__presence__standing=Standing.CERTIFIED
    )
    counts = defaultdict(Counter)
    for region, kind, statuses in rows.values_list(
        "participation__presence__region", "participation__presence__kind", "statuses"
    ).iterator():
        for code, status in statuses.items():
            counts[region, kind, code][status] += 1
    _replace(
        IndicatorCount,
        edition,
        (
            IndicatorCount(
                edition=edition, region=region, kind=kind, code=code, dimension=int(code.split(".")[0]), **numbers
            )
            for (region, kind, code), numbers in counts.items()
        ),
    )


def count_actions(edition):
    rows = PublicAction.objects.filter(edition=edition, participation__presence__standing=Standing.CERTIFIED)
    counted = rows.order_by().values("region", "kind", "dimension", "state").annotate(number=Count("pk"))
    _replace(ActionCount, edition, (ActionCount(edition=edition, **row) for row in counted))


def _replace(model, edition, rows):
    rows = list(rows)
    model.objects.filter(edition=edition).delete()
    model.objects.bulk_create(rows, batch_size=500)
