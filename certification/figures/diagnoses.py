"""What validated diagnoses say, taken out of the frozen copies once: status by question, and the service unit of the context sheet."""

from django.db.models import Max

from certification.models import Kind, Snapshot, State

from .models import FrozenStatuses

COUNTED = ("exists", "partly", "not_yet", "not_applicable")
# The line of the context sheet that names where migrants are served: institutional contacts only, says its help.
SERVICE_UNIT = "reference_unit"


def last_validated(participations):
    """Keys of the last diagnosis copy of each participation whose diagnosis was validated."""
    validated = participations.order_by().filter(steps__kind=Kind.DIAGNOSIS, steps__state=State.APPROVED)
    rows = Snapshot.objects.filter(participation__in=validated, kind=Kind.DIAGNOSIS).order_by()
    numbers = dict(rows.values_list("participation").annotate(last=Max("number")))
    keys = rows.values_list("pk", "participation", "number")
    return {key: pk for pk, key, number in keys if numbers[key] == number}


def keep_statuses(participations):
    """Read the copies that were not read yet, and forget what no longer counts."""
    last = last_validated(participations)
    there = FrozenStatuses.objects.filter(participation__in=participations.order_by())
    kept = {row.participation_id: row.snapshot_id for row in there.only("participation", "snapshot_id")}
    stale = [key for key, snapshot in kept.items() if last.get(key) != snapshot]
    there.filter(participation__in=stale).delete()
    wanted = [snapshot for key, snapshot in last.items() if kept.get(key) != snapshot]
    FrozenStatuses.objects.bulk_create((_row(*each) for each in _contents(wanted)), batch_size=500)


def _contents(snapshots, at_once=200):
    """One after the other: a copy holds every answer with its comments."""
    for start in range(0, len(snapshots), at_once):
        rows = Snapshot.objects.filter(pk__in=snapshots[start : start + at_once])
        yield from rows.values_list("pk", "participation", "content").iterator()


def _row(snapshot, participation, content):
    return FrozenStatuses(participation_id=participation, snapshot_id=snapshot, statuses=statuses_in(content))


def statuses_in(content):
    """{code: status} of the questions whose answer says that something exists; numbers and texts only inform."""
    return {
        answer["code"]: answer["status"]
        for dimension in content.get("dimensions", [])
        for answer in dimension["answers"]
        if answer.get("status") in COUNTED
    }


def service_unit_in(content):
    """The text of the context sheet, or nothing."""
    lines = {line["code"]: line["value"] for line in content.get("context", [])}
    return (lines.get(SERVICE_UNIT) or "").strip()
