"""What the list is asked for: plain parameters of the address, said again in words."""

from dataclasses import dataclass, fields, replace
from functools import cache, cached_property
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import CharField, Exists, OuterRef, Q
from django.db.models.functions import Coalesce, Lower
from django.utils.translation import get_language, gettext_lazy, ngettext
from django.utils.translation import gettext as _

from governments.models import GovernmentKind, OrganisationKind
from governments.reference import states

from .models import DocumentType, Feature, PracticeDocument
from .sdgs import GOALS

# Parameter of the address, in the order of the form.
PARAMETERS = {
    "text": "q",
    "dimension": "dimensao",
    "region": "regiao",
    "uf": "uf",
    "owner": "quem",
    "goal": "ods",
    "feature": "caracteristica",
    "document": "documento",
    "year": "ano",
    "language": "idioma",
    "order": "ordem",
}
RECENT, TITLE, CHECKED, USED = "recentes", "titulo", "conferidas", "usadas"
ORDERS = {
    RECENT: gettext_lazy("Mais recentes"),
    TITLE: gettext_lazy("Título, de A a Z"),
    CHECKED: gettext_lazy("Conferidas há menos tempo"),
    USED: gettext_lazy("Com mais governos usando"),
}
LANGUAGES = {"pt-br": gettext_lazy("português"), "en": gettext_lazy("inglês"), "es": gettext_lazy("espanhol")}
OWNERS = {
    **{kind.value: kind.label for kind in GovernmentKind},
    **{kind.value: kind.label for kind in OrganisationKind},
}


@cache
def regions():
    return tuple(sorted({region for _uf, _name, region in states()}))


@dataclass(frozen=True)
class Filters:
    """What does not exist filters nothing."""

    text: str = ""
    dimension: str = ""
    region: str = ""
    uf: str = ""
    owner: str = ""
    goal: str = ""
    feature: str = ""
    document: str = ""
    year: str = ""
    language: str = ""
    order: str = RECENT

    @classmethod
    def of(cls, query, dimensions=(), years=()):
        """query: the parameters. dimensions, years: those there are."""
        known = {
            "dimension": {*map(str, range(1, 11)), *map(str, dimensions)},
            "region": set(regions()),
            "uf": {uf for uf, _name, _region in states()},
            "owner": OWNERS,
            "goal": {str(goal) for goal in GOALS},
            "feature": Feature.values,
            "document": DocumentType.values,
            "year": {str(year) for year in years},
            "language": dict(settings.LANGUAGES),
            "order": ORDERS,
        }
        given = {name: query.get(parameter, "") for name, parameter in PARAMETERS.items()}
        given["uf"] = given["uf"].upper()
        found = {name: given[name] for name in known if given[name] in known[name]}
        return cls(text=" ".join(given["text"].replace("\0", " ").split())[:100], **found)

    @cached_property
    def any(self):
        return any(getattr(self, field.name) for field in fields(self) if field.name != "order")

    @cached_property
    def more(self):
        """Whether one of those that stand folded is in use."""
        return self.order != RECENT or any(
            getattr(self, field.name) for field in fields(self) if field.name not in ("text", "dimension", "order")
        )

    def apply(self, sheets):
        found = sheets.search(self.text).filter(self._conditions()).with_uses()
        if self.document:
            found = found.filter(Exists(PracticeDocument.objects.filter(practice=OuterRef("pk"), type=self.document)))
        return self._ordered(found)

    def _conditions(self):
        wanted = Q()
        if self.dimension:
            wanted &= Q(topics__dimension=int(self.dimension))
        if self.uf:
            wanted &= Q(owner__government__uf=self.uf) | Q(owner__organisation__uf=self.uf)
        if self.region:
            ufs = [uf for uf, _name, region in states() if region == self.region]
            wanted &= Q(owner__government__region=self.region) | Q(owner__organisation__uf__in=ufs)
        if self.owner:
            wanted &= Q(**{f"owner__{_model_of(self.owner)}__kind": self.owner})
        for tag in filter(None, (f"sdg-{self.goal}" if self.goal else "", self.feature)):
            wanted &= Q(tags__contains=f" {tag} ")
        if self.year:
            wanted &= Q(started_year=int(self.year))
        return wanted & Q(language=self.language) if self.language else wanted

    def _ordered(self, found):
        if self.order == TITLE:
            shown = f"title_{(get_language() or settings.LANGUAGE_CODE).replace('-', '_')}"
            return found.annotate(shown_title=Lower(Coalesce(shown, "title_pt_br", output_field=CharField()))).order_by(
                "shown_title", "pk"
            )
        orders = {CHECKED: ("-checked_on",), USED: ("-uses", "-published_at"), RECENT: ("-published_at",)}
        return found.order_by(*orders[self.order], "-pk")

    # In words.

    def chips(self, dimension_names):
        """[(what is filtered by, in words, address without it)]"""
        said = self._said(dimension_names)
        return [(words, self.without(name)) for name, words in said.items() if getattr(self, name)]

    def _said(self, dimension_names):
        names = {uf: name for uf, name, _region in states()}
        return {
            "text": _("palavras: %(text)s") % {"text": self.text},
            "dimension": _("dimensão %(number)s: %(name)s")
            % {"number": self.dimension, "name": dimension_names.get(self.dimension, "")},
            "region": _("região %(name)s") % {"name": self.region},
            "uf": names.get(self.uf, self.uf),
            "owner": str(OWNERS.get(self.owner, "")),
            "goal": _("ODS %(number)s: %(name)s")
            % {"number": self.goal, "name": GOALS[int(self.goal)] if self.goal else ""},
            "feature": str(Feature(self.feature).label) if self.feature else "",
            "document": _("com documento: %(type)s")
            % {"type": DocumentType(self.document).label if self.document else ""},
            "year": _("desde %(year)s") % {"year": self.year},
            "language": _("relato em %(language)s") % {"language": LANGUAGES.get(self.language, "")},
        }

    def without(self, name):
        return f"?{replace(self, **{name: RECENT if name == 'order' else ''}).query}"

    @property
    def query(self):
        """The parameters that say all this, in their order."""
        said = {PARAMETERS[field.name]: getattr(self, field.name) for field in fields(self)}
        return urlencode({name: value for name, value in said.items() if value and (name, value) != ("ordem", RECENT)})


def _model_of(kind):
    return "government" if kind in GovernmentKind.values else "organisation"


def count_in_words(number, filtered):
    if filtered:
        return ngettext("%(n)d boa prática com estes filtros", "%(n)d boas práticas com estes filtros", number) % {
            "n": number
        }
    return ngettext("%(n)d boa prática publicada", "%(n)d boas práticas publicadas", number) % {"n": number}
