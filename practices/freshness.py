"""Whether a published sheet still tells what is: when it was checked, who is asked once it is long ago, and the answer with one press."""

from calendar import monthrange
from datetime import UTC, date, datetime, time

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core import outbox

from .access import locked, refuse_stranger
from .domain import record
from .models import Practice, State
from .models.practice import WrongState
from .people import coordinators, tell_coordination, writers_of

LONGEST_CHANGE = 3000


def months():
    return settings.PRACTICE_CHECK_MONTHS


def months_before(day, number):
    """The same day that many months earlier, or the last one of a shorter month."""
    year, month = divmod(day.year * 12 + day.month - 1 - number, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def stale(today):
    """Published sheets last checked too long ago."""
    return Practice.objects.filter(state=State.PUBLISHED, checked_on__lt=months_before(today, months()))


def is_stale(practice, today):
    return practice.state == State.PUBLISHED and practice.checked_on < months_before(today, months())


def remind(at):
    """Ask the owners of stale sheets, and the coordination, whether they still hold. Each person is asked once for each time a sheet was checked,
    however often this runs. Returns how many letters are new."""
    posted = 0
    helpers = coordinators()
    for practice in stale(timezone.localdate(at)).with_owner().order_by("pk").iterator():
        for person in {user.pk: user for user in [*writers_of(practice.owner), *helpers]}.values():
            posted += _ask_once(practice, person)
    return posted


def _ask_once(practice, person):
    """The date of the check is the letter's own: the outbox keeps one of a kind, subject, person and date."""
    due = datetime.combine(practice.checked_on, time(12), tzinfo=UTC)
    before = outbox.OutboxMessage.objects.filter(
        kind="practice_stale", subject_id=str(practice.pk), recipient=person.email, due=due
    )
    if before.exists():
        return 0
    outbox.post("practice_stale", subject=practice, to=person, due=due, params={"checked_on": str(practice.checked_on)})
    return 1


@transaction.atomic
def confirm(practice, *, by, at):
    """«Continua assim»: the sheet was checked today. Raises WrongState, PermissionDenied."""
    row = locked(practice, by=by)
    refuse_stranger(by, row)
    if row.state != State.PUBLISHED:
        raise WrongState(row.state, State.PUBLISHED)
    row.checked_on = timezone.localdate(at)
    row.save(update_fields=["checked_on"])
    record("checked", row, by=by)
    return row


@transaction.atomic
def tell_change(practice, text, *, by, at):
    """The owner says what is no longer so; the coordination, who may change a published sheet, is told. Raises ValueError, PermissionDenied."""
    row = locked(practice, by=by)
    refuse_stranger(by, row)
    text = text.strip()
    if not text:
        raise ValueError(_("Escreva o que mudou: a coordenação corrige a ficha por essa mensagem."))
    move = row.moves.create(came_from=row.state, went_to=row.state, by=by, at=at, text=text[:LONGEST_CHANGE])
    record("change_told", row, by=by)
    tell_coordination("practice_changed", move)
    return row
