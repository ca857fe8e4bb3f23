"""The first page and the pages that stay as they are."""

from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Kind
from certification.seal.meaning import DOES_NOT_MEAN, MEANS
from dimensions import catalogue
from events.models import Event
from practices.models import Practice

from . import certified, tile_map
from .steps import five_steps

SHOWN = 3  # practices and events on the first page


def home(request):
    at = request.arrived_at
    return render(
        request,
        "public/home.html",
        {
            "steps": five_steps(),
            "catalogue": catalogue.latest(),
            "latest": latest_edition(at),
            "call": open_call(at),
            "means": MEANS,
            "does_not_mean": DOES_NOT_MEAN,
            "events": Event.objects.public(at).upcoming(timezone.localdate(at))[:SHOWN],
            "practices": Practice.objects.public(at).with_owner().prefetch_related("topics")[:SHOWN],
        },
    )


def latest_edition(at):
    """The last published edition with its figures, or None."""
    edition = certified.public_editions(at).first()
    if edition is None:
        return None
    seals = certified.standing(at).filter(participation__edition=edition)
    kinds, ufs = certified.counts(seals, "kind"), certified.counts(seals, "uf")
    number = sum(kinds.values())
    return {
        "edition": edition,
        "number": number,
        "ufs": len(ufs),
        "governments_in_words": certified.governments_in_words(number),
        "kinds_in_words": certified.kinds_in_words(kinds),
        "map": tile_map.draw(ufs, f"{reverse('governments')}?edicao={edition.year}&uf=", _map_title(edition)),
    }


def _map_title(edition):
    return _("Governos com selo da edição %(year)s, por unidade da federação") % {"year": edition.year}


def open_call(at):
    """The edition whose enrolment is open now, with its deadline, or None."""
    for edition in cycle.editions_open_for_enrollment(at):
        return {"edition": edition, "closes_at": cycle.general_period(edition, Kind.ENROLLMENT).closes_at}
    return None


def process(request):
    return render(request, "public/process.html", {"steps": five_steps(), "call": open_call(request.arrived_at)})


def about(request):
    return render(request, "public/about.html")


def privacy(request):
    return render(request, "public/privacy.html")


def accessibility(request):
    return render(request, "public/accessibility.html")
