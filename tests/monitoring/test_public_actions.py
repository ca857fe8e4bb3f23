"""What the public is told of an action: only what the coordination verified, and silence said plainly."""

from datetime import timedelta

import pytest
from django.utils import timezone

from certification.figures import domain
from certification.figures.models import ActionCount, PublicAction
from certification.models import Edition, Kind
from certification.monitoring import domain as monitoring
from certification.monitoring.models import ProgressStatus, Verdict
from certification.seal.models import Seal

DAY = timedelta(days=1)


@pytest.fixture
def public(monitored, edition, now):
    """The edition is published; its actions are «Portaria» and «Bilhete», which ends today."""
    Seal.objects.create(participation=monitored, awarded_at=now, earlier_source="teste")
    Edition.objects.filter(pk=edition.pk).update(published_at=now - DAY)
    monitored.edition.refresh_from_db()
    domain.refresh_edition(monitored.edition, now)
    return monitored


def row(title="Portaria"):
    return PublicAction.objects.get(title__startswith=title)


def refreshed(participation, at):
    domain.refresh_edition(participation.edition, at)
    return row()


def test_what_nobody_verified_is_not_public(public, add, first):
    add(first, status="done", done=4, total=4)
    domain.refresh_actions(public, timezone.now())
    assert (row().state, row().degree, row().waiting) == (ProgressStatus.NOT_STARTED, None, True)


def test_a_confirmed_entry_shows_at_once(public, add, first, helena, now):
    entry = add(first, done=1, total=4)
    monitoring.verify_entry(public, entry.pk, verdict=Verdict.CONFIRMED, by=helena, at=now)
    assert (row().state, row().degree, row().waiting) == (ProgressStatus.IN_PROGRESS, 25, False)
    assert ActionCount.objects.get(state=ProgressStatus.IN_PROGRESS).number == 1


def test_asking_for_evidence_is_no_confirmation(public, add, first, helena, now):
    entry = add(first, done=1, total=4)
    monitoring.verify_entry(public, entry.pk, verdict=Verdict.CONFIRMED, by=helena, at=now)
    later = now + timedelta(hours=1)
    monitoring.verify_entry(public, entry.pk, verdict=Verdict.EVIDENCE_ASKED, text="Ata?", by=helena, at=later)
    assert (row().degree, row().waiting) == (None, True)


def test_a_newer_entry_waits_while_the_verified_one_stands(public, add, first, helena, now):
    entry = add(first, done=1, total=4)
    monitoring.verify_entry(public, entry.pk, verdict=Verdict.CONFIRMED, by=helena, at=now)
    add(first, done=3, total=4)
    assert (refreshed(public, now).degree, row().waiting) == (25, True)


def test_what_the_government_took_back_is_shown_no_more(public, add, first, helena, now):
    entry = add(first, done=3, total=4)
    monitoring.verify_entry(public, entry.pk, verdict=Verdict.CONFIRMED, by=helena, at=now)
    add(first, done=1, total=4, corrects=entry.pk)
    assert (refreshed(public, now).degree, row().waiting) == (None, True)


def test_a_day_later_it_is_late_and_after_the_period_silence_is_not_delivered(public, edition, now):
    assert row("Bilhete").state == ProgressStatus.NOT_STARTED
    domain.sweep(now + DAY)
    assert row("Bilhete").state == ProgressStatus.LATE
    edition.windows.filter(step=Kind.MONITORING).update(closes_at=now - timedelta(hours=1))
    domain.sweep(now + DAY)
    assert {each.state for each in PublicAction.objects.all()} == {ProgressStatus.NOT_DELIVERED}


def test_who_told_something_is_not_called_silent(public, add, second, edition, now):
    add(second)
    edition.windows.filter(step=Kind.MONITORING).update(closes_at=now - timedelta(hours=1))
    domain.sweep(now + DAY)
    assert (row("Bilhete").state, row("Bilhete").waiting) == (ProgressStatus.LATE, True)


def test_a_validated_report_is_verification_of_all_in_it(public, add, first, second, ana, helena, now):
    add(first, status="done", done=4, total=4)
    add(second, status="not_delivered")
    monitoring.submit_monitoring(public, by=ana, at=now)
    monitoring.approve_monitoring(public, by=helena, at=now)
    assert (row().state, row().degree, row().waiting) == (ProgressStatus.DONE, 100, False)
    assert row("Bilhete").state == ProgressStatus.NOT_DELIVERED
