"""One key, one write: a request that comes again gets its first answer.

    answer = idempotency.once(user, key, fingerprint, lambda: save(...))      # save returns (status, body)
    answer.status, answer.body, answer.replayed

The key is claimed in a transaction of its own, so that a second request can see that the first is under way (InProgress, 409). The
write and its answer are then committed together. What is raised is not kept: the key is free again. What is returned is kept, refusals
too, so that a refused text that was put aside is not put aside twice. The replay comes before everything the write itself would check.
"""

import hashlib
import json
from dataclasses import dataclass
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from core.models import IdempotencyKey
from core.models.keys import new_claim

KEPT = timedelta(days=30)
# Longer than any request may take: whoever claimed a key this long ago is gone.
ABANDONED = timedelta(seconds=90)
State = IdempotencyKey.State


class KeyRefused(Exception):
    """This key cannot be used now. Carries what the answer needs."""

    status = 422
    code = "key_refused"
    message: str | Promise = ""


class InProgress(KeyRefused):
    status = 409
    code = "in_progress"
    message = _("Este envio ainda está sendo gravado. Aguarde alguns segundos e tente de novo.")


class KeyReused(KeyRefused):
    status = 422
    code = "key_reused"
    message = _("Esta chave de envio já foi usada com outro conteúdo. Recarregue a página e envie de novo.")


class KeyMalformed(KeyRefused):
    status = 422
    code = "key_malformed"
    message = _("A chave de envio está vazia ou é longa demais. Recarregue a página e envie de novo.")


@dataclass(frozen=True)
class Answer:
    status: int
    body: object
    replayed: bool = False


def fingerprint(*parts):
    """A digest of what is asked (route, row, content), to tell a repetition from another request under the same key."""
    canonical = json.dumps(parts, sort_keys=True, ensure_ascii=False, separators=(",", ":"), default=str)
    return hashlib.sha256(canonical.encode()).hexdigest()


def once(user, key, request_hash, perform):
    """Run `perform` the first time and keep its (status, body); later give that back. Raises KeyRefused."""
    if not key or len(key) > 128:
        raise KeyMalformed
    row, mine = _claim(user, key, request_hash)
    if row.request_hash != request_hash:
        raise KeyReused
    if not mine:
        return _replay(row)
    try:
        with transaction.atomic():
            status, body = perform()
            _settle(row, status, body)
    except BaseException:
        IdempotencyKey.objects.filter(pk=row.pk, claim=row.claim, state=State.IN_PROGRESS).delete()
        raise
    return Answer(status, body)


def _claim(user, key, request_hash):
    """The key's row, and whether it is ours to fill."""
    claim = new_claim()
    key_rows = IdempotencyKey.objects.filter(user=user, key=key)
    # Looked for first: where one writer at a time is let in, an insert would wait for the very write it asks about. There is one row at
    # most, and this runs in every save: nothing has to be sorted.
    row = next(iter(key_rows), None)
    if row is None:
        try:
            with transaction.atomic():
                return IdempotencyKey.objects.create(user=user, key=key, request_hash=request_hash, claim=claim), True
        except IntegrityError:
            row = key_rows.first()
    if row is None:
        raise InProgress  # claimed and freed again in this very moment
    return row, _take_over(row, request_hash, claim)


def _take_over(row, request_hash, claim):
    """An abandoned claim passes to whoever asks first; nothing of it was committed."""
    if (
        row.state != State.IN_PROGRESS
        or row.request_hash != request_hash
        or row.created_at > timezone.now() - ABANDONED
    ):
        return False
    abandoned = IdempotencyKey.objects.filter(pk=row.pk, claim=row.claim, state=State.IN_PROGRESS)
    taken = abandoned.update(claim=claim, created_at=timezone.now())
    row.claim = claim
    return bool(taken)


def _replay(row):
    if row.state == State.IN_PROGRESS:
        raise InProgress
    return Answer(row.status, row.body, replayed=True)


def _settle(row, status, body):
    held = IdempotencyKey.objects.filter(pk=row.pk, claim=row.claim, state=State.IN_PROGRESS)
    # Given up meanwhile and taken over: the other one's write stands, this one is rolled back.
    if not held.update(state=State.DONE, status=status, body=body):
        raise InProgress


def prune(at=None):
    """Forget keys past their time. Returns how many."""
    return IdempotencyKey.objects.filter(created_at__lt=(at or timezone.now()) - KEPT).delete()[0]
