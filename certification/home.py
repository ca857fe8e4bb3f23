"""The manager's home: what is due next, where each participation stands, what waits for whom."""

from dataclasses import dataclass
from datetime import datetime

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from certification import cycle
from certification.diagnosis.models import Answer, DimensionShare, ReviewNote
from certification.diagnosis.reading import answers_of
from certification.diagnosis.sheet import sheet_of
from certification.models import Kind, Participation, State
from certification.rail import GOVERNMENT_SIDE, current_step, rail
from dimensions import catalogue
from governments import team

FIVE_LINES = [
    (
        Kind.ENROLLMENT,
        gettext_lazy("Inscrição: o governo diz que quer participar, quem responde e envia o documento assinado."),
    ),
    (Kind.DIAGNOSIS, gettext_lazy("Diagnóstico: as secretarias respondem juntas o que existe hoje em dez dimensões.")),
    (
        Kind.PRIORITIZATION,
        gettext_lazy("Priorização: das lacunas saem poucas ações para seis meses, com responsável e prazo."),
    ),
    (
        Kind.CERTIFICATION,
        gettext_lazy("Certificação: quem completou tudo recebe o selo da edição, que qualquer pessoa pode verificar."),
    ),
    (
        Kind.MONITORING,
        gettext_lazy("Monitoramento: o governo conta como cada ação andou, inclusive quando não deu certo."),
    ),
]


@dataclass(frozen=True)
class NextThing:
    """The next thing due: one sentence and one button, with the deadline when there is one."""

    sentence: str
    button: str = ""
    url: str = ""
    closes_at: datetime | None = None
    urgent: bool = False


def participations_of(user):
    """The person's participations held in the portal, newest edition first."""
    mine = team.memberships_of(user)
    own = Participation.objects.filter(government__in=mine, edition__from_before_portal=False)
    return own.with_cycle().order_by("-edition__year")


def next_thing(participation, user, at):
    """What this person has to do, or is waiting for, in a participation."""
    if not participation.is_under_way:
        return NextThing(_("A participação nesta edição terminou."))
    step = current_step(participation)
    if step is None:
        return NextThing(_("Todas as etapas desta edição estão validadas."))
    read = cycle.reading(participation, step, at)
    return SENTENCES[read](participation, step, user, at)


def _open(participation, step, user, at):
    url = _room(participation, step)
    closes_at = cycle.window_of(participation, step.kind).closes_at
    lacking = len(cycle.missing(participation, step.kind))
    if step.kind == Kind.MONITORING:
        return NextThing(
            _("Registre como andam as ações prioritárias."), _("Registrar andamento"), url, closes_at, True
        )
    if not lacking:
        if cycle.may(f"submit_{step.kind}", user, participation, at):
            return NextThing(_("Está tudo pronto: falta enviar."), _("Conferir e enviar"), url, closes_at, True)
        return NextThing(_("Está tudo pronto: a gestora ou o gestor precisa enviar."), _("Ver"), url, closes_at, True)
    return NextThing(_missing_sentence(step.kind, lacking), _("Continuar"), url, closes_at, True)


def _missing_sentence(kind, lacking):
    if kind == Kind.DIAGNOSIS:
        return ngettext("Falta %(n)s item do diagnóstico.", "Faltam %(n)s itens do diagnóstico.", lacking) % {
            "n": lacking
        }
    if kind == Kind.ENROLLMENT:
        return ngettext("Falta %(n)s item da inscrição.", "Faltam %(n)s itens da inscrição.", lacking) % {"n": lacking}
    return ngettext("Falta %(n)s item da priorização.", "Faltam %(n)s itens da priorização.", lacking) % {"n": lacking}


def _returned(participation, step, user, at):
    if at > step.correct_until:
        sentence = _("O prazo de correção da etapa %(step)s terminou. Fale com a coordenação.")
        return NextThing(
            sentence % {"step": step.get_kind_display()}, _("Ver"), _room(participation, step), step.correct_until
        )
    sentence = _("A coordenação devolveu a etapa %(step)s com apontamentos para corrigir.") % {
        "step": step.get_kind_display()
    }
    return NextThing(sentence, _("Ver os apontamentos"), _room(participation, step), step.correct_until, True)


