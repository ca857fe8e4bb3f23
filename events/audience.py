"""For whom an event is: one pure function that says yes or no and why, in plain words.

`person_of` reads once what is known of somebody; `admission` decides on it alone.
"""

from dataclasses import dataclass, field

from django.utils.text import get_text_list
from django.utils.translation import gettext as _

from certification.models import Kind, Participation, State
from governments.models import Government, GovernmentKind

from .models import AudienceRule


@dataclass(frozen=True)
class Team:
    """A government somebody works for, with what it has done: years by edition, steps reached by year."""

    government: Government
    enrolled: frozenset = frozenset()
    certified: frozenset = frozenset()
    reached: dict = field(default_factory=dict)


@dataclass(frozen=True)
class Person:
    """email: a confirmed address, or the one typed. teams: empty without an account."""

    email: str = ""
    has_account: bool = False
    teams: tuple = ()


@dataclass(frozen=True)
class Admission:
    """True where the person may register; `reason` says why, or why not and what to do. governments: for which of theirs."""

    allowed: bool
    reason: str
    governments: tuple = ()

    def __bool__(self):
        return self.allowed


def admission(rule, detail, person):
    """Whether a person may register for an event of this rule. Reads nothing but its arguments."""
    return RULES[rule](detail or {}, person)


def _open(detail, person):
    return Admission(True, _("Qualquer pessoa pode se inscrever."), _governments(person.teams))


def _described(detail, person):
    return Admission(
        False, _("A inscrição neste encontro não é feita pelo portal. Fale com quem organiza, como diz a descrição.")
    )


def _enrolled(detail, person):
    years = _years(detail)
    return _by_team(
        person,
        lambda team: bool(team.enrolled & years) if years else bool(team.enrolled),
        _("É para equipes de governos inscritos %(editions)s.") % {"editions": _in_editions(years, _("ou"))},
        _("Nenhum dos seus governos está inscrito %(editions)s.") % {"editions": _in_editions(years, _("ou"))},
    )


def _reached(detail, person):
    years, step = _years(detail), detail.get("step") or Kind.ENROLLMENT
    words = {"step": Kind(step).label, "editions": _in_editions(years, _("ou"))}

    def fits(team):
        return any(step in steps for year, steps in team.reached.items() if not years or year in years)

    return _by_team(
        person,
        fits,
        _("É para equipes de governos que chegaram à etapa %(step)s %(editions)s.") % words,
        _("Nenhum dos seus governos chegou à etapa %(step)s %(editions)s.") % words,
    )


def _certified_in_all(detail, person):
    years = _years(detail)
    words = {"editions": _in_editions(years, _("e"))}
    return _by_team(
        person,
        lambda team: bool(years) and years <= team.certified,
        _("É para equipes de governos certificados %(editions)s.") % words,
        _("Nenhum dos seus governos tem o selo %(editions)s.") % words,
    )


def _of_kind(detail, person):
    kinds, years = set(detail.get("kinds", [])), _years(detail)
    labels = get_text_list([str(GovernmentKind(kind).label) for kind in sorted(kinds)], _("ou"))
    words = {"kinds": labels, "editions": _in_editions(years, _("ou"))}

    def fits(team):
        return team.government.kind in kinds and (not years or bool(team.enrolled & years))

    if years:
        return _by_team(
            person,
            fits,
            _("É para equipes de governos destes tipos, inscritos %(editions)s: %(kinds)s.") % words,
            _("Nenhum dos seus governos é destes tipos e está inscrito %(editions)s: %(kinds)s.") % words,
        )
    return _by_team(
        person,
        fits,
        _("É para equipes de governos destes tipos: %(kinds)s.") % words,
        _("Nenhum dos seus governos é destes tipos: %(kinds)s.") % words,
    )


