"""At the door and after it: who registered, who is here, how many came, certificates, the list as a table."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit, tables

from . import certificates, presence, registering
from .domain import EventRefused
from .forms_after import DoorForm, NumbersForm, PresentListForm
from .models import AttendanceCertificate, Event, Presence, Registration, Unit

PER_PAGE = 100


def _event(pk):
    return get_object_or_404(Event.objects.prefetch_related("sessions", "attendances"), pk=pk)


def _session(event, text, at):
    """The session asked for, else the one at whose door people stand now."""
    asked = next((each for each in event.sessions.all() if str(each.pk) == text), None)
    return asked or presence.session_at(event, at)


def check_in(request, pk):
    """The list at the door: seek a name, press once."""
    event = _event(pk)
    asked = request.POST if request.method == "POST" else request.GET
    session = _session(event, asked.get("sessao", ""), request.arrived_at)
    text = asked.get("q", "").strip()[:100]
    walk_in = DoorForm(request.POST if "door" in request.POST else None)
    if request.method == "POST" and not walk_in.is_bound:
        return _marked(request, event, session, text)
    if walk_in.is_bound and walk_in.is_valid():
        return _walked_in(request, event, session, walk_in.cleaned_data)
    rows = event.registrations.active().select_related("government").order_by("name", "number")
    found = presence.search(rows, text)
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "event": event,
        "session": session,
        "text": text,
        "page": page,
        "present": set(_present(event, session).values_list("registration_id", flat=True)),
        "counts": registering.counts_of(event),
        "walk_in": walk_in,
    }
    return render(request, "events/check_in.html", facts, status=422 if walk_in.is_bound else 200)


def _walked_in(request, event, session, facts):
    """Written down and marked in one go."""
    entry = registering.Entry(
        name=" ".join(facts["name"].split()), email=facts["email"], affiliation=facts["affiliation"]
    )
    try:
        registration = registering.register_at_door(event, entry, at=request.arrived_at, by=request.user)
    except EventRefused as refused:
        messages.error(request, refused.message)
        return redirect("event-check-in", event.pk)
    _mark(request, registration, session, undo=False)
    return redirect(_list_address(event, session, registration))


def _list_address(event, session, registration, **query):
    query = {"sessao": session.pk if session else "", **query}
    given = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse('event-check-in', args=[event.pk])}?{given}#inscricao-{registration.pk}"


def _present(event, session):
    return Presence.objects.filter(registration__event=event, session=session)


def _marked(request, event, session, text):
    undo = "undo" in request.POST
    number = request.POST.get("undo" if undo else "mark", "")
    registration = get_object_or_404(event.registrations, pk=number if number.isdecimal() and len(number) < 19 else 0)
    _mark(request, registration, session, undo=undo)
    return redirect(_list_address(event, session, registration, q=text, page=request.POST.get("page", "")))


def _mark(request, registration, session, *, undo):
    words = {"name": registration.name}
    try:
        if undo:
            presence.unmark(registration, session, by=request.user, at=request.arrived_at)
            messages.info(request, _("Presença desfeita: %(name)s.") % words)
        else:
            presence.mark(registration, session, by=request.user, at=request.arrived_at)
            messages.success(request, _("Presença marcada: %(name)s.") % words)
    except EventRefused as refused:
        messages.error(request, refused.message)


def door(request, pk, code):
    """Where the code on a person's phone leads a coordinator's: one person, one button."""
    event = _event(pk)
    registration = get_object_or_404(
        event.registrations.select_related("government"), code=code.replace("-", "").upper()
    )
    asked = request.POST if request.method == "POST" else request.GET
    session = _session(event, asked.get("sessao", ""), request.arrived_at)
    if request.method == "POST":
        _mark(request, registration, session, undo="undo" in request.POST)
        here = reverse("event-door", args=[event.pk, registration.code])
        return redirect(f"{here}?sessao={session.pk}" if session else here)
    facts = {
        "event": event,
        "registration": registration,
        "session": session,
        "is_present": _present(event, session).filter(registration=registration).exists(),
    }
    return render(request, "events/door.html", facts)


def numbers(request, pk):
    """How many came: counted from the marks, or typed; addresses of an online room; certificates for all."""
    event = _event(pk)
    sessions = list(event.sessions.all())
    action = request.POST.get("action", "") if request.method == "POST" else ""
    typed = NumbersForm(request.POST if action == "numbers" else None, sessions=sessions, initial=_known(event))
    listed = PresentListForm(request.POST if action == "listed" else None, event=event)
    answer = {"numbers": _record, "listed": _listed, "count": _count, "certificates": _certify}.get(action)
    if answer and answer(request, event, typed, listed):
        return redirect("event-numbers", pk)
    facts = {
        "event": event,
        "typed": typed,
        "listed": listed,
        "is_past": event.is_past(request.arrived_at),
        "marked": Presence.objects.filter(registration__event=event).values("registration").distinct().count(),
        "certificates": AttendanceCertificate.objects.filter(registration__event=event, withdrawn_at=None).count(),
    }
    return render(request, "events/numbers.html", facts, status=422 if answer else 200)


def _known(event):
    rows = {row.session_id: row for row in event.attendances.all()}
    known = {f"session_{pk}": row.number for pk, row in rows.items() if pk}
    total = rows.get(None)
    return known | ({"total": total.number, "unit": total.unit} if total else {"unit": Unit.PEOPLE})


def _record(request, event, typed, listed):
    if not typed.is_valid():
        return False
    facts = typed.cleaned_data
    presence.record_numbers(
        event, unit=facts["unit"], total=facts["total"], by_session=typed.by_session(), by=request.user
    )
    messages.success(request, _("Números salvos."))
    return True


def _listed(request, event, typed, listed):
    if not listed.is_valid():
        return False
    session = listed.cleaned_data.get("session") or _session(event, "", request.arrived_at)
    marked, unknown = presence.mark_listed(
        event, session, listed.cleaned_data["emails"], by=request.user, at=request.arrived_at
    )
    words = ngettext("%(n)s presença marcada.", "%(n)s presenças marcadas.", marked) % {"n": marked}
    messages.success(request, words)
    if unknown:
        text = _("Sem inscrição com estes e-mails: %(emails)s.") % {"emails": ", ".join(unknown[:20])}
        messages.warning(request, text)
    return True


def _count(request, event, typed, listed):
    unit = request.POST.get("unit", "")
    presence.count_presences(event, unit=unit if unit in Unit.values else Unit.PEOPLE, by=request.user)
    messages.success(request, _("Números contados a partir das presenças marcadas."))
    return True


def _certify(request, event, typed, listed):
    new = certificates.issue_to_all(event, at=request.arrived_at, by=request.user)
    words = ngettext("%(n)s certificado em preparo.", "%(n)s certificados em preparo.", new) % {"n": new}
    messages.success(request, words + " " + _("Cada pessoa recebe um e-mail quando o seu fica pronto."))
    return True


def registrations(request, pk):
    """Who registered, in the order in which they asked."""
    event = _event(pk)
    rows = event.registrations.select_related("government", "certificate").order_by("number")
    found = presence.search(rows, request.GET.get("q", "").strip()[:100])
    page = Paginator(found, PER_PAGE).get_page(request.GET.get("page"))
    facts = {"event": event, "page": page, "text": request.GET.get("q", ""), "counts": registering.counts_of(event)}
    return render(request, "events/registrations.html", facts)


COLUMNS = ["numero", "nome", "email", "governo", "codigo_ibge", "instituicao", "situacao", "inscrita_em", "presencas"]


def export(request, pk, form):
    """The list as a table, for the coordination alone; that it was taken is on record."""
    if form not in (tables.CSV, tables.XLSX):
        raise Http404
    event = _event(pk)
    audit.record("event.registrations_exported", by=request.user, subject=event, form=form)
    rows = event.registrations.select_related("government").prefetch_related("presences").order_by("number")
    return tables.answer(form, f"inscricoes-{event.key}", COLUMNS, (_row(row) for row in rows))


def _row(row):
    government = row.government
    return (
        row.number,
        row.name,
        row.email,
        str(government or ""),
        government.ibge_code if government else "",
        row.affiliation,
        str(row.get_state_display()),
        row.asked_at,
        len(row.presences.all()),
    )


def withdraw_certificate(request, pk, number):
    """A certificate given by mistake: its page then says that it does not hold."""
    registration = get_object_or_404(Registration.objects.select_related("certificate"), event=pk, number=number)
    certificate = get_object_or_404(AttendanceCertificate, registration=registration)
    certificates.withdraw(certificate, at=request.arrived_at, by=request.user)
    messages.success(request, _("Certificado retirado: a página de verificação passa a dizer isso."))
    return redirect("event-registrations", pk)
