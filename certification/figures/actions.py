"""Priority actions as the public sees them: what was promised, out of the frozen plan; how far it went, out of what the coordination verified."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch
from django.utils import timezone

from certification import cycle
from certification.models import Kind, Participation, Snapshot, State
from certification.monitoring.models import ProgressEntry, ProgressStatus, Verdict, Verification
from certification.monitoring.progress import FINAL, degree_of, in_order
from certification.prioritization.models import PriorityAction

from .gathering import plans_of
from .models import PublicAction


@dataclass(frozen=True)
class Told:
    """What is verified of one action. silent: the government never told anything; waiting: it has told more than was verified."""

    status: str = ""
    degree: int | None = None
    on: date | None = None
    silent: bool = True
    waiting: bool = False


def told_of(entries):
    """What the verified entries of one action say. Pure: each entry has its `verifications` loaded.

    The last look at an entry counts. An entry that the government corrected since is no longer its word, even before the new one is verified.
    """
    ordered = in_order(entries)
    if not ordered:
        return Told()
    corrected = {entry.corrects_id for entry in ordered}
    standing = [entry for entry in ordered if entry.pk not in corrected]
    verified = [entry for entry in standing if is_verified(entry)]
    if not verified:
        return Told(silent=False, waiting=True)
    last = verified[-1]
    return Told(last.status, degree_of(last), last.dated_on, silent=False, waiting=last is not standing[-1])


def is_verified(entry):
    looks = sorted(entry.verifications.all(), key=lambda look: (look.at, look.pk))
    return bool(looks) and looks[-1].verdict == Verdict.CONFIRMED


def state_for_public(told, ends_on, *, today, ended):
    """A ProgressStatus. Not delivered: verified so, or silence when the period of monitoring ended. Late: the end has passed and nothing final is
    verified."""
    if told.status in FINAL:
        return ProgressStatus(told.status)
    if told.silent and ended:
        return ProgressStatus.NOT_DELIVERED
    if ends_on and today > ends_on:
        return ProgressStatus.LATE
    return ProgressStatus(told.status) if told.status else ProgressStatus.NOT_STARTED


def public_actions(edition, at, participation=None):
    """PublicAction rows, unsaved, of the governments of an edition that came to a seal; of one participation if it is given."""
    rows = Participation.objects.filter(edition=edition, seals__isnull=False).distinct()
    if participation is not None:
        rows = rows.filter(pk=participation.pk)
    plans = plans_of(rows)
    if not plans:
        return []
    loaded = Participation.objects.with_cycle().in_bulk(plans)
    known = _known_actions(plans)
    reports, entries = _validated_reports(loaded.values()), _entries(plans)
    return [
        _public(frozen, order, loaded[key], reports.get(key), entries, at)
        for key, actions in plans.items()
        for order, frozen in enumerate(actions)
        if frozen["id"] in known
    ]


def _known_actions(plans):
    keys = {frozen["id"] for actions in plans.values() for frozen in actions}
    return set(PriorityAction.objects.filter(pk__in=keys).values_list("pk", flat=True))


def _validated_reports(participations):
    """{participation: {action: frozen state and degree}} where the whole monitoring was validated: that is verification enough."""
    done = [each.pk for each in participations if each.step(Kind.MONITORING).state == State.APPROVED]
    rows = Snapshot.objects.filter(participation__in=done, kind=Kind.MONITORING).order_by("number")
    return {
        key: {action["id"]: action for action in content.get("actions", [])}
        for key, content in rows.values_list("participation", "content")
    }


def _entries(participations):
    """{(participation, action): entries with their verifications}"""
    looks = Prefetch("verifications", queryset=Verification.objects.order_by("at"))
    found = defaultdict(list)
    for entry in ProgressEntry.objects.filter(participation__in=list(participations)).prefetch_related(looks):
        found[entry.participation_id, entry.action_id].append(entry)
    return found


def _public(frozen, order, participation, report, entries, at):
    told = told_of(entries[participation.pk, frozen["id"]])
    ends_on = _day(frozen["ends_on"])
    final = report.get(frozen["id"]) if report else None
    if final:
        facts = {"state": final["state"], "degree": final["degree"], "waiting": False}
        facts["told_on"] = _day(max((entry["dated_on"] for entry in final["entries"]), default=None))
    else:
        ended = cycle.reading(participation, participation.step(Kind.MONITORING), at) == cycle.ENDED
        state = state_for_public(told, ends_on, today=timezone.localdate(at), ended=ended)
        facts = {"state": state, "degree": told.degree, "waiting": told.waiting, "told_on": told.on}
    return PublicAction(
        participation=participation,
        edition_id=participation.edition_id,
        **_place(participation.government),
        action_id=frozen["id"],
        order=order,
        **_promised(frozen),
        ends_on=ends_on,
        **facts,
    )


def _place(government):
    return {"government": government, "uf": government.uf, "region": government.region, "kind": government.kind}


def _promised(frozen):
    indicator = frozen.get("indicator") or {}
    return {
        "dimension": frozen["dimension"]["number"],
        "indicator_code": indicator.get("code", ""),
        "title": frozen["title"],
        "objective": frozen["objective"],
        "department": frozen["department"],
        "starts_on": _day(frozen.get("starts_on")),
    }


def _day(text):
    return date.fromisoformat(text) if text else None
