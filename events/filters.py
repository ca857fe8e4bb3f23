"""What an agenda may be narrowed by: plain parameters of the address, so that every view of it can be linked."""

from dataclasses import dataclass
from urllib.parse import urlencode

from .models import AudienceRule, EventType

DIMENSIONS = [str(number) for number in range(1, 11)]


@dataclass(frozen=True)
class Filters:
    type: str = ""
    dimension: str = ""
    audience: str = ""
    series: str = ""

    @classmethod
    def of(cls, query):
        """The filters of an address; what is no choice filters nothing."""
        number = query.get("dimensao", "")
        return cls(
            type=_known(query.get("tipo", ""), EventType.values),
            dimension=_known(number, DIMENSIONS),
            audience=_known(query.get("publico", ""), AudienceRule.values),
            series=query.get("serie", "")[:120],
        )

    def of_events(self, events):
        if self.type:
            events = events.filter(type=self.type)
        if self.dimension:
            events = events.about(self.dimension)
        if self.audience:
            events = events.filter(audience_rule=self.audience)
        if self.series:
            events = events.filter(series__key=self.series)
        return events

    @property
    def any(self):
        return bool(self.type or self.dimension or self.audience or self.series)

    @property
    def query(self):
        """The same filters as the end of an address, to be carried along: «&tipo=webinar»."""
        names = {"tipo": self.type, "dimensao": self.dimension, "publico": self.audience, "serie": self.series}
        given = {name: value for name, value in names.items() if value}
        return f"&{urlencode(given)}" if given else ""


def _known(value, values):
    return value if value in values else ""
