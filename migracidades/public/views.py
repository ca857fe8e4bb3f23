"""The first page and the pages that stay as they are."""

from django.conf import settings
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import get_language

from certification.seal.meaning import DOES_NOT_MEAN, MEANS
from core.links import absolute_url
from dimensions import catalogue
from events.models import Event
from practices.models import Practice

from . import partners as who
from .front import current_edition, latest_edition, open_call
from .steps import five_steps, with_periods

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
            "events": Event.objects.public(at).upcoming(timezone.localdate(at)).filter(cancelled_at=None)[:SHOWN],
            "practices": Practice.objects.public(at).featured_first().with_owner().prefetch_related("topics")[:SHOWN],
            "about": website(),
        },
    )


def website():
    """The portal as search engines know it, with the address that searches governments."""
    found = absolute_url("governments")
    return {
        "@context": "https://schema.org",
        "@type": "WebSite",
        "name": "MigraCidades",
        "url": absolute_url("home"),
        "inLanguage": get_language(),
        "publisher": [{"@type": "Organization", "name": name} for name in ("OIM", "UFRGS")],
        "potentialAction": {
            "@type": "SearchAction",
            "target": {"@type": "EntryPoint", "urlTemplate": f"{found}?q={{q}}"},
            "query-input": "required name=q",
        },
    }


def process(request):
    at = request.arrived_at
    edition = current_edition(at)
    facts = {"steps": with_periods(five_steps(), edition), "edition": edition, "call": open_call(at)}
    return render(request, "public/process.html", facts)


def about(request):
    return render(request, "public/about.html", {"call": open_call(request.arrived_at)})


def partners(request):
    return render(request, "public/partners.html", {"roles": who.organisations_by_role(request.arrived_at)})


def contact(request):
    facts = {"address": settings.CONTACT_EMAIL, "privacy_address": settings.PRIVACY_EMAIL}
    return render(request, "public/contact.html", facts)


def privacy(request):
    return render(request, "public/privacy.html", {"address": settings.PRIVACY_EMAIL})


def accessibility(request):
    return render(request, "public/accessibility.html", {"address": settings.CONTACT_EMAIL})
