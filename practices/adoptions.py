"""«Queremos usar»: a government or organisation says that it adapts a practice; its owner is told and may answer."""

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core import audit, outbox
from governments.models import Membership

from .access import writes_for
from .models import Adoption, AdoptionState, Practice, State
from .people import coordinators, managers_of, writers_of
from .writing import Stale

# Mail anyone can open: no contact of an institution.
PERSONAL = frozenset(
    {"gmail", "hotmail", "outlook", "live", "msn", "yahoo", "ymail", "icloud", "me", "aol", "gmx", "zoho"}
    | {"uol", "bol", "terra", "ig", "globo", "globomail", "protonmail", "proton"}
)


class AdoptionRefused(Exception):
    """It cannot be recorded; the message says why."""

    status = 409


class AdoptionStale(Stale):
    """A colleague changed it in between."""

    def __init__(self, other):
        Exception.__init__(self, _("Outra pessoa da equipe mudou este registro enquanto você escrevia."))
        self.other = other


def is_personal(address):
    """Whether an address is of a mail service for anybody."""
    domain = address.rpartition("@")[2].lower()
    return domain.split(".")[0] in PERSONAL


def bodies_of(user):
    """What the person fills things in for: keys of bodies."""
    held = Membership.objects.in_force().filter(user=user, role__in=("manager", "editor"))
    return list(held.values_list("body", flat=True))


@transaction.atomic
def record_adoption(practice, body, *, by, at, state=AdoptionState.INTERESTED, **facts):
    """Say that a body wants to use a practice; a second time it is the same row. Returns (adoption, created). Raises AdoptionRefused,
    PermissionDenied."""
    if not writes_for(by, body):
        raise AdoptionRefused(_("Só quem preenche pelo governo ou pela organização pode registrar este uso."))
    row = Practice.objects.select_for_update(of=("self",)).get(pk=practice.pk)
    if row.state != State.PUBLISHED:
        raise AdoptionRefused(_("Esta prática não está mais publicada."))
    if row.owner_id == body.pk:
        raise AdoptionRefused(_("Esta prática é do seu próprio governo ou organização."))
    again = row.adoptions.standing().filter(adopter=body).first()
    if again:
        return again, False
    new = {"state": state, "recorded_by": by, "recorded_at": at, "changed_at": at, **facts}
    try:
        with transaction.atomic():
            adoption = Adoption.objects.create(practice=row, adopter=body, **new)
    except IntegrityError:  # two colleagues in one moment
        return row.adoptions.standing().get(adopter=body), False
    _record("recorded", adoption, by)
    for person in managers_of(row.owner) or coordinators():
        outbox.post("practice_adopted", subject=adoption, to=person)
    return adoption, True


@transaction.atomic
def change_adoption(adoption, *, based_on, by, at, **facts):
    """Say how far it went. Raises AdoptionStale, AdoptionRefused."""
    row = _locked(adoption)
    if row.withdrawn_at:
        raise AdoptionRefused(_("Este registro foi retirado."))
    if row.version != based_on:
        raise AdoptionStale(row)
    if facts.get("state") != AdoptionState.GAVE_UP:
        facts["reason"] = ""
    for name, value in facts.items():
        setattr(row, name, value)
    row.version, row.changed_at = based_on + 1, at
    row.save()
    _record("changed", row, by, state=str(row.state))
    return row


@transaction.atomic
def withdraw(adoption, *, by, at):
    """Take it back: the public no longer sees it. Twice is once."""
    row = _locked(adoption)
    if row.withdrawn_at is None:
        row.withdrawn_at = at
        row.save(update_fields=["withdrawn_at"])
        _record("withdrawn", row, by)
    return row


@transaction.atomic
def answer(adoption, text, *, by, at):
    """The owner's answer to who wants to use its practice. Raises ValueError, AdoptionRefused."""
    text = text.strip()
    if not text:
        raise ValueError(_("Escreva a resposta."))
    row = _locked(adoption)
    if row.withdrawn_at:
        raise AdoptionRefused(_("Este registro foi retirado."))
    row.reply, row.replied_at, row.replied_by = text, at, by
    row.save(update_fields=["reply", "replied_at", "replied_by"])
    _record("answered", row, by)
    for person in writers_of(row.adopter):
        outbox.post("adoption_answered", subject=row, to=person)
    return row


def _locked(adoption):
    rows = Adoption.objects.select_for_update(of=("self",)).with_adopter().select_related("practice__owner")
    return rows.get(pk=adoption.pk)


def _record(what, adoption, by, **detail):
    audit.record(
        f"practice.adoption_{what}", by=by, subject=adoption, government_id=_government(adoption.adopter), **detail
    )


def _government(body):
    return body.pk if body.kind == body.Kind.GOVERNMENT else None
