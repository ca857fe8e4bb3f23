"""Letters about monitoring."""

from django.utils.translation import gettext as _

from certification import cycle
from certification.models import State
from certification.prioritization.letters import facts_of
from core.dates import day_text
from core.outbox import Letter, letter

from .requirements import is_asked


@letter("progress_evidence_asked")
def progress_evidence_asked(verification, message):
    """Not sent where the evidence has come, or somebody has confirmed, in between."""
    entry = verification.entry
    if not is_asked(entry):
        return None
    facts = {
        "title": entry.action.title,
        "day": day_text(entry.dated_on),
        "text": verification.text,
        "who": verification.by.name,
        **facts_of(entry, "monitoramento"),
    }
    return Letter(
        subject=_("Monitoramento %(year)s: comprovação solicitada") % facts,
        body=_(
            "Olá.\n\n%(who)s, da coordenação, leu o registro de %(day)s da ação «%(title)s» e pede uma comprovação:\n\n%(text)s\n\n"
            "Anexe o documento ou o endereço em %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


@letter("monitoring_returned")
def monitoring_returned(step, message):
    if step.state != State.RETURNED:
        return None
    last = step.log.filter(went_to=State.RETURNED).last()
    facts = facts_of(step, "monitoramento") | {"until": cycle.spoken(step.correct_until), "message": last.note}
    return Letter(
        subject=_("Monitoramento %(year)s devolvido para correção") % facts,
        body=_(
            "Olá.\n\nA coordenação leu o monitoramento de %(government)s e pede correções até %(until)s:\n\n%(message)s\n\n"
            "Corrija e envie de novo em %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


@letter("monitoring_approved")
def monitoring_approved(step, message):
    if step.state != State.APPROVED:
        return None
    facts = facts_of(step, "monitoramento")
    return Letter(
        subject=_("Monitoramento %(year)s validado") % facts,
        body=_(
            "Olá.\n\nA coordenação validou o monitoramento de %(government)s. Com isso, todas as etapas da edição %(year)s estão completas.\n\n"
            "Os registros ficam em %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )
