"""Proposals by the open form, where nobody signs in: the address is confirmed by a letter before anybody reads them, and each letter carries a
token of its own, which opens the sheet for completing while it may be changed."""

import secrets
from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core import outbox
from core.tokens import hash_of

from .models import OpenProposal, Practice, Source, State
from .writing import create, save_locked, send_locked

# A proposer completes a sheet within a season; a proposal nobody confirmed is forgotten.
OPEN_FOR = timedelta(days=60)
UNCONFIRMED_FOR = timedelta(days=7)
EDITABLE = (State.DRAFT, State.RETURNED)


class LinkDead(Exception):
    """The address of a letter that serves no more; the message says why."""

    status = 410

    def __init__(self, message):
        super().__init__(message)


@transaction.atomic
def propose(content, *, at, key, language, **who):
    """Keep a proposal and write to its address. who: organisation, kind, uf, website, contact_name, contact_email. Returns the OpenProposal."""
    # Who mistyped the address goes back, corrects it and sends again: that is another proposal.
    key = key and f"{key} {sorted(who.items())}"
    practice = create(Practice(source=Source.OPEN_FORM, created_at=at), content, by=None, at=at, key=key)
    proposal, created = OpenProposal.objects.get_or_create(
        practice=practice,
        defaults={
            **who,
            "language": language,
            "created_at": at,
            "token_hash": hash_of(secrets.token_urlsafe(32)),
            "token_until": at + UNCONFIRMED_FOR,
        },
    )
    if created:
        outbox.post("proposal_confirm", subject=proposal, to=proposal.contact_email)
    return proposal


def new_token(proposal, at=None):
    """A fresh token, made as a letter is written: the clear text exists in the letter alone."""
    token = secrets.token_urlsafe(32)
    proposal.token_hash = hash_of(token)
    kept = OPEN_FOR if proposal.confirmed_at else UNCONFIRMED_FOR
    proposal.token_until = (at or timezone.now()) + kept
    proposal.save(update_fields=["token_hash", "token_until"])
    return token


def find(token, at):
    """The proposal a letter's address opens. Raises LinkDead."""
    rows = OpenProposal.objects.select_related("practice")
    proposal = rows.filter(token_hash=hash_of(token)).first()
    if proposal is None:
        raise LinkDead(_("Este endereço não serve mais: vale só o da última mensagem que enviamos."))
    if proposal.token_until < at:
        raise LinkDead(_("O prazo deste endereço terminou."))
    return proposal


@transaction.atomic
def confirm(token, *, at):
    """The address is the proposer's: the sheet goes to the curators. Twice is once. Raises LinkDead, NotComplete."""
    proposal = _locked(token, at)
    practice = proposal.practice
    if proposal.confirmed_at is None:
        proposal.confirmed_at = at
        proposal.save(update_fields=["confirmed_at"])
    if practice.state in EDITABLE:
        send_locked(practice, by=None, at=at)
    return proposal


@transaction.atomic
def save(token, content, *, based_on, at):
    """The proposer completes the sheet. Raises LinkDead, Stale."""
    proposal = _locked(token, at)
    if proposal.practice.state not in EDITABLE:
        raise LinkDead(_("A ficha está com a curadoria e não pode ser mudada agora."))
    return save_locked(proposal.practice, content, based_on=based_on, by=None, at=at)


def _locked(token, at):
    proposal = find(token, at)
    practice = Practice.objects.select_for_update(of=("self",)).with_owner().get(pk=proposal.practice_id)
    proposal = OpenProposal.objects.get(pk=proposal.pk)
    proposal.practice = practice
    return proposal


@transaction.atomic
def forget_unconfirmed(at):
    """Throw away what nobody confirmed in time, with the letters about it. Returns how many."""
    old = Practice.objects.filter(
        state=State.DRAFT, proposal__confirmed_at__isnull=True, proposal__created_at__lt=at - UNCONFIRMED_FOR
    )
    rows = list(old.select_related("proposal"))
    outbox.forget([practice.proposal for practice in rows])
    return len([practice.delete() for practice in rows])