def _listed(detail, person):
    codes, emails = set(detail.get("governments", [])), {email.lower() for email in detail.get("emails", [])}
    fitting = tuple(team for team in person.teams if team.government.ibge_code in codes)
    if fitting:
        return Admission(True, _("O seu governo está na lista de convidados."), _governments(fitting))
    if person.email.strip().lower() in emails:
        return Admission(True, _("O seu e-mail está na lista de convidados."), _governments(person.teams))
    if person.has_account or person.email:
        return Admission(
            False,
            _("Este encontro é para uma lista de convidados, e o seu e-mail e o seu governo não estão nela."),
        )
    # Nobody has said who they are yet: an invited address needs no account.
    return Admission(True, _("É para uma lista de convidados: use o e-mail em que você recebeu o convite."))


RULES = {
    AudienceRule.OPEN: _open,
    AudienceRule.DESCRIBED: _described,
    AudienceRule.EDITION_PARTICIPANTS: _enrolled,
    AudienceRule.EDITION_PARTICIPANTS_STEP: _reached,
    AudienceRule.CERTIFIED_IN_ALL: _certified_in_all,
    AudienceRule.GOVERNMENT_KIND: _of_kind,
    AudienceRule.LISTED: _listed,
}


def _by_team(person, fits, yes, no):
    if not person.has_account:
        return Admission(False, _("%(rule)s Entre na sua conta para se inscrever pelo seu governo.") % {"rule": yes})
    if not person.teams:
        return Admission(
            False, _("%(rule)s A sua conta ainda não trabalha para um governo: peça acesso ao seu.") % {"rule": yes}
        )
    fitting = tuple(team for team in person.teams if fits(team))
    return Admission(True, yes, _governments(fitting)) if fitting else Admission(False, no)


def _governments(teams):
    return tuple(team.government for team in teams)


def _years(detail):
    return frozenset(int(year) for year in detail.get("editions", []))


def _in_editions(years, last_word):
    """«na edição de 2026», «nas edições de 2025 ou 2026», «em alguma edição»"""
    listed = get_text_list([str(year) for year in sorted(years)], last_word)
    if not years:
        return _("em alguma edição")
    if len(years) == 1:
        return _("na edição de %(years)s") % {"years": listed}
    return _("nas edições de %(years)s") % {"years": listed}


# Reading.


def person_of(user, *, at, email=""):
    """What is known of somebody, in a constant number of queries."""
    if not user.is_authenticated:
        return Person(email=email)
    governments = list(Government.objects.filter(body__in=_bodies_of(user, at)).order_by("name", "uf"))
    done = _participations(governments)
    return Person(email=user.email, has_account=True, teams=tuple(_team(each, done, at) for each in governments))


def _bodies_of(user, at):
    return user.memberships.in_force(at).values("body")


def _participations(governments):
    return list(
        Participation.objects.under_way()
        .filter(government__in=governments)
        .select_related("edition", "seal")
        .prefetch_related("steps")
    )


def _team(government, participations, at):
    own = [each for each in participations if each.government_id == government.pk]
    return Team(
        government=government,
        enrolled=frozenset(each.edition.year for each in own if _has_enrolled(each)),
        certified=frozenset(each.edition.year for each in own if _is_certified(each, at)),
        reached={each.edition.year: steps_reached(each) for each in own},
    )


def _has_enrolled(participation):
    step = participation.step(Kind.ENROLLMENT)
    return step.submitted_at is not None or step.state == State.APPROVED or _seal_of(participation) is not None


def _seal_of(participation):
    return getattr(participation, "seal", None)


def _is_certified(participation, at):
    """Only what is public by now: an award nobody has heard of yet opens no door."""
    seal = _seal_of(participation)
    return seal is not None and seal.revoked_at is None and participation.edition.is_public(at)


def steps_reached(participation):
    """A step is reached when the one before it is validated."""
    states = {step.kind: step.state for step in participation.steps.all()}
    return frozenset(kind for kind in Kind if kind.before is None or states.get(kind.before) == State.APPROVED)