def _submitted(participation, step, user, at):
    when = cycle.spoken(step.submitted_at)
    sentence = _("%(step)s: enviada em %(when)s. A coordenação está analisando; avisamos por e-mail.")
    return NextThing(
        sentence % {"step": step.get_kind_display(), "when": when},
        _("Ver o que foi enviado"),
        _room(participation, step),
    )


def _not_open(participation, step, user, at):
    window = cycle.window_of(participation, step.kind)
    if window is None:
        return NextThing(
            _("A coordenação ainda vai marcar o período da etapa %(step)s.") % {"step": step.get_kind_display()}
        )
    sentence = _("A etapa %(step)s abre em %(when)s.") % {
        "step": step.get_kind_display(),
        "when": cycle.spoken(window.opens_at),
    }
    return NextThing(sentence)


def _ended(participation, step, user, at):
    if step.kind == Kind.MONITORING:
        return NextThing(
            _("O período de monitoramento terminou sem envio: as ações sem registro aparecem como não entregues.")
        )
    sentence = _(
        "O prazo da etapa %(step)s terminou sem envio. O que foi escrito está guardado. Fale com a coordenação."
    )
    return NextThing(
        sentence % {"step": step.get_kind_display()}, _("Ver o que foi escrito"), _room(participation, step)
    )


def _awaiting(participation, step, user, at):
    lacking = cycle.missing(participation, Kind.CERTIFICATION)
    if lacking:
        what = "; ".join(str(item.label) for item in lacking)
        return NextThing(
            _("Para o selo ainda falta: %(what)s.") % {"what": what},
            _("Ver o que falta"),
            _room(participation, step),
            urgent=True,
        )
    return NextThing(_("Está tudo completo para o selo. A coordenação decide."), _("Ver"), _room(participation, step))


SENTENCES = {
    State.OPEN: _open,
    State.RETURNED: _returned,
    State.SUBMITTED: _submitted,
    cycle.NOT_YET: _not_open,
    cycle.ENDED: _ended,
    cycle.AWAITING: _awaiting,
}


def _room(participation, step):
    return reverse(GOVERNMENT_SIDE[step.kind], args=[participation.pk])


def card_of(participation, user, at):
    """One participation as the home shows it."""
    return {
        "participation": participation,
        "role": team.memberships_of(user)[participation.government_id].get_role_display(),
        "rail": rail(participation, at),
        "next": next_thing(participation, user, at),
        "shares": _shares(participation, user),
        "notes_waiting": _notes_waiting(participation),
    }


def _shares(participation, user):
    """Progress of the dimensions, those of the person's own department apart: «comigo» and «da equipe»."""
    step = participation.step(Kind.DIAGNOSIS)
    if step.state not in cycle.FILLABLE or not cycle.is_due(participation, Kind.DIAGNOSIS):
        return None
    diagnosis = getattr(participation, "diagnosis", None)
    if diagnosis is None:
        return None
    departments = dict(DimensionShare.objects.filter(diagnosis=diagnosis).values_list("dimension", "department"))
    own = team.memberships_of(user)[participation.government_id].department
    sheet = sheet_of(diagnosis, participation.government.kind, answers_of(diagnosis))
    tiles = [_tile(participation, number, part, departments.get(number, "")) for number, part in sheet.progress.items()]
    return {
        "mine": [tile for tile in tiles if own and tile["department"] == own],
        "team": [tile for tile in tiles if not own or tile["department"] != own],
    }


def _tile(participation, number, part, department):
    url = reverse("diagnosis:dimension", args=[participation.pk, number])
    name = catalogue.of(participation.diagnosis.questionnaire_id).dimension(number).name
    return {"number": number, "name": name, "part": part, "department": department, "url": url}


def _notes_waiting(participation):
    """Released corrections the government has not replied to, while the diagnosis is returned."""
    if participation.step(Kind.DIAGNOSIS).state != State.RETURNED:
        return []
    return list(
        ReviewNote.objects.filter(
            round__diagnosis__participation=participation,
            round__released_at__isnull=False,
            kind="correction",
            replied_at__isnull=True,
        ).select_related("answer")
    )


def recent_saves(participations, since, limit=5):
    """Last saves by the team, newest first: what changed since the last visit."""
    return (
        Answer.objects.filter(diagnosis__participation__in=participations, updated_at__gt=since)
        .select_related("updated_by", "diagnosis__participation__edition")
        .order_by("-updated_at")[:limit]
    )
