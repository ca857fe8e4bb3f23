"""The mandatory course: completions recorded by the government with the certificate, checked by the coordination."""

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind
from core import audit, files, outbox
from governments import library
from governments.models import Evidence

from .models import CourseCompletion

CERTIFICATE = ("pdf", "jpeg", "png")


class AlreadyChecked(Exception):
    """Another person of the coordination has decided on this certificate already. Carries the completion."""

    def __init__(self, completion):
        super().__init__(_("%(person)s já conferiu este certificado.") % {"person": completion.checked_by.name})
        self.completion = completion


def course_requirement(participation):
    """That one reference person or alternate at least completed the mandatory course and the coordination checked it."""
    completions = list(participation.course_completions.all())
    return cycle.Requirement(
        code="course",
        label=_("Curso do programa concluído"),
        met=any(completion.counts for completion in completions),
        reason=_why_not(completions),
        url=reverse("enrollment:course", args=[participation.pk]),
    )


def _why_not(completions):
    if any(completion.checked_at is None for completion in completions):
        return _("O certificado enviado ainda será conferido pela coordenação.")
    if completions:
        return _("O certificado enviado não foi aceito. Veja o motivo e registre outro.")
    return _("Registre a conclusão do curso de uma pessoa de referência ou suplente, com o certificado.")


def record_completion(participation, *, person, completed_on, hours, certificate, by, at):
    """Record that a reference person or alternate completed the course. certificate: an uploaded file.
    Raises PermissionDenied, StepClosed, ValueError, files.Refused, library.LibraryFull."""
    if completed_on > timezone.localdate(at):
        raise ValueError(_("A data de conclusão não pode ser no futuro."))
    with transaction.atomic():
        # Asked before the file is read, so that who may not write stores nothing.
        _locked(participation, "record_course", by, at)
    library.check_room(participation.government.body, certificate.size)
    stored = files.store(certificate, by=by, kinds=CERTIFICATE)
    try:
        return _record(participation, person, stored, completed_on, hours, by, at)
    except Exception:
        files.remove(stored)
        raise


@transaction.atomic
def _record(participation, person, stored, completed_on, hours, by, at):
    _locked(participation, "record_course", by, at)
    piece = library.add(
        participation.government.body,
        by=by,
        at=at,
        title=_("Certificado do curso: %(name)s") % {"name": person.name},
        kind=Evidence.Kind.CERTIFICATE,
        file=stored,
        document_date=completed_on,
    )
    completion = CourseCompletion.objects.create(
        participation=participation,
        person=person,
        name=person.name,
        completed_on=completed_on,
        hours=hours,
        certificate=piece,
        recorded_at=at,
        recorded_by=by,
    )
    audit.record("course.recorded", by=by, subject=completion, government_id=participation.government_id)
    return completion


def _locked(participation, action, by, at):
    return cycle.locked_step(participation, Kind.CERTIFICATION, action=action, by=by, at=at)


@transaction.atomic
def check_completion(completion, *, by, at, refused_reason=""):
    """Accept a certificate, or refuse it with the reason the government reads. Raises PermissionDenied, StepClosed, AlreadyChecked."""
    participation = completion.participation
    _locked(participation, "check_course", by, at)
    completion = CourseCompletion.objects.select_for_update(of=("self",)).get(pk=completion.pk)
    if completion.checked_at:
        raise AlreadyChecked(completion)
    completion.checked_at, completion.checked_by, completion.refused_reason = at, by, refused_reason.strip()
    completion.save(update_fields=["checked_at", "checked_by", "refused_reason"])
    action = "course.refused" if completion.refused_reason else "course.checked"
    audit.record(action, by=by, subject=completion, government_id=participation.government_id)
    for to in cycle.people_to_tell(participation):
        outbox.post("course_decided", subject=completion, to=to)
    return completion


def waiting():
    """Certificates nobody has checked yet, the oldest first."""
    found = CourseCompletion.objects.filter(checked_at__isnull=True).order_by("recorded_at")
    return found.select_related("participation__government", "participation__edition", "certificate")
