"""What the rooms tell the cycle: what their step requires, what an approval opens, who is told."""

from dataclasses import dataclass

from certification.models import Kind
from governments import team

__all__ = [
    "Requirement",
    "RequirementsMissing",
    "also_tell",
    "missing",
    "on_approval",
    "people_to_tell",
    "requirements",
    "requires",
    "tell_approval",
]


class RequirementsMissing(Exception):
    """A move is refused because something is missing. `missing` lists Requirement rows with a reason and a link."""

    def __init__(self, missing):
        super().__init__("; ".join(str(item.label) for item in missing))
        self.missing = missing


@dataclass(frozen=True)
class Requirement:
    """One thing a step needs. label: what; met: whether it is there; reason: why not, in words; url: where to mend it; weak: may be sent without."""

    code: str
    label: str
    met: bool
    reason: str = ""
    url: str = ""
    weak: bool = False


_requirements = {}


def requires(kind):
    """Decorator of a room's function (participation) -> list of Requirement."""

    def register(function):
        _requirements[kind] = function
        return function

    return register


def requirements(participation, kind):
    """What a step needs, met and missing, each with its reason and link."""
    found = _requirements.get(Kind(kind))
    return found(participation) if found else []


def missing(participation, kind):
    return [r for r in requirements(participation, kind) if not r.met and not r.weak]


_on_approval = {}


def on_approval(kind):
    """Decorator: call function(participation, by, at) in the transaction in which a step is approved (the next room opens its rows)."""

    def register(function):
        _on_approval.setdefault(Kind(kind), []).append(function)
        return function

    return register


def tell_approval(kind, participation, *, by, at):
    """Let the rooms act on an approval, inside its transaction."""
    for told in _on_approval.get(Kind(kind), []):
        told(participation, by, at)


def people_to_tell(participation):
    """Who receives the letters of a participation: the managers of the team in force, and whom the rooms add (users or addresses)."""
    people = [membership.user for membership in team.managers_of(participation.government.body)]
    known = {person.email for person in people}
    return people + [to for ask in _recipients for to in ask(participation) if to not in known]


_recipients = []


def also_tell(function):
    """Decorator of function(participation) -> e-mail addresses that receive every notice beside the managers."""
    _recipients.append(function)
    return function
