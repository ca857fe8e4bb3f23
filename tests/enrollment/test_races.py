"""Two hands on one form."""

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection
from django.utils import timezone

from accounts.models import User
from certification.enrollment import course, domain
from certification.enrollment.models import CourseCompletion, Enrollment, ReferencePerson
from certification.models import Participation
from core.models import StoredFile

from .conftest import content, pdf


@pytest.fixture
def db(transactional_db):
    """Threads see what is committed only: every fixture of these tests commits."""


def at_once(function, arguments):
    """Run a function with each argument in threads that start together; gives what each returned or raised."""
    gate = Barrier(len(arguments))

    def run(argument):
        gate.wait()
        try:
            return function(argument)
        except Exception as error:  # the outcome is what the tests look at
            return error
        finally:
            connection.close()

    with ThreadPoolExecutor(len(arguments)) as pool:
        return list(pool.map(run, arguments))


def names(outcomes):
    return sorted(type(outcome).__name__ for outcome in outcomes)


@pytest.fixture
def save(participation, ana):
    def save(motives, document=None):
        return domain.save_enrollment(
            Participation.objects.get(pk=participation.pk),
            content(motives=motives),
            version=0,
            by=User.objects.get(pk=ana.pk),
            at=timezone.now(),
            document=document,
        )

    return save


def test_of_eight_saves_from_one_version_exactly_one_wins(save):
    outcomes = at_once(save, [f"Texto {number}" for number in range(8)])
    assert names(outcomes) == ["Enrollment", *["Stale"] * 7]
    saved = Enrollment.objects.get()
    assert saved.version == 1
    assert saved.motives == next(outcome.motives for outcome in outcomes if isinstance(outcome, Enrollment))


def test_of_four_documents_from_one_version_one_is_kept(save):
    outcomes = at_once(
        lambda number: save(f"Texto {number}", pdf(content=b"%PDF-1.7\n" + str(number).encode())), range(4)
    )
    assert names(outcomes) == ["Enrollment", *["Stale"] * 3]
    assert StoredFile.objects.get() == Enrollment.objects.get().intent_document.file


def test_a_certificate_is_decided_once(save, participation, ana, helena):
    save("Um texto.")
    completion = course.record_completion(
        participation,
        person=ReferencePerson.objects.get(role="reference"),
        completed_on=timezone.localdate(),
        hours=30,
        certificate=pdf(),
        by=ana,
        at=timezone.now(),
    )

    def decide(reason):
        person = User.objects.get(pk=helena.pk)
        row = CourseCompletion.objects.get(pk=completion.pk)
        return course.check_completion(row, by=person, at=timezone.now(), refused_reason=reason)

    outcomes = at_once(decide, ["", "Ilegível.", "Falta o verso.", ""])
    assert names(outcomes) == ["AlreadyChecked"] * 3 + ["CourseCompletion"]
