"""The directory's lines: what a government's presences add up to over the editions."""

from collections import defaultdict

from django.db.models import Count

from certification.models import Kind, Participation, Snapshot
from governments.models import Government

from .diagnoses import last_validated, service_unit_in
from .gathering import PLACE, marked
from .models import DirectoryCount, Presence, Record, Standing

# The best that is true of a government names it in the list.
ORDER = (Standing.CERTIFIED, Standing.REVOKED, Standing.WITHOUT_SEAL)


def keep_records(governments):
    """Make the lines of these governments again; one without a presence has none."""
    governments = set(governments)
    found = defaultdict(list)
    rows = Presence.objects.filter(government__in=governments).select_related("edition").order_by("-edition__year")
    for presence in rows:
        found[presence.government_id].append(presence)
    units = service_units(governments)
    Record.objects.filter(government__in=governments).delete()
    Record.objects.bulk_create(
        (_record(key, presences, units.get(key, ("", None))) for key, presences in found.items()), batch_size=500
    )
    _count_lines()


def _count_lines():
    counted = Record.objects.order_by().values("uf", "region", "kind", "standing").annotate(number=Count("pk"))
    lines = [DirectoryCount(**row) for row in counted]
    DirectoryCount.objects.all().delete()
    DirectoryCount.objects.bulk_create(lines)


def _record(government, presences, unit):
    latest = presences[0]
    standings = {each.standing for each in presences}
    dimensions = {number for each in presences for number in each.dimensions.strip(",").split(",") if number}
    return Record(
        government_id=government,
        **{name: getattr(latest, name) for name in PLACE},
        standing=next(each for each in ORDER if each in standings),
        dimensions=marked(int(number) for number in dimensions),
        seals=[
            [each.edition.year, each.seal_code, each.standing == Standing.REVOKED]
            for each in presences
            if each.seal_code
        ],
        first_year=presences[-1].edition.year,
        last_year=latest.edition.year,
        service_unit=unit[0],
        service_unit_year=unit[1],
    )


def service_units(governments):
    """{government: (text, year)} out of the last validated diagnosis of a published edition in which it came to a seal."""
    last = {}
    rows = Presence.objects.filter(
        government__in=governments, diagnosed=True, participation__snapshots__kind=Kind.DIAGNOSIS
    )
    for key, government, year in (
        rows.exclude(seal_code="")
        .order_by("edition__year")
        .distinct()
        .values_list("participation", "government", "edition__year")
    ):
        last[government] = (key, year)
    wanted = {key: (government, year) for government, (key, year) in last.items()}
    keys = last_validated(Participation.objects.filter(pk__in=wanted))
    contents = Snapshot.objects.filter(pk__in=keys.values()).values_list("participation", "content")
    found = {}
    for key, content in contents.iterator():
        government, year = wanted[key]
        text = service_unit_in(content)
        if text:
            found[government] = (text, year)
    return found


def place_of(government):
    return {name: getattr(government, name) for name in PLACE}


def all_governments():
    """Keys of all with a line or a presence."""
    with_record = set(Record.objects.values_list("pk", flat=True))
    return with_record | set(Government.objects.filter(presences__isnull=False).values_list("pk", flat=True))
