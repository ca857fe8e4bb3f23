"""Which government takes which profile: in its states, of its kind, each once; the same for the same seed."""

from dataclasses import dataclass

from certification.models import Participation
from governments.models import Government

from . import content

# Certified on the programme's own list of that year: who has seals behind them is taken from there first.
LISTED = 2021


@dataclass(frozen=True)
class Role:
    """A government with the story it takes. listed: its seal of the programme's own list counts among its earlier ones."""

    government: Government
    profile: dict
    listed: bool

    @property
    def key(self):
        return self.profile["key"]


class NobodyLeft(Exception):
    """No government of a kind is left to take part."""


def listed_governments():
    return set(
        Participation.objects.filter(edition__year=LISTED, edition__from_before_portal=True).values_list(
            "government", flat=True
        )
    )


class Casting:
    """Hands governments out, each once. random: random.Random of the seed."""

    def __init__(self, random):
        self.random = random
        self.listed = listed_governments()
        self.capitals = content.state_capitals()
        self.free = list(Government.objects.order_by("ibge_code"))

    def role(self, profile):
        """The government of a profile: one that returns is taken from the list where it has one that fits, a first-timer from outside."""
        match = profile["match"]
        fit = [row for row in self.free if self._fits(row, match["kind"], match.get("ufs"), match.get("capital"))]
        chosen = self._choose(fit, profile["returning"])
        return Role(chosen, profile, chosen.pk in self.listed)

    def any_of(self, kind, *, listed=False):
        """Any government of a kind, for stories without a profile."""
        return self._choose([row for row in self.free if self._fits(row, kind, None, False)], listed)

    def _fits(self, row, kind, ufs, capital):
        if row.kind != kind or (ufs and row.uf not in ufs):
            return False
        return capital is None or (row.ibge_code in self.capitals) == capital

    def _choose(self, fit, listed):
        preferred = [row for row in fit if (row.pk in self.listed) == listed]
        pool = preferred or fit
        if not pool:
            raise NobodyLeft
        chosen = self.random.choice(pool)
        self.free.remove(chosen)
        return chosen
