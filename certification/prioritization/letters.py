"""Letters about priorities."""

from django.utils.translation import gettext as _

from certification import cycle
from certification.models import State
from core.links import absolute
from core.outbox import Letter, letter


def facts_of(step, room):
    participation = step.participation
    return {
        "government": participation.government,
        "year": participation.edition.year,
        "address": absolute(f"/painel/participacoes/{participation.pk}/{room}/"),
    }


@letter("prioritization_returned")
def prioritization_returned(step, message):
    if step.state != State.RETURNED:
        return None
    facts = facts_of(step, "priorizacao") | {
        "until": cycle.spoken(step.correct_until),
        "message": step.participation.plan.return_message,
    }
    return Letter(
        subject=_("Priorização %(year)s devolvida para correção") % facts,
        body=_(
            "Olá.\n\nA coordenação leu as ações prioritárias de %(government)s e pede correções até %(until)s:\n\n%(message)s\n\n"
            "Corrija e envie de novo em %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


@letter("prioritization_approved")
def prioritization_approved(step, message):
    if step.state != State.APPROVED:
        return None
    return Letter(
        subject=_("Priorização %(year)s validada") % facts_of(step, "priorizacao"),
        body=_(
            "Olá.\n\nA coordenação validou as ações prioritárias de %(government)s. A próxima etapa é a certificação; o que ela pede está na "
            "página da participação.\n\nAs ações ficam em %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts_of(step, "priorizacao"),
    )
