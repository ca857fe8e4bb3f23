"""Letters of the enrolment. Each is skipped when what it tells no longer holds."""

from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind, State
from core.links import absolute_url
from core.outbox import Letter, letter


def _facts(participation, address="enrollment:form"):
    return {
        "government": participation.government,
        "year": participation.edition.year,
        "address": absolute_url(address, participation.pk),
        "signed": _("Coordenação do programa MigraCidades"),
    }


def _state(participation):
    return participation.steps.get(kind=Kind.ENROLLMENT).state


@letter("enrollment_submitted")
def enrollment_submitted(snapshot, message):
    """The receipt, to everybody named."""
    facts = _facts(snapshot.participation)
    facts |= {"protocol": snapshot.protocol, "when": cycle.spoken(snapshot.made_at), "sha256": snapshot.sha256}
    return Letter(
        subject=_("Inscrição enviada: %(government)s, edição %(year)s") % facts,
        body=_(
            "Olá.\n\nA inscrição de %(government)s na edição %(year)s do MigraCidades foi enviada em %(when)s.\n\n"
            "Protocolo: %(protocol)s\nSHA-256 da cópia enviada: %(sha256)s\n\n"
            "A coordenação vai ler e responder por e-mail. Acompanhe em: %(address)s\n\n%(signed)s"
        )
        % facts,
    )


@letter("enrollment_accepted")
def enrollment_accepted(participation, message):
    if _state(participation) != State.APPROVED:
        return None
    facts = _facts(participation, "participation")
    facts["next"] = _next_step(participation)
    return Letter(
        subject=_("Inscrição aceita: %(government)s, edição %(year)s") % facts,
        body=_(
            "Olá.\n\nA inscrição de %(government)s na edição %(year)s do MigraCidades foi aceita. Boas-vindas!\n\n%(next)s\n\n"
            "Lembre que uma pessoa de referência ou suplente precisa concluir o curso do programa antes do selo.\n\n"
            "Veja o caminho do seu governo: %(address)s\n\n%(signed)s"
        )
        % facts,
    )


def _next_step(participation):
    period = cycle.window_of(participation, Kind.DIAGNOSIS)
    if period is None:
        return _("A próxima etapa é o diagnóstico. Avisaremos quando o período dele for marcado.")
    facts = {"opens": cycle.spoken(period.opens_at), "closes": cycle.spoken(period.closes_at)}
    return _("A próxima etapa é o diagnóstico: de %(opens)s até %(closes)s.") % facts


@letter("enrollment_returned")
def enrollment_returned(note, message):
    participation = note.enrollment.participation
    step = participation.steps.get(kind=Kind.ENROLLMENT)
    if step.state != State.RETURNED:
        return None
    facts = _facts(participation) | {"text": note.text, "until": cycle.spoken(step.correct_until)}
    return Letter(
        subject=_("Inscrição devolvida para correção: %(government)s, edição %(year)s") % facts,
        body=_(
            "Olá.\n\nA coordenação leu a inscrição de %(government)s e pede correções:\n\n%(text)s\n\n"
            "O prazo para corrigir e enviar de novo é %(until)s. O resto do que foi preenchido continua guardado.\n\n"
            "Corrija aqui: %(address)s\n\n%(signed)s"
        )
        % facts,
    )


@letter("enrollment_declined")
def enrollment_declined(participation, message):
    if participation.declined_at is None:
        return None
    facts = _facts(participation, "participation") | {"reason": participation.decline_reason}
    return Letter(
        subject=_("Inscrição não aceita: %(government)s, edição %(year)s") % facts,
        body=_(
            "Olá.\n\nA inscrição de %(government)s na edição %(year)s do MigraCidades não foi aceita. Motivo:\n\n%(reason)s\n\n"
            "O governo pode se inscrever na próxima edição. O que foi preenchido fica guardado em: %(address)s\n\n"
            "Se quiser conversar sobre esta decisão, responda a este e-mail.\n\n%(signed)s"
        )
        % facts,
    )


@letter("course_decided")
def course_decided(completion, message):
    """Accepted or refused; the certificate's own page says the rest."""
    if completion.checked_at is None:
        return None
    facts = _facts(completion.participation, "enrollment:course")
    facts |= {"person": completion.name, "reason": completion.refused_reason}
    if completion.refused_reason:
        return _course_refused(facts)
    return Letter(
        subject=_("Certificado do curso conferido: %(person)s") % facts,
        body=_(
            "Olá.\n\nA coordenação conferiu o certificado do curso de %(person)s (%(government)s, edição %(year)s). Ele conta para o selo.\n\n"
            "Veja em: %(address)s\n\n%(signed)s"
        )
        % facts,
    )


def _course_refused(facts):
    return Letter(
        subject=_("Certificado do curso não aceito: %(person)s") % facts,
        body=_(
            "Olá.\n\nA coordenação não aceitou o certificado do curso de %(person)s (%(government)s, edição %(year)s). Motivo:\n\n%(reason)s\n\n"
            "Registre outro certificado em: %(address)s\n\n%(signed)s"
        )
        % facts,
    )
