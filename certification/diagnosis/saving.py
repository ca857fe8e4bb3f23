"""Saving one row of a diagnosis (an answer, a line of the context sheet): locked, asked, compared with what it was based on, written
with its revision, and told after commit.

The lock begins at the diagnosis, as for every write below it. A save that is refused leaves its text in the history.
"""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind, State
from core import audit, idempotency
from governments import team

from . import reading
from .content import Content
from .models import RevisionKind

OK, CONFLICT = 200, 412


@dataclass(frozen=True)
class Saved:
    """row: what was saved, with its diagnosis and participation as read under the lock, and before: what it said before; None for a replay."""

    version: int
    saved_at: datetime
    replayed: bool = False
    row: object = None
    before: Content | None = None


class Stale(Exception):
    """Somebody saved in between. `other` is what stands now (as_json); what was refused is in the history."""

    status = CONFLICT
    code = "stale"

    def __init__(self, other):
        super().__init__(
            _("%(person)s respondeu enquanto você escrevia.") % {"person": other["updated_by"] or _("Outra pessoa")}
        )
        self.other = other


@dataclass
class Save:
    """One attempt at one row.

    rows: what kind of row (see answers.py and context.py). lookup: how it is found, its diagnosis or participation and its code: looking it
    up in the saving query itself spares each of many saves a read.
    """

    rows: object
    lookup: dict
    content: Content
    based_on: int
    by: object
    at: datetime
    row: object = None
    before: Content | None = None

    def fingerprint(self):
        return idempotency.fingerprint(self.rows.name, self.lookup, self.content.for_json(), self.based_on)

    def perform(self, key=None):
        """Returns Saved. Raises the row's DoesNotExist (also for what the person may not see), PermissionDenied, StepClosed, Stale,
        InvalidAnswer and idempotency.KeyRefused."""
        try:
            status, body, replayed = self._once(key)
        except cycle.StepClosed as closed:
            self._put_aside_apart(closed.decision.reason)
            raise
        if status == CONFLICT:
            raise Stale(body)
        return Saved(body["version"], parse_datetime(body["saved_at"]), replayed, self.row, self.before)

    def _once(self, key):
        if key is None:
            with transaction.atomic():
                return *self._attempt(), False
        answer = idempotency.once(self.by, key, self.fingerprint(), self._attempt)
        return answer.status, answer.body, answer.replayed

    def _attempt(self):
        """(status, body), inside a transaction: what is returned is committed, what is raised is not."""
        row = lock_row(self.rows.found(), self.lookup, self.by, self.at)
        may_change(row, self.by, self.at, reopened=self.rows.is_reopened)
        fields = self.rows.fields(row, self.content)
        version = self.based_on + 1
        if not self._write(row, fields, version):
            return CONFLICT, self._refuse_stale(row)
        self._revise(row, fields, version=version)
        self._record("saved", row, version=version)
        self._remember(row, fields, version)
        return OK, {"version": version, "saved_at": self.at.isoformat()}

    def _write(self, row, fields, version):
        """The guard: the row changes only if it still has the version the person saw."""
        unchanged = self.rows.model.objects.filter(pk=row.pk, version=self.based_on)
        return unchanged.update(version=version, updated_at=self.at, updated_by=self.by, **fields)

    def _remember(self, row, fields, version):
        """The row as it now stands, for the answer to be drawn without reading it again."""
        self.row, self.before = row, row.content()
        for name, value in (fields | {"version": version, "updated_at": self.at, "updated_by": self.by}).items():
            setattr(row, name, value)

    def _refuse_stale(self, row):
        self._put_aside(row, "stale")
        return as_json(self.rows.model.objects.select_related("updated_by").get(pk=row.pk))

    def _put_aside_apart(self, reason):
        """The refused text, in a transaction of its own: the one of the save is gone."""
        row = self.rows.model.objects.select_related("diagnosis__participation").get(**self.lookup)
        last = row.revisions.filter(kind=RevisionKind.REFUSED, by=self.by).last()
        # A browser that tries again sends the same text: once is enough.
        if last is None or last.content() != self.content.as_typed():
            with transaction.atomic():
                self._put_aside(row, reason)

    def _put_aside(self, row, reason):
        fields = self.rows.only_own(self.content.as_typed().fields())
        self._revise(row, fields, version=self.based_on, kind=RevisionKind.REFUSED, refused_because=reason)
        self._record("refused", row, reason=reason)

    def _revise(self, row, fields, **facts):
        row.revisions.create(by=self.by, at=self.at, **fields, **facts)

    def _record(self, what, row, **detail):
        government_id = row.diagnosis.participation.government_id
        action = f"{self.rows.name}.{what}"
        audit.record(action, by=self.by, subject=row, government_id=government_id, code=row.code, **detail)


def lock_row(rows, lookup, by, at):
    """The row with its diagnosis locked and all the cycle asks for. Raises DoesNotExist, also for what the person may not see."""
    row = reading.locked_row(rows.filter(**lookup))
    participation = row.diagnosis.participation
    team.forget(by)
    if not reading.sees(by, participation):
        raise rows.model.DoesNotExist
    reading.skip_extensions(participation, at)
    return row


def may_change(row, by, at, *, reopened):
    """Whether this person may change this row now; `reopened(row)` says so for a returned step. Raises PermissionDenied or StepClosed."""
    participation = row.diagnosis.participation
    decision = cycle.decide(cycle.may("edit_diagnosis", by, participation, at))
    if participation.step(Kind.DIAGNOSIS).state == State.RETURNED and not reopened(row):
        raise cycle.StepClosed(not_reopened(decision.closes_at))
    return decision


def not_reopened(closes_at=None):
    sentence = _("Esta parte não foi devolvida: nesta correção só mudam as perguntas com apontamento da coordenação.")
    return cycle.Decision(False, "not_reopened", sentence, closes_at)


def as_json(row):
    """A row as the signed-in browser reads it."""
    return row.content().for_json() | {
        "version": row.version,
        "updated_by": row.author,
        "updated_at": row.updated_at.isoformat() if row.updated_at else None,
    }
