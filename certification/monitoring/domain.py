"""Progress of priority actions: entries are added, corrected by new ones, verified apart; the step is handed over once at its end."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.handing import hand_over_once
from certification.models import Kind, Participation
from certification.prioritization.handing import freeze_under_lock
from certification.prioritization.models import PriorityAction
from certification.prioritization.reading import locked_plan
from core import audit, outbox
from core.dates import day_text

from . import evidence as pieces
from .frozen import content_of
from .models import ProgressEntry, ProgressStatus, Verdict, Verification
from .progress import degree_of, implementation_degree, latest, standing, state_of
from .reading import actions_of

__all__ = ["degree_of", "implementation_degree", "latest", "standing", "state_of"]


class EntryRefused(ValueError):
    """An entry that cannot be kept as it is; `field` names what to mend."""

    def __init__(self, message, field=""):
        super().__init__(message)
        self.field = field


def add_entry(
    participation,
    action_pk,
    *,
    dated_on,
    status,
    text,
    done=None,
    total=None,
    unit="",
    corrects=None,
    evidence=(),
    key="",
    by,
    at,
):
    """Add a dated entry to an action of the plan. corrects: pk of the entry it stands for. evidence: evidence.NewPiece or rows of the library.
    key: of the form; the same key gives the same entry. Returns the ProgressEntry. Raises EntryRefused, PriorityAction.DoesNotExist,
    ProgressEntry.DoesNotExist, Plan.DoesNotExist, PermissionDenied, StepClosed, files.Refused, EvidenceRefused."""
    facts = {"dated_on": dated_on, "status": status, "text": text.strip(), "done": done, "total": total}
    facts["unit"] = unit.strip()
    if evidence:
        with transaction.atomic():
            # Asked before a file is read, so that who may not write stores nothing.
            _action(participation, action_pk, by, at)
    with pieces.stored_files(evidence, by=by) as kept, transaction.atomic():
        action, plan = _action(participation, action_pk, by, at)
        again = action.entries.filter(key=key).first() if key else None
        if again:
            return again
        _check(action, facts, at)
        entry = ProgressEntry.objects.create(
            action=action,
            participation=plan.participation,
            corrects=_corrected(action, corrects, plan.participation),
            key=key,
            recorded_at=at,
            recorded_by=by,
            **facts,
        )
        pieces.link(entry, kept, by=by, at=at)
        _record("progress.added", entry, by, corrects=corrects)
        return entry


def _action(participation, action_pk, by, at):
    plan = locked_plan(participation, Kind.MONITORING, action="edit_monitoring", by=by, at=at)
    return PriorityAction.objects.get(pk=action_pk, plan_items__plan=plan), plan


def _check(action, facts, at):
    if facts["status"] not in ProgressStatus.values:
        raise EntryRefused(_("Escolha a situação da ação."), "status")
    if not facts["text"]:
        raise EntryRefused(_("Conte em poucas palavras o que aconteceu."), "text")
    if facts["dated_on"] > timezone.localdate(at):
        raise EntryRefused(_("A data do registro não pode ser no futuro."), "dated_on")
    if action.starts_on and facts["dated_on"] < action.starts_on:
        words = {"day": day_text(action.starts_on)}
        raise EntryRefused(_("A data é anterior ao início da ação, %(day)s.") % words, "dated_on")
    _check_basis(facts["done"], facts["total"])


def _check_basis(done, total):
    if done is None and total is None:
        return
    if done is None or total is None:
        raise EntryRefused(
            _("Informe quanto foi feito e de quanto, ou deixe os dois em branco."), "done" if done is None else "total"
        )
    if done < 0:
        raise EntryRefused(_("Quanto foi feito não pode ser menor que zero."), "done")
    if total <= 0:
        raise EntryRefused(_("O total precisa ser maior que zero."), "total")


def _corrected(action, key, participation):
    """The entry that the new one stands for: of the same action and edition, corrected by none so far."""
    if key is None:
        return None
    entry = action.entries.get(pk=key, participation=participation)
    if ProgressEntry.objects.filter(corrects=entry).exists():
        raise EntryRefused(_("Este registro já foi corrigido. Corrija o mais novo."))
    return entry


def add_evidence(participation, entry_pk, *, evidence, by, at):
    """Tie more evidence to an entry: what a coordinator asked for, say. The entry itself stays as written. Returns the entry.
    Raises as `add_entry`."""
    with transaction.atomic():
        _entry(participation, entry_pk, by, at)
    with pieces.stored_files(evidence, by=by) as kept, transaction.atomic():
        entry = _entry(participation, entry_pk, by, at)
        pieces.link(entry, kept, by=by, at=at)
        return entry


def _entry(participation, entry_pk, by, at):
    plan = locked_plan(participation, Kind.MONITORING, action="edit_monitoring", by=by, at=at)
    return ProgressEntry.objects.select_related("participation").get(pk=entry_pk, participation=plan.participation)


@transaction.atomic
def verify_entry(participation, entry_pk, *, verdict, text="", by, at):
    """A reviewer's or coordinator's look at an entry, apart from what the government says. Asking for evidence needs a text and writes to
    the government. Returns the Verification. Raises EntryRefused, ProgressEntry.DoesNotExist, PermissionDenied, StepClosed."""
    found = Participation.objects.with_cycle().get(pk=participation.pk)
    cycle.decide(cycle.may("verify_progress", by, found, at))
    entry = ProgressEntry.objects.get(pk=entry_pk, participation=found)
    if verdict not in Verdict.values:
        raise EntryRefused(_("Escolha: confirmar ou pedir comprovação."), "verdict")
    if verdict == Verdict.EVIDENCE_ASKED and not text.strip():
        raise EntryRefused(_("Diga que comprovação é necessária."), "text")
    verification = Verification.objects.create(entry=entry, verdict=verdict, text=text.strip(), by=by, at=at)
    _record("progress.verified", entry, by, verdict=str(verdict))
    if verdict == Verdict.EVIDENCE_ASKED:
        _tell("progress_evidence_asked", verification, found)
    for function in _on_verification:
        function(found, at)
    return verification


_on_verification = []


def on_verification(function):
    """Decorator: call function(participation, at) in the transaction in which an entry is verified (public figures follow what is verified)."""
    _on_verification.append(function)
    return function


def _record(action, entry, by, **detail):
    audit.record(action, by=by, subject=entry, government_id=entry.participation.government_id, **detail)


# The step as a whole.


def submit_monitoring(participation, *, by, at):
    """Freeze what was reported and hand it over. Returns (snapshot, True), or (the same snapshot, False) when it was submitted before.
    Raises PermissionDenied, StepClosed, RequirementsMissing."""
    return hand_over_once(participation, Kind.MONITORING, by=by, at=at, freeze=_frozen)


def _frozen(participation, *, by, at):
    def content():
        return content_of(actions_of(participation), participation, today=timezone.localdate(at))

    return freeze_under_lock(participation, Kind.MONITORING, content, by=by, at=at)


@transaction.atomic
def return_monitoring(participation, *, message, correct_until, by, at):
    """Give the report back with a message the government reads. Raises ValueError, PermissionDenied, StepClosed."""
    if not message.strip():
        raise ValueError(_("Escreva o que o governo precisa corrigir."))
    step = cycle.give_back(
        participation, Kind.MONITORING, by=by, at=at, correct_until=correct_until, note=message.strip()
    )
    _tell("monitoring_returned", step, participation)
    return step


@transaction.atomic
def approve_monitoring(participation, *, by, at):
    """Accept the report as complete: the participation's last step. Raises PermissionDenied, StepClosed."""
    step = cycle.accept(participation, Kind.MONITORING, by=by, at=at)
    _tell("monitoring_approved", step, participation)
    return step


def _tell(kind, subject, participation):
    for person in cycle.people_to_tell(participation):
        outbox.post(kind, subject=subject, to=person)
