"""Writing the prepared tables: the whole of an edition when it is published, one participation when something about it changes.

Everything here may be run again and leaves the same rows. One at a time writes: the lock is the programme's row, which no move of the cycle takes.
"""

from contextlib import contextmanager
from contextvars import ContextVar

from django.db import transaction
from django.db.models import Exists, OuterRef
from django.utils import timezone

from certification.models import Edition, Participation, Programme

from . import counting
from .actions import public_actions
from .diagnoses import keep_statuses
from .gathering import presences
from .models import (
    ActionCount,
    DimensionCount,
    EditionCount,
    FrozenStatuses,
    IndicatorCount,
    Prepared,
    Presence,
    PublicAction,
)
from .records import all_governments, keep_records

COUNTS = (EditionCount, DimensionCount, IndicatorCount, ActionCount)
# Of older editions no date can change the state of an action any more.
LIVE_YEARS = 2


@transaction.atomic
def refresh_edition(edition, at):
    """Make all tables of an edition again; of one that is not public, none are left."""
    _lock(edition)
    before = set(Presence.objects.filter(edition=edition).values_list("government", flat=True))
    _clear(edition)
    if edition.is_public(at):
        Presence.objects.bulk_create(presences(edition, at), batch_size=500)
        PublicAction.objects.bulk_create(public_actions(edition, at), batch_size=500)
        keep_statuses(_certifiable(edition))
        _keep_who_came_again(edition)
        _count_all(edition)
    after = set(Presence.objects.filter(edition=edition).values_list("government", flat=True))
    keep_records(before | after)
    _before_it_too(edition, at)
    Prepared.objects.filter(edition=edition).update(at=at)


def _clear(edition):
    PublicAction.objects.filter(edition=edition).delete()
    Presence.objects.filter(edition=edition).delete()
    for model in COUNTS:
        model.objects.filter(edition=edition).delete()


def _certifiable(edition):
    return Participation.objects.filter(presence__edition=edition).exclude(presence__seal_code="")


# Editions to be made again at the end of an `all_at_once`, or None outside of one.
_waiting = ContextVar("_waiting", default=None)


@contextmanager
def all_at_once(at):
    """Within it participations that change are only noted; at its end each of their editions is made again, once. Belongs inside the transaction."""
    outer = _waiting.set({})
    try:
        yield
        for edition in _waiting.get().values():
            refresh_edition(edition, at)
    finally:
        _waiting.reset(outer)


def refresh_participation(participation, at):
    """Follow what changed in one participation: a seal given, revoked or replaced, a step validated."""
    edition = participation.edition
    if not edition.is_public(at):
        return
    if _waiting.get() is not None:
        _waiting.get()[edition.pk] = edition
        return
    _refresh_participation(participation, edition, at)


@transaction.atomic
def _refresh_participation(participation, edition, at):
    _lock(edition)
    Presence.objects.filter(participation=participation).delete()
    PublicAction.objects.filter(participation=participation).delete()
    Presence.objects.bulk_create(presences(edition, at, participation))
    PublicAction.objects.bulk_create(public_actions(edition, at, participation))
    keep_statuses(Participation.objects.filter(pk=participation.pk).exclude(presence__seal_code=""))
    _keep_who_came_again(edition)
    _count_all(edition)
    keep_records([participation.government_id])
    previous = edition_before(edition, at)
    if previous:
        _keep_who_came_again(previous)
        counting.count_enrolments(previous)


@transaction.atomic
def refresh_actions(participation, at):
    """Follow an entry that was verified."""
    if not participation.edition.is_public(at):
        return
    _lock(participation.edition)
    PublicAction.objects.filter(participation=participation).delete()
    PublicAction.objects.bulk_create(public_actions(participation.edition, at, participation))
    counting.count_actions(participation.edition)


def _lock(edition):
    Programme.objects.select_for_update(no_key=True).get(pk=edition.programme_id)
    Prepared.objects.get_or_create(edition=edition)


def _count_all(edition):
    counting.count_enrolments(edition)
    counting.count_dimensions(edition)
    counting.count_indicators(edition)
    counting.count_actions(edition)


# Who came again.


def edition_before(edition, at):
    earlier = Edition.objects.filter(programme=edition.programme_id, year__lt=edition.year, published_at__lte=at)
    return earlier.order_by("-year").first()


def edition_after(edition):
    """The next published edition: its presences are there, or it is not."""
    later = Edition.objects.filter(programme=edition.programme_id, year__gt=edition.year, presences__isnull=False)
    return later.order_by("year").first()


def _keep_who_came_again(edition):
    following = edition_after(edition)
    rows = Presence.objects.filter(edition=edition)
    if following is None or following.from_before_portal:
        # Of an edition from before the portal only the certified are known: who enrolled again cannot be told.
        rows.update(again=None)
        return
    rows.update(again=Exists(Presence.objects.filter(edition=following, government=OuterRef("government"))))


def _before_it_too(edition, at):
    previous = edition_before(edition, at)
    if previous:
        _keep_who_came_again(previous)
        counting.count_enrolments(previous)


# All of it.


def rebuild(at=None):
    """Every edition anew, from the first; rows of editions that are not public go. Returns the years made."""
    at = at or timezone.now()
    FrozenStatuses.objects.all().delete()
    editions = list(Edition.objects.order_by("year"))
    for edition in editions:
        refresh_edition(edition, at)
    keep_records(all_governments())
    return [edition.year for edition in editions if edition.is_public(at)]


def sweep(at=None):
    """Each night: a day has passed, so that an action may be late or not delivered; and what was never made is made. Returns the years made."""
    at = at or timezone.now()
    live = timezone.localdate(at).year - LIVE_YEARS
    made = []
    for edition in Edition.objects.filter(published_at__lte=at).select_related("prepared").order_by("year"):
        prepared = getattr(edition, "prepared", None)
        if edition.year >= live or prepared is None or prepared.at is None:
            refresh_edition(edition, at)
            made.append(edition.year)
    return made
