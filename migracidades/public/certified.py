"""Who holds a seal of a published edition, and how that is said in words."""

from django.db.models import Count, Prefetch
from django.urls import reverse
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification import cycle
from certification.models import Edition, Participation
from certification.seal.models import Seal
from core.numbers import grouped
from governments.models import GovernmentKind


def editions():
    """The programme's editions, latest first."""
    return Edition.objects.filter(programme=cycle.the_programme()).order_by("-year")


def public_editions(at):
    return editions().filter(published_at__lte=at)


def standing(at):
    """Seals of published editions that were neither revoked nor replaced; expired ones stay: the government did engage that year."""
    return Seal.objects.standing(at)


def certified(governments, at, year=None):
    """Those of the governments that hold a seal, of one edition if a year is given."""
    seals = standing(at)
    if year:
        seals = seals.filter(participation__edition__year=year)
    # A list of holders, not a question for each government: the table of governments is long, that of seals is not.
    return governments.filter(pk__in=seals.order_by().values("participation__government"))


def with_seals(governments, at):
    """Loads each government's participations of published editions as `published`, with edition and seal."""
    published = (
        Participation.objects.filter(edition__published_at__lte=at, seal__isnull=False)
        .select_related("edition", "seal")
        .order_by("-edition__year")
    )
    return governments.prefetch_related(Prefetch("participations", queryset=published, to_attr="published"))


def address_of(name):
    """A function from a code to its page's address: in a long list the route is looked up once."""
    before, after = reverse(name, args=["_"]).split("_")
    return lambda code: f"{before}{code}{after}"


def counts(seals, field):
    """{value: number of seals} by a field of the government."""
    path = f"participation__government__{field}"
    return dict(seals.order_by().values_list(path).annotate(number=Count("pk")))


def counts_by_year(at):
    """{year: number of seals} of published editions."""
    path = "participation__edition__year"
    return dict(standing(at).order_by().values_list(path).annotate(number=Count("pk")))


def kinds_in_words(numbers):
    """«32 municípios e 9 estados» out of {kind: number}."""
    spoken = [SPOKEN[kind](numbers[kind]) for kind in GovernmentKind.values if numbers.get(kind)]
    return get_text_list(spoken, _("e"))


SPOKEN = {
    "municipality": lambda n: ngettext("%(n)d município", "%(n)d municípios", n) % {"n": n},
    "state": lambda n: ngettext("%(n)d estado", "%(n)d estados", n) % {"n": n},
    "federal_district": lambda n: _("o Distrito Federal"),
    "state_district": lambda n: ngettext("%(n)d distrito estadual", "%(n)d distritos estaduais", n) % {"n": n},
}


def placed(government):
    """A name nobody mistakes in a list: «Goiás (estado)», «Goiânia (GO)», «Distrito Federal»."""
    if government.kind == GovernmentKind.STATE:
        return _("%(name)s (estado)") % {"name": government.name}
    return str(government)


def governments_in_words(number):
    return ngettext("%(n)s governo", "%(n)s governos", number) % {"n": grouped(number)}
