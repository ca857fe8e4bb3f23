"""Certificates of attendance: who may have one, the PDF, and the page anyone can check it on."""

from dataclasses import dataclass

from django.db import transaction
from django.urls import reverse
from django.utils import translation
from django.utils.formats import number_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit, drawings, files, pdf, qr
from core.context_processors import has_demo_mark
from core.jobs import Job, JobFailed
from core.links import absolute

from .domain import EventRefused, post
from .models import AttendanceCertificate, Registration
from .templatetags.event_dates import event_days, long_day


class NotYet(EventRefused):
    """No certificate now; the message says what is missing."""


@dataclass(frozen=True)
class Standing:
    """True where the person may have a certificate; `reason` says why not."""

    may: bool
    reason: str = ""

    def __bool__(self):
        return self.may


def standing(event, sessions_held, sessions_present, *, is_registered, at):
    """Whether attendance earns a certificate. Reads nothing but its arguments and the loaded event."""
    if not event.certificate_hours:
        return Standing(False, _("Este encontro não dá certificado."))
    if event.cancelled_at:
        return Standing(False, _("O encontro foi cancelado."))
    if not is_registered:
        return Standing(False, _("O certificado é de quem teve a inscrição confirmada."))
    if not event.is_past(at):
        return Standing(
            False, _("O certificado fica disponível depois do encontro, para quem teve a presença marcada.")
        )
    needed = event.sessions_for_certificate if sessions_held else 1
    if sessions_present < needed:
        words = ngettext(
            "Para o certificado é preciso presença em %(needed)s sessão; você tem presença em %(present)s.",
            "Para o certificado é preciso presença em %(needed)s sessões; você tem presença em %(present)s.",
            needed,
        )
        return Standing(False, words % {"needed": needed, "present": sessions_present})
    return Standing(True)


def standing_of(registration, at):
    """The same of a registration whose event, sessions and presences are loaded."""
    held, present = len(registration.event.sessions.all()), len(registration.presences.all())
    return standing(registration.event, held, present, is_registered=registration.is_registered, at=at)


@transaction.atomic
def issue(registration, *, at, by=None):
    """The one certificate of a registration, asked for once however often. Raises NotYet."""
    registration = (
        Registration.objects.select_for_update(of=("self",)).select_related("event", "user").get(pk=registration.pk)
    )
    known = AttendanceCertificate.objects.filter(registration=registration).first()
    if known and known.withdrawn_at is None:
        return known
    may = standing_of(registration, at)
    if not may:
        raise NotYet(may.reason)
    certificate = _issued(registration, known, at)
    Job.request("attendance_certificate", subject=certificate, by=by)
    audit.record("event.certificate_issued", by=by, subject=certificate)
    return certificate


def _issued(registration, withdrawn, at):
    facts = {
        "name": registration.name,
        "hours": registration.event.certificate_hours,
        "language": registration.language,
        "issued_at": at,
    }
    if withdrawn is None:
        return AttendanceCertificate.objects.create(registration=registration, **facts)
    for name, value in {**facts, "withdrawn_at": None, "withdrawn_by": None, "file": None}.items():
        setattr(withdrawn, name, value)
    withdrawn.save()
    return withdrawn


def issue_to_all(event, *, at, by):
    """To everybody whose presence earns it; each is told when it is ready. Returns how many are new."""
    waiting = event.registrations.registered().filter(certificate__isnull=True, presences__isnull=False).distinct()
    new = 0
    for registration in waiting.select_related("event", "user").prefetch_related("event__sessions", "presences"):
        if standing_of(registration, at):
            issue(registration, at=at, by=by)
            new += 1
    return new


@transaction.atomic
def withdraw(certificate, *, at, by):
    """Given by mistake: its page says it no longer holds."""
    if certificate.withdrawn_at is None:
        certificate.withdrawn_at, certificate.withdrawn_by = at, by
        certificate.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.record("event.certificate_withdrawn", by=by, subject=certificate)


