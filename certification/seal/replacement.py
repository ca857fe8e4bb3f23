"""Replacement: a seal that says something wrong gives way to a new one, on a corrected copy. The old one stays to be looked up, and says so."""

from datetime import date

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from certification import cycle
from certification.models import Kind
from certification.models.snapshot import freeze
from certification.seal import credential, domain
from certification.seal.decisions import DecisionRefused, confirm, held_reason, open_one, propose
from certification.seal.models import DecisionKind, Seal, new_code
from core.jobs import Job


def said_by(seal):
    """What of a seal a replacement may correct: {field: text}. The names of governments are corrected in the reference list, and taken from there."""
    valid_until = seal.valid_until.isoformat() if seal.valid_until else ""
    if seal.snapshot is None:
        return {"earlier_source": seal.earlier_source, "valid_until": valid_until}
    signatory = seal.snapshot.content["signatory"]
    return {
        "signatory_name": signatory["name"],
        "signatory_position": signatory["position"],
        "valid_until": valid_until,
    }


def propose_replacement(participation, *, reason, corrections, by, at):
    """Propose a new seal in place of the present one. corrections: {field of `said_by`: new text}; reason: everybody reads it."""
    reason = held_reason(reason, _("Escreva o motivo da substituição: ele aparece na página pública do selo."))
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="replace", by=by, at=at)
        seal = _standing(step.participation)
        changed = {name: text for name, text in corrections.items() if said_by(seal).get(name, text) != text}
        decision = propose(
            step.participation,
            DecisionKind.REPLACEMENT,
            by=by,
            at=at,
            public_reason=reason,
            corrections=changed,
        )
        if not step.participation.edition.award_by_two:
            confirm(decision, by=by, at=at, alone=True)
            _replace(seal, decision, at=at)
        return decision


def confirm_replacement(participation, *, by, at):
    """The second person's half: the old seal says by which it was replaced, the new one is valid at once. Returns the new Seal."""
    with transaction.atomic():
        step = cycle.locked_step(participation, Kind.CERTIFICATION, action="replace", by=by, at=at)
        decision = open_one(step.participation, DecisionKind.REPLACEMENT)
        seal = _standing(step.participation)
        confirm(decision, by=by, at=at)
        return _replace(seal, decision, at=at)


def _standing(participation):
    seal = Seal.objects.select_for_update(of=("self",)).select_related("snapshot").get(current_of=participation)
    if seal.revoked_at:
        raise DecisionRefused(_("Este selo foi revogado e não pode ser substituído."))
    seal.participation = participation
    return seal


def _replace(old, decision, *, at):
    old.replaced_at, old.replacement, old.current_of = at, decision, None
    old.save(update_fields=["replaced_at", "replacement", "current_of"])
    new = _successor(old, decision, at=at)
    credential.issue(new, at=at)
    if new.snapshot_id:
        Job.request("certificate_for_seal", subject=new, by=decision.confirmed_by)
    domain.tell("seal_replaced", new)
    domain.tell_standing(new.participation, at)
    return new


def _successor(old, decision, *, at):
    """The award stays that of its day; code, frozen copy and credential are new."""
    said = said_by(old) | decision.corrections
    valid_until = date.fromisoformat(said["valid_until"]) if said["valid_until"] else None
    code = new_code()
    return Seal.objects.create(
        participation=old.participation,
        code=code,
        snapshot=_corrected_copy(old, decision, code, said, at=at),
        decision=decision,
        awarded_at=old.awarded_at,
        valid_until=valid_until,
        earlier_source=said.get("earlier_source", ""),
        replaces=old,
    )


def _corrected_copy(old, decision, code, said, *, at):
    if old.snapshot is None:
        return None
    content = domain.award_content(
        old.participation,
        decision,
        code,
        signatory={"name": said["signatory_name"], "position": said["signatory_position"]},
        valid_until=said["valid_until"] or None,
        # The award is still that of the first seal, by those who decided it.
        awarded_by=old.snapshot.content["awarded_by"],
        awarded_at=old.awarded_at.isoformat(timespec="seconds"),
        replacement_by=decision.people,
        replaces=old.code,
    )
    return freeze(old.participation, Kind.CERTIFICATION, content, by=decision.confirmed_by, at=at)
