"""Where the tables of the cycle begin: published editions, as their prepared tables tell them."""

from django.db.models import Count, Max, Q, Sum
from django.db.models.functions import Length
from django.utils.translation import override

from certification.figures.models import Prepared, Presence
from certification.models import Edition, Programme
from certification.monitoring.models import ProgressEntry
from certification.seal.models import Seal
from core.links import absolute_url
from governments.models import Government


def editions(at):
    return Edition.objects.filter(programme__in=the_programme(), published_at__lte=at)


def the_programme():
    """The one of `cycle.the_programme`, without a question of its own."""
    return Programme.objects.order_by("pk").values("pk")[:1]


def of_editions(rows, at):
    """Rows that hang on an edition, of the published ones."""
    return rows.filter(edition__in=editions(at).order_by().values("pk"))


def seals(at):
    return Seal.objects.public(at).filter(participation__edition__programme__in=the_programme())


def mark(at):
    """Facts that differ whenever the prepared tables, the editions or the seals do."""
    return (
        list(editions(at).order_by("year").values_list("year", "published_at", "seal_valid_until", "ceremony_at")),
        list(of_editions(Prepared.objects.order_by("edition"), at).values_list("edition", "at")),
        Presence.objects.aggregate(Count("pk"), Max("pk")),
        Seal.objects.aggregate(Count("pk"), Max("revoked_at"), revoked=Count("pk", filter=Q(revoked_at__lte=at))),
        Government.objects.aggregate(Count("pk"), letters=Sum(Length("search"))),
    )


def changed(at):
    """When what is published of the cycle last changed: an edition, a seal."""
    public = seals(at).order_by()
    return latest(
        editions(at).aggregate(at=Max("published_at"))["at"],
        public.aggregate(at=Max("awarded_at"))["at"],
        public.filter(revoked_at__lte=at).aggregate(at=Max("revoked_at"))["at"],
        public.filter(replaced_at__lte=at).aggregate(at=Max("replaced_at"))["at"],
    )


def changed_with_progress(at):
    """The same with what monitoring told."""
    entries = ProgressEntry.objects.filter(participation__edition__in=editions(at).order_by().values("pk"))
    return latest(changed(at), entries.aggregate(at=Max("recorded_at"))["at"])


def latest(*instants):
    return max(filter(None, instants), default=None)


def address_of(name):
    """A function from a code to its page's full address in Portuguese: in a long table the route is looked up once."""
    with override("pt-br"):
        before, after = absolute_url(name, "_").rsplit("_", 1)
    return lambda code: f"{before}{code}{after}"


def address_of_number(name):
    """The same for pages known by a number."""
    with override("pt-br"):
        before, after = absolute_url(name, 0).rsplit("0", 1)
    return lambda number: f"{before}{number}{after}"
