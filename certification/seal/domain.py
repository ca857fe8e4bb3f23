"""Award, revocation and publication: decisions by two people, on a frozen copy of what was validated. (Replacement: replacement.py.)"""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import cycle
from certification.models import Edition, Kind, Snapshot, State
from certification.models.snapshot import freeze
from certification.seal import credential
from certification.seal.decisions import (
    DecisionRefused,
    confirm,
    held_reason,
    open_decision,
    open_decisions,
    open_one,
    propose,
)
from certification.seal.meaning import meaning_in_all_languages
from certification.seal.models import DecisionKind, Seal, new_code
from certification.seal.verdicts import Verdict, find, verdict
from core import audit, outbox
from core.jobs import Job

# Who speaks of seals asks here.
__all__ = ["DecisionRefused", "Verdict", "find", "open_decision", "open_decisions", "verdict"]


# What `cycle.may` is asked for each kind of decision.
ACTIONS = {DecisionKind.AWARD: "award", DecisionKind.REVOCATION: "revoke", DecisionKind.REPLACEMENT: "replace"}


def propose_award(participation, *, by, at):
    """First half of an award, or all of it where the edition lets one person decide. Returns the SealDecision. Raises cycle.RequirementsMissing."""
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="award", by=by, at=at)
        _hold_requirements(step.participation)
        decision = propose(step.participation, DecisionKind.AWARD, by=by, at=at)
        if not step.participation.edition.award_by_two:
            confirm(decision, by=by, at=at, alone=True)
            _award(step, decision, at=at)
        return decision


def confirm_award(participation, *, by, at):
    """Second half, by another person: freezes the copy, gives the seal, approves the step. Returns the Seal."""
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="award", by=by, at=at)
        _hold_requirements(step.participation)
        decision = open_one(step.participation, DecisionKind.AWARD)
        confirm(decision, by=by, at=at)
        return _award(step, decision, at=at)


def propose_revocation(participation, *, reason, by, at):
    """Propose to revoke a seal, with the reason everybody will read."""
    reason = held_reason(reason, _("Escreva o motivo da revogação: ele aparece na página pública do selo."))
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="revoke", by=by, at=at)
        seal = Seal.objects.select_for_update().get(current_of=step.participation)
        if seal.revoked_at:
            raise DecisionRefused(_("Este selo já foi revogado."))
        decision = propose(step.participation, DecisionKind.REVOCATION, by=by, at=at, public_reason=reason)
        if not step.participation.edition.award_by_two:
            confirm(decision, by=by, at=at, alone=True)
            _revoke(seal, decision, at=at)
        return decision


def confirm_revocation(participation, *, by, at):
    """The second person's half of a revocation. Returns the Seal."""
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="revoke", by=by, at=at)
        decision = open_one(step.participation, DecisionKind.REVOCATION)
        seal = Seal.objects.select_for_update().get(current_of=step.participation)
        confirm(decision, by=by, at=at)
        return _revoke(seal, decision, at=at)


def drop(participation, *, by, at):
    """Take back a proposal that nobody has confirmed. Any coordinator may."""
    with transaction.atomic():
        waiting = open_decision(participation)
        if waiting is None:
            raise DecisionRefused(_("Não há proposta em aberto."))
        cycle.locked_step(participation, Kind.CERTIFICATION, action=ACTIONS[waiting.kind], by=by, at=at)
        decision = open_one(participation, waiting.kind)
        decision.dropped_at, decision.dropped_by = at, by
        decision.save(update_fields=["dropped_at", "dropped_by"])
        audit.record(f"{decision.kind}.dropped", by=by, subject=decision, government_id=participation.government_id)
        return decision


def record_earlier_seal(participation, *, source, at):
    """The seal of an edition from before the portal: a source in place of documents. Returns (seal, created)."""
    facts = {"earlier_source": source, "awarded_at": at, "valid_until": participation.edition.seal_valid_until}
    with transaction.atomic():
        facts["participation"] = participation
        seal, created = Seal.objects.get_or_create(current_of=participation, defaults=facts)
        if created:
            credential.issue(seal, at=timezone.now())
            tell_standing(participation, at)
        return seal, created


def _hold_requirements(participation):
    lacking = cycle.missing(participation, Kind.CERTIFICATION)
    if lacking:
        raise cycle.RequirementsMissing(lacking)


