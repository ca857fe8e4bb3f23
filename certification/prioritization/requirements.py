"""What the plan needs before it can be submitted, and what it may be sent with but is weak: told to the cycle by hooks.py."""

from datetime import timedelta

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification.cycle import Requirement

from .models import Plan
from .reading import items_of

# A plan is for about six months; beyond this a shorter action, or two, is the better promise.
LONGEST = timedelta(days=245)
MANDATORY = {
    "why": gettext_lazy("por que esta ação"),
    "objective": gettext_lazy("objetivo"),
    "department": gettext_lazy("órgão responsável"),
    "responsible": gettext_lazy("pessoa responsável"),
    "place": gettext_lazy("onde"),
    "starts_on": gettext_lazy("início"),
    "ends_on": gettext_lazy("fim"),
    "expected_result": gettext_lazy("resultado esperado"),
    "measure": gettext_lazy("como saberemos que deu certo"),
}


def requirements_of(participation):
    plan = Plan.objects.filter(participation=participation).first()
    if plan is None:
        reason = _("A priorização abre quando o diagnóstico for validado.")
        return [Requirement("plan", _("Plano aberto"), False, reason)]
    return requirements_from(participation, plan, items_of(participation))


def requirements_from(participation, plan, items):
    """The same from what was read already: one for the plan, one for each action, then what is weak."""
    needs = [_some(participation, items)]
    needs += [_whole(participation, item.action) for item in items]
    return needs + [need for item in items for need in _weak(participation, plan, item.action)]


def _some(participation, items):
    reason = _("Escolha uma ação sugerida ou escreva a sua.")
    url = reverse("prioritization:plan", args=[participation.pk])
    return Requirement("actions", _("Pelo menos uma ação prioritária"), bool(items), reason, url)


def lacks_of(action):
    """Names of the mandatory fields that are empty, in words."""
    lacks = [label for name, label in MANDATORY.items() if not getattr(action, name)]
    return lacks if list(action.next_moves.all()) else [*lacks, _("um próximo passo com data")]


def _whole(participation, action):
    lacks = lacks_of(action)
    reason = _("falta %(what)s.") % {"what": ", ".join(str(label) for label in lacks)} if lacks else ""
    label = (_("Ação «%(title)s» incompleta") if lacks else _("Ação «%(title)s» completa")) % {"title": action.title}
    return Requirement(f"action.{action.pk}", label, not lacks, reason, _url(participation, action))


def _weak(participation, plan, action):
    for code, reason in weaknesses(plan, action):
        label = _("Ação «%(title)s»") % {"title": action.title}
        yield Requirement(f"action.{action.pk}.{code}", label, False, reason, _url(participation, action), weak=True)


def weaknesses(plan, action):
    """(code, sentence) for what may be sent so, but deserves a second look."""
    if action.starts_on and action.ends_on and action.ends_on - action.starts_on > LONGEST:
        yield "long", _("dura mais de oito meses; o plano é para cerca de seis. Dá para dividir?")
    if action.starts_on and action.starts_on < timezone.localdate(plan.opened_at):
        yield "early", _("começa antes da priorização. Confira a data de início.")
    if not list(action.partners.all()):
        yield "alone", _("sem parceiros. Alguém de fora do governo pode ajudar?")


def _url(participation, action):
    return reverse("prioritization:action", args=[participation.pk, action.pk])
