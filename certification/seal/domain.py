"""Award and revocation: a decision by two people, on a frozen copy of what was validated."""

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import cycle
from certification.models import Edition, Kind, Snapshot, State
from certification.models.snapshot import freeze
from certification.seal.meaning import meaning_in_all_languages
from certification.seal.models import DecisionKind, Seal, SealDecision, new_code
from core import audit, outbox
from core.jobs import Job


class DecisionRefused(Exception):
    """The move does not fit the decision as it stands: nothing was proposed, the same person twice, already decided."""


def propose_award(participation, *, by, at):
    """First half of an award, or all of it where the edition lets one person decide. Returns the SealDecision. Raises cycle.RequirementsMissing."""
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="award", by=by, at=at)
        _hold_requirements(step.participation)
        decision = _propose(step.participation, DecisionKind.AWARD, by=by, at=at)
        if not step.participation.edition.award_by_two:
            _confirm(decision, by=by, at=at, alone=True)
            _award(step, decision, at=at)
        return decision


def confirm_award(participation, *, by, at):
    """Second half, by another person: freezes the copy, gives the seal, approves the step. Returns the Seal."""
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="award", by=by, at=at)
        _hold_requirements(step.participation)
        decision = _open_decision(step.participation, DecisionKind.AWARD)
        _confirm(decision, by=by, at=at)
        return _award(step, decision, at=at)


def propose_revocation(participation, *, reason, by, at):
    """Propose to revoke a seal, with the reason everybody will read."""
    if not reason.strip():
        raise DecisionRefused(_("Escreva o motivo da revogação: ele aparece na página pública do selo."))
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="revoke", by=by, at=at)
        seal = Seal.objects.select_for_update().get(participation=step.participation)
        if seal.revoked_at:
            raise DecisionRefused(_("Este selo já foi revogado."))
        decision = _propose(step.participation, DecisionKind.REVOCATION, by=by, at=at, public_reason=reason.strip())
        if not step.participation.edition.award_by_two:
            _confirm(decision, by=by, at=at, alone=True)
            _revoke(seal, decision, at=at)
        return decision


def confirm_revocation(participation, *, by, at):
    """The second person's half of a revocation. Returns the Seal."""
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="revoke", by=by, at=at)
        decision = _open_decision(step.participation, DecisionKind.REVOCATION)
        seal = Seal.objects.select_for_update().get(participation=step.participation)
        _confirm(decision, by=by, at=at)
        return _revoke(seal, decision, at=at)


def drop(participation, *, by, at):
    """Take back a proposal that nobody has confirmed. Any coordinator may."""
    with transaction.atomic():
        open_one = _open(participation)
        if open_one is None:
            raise DecisionRefused(_("Não há proposta em aberto."))
        action = "award" if open_one.kind == DecisionKind.AWARD else "revoke"
        cycle.locked_step(participation, Kind.CERTIFICATION, action=action, by=by, at=at)
        decision = _open_decision(participation, open_one.kind)
        decision.dropped_at, decision.dropped_by = at, by
        decision.save(update_fields=["dropped_at", "dropped_by"])
        audit.record(f"{decision.kind}.dropped", by=by, subject=decision, government_id=participation.government_id)
        return decision


def record_earlier_seal(participation, *, source, at):
    """The seal of an edition from before the portal: a source in place of documents. Returns (seal, created)."""
    seal, created = Seal.objects.get_or_create(
        participation=participation,
        defaults={
            "earlier_source": source,
            "awarded_at": at,
            "valid_until": participation.edition.seal_valid_until,
        },
    )
    if created:
        tell_standing(participation, at)
    return seal, created


def _hold_requirements(participation):
    lacking = cycle.missing(participation, Kind.CERTIFICATION)
    if lacking:
        raise cycle.RequirementsMissing(lacking)


def _propose(participation, kind, *, by, at, public_reason=""):
    if _open(participation):
        raise DecisionRefused(_("Já há uma proposta aguardando a segunda pessoa da coordenação."))
    decision = SealDecision.objects.create(
        participation=participation, kind=kind, proposed_by=by, proposed_at=at, public_reason=public_reason
    )
    audit.record(f"{kind}.proposed", by=by, subject=decision, government_id=participation.government_id)
    return decision


def _open(participation):
    return SealDecision.objects.filter(
        participation=participation, confirmed_at__isnull=True, dropped_at__isnull=True
    ).first()


def open_decision(participation):
    """The proposal that waits for its second person, or None."""
    return _open(participation)


def open_decisions(edition):
    """All proposals of an edition that wait for a second person."""
    waiting = SealDecision.objects.filter(
        participation__edition=edition, confirmed_at__isnull=True, dropped_at__isnull=True
    )
    return waiting.select_related("participation__government", "proposed_by")


def _open_decision(participation, kind):
    # The participation's row is locked by now, so that what is read here is what is decided on.
    decision = _open(participation)
    if decision is None or decision.kind != kind:
        raise DecisionRefused(_("Não há proposta em aberto. Proponha primeiro; outra pessoa da coordenação confirma."))
    return decision