def _award(step, decision, *, at):
    participation, edition = step.participation, step.participation.edition
    code = new_code()
    content = award_content(participation, decision, code)
    snapshot = freeze(participation, Kind.CERTIFICATION, content, by=decision.confirmed_by, at=at)
    seal = Seal.objects.create(
        participation=participation,
        code=code,
        snapshot=snapshot,
        decision=decision,
        awarded_at=at,
        valid_until=edition.seal_valid_until,
    )
    credential.issue(seal, at=at)
    step.approve(by=decision.confirmed_by, at=at)
    cycle.tell_approval(Kind.CERTIFICATION, participation, by=decision.confirmed_by, at=at)
    Job.request("certificate_for_seal", subject=seal, by=decision.confirmed_by)
    tell("seal_awarded", seal)
    tell_standing(participation, at)
    return seal


def award_content(participation, decision, code, **corrected):
    """What the seal certifies, frozen: who signed, which submissions were validated (protocol and hash), by whom it was decided, what it means.

    corrected: what a replacement says otherwise.
    """
    edition = participation.edition
    steps = [step for step in participation.steps.all() if step.kind not in (Kind.CERTIFICATION, Kind.MONITORING)]
    return {
        "code": code,
        "signatory": {
            "name": participation.enrollment.signatory_name,
            "position": participation.enrollment.signatory_position,
        },
        "awarded_by": decision.people,
        "valid_until": edition.seal_valid_until.isoformat() if edition.seal_valid_until else None,
        "meaning": meaning_in_all_languages(edition.year),
        "steps": [{"kind": step.kind, "approved_at": step.approved_at.isoformat(timespec="seconds")} for step in steps],
        "validated": [_last_of(participation, step.kind) for step in steps],
        **corrected,
    }


def _last_of(participation, kind):
    snapshot = Snapshot.objects.filter(participation=participation, kind=kind).latest()
    return {"kind": kind, "protocol": snapshot.protocol, "number": snapshot.number, "sha256": snapshot.sha256}


def _revoke(seal, decision, *, at):
    if seal.revoked_at:
        raise DecisionRefused(_("Este selo já foi revogado."))
    seal.revoked_at, seal.revocation = at, decision
    seal.save(update_fields=["revoked_at", "revocation"])
    tell("seal_revoked", seal)
    tell_standing(seal.participation, at)
    return seal


def tell(kind, seal):
    """A letter about a seal to everybody of its government who is told of the cycle."""
    for person in cycle.people_to_tell(seal.participation):
        outbox.post(kind, subject=seal, to=person)


_on_standing = []


def on_standing(function):
    """Decorator: call function(participation, at) in the transaction in which a seal is given, revoked or replaced (figures follow it)."""
    _on_standing.append(function)
    return function


def tell_standing(participation, at):
    edition = participation.edition
    # Published while this move waited for its lock, it is public by now, though it was not when the request arrived.
    edition.refresh_from_db(fields=["published_at"])
    if edition.is_public():
        at = max(at, edition.published_at)
    for function in _on_standing:
        function(participation, at)


# Publication of an edition: seals and reports become public on the ceremony's day.

_on_publication = []


def on_publication(function):
    """Decorator: call function(edition, at) in the transaction that publishes an edition (reports mark theirs as published)."""
    _on_publication.append(function)
    return function


@transaction.atomic
def publish_edition(edition, *, by, at):
    """Make the seals and reports of an edition public. Only coordinators, once. Raises PermissionDenied, DecisionRefused."""
    if cycle.COORDINATOR not in by.programme_roles:
        raise PermissionDenied
    edition = Edition.objects.select_for_update().get(pk=edition.pk)
    # An award under way is waited for, and one that begins now sees the edition public: none is left out of figures and reports.
    list(edition.participations.order_by("pk").select_for_update().values_list("pk", flat=True))
    if edition.is_public(at):
        raise DecisionRefused(_("Esta edição já está publicada."))
    edition.published_at = at
    edition.save(update_fields=["published_at"])
    audit.record("edition.published", by=by, subject=edition)
    for function in _on_publication:
        function(edition, at)
    return edition


def validated(participation):
    """Requirements of the award: the three steps before it validated, and the course."""
    return [
        cycle.Requirement(
            code=f"{kind}_approved",
            label=str(_("%(step)s validada") % {"step": kind.label})
            if kind != Kind.DIAGNOSIS
            else str(_("Diagnóstico validado")),
            met=participation.step(kind).state == State.APPROVED,
            reason=str(_("A coordenação ainda não validou esta etapa.")),
            url=participation.get_absolute_url(),
        )
        for kind in (Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION)
    ]