def withdraw_if_unearned(registration, *, at, by):
    """After a presence was undone: with too few left, the certificate given for them no longer holds."""
    certificate = AttendanceCertificate.objects.filter(registration=registration).first()
    if certificate and _missing(registration) > 0:
        withdraw(certificate, at=at, by=by)


def restore_if_earned(registration, *, by):
    """After a presence was marked: where it is the one that was missing, the same certificate holds again."""
    certificate = AttendanceCertificate.objects.filter(registration=registration, withdrawn_at__isnull=False).first()
    # One more than needed restores nothing: that certificate was withdrawn for another reason.
    if certificate and _missing(registration) == 0:
        certificate.withdrawn_at = certificate.withdrawn_by = None
        certificate.save(update_fields=["withdrawn_at", "withdrawn_by"])
        audit.record("event.certificate_restored", by=by, subject=certificate)


def _missing(registration):
    """How many presences short of a certificate; below zero, how many more than needed."""
    return registration.event.sessions_for_certificate - registration.presences.count()


def make(certificate, job=None):
    """Make the PDF and keep it; made already, it is what was made. The worker's business."""
    if certificate.file_id:
        return certificate.file
    document = _rendered(certificate)
    with job.holding() if job else transaction.atomic():
        return _keep(certificate, document)


def _rendered(certificate):
    with translation.override(certificate.language):
        context = contents(certificate) | {"is_demo": has_demo_mark()}
        title = _("Certificado de participação: %(name)s") % {"name": certificate.name}
    try:
        return pdf.render(
            "print/attendance.html",
            context,
            language=certificate.language,
            title=title,
            base_css="print/attendance.css",
        )
    except pdf.RenderFailed as failure:
        if failure.reason in ("crash", "timeout"):
            raise  # on a busy machine another attempt may do better
        raise JobFailed(str(failure)) from failure


def _keep(certificate, document):
    locked = (
        AttendanceCertificate.objects.select_for_update(of=("self",))
        .select_related("registration__user")
        .get(pk=certificate.pk)
    )
    if locked.file_id:
        return locked.file
    name = f"migracidades-certificado-{locked.code}.pdf"
    locked.file = files.keep(bytes(document), name=name, media_type="application/pdf")
    locked.save(update_fields=["file"])
    post("event_certificate", locked.registration)
    return locked.file


def contents(certificate):
    """What the document says, in the active language."""
    event = certificate.registration.event
    address = absolute(_path(certificate.code))
    return {
        "holder": certificate.name,
        "holder_class": _class_for(certificate.name),
        "title": event.title,
        "event_title": event.title,
        "type": event.get_type_display(),
        "days": event_days(event),
        "place": event.shown_place,
        "hours": hours_text(certificate.hours),
        "code": spaced(certificate.code),
        "issued_on": long_day(certificate.issued_at),
        "organisers": [str(body) for body in event.organisers.all()],
        "address": address,
        "qr": qr.svg(address, _("Código QR da página de verificação")),
        "emblem": drawings.mark(64),
    }


def hours_text(hours):
    words = number_format(hours.normalize() if hours != int(hours) else int(hours))
    return ngettext("%(hours)s hora", "%(hours)s horas", int(hours) if hours >= 2 else 1) % {"hours": words}


def spaced(code):
    """«K7M2P-9QX4T»: read aloud and typed by hand."""
    return f"{code[:5]}-{code[5:]}"


def _class_for(name):
    return "name-longest" if len(name) > 60 else "name-long" if len(name) > 30 else "name-short"


def _path(code):
    """Printed on paper, the address is the one without a language."""
    with translation.override("pt-br"):
        return reverse("event-certificate", args=[code])


def page_of(code):
    """The path of the page that tells about a certificate's code, or None: for the portal's look-up of codes."""
    known = AttendanceCertificate.objects.filter(code=code).exists()
    return reverse("event-certificate", args=[code]) if known else None
