"""Where the contents of a document come from: the snapshot it speaks of, and the few settled facts that stand beside it."""

import hashlib

from certification.diagnosis.models import NoteKind, ReviewNote
from certification.handing import latest_snapshot
from certification.models import Kind, State
from certification.models.snapshot import canonical
from core.links import absolute

from . import documents
from .models import ReportKind

# Raised when a template changes what it says or how it looks: the next request makes the document anew.
TEMPLATE_VERSION = "3"

STEP_OF = {
    ReportKind.DIAGNOSIS: Kind.DIAGNOSIS,
    ReportKind.PRIORITIZATION: Kind.PRIORITIZATION,
    ReportKind.CERTIFICATE: Kind.CERTIFICATION,
}


def beside(participation, kind, snapshot):
    """Settled facts that are not in the snapshot: when it was validated, the validated priorities, released good practices."""
    facts = {"approved_at": _approved_at(participation, snapshot), "plan": None, "notes": []}
    if kind == ReportKind.DIAGNOSIS:
        facts["plan"] = _validated_plan(participation)
        facts["notes"] = _good_practices(participation, snapshot)
    return facts


def version_of(facts):
    """The version of the template with a print of the facts beside the snapshot: where they change, a new document is due."""
    plan = facts["plan"].sha256 if facts["plan"] else None
    print_of = hashlib.sha256(canonical({**facts, "plan": plan})).hexdigest()
    return f"{TEMPLATE_VERSION}-{print_of[:12]}"


def sources_of(report):
    """The Sources a document is made of."""
    snapshot = report.snapshot
    facts = beside(report.participation, report.kind, snapshot)
    return documents.Sources(
        snapshot={"content": snapshot.content, "protocol": snapshot.protocol, "sha256": snapshot.sha256},
        verify_url=absolute(_verify_path(report)),
        approved_at=facts["approved_at"],
        plan=facts["plan"].content if facts["plan"] else None,
        notes=tuple(facts["notes"]),
    )


def _verify_path(report):
    if report.kind == ReportKind.CERTIFICATE:
        # Of the seal it certifies, which another may have replaced since.
        return (report.snapshot.seals.first() or report.participation.seal).get_absolute_url()
    return report.get_absolute_url()


def _approved_at(participation, snapshot):
    step = participation.step(snapshot.kind)
    settled = step.state == State.APPROVED and snapshot == latest_snapshot(participation, snapshot.kind)
    return step.approved_at.isoformat(timespec="seconds") if settled else ""


def _validated_plan(participation):
    if participation.step(Kind.PRIORITIZATION).state != State.APPROVED:
        return None
    return latest_snapshot(participation, Kind.PRIORITIZATION)


def _good_practices(participation, snapshot):
    """Notes on this or an earlier submission, as far as they were released to the government."""
    notes = ReviewNote.objects.filter(
        kind=NoteKind.GOOD_PRACTICE,
        round__diagnosis__participation=participation,
        round__released_at__isnull=False,
        round__snapshot__number__lte=snapshot.number,
    ).order_by("pk")
    found = notes.values_list("answer__code", "kind", "text")
    return [{"code": code, "kind": str(kind), "text": text} for code, kind, text in found]
