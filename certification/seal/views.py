"""Readiness on both sides, award, revocation and replacement by two people, publication of an edition."""

from django.contrib import messages
from django.db.models import Count, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from accounts import recent
from certification import cycle
from certification.models import Edition, Kind, Participation
from certification.rail import rail
from certification.seal import domain, replacement
from certification.seal.emblem import emblem
from certification.seal.forms import PublicationForm, ReplacementForm, RevocationForm
from certification.seal.meaning import one_sentence
from certification.seal.models import DecisionKind, Seal


def readiness(request, pk):
    """What is complete and what is missing, as the government sees it."""
    participation = get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)
    return render(request, "seal/readiness.html", _facts(participation, request))


def desk(request, pk):
    """The same for coordinators, with the moves they may make now."""
    participation = get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)
    return _desk_page(request, participation)


def _desk_page(request, participation, *, form=None, replacing=None, status=200):
    facts = _facts(participation, request, desk=True)
    open_one = domain.open_decision(participation)
    facts |= {
        "decision": open_one,
        "proposed_by_me": open_one is not None and open_one.proposed_by_id == request.user.pk,
        "may_award": bool(cycle.may("award", request.user, participation, request.arrived_at)),
        "may_revoke": bool(cycle.may("revoke", request.user, participation, request.arrived_at)),
        "may_replace": bool(cycle.may("replace", request.user, participation, request.arrived_at)),
        "form": form or RevocationForm(),
        "replacing": replacing or ReplacementForm(said=replacement.said_by(facts["seal"]) if facts["seal"] else {}),
        "corrections": _corrections(open_one, facts["seal"]),
        "replaced": participation.seals.filter(replaced_at__isnull=False).order_by("replaced_at"),
        "decisions": participation.seal_decisions.select_related("proposed_by", "confirmed_by", "dropped_by"),
    }
    return render(request, "seal/desk.html", facts, status=status)


def _corrections(decision, seal):
    """What a proposed replacement says otherwise: (label, now, then)."""
    if decision is None or seal is None or not decision.corrections:
        return []
    said, fields = replacement.said_by(seal), ReplacementForm.base_fields
    return [(fields[name].label, said.get(name), text) for name, text in decision.corrections.items()]


def _facts(participation, request, *, desk=False):
    seal = Seal.objects.filter(current_of=participation).select_related("revocation", "snapshot", "replaces").first()
    verdict = domain.verdict(seal, request.arrived_at) if seal else ""
    requirements = cycle.requirements(participation, Kind.CERTIFICATION)
    return {
        "participation": participation,
        "government": participation.government,
        "rail": rail(participation, request.arrived_at, desk=desk),
        "requirements": requirements,
        "all_met": all(requirement.met for requirement in requirements),
        "seal": seal,
        "verdict": verdict,
        "verdict_word": domain.Verdict.WORDS.get(verdict, ""),
        "verdict_icon": domain.Verdict.ICONS.get(verdict, ""),
        "emblem": emblem(participation.edition.year, verdict=verdict, size=180) if seal else "",
        "is_public": participation.edition.is_public(request.arrived_at),
        "meaning": one_sentence(participation.edition.year),
    }


# What the page says once it is decided: by the second person, or by the first where the edition lets one decide.
DECIDED = {
    DecisionKind.AWARD: gettext_lazy("Selo concedido. Ele fica público quando a edição for publicada."),
    DecisionKind.REVOCATION: gettext_lazy("Selo revogado. A página pública já mostra o motivo."),
    DecisionKind.REPLACEMENT: gettext_lazy("Selo substituído. A página do antigo já leva ao novo."),
}


def _decision(move, done):
    """The view of one move of a decision that needs nothing but who and when."""

    def view(request, pk):
        return _decide(request, pk, move, done)

    return view


def _decide(request, pk, move, done, shown=None, **more):
    """One move of a decision: found, re-authenticated, made once, told. shown: {name: form} as typed, for the page where the move is refused."""
    participation = get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)
    recent.require(request)
    try:
        made = move(participation, by=request.user, at=request.arrived_at, **more)
    except cycle.RequirementsMissing as refused:
        what = "; ".join(str(item.label) for item in refused.missing)
        messages.error(request, _("Ainda falta: %(what)s.") % {"what": what})
        return _desk_page(request, participation, status=422)
    except (domain.DecisionRefused, cycle.StepClosed) as refused:
        messages.error(request, str(refused))
        return _desk_page(request, Participation.objects.with_cycle().get(pk=pk), **(shown or {}), status=409)
    decided_alone = getattr(made, "by_one_person", False)
    messages.success(request, DECIDED[made.kind] if decided_alone else done)
    return redirect("seal:desk", pk=pk)


propose_award = _decision(
    domain.propose_award,
    gettext_lazy("Proposta registrada. O selo vale quando outra pessoa da coordenação confirmar."),
)
confirm_award = _decision(domain.confirm_award, DECIDED[DecisionKind.AWARD])
drop = _decision(domain.drop, gettext_lazy("Proposta retirada."))
confirm_revocation = _decision(domain.confirm_revocation, DECIDED[DecisionKind.REVOCATION])
confirm_replacement = _decision(replacement.confirm_replacement, DECIDED[DecisionKind.REPLACEMENT])


def propose_revocation(request, pk):
    form = RevocationForm(request.POST)
    if not form.is_valid():
        participation = get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)
        return _desk_page(request, participation, form=form, status=422)
    done = _("Proposta de revogação registrada. Ela vale quando outra pessoa da coordenação confirmar.")
    shown = {"form": form}
    return _decide(request, pk, domain.propose_revocation, done, shown, reason=form.cleaned_data["reason"])


def propose_replacement(request, pk):
    participation = get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)
    present = get_object_or_404(Seal.objects.select_related("snapshot"), current_of=participation)
    form = ReplacementForm(request.POST, said=replacement.said_by(present))
    if not form.is_valid():
        return _desk_page(request, participation, replacing=form, status=422)
    done = _("Proposta de substituição registrada. Ela vale quando outra pessoa da coordenação confirmar.")
    facts = {"reason": form.cleaned_data["reason"], "corrections": form.corrections}
    return _decide(request, pk, replacement.propose_replacement, done, {"replacing": form}, **facts)


def editions(request):
    """Editions as the coordination sees them: periods, how many awarded, published or not."""
    found = Edition.objects.annotate(
        taking_part=Count("participations", distinct=True),
        awarded=Count("participations__seal", filter=Q(participations__seal__revoked_at__isnull=True), distinct=True),
    ).order_by("-year")
    return render(request, "seal/editions.html", {"editions": found})


def edition(request, year):
    """One edition: periods, extensions, seals awarded, publication."""
    found = get_object_or_404(Edition.objects.prefetch_related("windows", "extensions__government"), year=year)
    form = PublicationForm(request.POST or None, edition=found)
    status = 200
    if request.method == "POST":
        recent.require(request)
        if form.is_valid() and _published(request, found):
            return redirect("desk-edition", year=year)
        status = 422 if form.errors else 409
    seals = Seal.objects.filter(participation__edition=found).select_related("participation__government")
    facts = {"edition": found, "form": form, "seals": seals.order_by("participation__government__search")}
    facts |= {"open_decisions": domain.open_decisions(found), "is_public": found.is_public(request.arrived_at)}
    return render(request, "seal/edition.html", facts, status=status)


def _published(request, edition):
    try:
        domain.publish_edition(edition, by=request.user, at=request.arrived_at)
    except domain.DecisionRefused as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, _("Edição publicada: selos e relatórios estão abertos ao público."))
    return True
