"""Letters about events: each reads its facts when it leaves, and is dropped where they no longer hold."""

from django.utils import timezone
from django.utils.translation import gettext as _

from core.dates import deadline_text
from core.links import absolute_url
from core.outbox import Attachment, Letter, letter
from core.text import without_addresses

from . import ics, tokens
from .models import RegistrationState
from .reminders import session_reminded
from .templatetags.event_dates import event_days, session_time


def facts_of(registration):
    """What every letter may name."""
    event = registration.event
    return {
        "name": registration.name,
        "title": event.title,
        "when": when_text(event),
        "own_page": absolute_url("event-own", tokens.own_page(registration)),
        "page": absolute_url("event", event.pk),
    }


def when_text(event):
    """Every sitting on a line of its own, with the zone's name; the days where only these are known."""
    sessions = [
        f"{session_time(session)}{f': {session.title}' if session.title else ''}" for session in event.sessions.all()
    ]
    if not sessions:
        return event_days(event)
    return "\n".join([*sessions, _("(horário de Brasília)")])


def where_text(event):
    lines = [event.get_mode_display()]
    lines += [_("Local: %(place)s") % {"place": event.place}] if event.place else []
    lines += [_("Sala on-line: %(address)s") % {"address": event.meeting_url}] if event.meeting_url else []
    lines += [event.access_note] if event.access_note else []
    return "\n".join(str(line) for line in lines)


def calendar_file(registration, method=ics.PUBLISH):
    own = absolute_url("event-own", tokens.own_page(registration))
    text = ics.calendar_of([registration.event], method=method, for_registered=method == ics.PUBLISH, own_address=own)
    return Attachment("encontro.ics", text, f"text/calendar; method={method}")


def signed(text):
    return f"{text}\n\n{_('Coordenação do programa MigraCidades')}\n"


def is_pointless(registration, *states):
    """The event is off, or the registration has moved on since the letter was asked for."""
    return registration.event.cancelled_at is not None or registration.state not in states


@letter("event_confirm")
def event_confirm(registration, message):
    """To an address somebody typed: it says what was asked and how to do nothing about it."""
    if is_pointless(registration, RegistrationState.HELD, RegistrationState.WAITING):
        return None
    if registration.confirmed_at or registration.hold_until <= timezone.now():
        return None
    facts = facts_of(registration) | {
        "name": without_addresses(registration.name),
        "link": absolute_url("event-confirm", tokens.new_confirmation(registration)),
        "until": deadline_text(registration.hold_until),
    }
    if registration.state == RegistrationState.HELD:
        state = _("Guardamos uma vaga para você até %(until)s.")
    else:
        state = _(
            "As vagas estão preenchidas: ao confirmar até %(until)s, você entra na lista de espera, por ordem de chegada."
        )
    body = _(
        "Olá, %(name)s.\n\nRecebemos um pedido de inscrição com este e-mail no encontro «%(title)s».\n\n%(when)s\n\n%(state)s "
        "Para confirmar, abra este endereço e aperte o botão:\n%(link)s\n\nO endereço serve uma única vez. Se você não pediu esta inscrição, "
        "não precisa fazer nada: sem a confirmação, ela é desfeita."
    )
    return Letter(
        subject=_("Confirme a sua inscrição: %(title)s") % facts,
        body=signed(body % (facts | {"state": state % facts})),
    )


@letter("event_registered")
def event_registered(registration, message):
    if is_pointless(registration, RegistrationState.REGISTERED):
        return None
    return _in(
        registration,
        _("Inscrição confirmada: %(title)s"),
        _("Olá, %(name)s.\n\nA sua inscrição no encontro «%(title)s» está confirmada."),
    )


@letter("event_promoted")
def event_promoted(registration, message):
    if is_pointless(registration, RegistrationState.REGISTERED):
        return None
    return _in(
        registration,
        _("Abriu uma vaga para você: %(title)s"),
        _(
            "Olá, %(name)s.\n\nAbriu uma vaga no encontro «%(title)s» e ela é sua: você saiu da lista de espera e a sua inscrição está confirmada."
        ),
    )


@letter("event_changed")
def event_changed(registration, message):
    """The hour or the place is another one now."""
    if is_pointless(registration, RegistrationState.REGISTERED, RegistrationState.WAITING):
        return None
    if not registration.is_registered:
        facts = facts_of(registration)
        body = _(
            "Olá, %(name)s.\n\nMudou a data, o horário ou o local do encontro «%(title)s». Agora é assim:\n\n%(when)s\n\n"
            "Você continua na lista de espera. Veja ou cancele aqui:\n%(own_page)s"
        )
        return Letter(subject=_("Mudança no encontro: %(title)s") % facts, body=signed(body % facts))
    return _in(
        registration,
        _("Mudança no encontro: %(title)s"),
        _("Olá, %(name)s.\n\nMudou a data, o horário ou o local do encontro «%(title)s». Agora é assim:"),
    )


