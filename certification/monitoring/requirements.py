"""What the report needs before it can be submitted, and what is weak: told to the cycle by hooks.py."""

from django.urls import reverse
from django.utils.translation import gettext as _

from certification.cycle import Requirement
from certification.prioritization.models import Plan

from .models import ProgressStatus, Verdict
from .progress import FINAL, latest, standing
from .reading import actions_of


def requirements_of(participation):
    if not Plan.objects.filter(participation=participation).exists():
        reason = _("O monitoramento abre quando o selo for concedido.")
        return [Requirement("plan", _("Plano de ações"), False, reason)]
    return requirements_from(participation, actions_of(participation))


def requirements_from(participation, actions):
    """One for each action: silence is no answer, «não entregue» is one. Then what is weak."""
    needs = [_said(participation, action) for action in actions]
    return needs + [need for action in actions for need in _weak(participation, action)]


def _said(participation, action):
    met = bool(action.entries.all())
    reason = _("Se não andou, conte isso: «não entregue» também é resposta.")
    label = _("Ação «%(title)s» com registro") if met else _("Ação «%(title)s» sem registro de andamento")
    url = url_of(participation, action)
    return Requirement(f"action.{action.pk}", label % {"title": action.title}, met, reason, url)


def _weak(participation, action):
    for code, reason in weaknesses(action):
        label = _("Ação «%(title)s»") % {"title": action.title}
        yield Requirement(f"action.{action.pk}.{code}", label, False, reason, url_of(participation, action), weak=True)


def weaknesses(action):
    last = latest(action.entries.all())
    if last is None:
        return
    if last.status not in FINAL:
        yield "unfinished", _("o último registro não diz se terminou. Registre como a ação acabou.")
    if last.status == ProgressStatus.DONE and not list(last.evidence_links.all()):
        yield "unproved", _("concluída sem comprovação no último registro.")
    if any(is_asked(entry) for entry in standing(action.entries.all())):
        yield "asked", _("a coordenação pediu comprovação e ela ainda não foi anexada.")


def is_asked(entry):
    """Whether evidence was asked for and has not come since."""
    last = max(entry.verifications.all(), key=lambda look: (look.at, look.pk), default=None)
    if last is None or last.verdict != Verdict.EVIDENCE_ASKED:
        return False
    return not any(link.linked_at >= last.at for link in entry.evidence_links.all())


def url_of(participation, action):
    return f"{reverse('monitoring:overview', args=[participation.pk])}#acao-{action.pk}"
