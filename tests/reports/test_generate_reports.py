"""The command that asks for all reports of an edition."""

import json

import pytest
from django.core.management import CommandError, call_command

from certification.reports.management.commands.generate_reports import Command
from certification.reports.models import Report
from core import jobs
from core.models import Job


def told(capsys):
    return json.loads(capsys.readouterr().out.strip().splitlines()[-1])


def test_unknown_edition_is_named(db):
    with pytest.raises(CommandError, match="Não há edição 1999"):
        call_command("generate_reports", edition=1999)


def test_government_that_handed_nothing_over_gets_nothing(participation, capsys):
    call_command("generate_reports", edition=2026, as_json=True)
    assert told(capsys) == {"ready": 0, "queued": 0}


def test_queues_what_can_be_made_and_again_only_what_is_not_ready(participation, diagnosis, priorities, capsys):
    call_command("generate_reports", edition=2026, kind="prioritization", as_json=True)
    assert told(capsys) == {"ready": 0, "queued": 1}
    jobs.drain()
    call_command("generate_reports", edition=2026, wait=False, as_json=True)
    assert told(capsys) == {"ready": 1, "queued": 1}
    assert set(Report.objects.values_list("kind", flat=True)) == {"prioritization", "diagnosis"}


def test_language_is_passed_on(participation, priorities, capsys):
    call_command("generate_reports", edition=2026, language="es", as_json=True)
    assert list(Report.objects.values_list("kind", "language")) == [("prioritization", "es")]


def test_wait_tells_what_was_made(participation, priorities, capsys):
    call_command("generate_reports", edition=2026)
    jobs.drain()
    assert Command().watch([Job.objects.get().pk]) == {"done": 1, "failed": 0}
    assert capsys.readouterr().out.splitlines()[-1] == "1/1"


def test_pace_is_an_estimate_from_what_was_done():
    assert Command().pace(10, 40, 60) == "10/40, about 3.0 min left"
