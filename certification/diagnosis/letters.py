"""Letters about the review."""

from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind, State
from core.links import absolute_url
from core.outbox import Letter, letter

from .models import NoteKind


@letter("diagnosis_returned")
def diagnosis_returned(reading, message):
    """Which questions came back, and until when; not sent once the corrections are."""
    participation = reading.diagnosis.participation
    step = participation.steps.get(kind=Kind.DIAGNOSIS)
    if step.state != State.RETURNED:
        return None
    facts = _facts(participation) | {"when": cycle.spoken(step.correct_until), "notes": _corrections(reading)}
    facts["message"] = f"{reading.message}\n\n" if reading.message else ""
    return Letter(
        subject=_("Diagnóstico %(year)s de %(government)s: há perguntas para corrigir") % facts,
        body=_(
            "Olá.\n\nA coordenação leu o diagnóstico e devolveu algumas perguntas. Só elas reabriram; as outras respostas estão guardadas.\n\n"
            "%(message)s%(notes)s\n\nPrazo para corrigir e enviar de novo: %(when)s.\n\nAbra o diagnóstico: %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


@letter("diagnosis_approved")
def diagnosis_approved(reading, message):
    facts = _facts(reading.diagnosis.participation)
    return Letter(
        subject=_("Diagnóstico %(year)s de %(government)s: validado") % facts,
        body=_(
            "Olá.\n\nA coordenação validou o diagnóstico. O próximo passo é escolher as ações prioritárias.\n\n"
            "Abra a participação: %(address)s\n\nCoordenação do programa MigraCidades"
        )
        % facts,
    )


def _facts(participation):
    return {
        "government": participation.government,
        "year": participation.edition.year,
        "address": absolute_url("participation", participation.pk),
    }


def _corrections(reading):
    notes = reading.notes.filter(kind=NoteKind.CORRECTION).select_related("answer")
    return "\n".join(f"{note.answer.code}: {note.text}" for note in notes)