def _confirm(decision, *, by, at, alone=False):
    if not alone and decision.proposed_by_id == by.pk:
        raise DecisionRefused(_("Quem propôs não confirma: outra pessoa da coordenação precisa confirmar."))
    decision.confirmed_at, decision.confirmed_by, decision.by_one_person = at, by, alone
    decision.save(update_fields=["confirmed_at", "confirmed_by", "by_one_person"])
    audit.record(
        f"{decision.kind}.confirmed",
        by=by,
        subject=decision,
        government_id=decision.participation.government_id,
        by_one_person=alone,
    )


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
    step.approve(by=decision.confirmed_by, at=at)
    cycle.tell_approval(Kind.CERTIFICATION, participation, by=decision.confirmed_by, at=at)
    Job.request("certificate_for_seal", subject=seal, by=decision.confirmed_by)
    _tell("seal_awarded", seal)
    tell_standing(participation, at)
    return seal


def award_content(participation, decision, code):
    """What the seal certifies, frozen: who signed, which submissions were validated (protocol and hash), by whom it was decided, what it means."""
    edition = participation.edition
    steps = [step for step in participation.steps.all() if step.kind not in (Kind.CERTIFICATION, Kind.MONITORING)]
    return {
        "code": code,
        "signatory": {
            "name": participation.enrollment.signatory_name,
            "position": participation.enrollment.signatory_position,
        },
        "awarded_by": sorted({decision.proposed_by.name, decision.confirmed_by.name}),
        "valid_until": edition.seal_valid_until.isoformat() if edition.seal_valid_until else None,
        "meaning": meaning_in_all_languages(edition.year),
        "steps": [{"kind": step.kind, "approved_at": step.approved_at.isoformat(timespec="seconds")} for step in steps],
        "validated": [_last_of(participation, step.kind) for step in steps],
    }


def _last_of(participation, kind):
    snapshot = Snapshot.objects.filter(participation=participation, kind=kind).latest()
    return {"kind": kind, "protocol": snapshot.protocol, "number": snapshot.number, "sha256": snapshot.sha256}


def _revoke(seal, decision, *, at):
    if seal.revoked_at:
        raise DecisionRefused(_("Este selo já foi revogado."))
    seal.revoked_at, seal.revocation = at, decision
    seal.save(update_fields=["revoked_at", "revocation"])
    _tell("seal_revoked", seal)
    tell_standing(seal.participation, at)
    return seal


def _tell(kind, seal):
    for person in cycle.people_to_tell(seal.participation):
        outbox.post(kind, subject=seal, to=person)


_on_standing = []


def on_standing(function):
    """Decorator: call function(participation, at) in the transaction in which a seal is given, revoked or replaced (figures follow it)."""
    _on_standing.append(function)
    return function


def tell_standing(participation, at):
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
    if edition.is_public(at):
        raise DecisionRefused(_("Esta edição já está publicada."))
    edition.published_at = at
    edition.save(update_fields=["published_at"])
    audit.record("edition.published", by=by, subject=edition)
    for function in _on_publication:
        function(edition, at)
    return edition


class Verdict:
    """How a seal stands at an instant, in the word the public reads."""

    VALID, EXPIRED, REVOKED = "valid", "expired", "revoked"
    WORDS = {VALID: _("Válido"), EXPIRED: _("Expirado"), REVOKED: _("Revogado")}


def verdict(seal, at=None):
    """valid, expired (from the day after `valid_until`, in Brasília) or revoked."""
    at = at or timezone.now()
    if seal.revoked_at and seal.revoked_at <= at:
        return Verdict.REVOKED
    if seal.valid_until and timezone.localdate(at) > seal.valid_until:
        return Verdict.EXPIRED
    return Verdict.VALID


def find(code, *, user=None, at=None):
    """The seal of a code as people type it (any case, spaces and hyphens), if this person may see it, or None."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    seal = (
        Seal.objects.select_related("participation__government", "participation__edition", "revocation", "decision")
        .filter(code=plain)
        .first()
    )
    if seal is None or seal.participation.edition.is_public(at):
        return seal
    may_see = user is not None and type(seal.participation).objects.visible_to(user).filter(pk=seal.participation_id)
    return seal if may_see and may_see.exists() else None


def validated(participation):
    """Requirements of the award: the three steps before it validated, and the course."""
    return [
        cycle.Requirement(
            code=f"{kind}_approved",
            label=_("%(step)s validada") % {"step": kind.label}
            if kind != Kind.DIAGNOSIS
            else _("Diagnóstico validado"),
            met=participation.step(kind).state == State.APPROVED,
            reason=_("A coordenação ainda não validou esta etapa."),
            url=participation.get_absolute_url(),
        )
        for kind in (Kind.ENROLLMENT, Kind.DIAGNOSIS, Kind.PRIORITIZATION)
    ]
