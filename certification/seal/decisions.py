"""A decision about a seal: proposed by one person of the coordination, confirmed by another. The participation's row is locked by who calls."""

from django.utils.translation import gettext_lazy as _

from certification.seal.models import SealDecision
from core import audit


class DecisionRefused(Exception):
    """The move does not fit the decision as it stands: nothing was proposed, the same person twice, already decided."""


def propose(participation, kind, *, by, at, public_reason="", corrections=None):
    if open_decision(participation):
        raise DecisionRefused(_("Já há uma proposta aguardando a segunda pessoa da coordenação."))
    decision = SealDecision.objects.create(
        participation=participation,
        kind=kind,
        proposed_by=by,
        proposed_at=at,
        public_reason=public_reason,
        corrections=corrections or {},
    )
    audit.record(f"{kind}.proposed", by=by, subject=decision, government_id=participation.government_id)
    return decision


def confirm(decision, *, by, at, alone=False):
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


def open_decision(participation):
    """The proposal that waits for its second person, or None."""
    return _open(participation.seal_decisions).first()


def open_decisions(edition):
    """All proposals of an edition that wait for a second person."""
    waiting = _open(SealDecision.objects.filter(participation__edition=edition))
    return waiting.select_related("participation__government", "proposed_by")


def _open(decisions):
    return decisions.filter(confirmed_at__isnull=True, dropped_at__isnull=True)


def open_one(participation, kind):
    """The open proposal of a kind. Raises DecisionRefused."""
    # The participation's row is locked by now, so that what is read here is what is decided on.
    decision = open_decision(participation)
    if decision is None or decision.kind != kind:
        raise DecisionRefused(_("Não há proposta em aberto. Proponha primeiro; outra pessoa da coordenação confirma."))
    return decision


def held_reason(text, refusal):
    """A public reason without the spaces around it. Raises DecisionRefused where nothing is left."""
    if not text.strip():
        raise DecisionRefused(refusal)
    return text.strip()
