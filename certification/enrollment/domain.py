"""The enrolment: saved as it is filled in, handed over, accepted, returned or declined. Who completed the course: `course.py`."""

from django.db import transaction
from django.utils.translation import gettext as _

from certification import cycle
from certification.handing import hand_over_once
from certification.models import Kind, Snapshot
from certification.models.snapshot import freeze
from core import audit, files, outbox
from governments import library
from governments.models import Evidence

from . import frozen, people
from .course import course_requirement  # noqa: F401  the seal room asks for it here
from .models import Enrollment, EnrollmentNote, ReferencePerson

TEXTS = ("signatory_name", "signatory_position", "lead_department", "motives")


class Stale(Exception):
    """Somebody saved since this form was opened. Carries the enrolment as it stands."""

    status = 412

    def __init__(self, enrollment):
        super().__init__(_("Outra pessoa salvou esta inscrição enquanto você escrevia."))
        self.enrollment = enrollment


def enrollment_of(participation):
    """The participation's enrolment; an unsaved empty one where nobody has written anything yet."""
    try:
        return participation.enrollment
    except Enrollment.DoesNotExist:
        return Enrollment(participation=participation)


def people_of(enrollment):
    """{Place: {field: text}}"""
    return people.by_place(enrollment.people.all()) if enrollment.pk else {}


def content_of_form(enrollment):
    """What the form shows of an enrolment: the texts and the people by place."""
    return {name: getattr(enrollment, name) for name in TEXTS} | {"people": people_of(enrollment)}


def save_enrollment(participation, content, *, version, by, at, document=None):
    """Save what was filled in, complete or not.

    content: TEXTS and «people» {(pair, role): {field: text}}. version: the one the form was opened with. document: an uploaded PDF.
    Raises PermissionDenied, StepClosed, Stale, files.Refused, library.LibraryFull; then nothing is changed.
    """
    content = {name: content[name].strip() for name in TEXTS} | {"people": people.cleaned(content["people"])}
    if not document:
        return _save(participation, content, None, version=version, by=by, at=at)
    # Asked before the file is read, so that who may not write stores nothing.
    with transaction.atomic():
        _locked(participation, version, by, at, content)
    library.check_room(participation.government.body, document.size)
    stored = files.store(document, by=by, kinds=files.DOCUMENT)
    try:
        saved = _save(participation, content, stored, version=version, by=by, at=at)
    except Exception:
        files.remove(stored)
        raise
    if saved.intent_document.file_id != stored.pk:
        files.remove(stored)  # the same form sent twice: the first one's file stands
    return saved


def _locked(participation, version, by, at, same_as):
    """The enrolment under the participation's lock, which every write of the step takes first. A repeated save of the same is no conflict."""
    step = cycle.locked_step(participation, Kind.ENROLLMENT, action="edit_enrollment", by=by, at=at)
    enrollment = Enrollment.objects.get_or_create(participation=step.participation)[0]
    if enrollment.version != version and content_of_form(enrollment) != same_as:
        raise Stale(enrollment)
    return enrollment


@transaction.atomic
def _save(participation, content, stored, *, version, by, at):
    enrollment = _locked(participation, version, by, at, content)
    if enrollment.version != version:
        if stored and not _is_document(enrollment, stored):
            raise Stale(enrollment)
        return enrollment
    for name in TEXTS:
        setattr(enrollment, name, content[name])
    if stored:
        enrollment.intent_document = _new_document(participation, enrollment.intent_document, stored, by=by, at=at)
    enrollment.version, enrollment.updated_at, enrollment.updated_by = version + 1, at, by
    enrollment.save()
    _save_people(enrollment, content["people"])
    audit.record(
        "enrollment.saved", by=by, subject=enrollment, government_id=participation.government_id, version=version + 1
    )
    return enrollment


def _is_document(enrollment, stored):
    document = enrollment.intent_document
    return document is not None and document.file.sha256 == stored.sha256


def _new_document(participation, old, stored, *, by, at):
    title = _("Documento de intenção %(year)s") % {"year": participation.edition.year}
    owner = participation.government.body
    new = library.add(owner, by=by, at=at, title=title, kind=Evidence.Kind.INTENT, file=stored)
    if old and not old.superseded_by_id:
        library.supersede(old, new, by=by)
    return new


def _save_people(enrollment, wanted):
    """Rows follow places: a person who stays in a place keeps the row, and with it the course."""
    rows = {people.Place(row.pair, row.role): row for row in enrollment.people.all()}
    for place in rows.keys() - wanted.keys():
        rows[place].delete()
    new = wanted.keys() - rows.keys()
    ReferencePerson.objects.bulk_create(
        ReferencePerson(enrollment=enrollment, **place._asdict(), **wanted[place]) for place in new
    )
    for place in wanted.keys() - new:
        _change_person(rows[place], wanted[place])


def _change_person(row, person):
    if all(getattr(row, name) == text for name, text in person.items()):
        return
    if row.name and person["name"] != row.name:
        # Another person: the course of the one before stays under that one's name.
        row.course_completions.update(person=None)
    for name, text in person.items():
        setattr(row, name, text)
    row.save()


# Moves.


def submit_enrollment(participation, *, by, at):
    """Freeze the form and hand the step over. Returns (snapshot, True), or (the standing snapshot, False) when pressed twice.
    Raises PermissionDenied, StepClosed, RequirementsMissing."""
    return hand_over_once(
        participation,
        Kind.ENROLLMENT,
        by=by,
        at=at,
        freeze=_freeze,
        afterwards=lambda snapshot: _tell("enrollment_submitted", snapshot, participation),
    )


def _freeze(participation, *, by, at):
    return freeze(participation, Kind.ENROLLMENT, frozen.content_of(enrollment_of(participation)), by=by, at=at)


def receipts(participation):
    """Submitted copies of the enrolment, the latest first."""
    found = Snapshot.objects.filter(participation=participation, kind=Kind.ENROLLMENT)
    return found.select_related("made_by").order_by("-number")


@transaction.atomic
def accept_enrollment(participation, *, by, at):
    """Validate it: the diagnosis becomes due. Raises PermissionDenied, StepClosed."""
    step = cycle.accept(participation, Kind.ENROLLMENT, by=by, at=at)
    _tell("enrollment_accepted", step.participation, participation)
    return step


@transaction.atomic
def return_enrollment(participation, *, text, correct_until, by, at):
    """Give it back with what is to be corrected and until when. Raises PermissionDenied, StepClosed, ValueError."""
    if not text.strip():
        raise ValueError(_("Escreva o que o governo precisa corrigir."))
    cycle.give_back(participation, Kind.ENROLLMENT, by=by, at=at, correct_until=correct_until)
    enrollment = Enrollment.objects.get_or_create(participation=participation)[0]
    note = EnrollmentNote.objects.create(enrollment=enrollment, text=text.strip(), by=by, at=at)
    _tell("enrollment_returned", note, participation)
    return note


@transaction.atomic
def decline_enrollment(participation, *, reason, by, at):
    """End the participation with a reason the government reads. Raises PermissionDenied, StepClosed, ValueError."""
    declined = cycle.decline(participation, by=by, at=at, reason=reason)
    _tell("enrollment_declined", declined, participation)
    return declined


def _tell(kind, subject, participation):
    for to in cycle.people_to_tell(participation):
        outbox.post(kind, subject=subject, to=to)
