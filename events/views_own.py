"""A registration's own page, for whoever holds its address: place, calendar, code for the door, cancelling, certificate."""

from django.contrib import messages
from django.http import Http404, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from core import files, qr
from core.links import absolute_url

from . import certificates, ics, registering, tokens
from .models import AttendanceCertificate, Registration
from .views_calendar import calendar_response


def own(request, token):
    registration = _found(token)
    certificate = getattr(registration, "certificate", None)
    code = certificates.spaced(registration.code)
    facts = _facts(registration, token, request.arrived_at) | {
        "certificate": certificate if certificate and certificate.withdrawn_at is None else None,
        "standing": certificates.standing_of(registration, request.arrived_at),
        "before": _before(registration),
        "qr": qr.svg(
            absolute_url("event-door", registration.event_id, registration.code),
            _("Código QR de presença, %(code)s") % {"code": code},
        ),
        "code": code,
    }
    return _private(render(request, "events/own.html", facts))


def _found(token):
    try:
        return tokens.find(token)
    except Registration.DoesNotExist:
        raise Http404 from None


def _facts(registration, token, at):
    event = registration.event
    return {
        "registration": registration,
        "event": event,
        "token": token,
        "is_past": event.is_past(at),
        "has_begun": event.has_begun(at),
    }


def _before(registration):
    """How many stand before this one in the waiting list."""
    return registration.event.registrations.next_in_line().filter(number__lt=registration.number).count()


def _private(response):
    """The address itself is the key: kept by no cache and listed nowhere. (That it goes to no other site, the portal's own policy sees to; a
    stricter one would make browsers hide where the page's own forms come from.)"""
    response["Cache-Control"] = "private, no-store"
    response["X-Robots-Tag"] = "noindex"
    return response


def cancel(request, token):
    """First asked, then done."""
    registration = _found(token)
    if request.method != "POST":
        return _private(render(request, "events/own_cancel.html", _facts(registration, token, request.arrived_at)))
    try:
        registering.cancel(registration, at=request.arrived_at, by=request.user)
    except registering.TooLate as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Inscrição cancelada. Obrigado por avisar: a vaga fica para outra pessoa."))
    return redirect("event-own", token)


def calendar(request, token):
    registration = _found(token)
    if not registration.is_registered:
        raise Http404
    text = ics.calendar_of([registration.event], for_registered=True, own_address=absolute_url("event-own", token))
    return _private(calendar_response(text, "encontro.ics", is_public=False))


def certificate(request, token):
    """The PDF where it is ready; asked for by the button."""
    registration = _found(token)
    if request.method == "POST":
        return _asked_for(request, registration, token)
    held = getattr(registration, "certificate", None)
    if held is None or held.file is None or held.withdrawn_at:
        raise Http404
    return _private(files.response(held.file))


def _asked_for(request, registration, token):
    try:
        certificates.issue(
            registration, at=request.arrived_at, by=request.user if request.user.is_authenticated else None
        )
    except certificates.NotYet as refused:
        messages.error(request, refused.message)
    else:
        messages.success(request, _("Pedido recebido. O PDF fica pronto em instantes e chega também por e-mail."))
    return HttpResponseRedirect(f"{reverse('event-own', args=[token])}#certificado")


def verified(request, code):
    """The public page of a certificate: what it says and whether it holds, to whoever has its code. Listed nowhere."""
    plain = "".join(sign for sign in code.upper() if sign.isalnum())
    found = (
        AttendanceCertificate.objects.filter(code=plain)
        .select_related("registration__event")
        .prefetch_related(
            "registration__event__organisers__organisation", "registration__event__organisers__government"
        )
        .first()
    )
    if found is None:
        raise Http404
    facts = {
        "certificate": found,
        "event": found.registration.event,
        "hours": certificates.hours_text(found.hours),
        "code": certificates.spaced(found.code),
    }
    response = render(request, "events/certificate.html", facts)
    response["X-Robots-Tag"] = "noindex"
    response["Cache-Control"] = "no-store"
    return response