def _in(registration, subject, beginning):
    """A letter to somebody who has a place, with all that is needed to come and a file for the calendar."""
    facts = facts_of(registration) | {"where": where_text(registration.event)}
    rest = _(
        "Quando:\n%(when)s\n\nOnde:\n%(where)s\n\nA sua inscrição, com o código de presença e o botão para cancelar:\n%(own_page)s\n\n"
        "Se não puder vir, cancele: a vaga passa para quem está na lista de espera. O arquivo anexo põe o encontro na sua agenda."
    )
    return Letter(
        subject=subject % facts,
        body=signed(f"{beginning % facts}\n\n{rest % facts}"),
        attachments=(calendar_file(registration),),
    )


@letter("event_waiting")
def event_waiting(registration, message):
    if is_pointless(registration, RegistrationState.WAITING):
        return None
    facts = facts_of(registration)
    body = _(
        "Olá, %(name)s.\n\nAs vagas do encontro «%(title)s» estão preenchidas. Você está na lista de espera: as vagas que abrirem são dadas por "
        "ordem de chegada, e avisamos por e-mail.\n\nQuando:\n%(when)s\n\nVeja o seu lugar ou saia da lista aqui:\n%(own_page)s"
    )
    return Letter(subject=_("Lista de espera: %(title)s") % facts, body=signed(body % facts))


@letter("event_again")
def event_again(registration, message):
    """Somebody typed an address that has a place already: only its owner is told."""
    if is_pointless(registration, RegistrationState.REGISTERED, RegistrationState.WAITING):
        return None
    facts = facts_of(registration) | {"state": registration.get_state_display()}
    body = _(
        "Olá, %(name)s.\n\nRecebemos de novo um pedido de inscrição com este e-mail no encontro «%(title)s». Você já está nele: %(state)s. "
        "Não é preciso fazer mais nada.\n\nVeja ou cancele a sua inscrição aqui:\n%(own_page)s"
    )
    return Letter(subject=_("Você já está inscrita ou inscrito: %(title)s") % facts, body=signed(body % facts))


@letter("event_registration_cancelled")
def event_registration_cancelled(registration, message):
    if registration.state != RegistrationState.CANCELLED or registration.event.cancelled_at:
        return None
    facts = facts_of(registration)
    body = _(
        "Olá, %(name)s.\n\nA sua inscrição no encontro «%(title)s» foi cancelada, como você pediu. Se mudar de ideia enquanto houver inscrições, "
        "inscreva-se de novo:\n%(page)s"
    )
    return Letter(
        subject=_("Inscrição cancelada: %(title)s") % facts,
        body=signed(body % facts),
        attachments=(calendar_file(registration, ics.CANCEL),) if registration.confirmed_at else (),
    )


@letter("event_cancelled")
def event_cancelled(registration, message):
    if registration.event.cancelled_at is None or not registration.is_active:
        return None
    facts = facts_of(registration) | {"reason": registration.event.cancel_reason}
    body = _(
        "Olá, %(name)s.\n\nO encontro «%(title)s» foi cancelado. Motivo:\n\n%(reason)s\n\nEstava marcado para:\n%(when)s\n\n"
        "Os próximos encontros estão na agenda:\n%(agenda)s"
    )
    return Letter(
        subject=_("Encontro cancelado: %(title)s") % facts,
        body=signed(body % (facts | {"agenda": absolute_url("events")})),
        attachments=(calendar_file(registration, ics.CANCEL),),
    )


@letter("event_reminder")
def event_reminder(registration, message):
    """Sent the day before, and only if it is still so: registered, not cancelled, and a session then."""
    if is_pointless(registration, RegistrationState.REGISTERED):
        return None
    session = session_reminded(registration.event, message.due)
    if session is None or session.starts_at <= timezone.now():
        return None
    facts = facts_of(registration) | {"session": session_time(session), "where": where_text(registration.event)}
    body = _(
        "Olá, %(name)s.\n\nLembramos que o encontro «%(title)s» está chegando:\n%(session)s (horário de Brasília)\n\nOnde:\n%(where)s\n\n"
        "O seu código de presença e o botão para cancelar:\n%(own_page)s"
    )
    return Letter(
        subject=_("Lembrete: %(title)s") % facts,
        body=signed(body % facts),
        attachments=(calendar_file(registration),),
    )


@letter("event_certificate")
def event_certificate(registration, message):
    certificate = getattr(registration, "certificate", None)
    if certificate is None or certificate.withdrawn_at or certificate.file_id is None:
        return None
    facts = facts_of(registration) | {"verify": absolute_url("event-certificate", certificate.code)}
    body = _(
        "Olá, %(name)s.\n\nO seu certificado de participação no encontro «%(title)s» está pronto. Baixe o PDF aqui:\n%(own_page)s\n\n"
        "Qualquer pessoa pode conferi-lo neste endereço, com o código que está nele:\n%(verify)s"
    )
    return Letter(subject=_("Certificado de participação: %(title)s") % facts, body=signed(body % facts))
