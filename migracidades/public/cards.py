"""The card of each page that may be shared: what it says, only of what is published."""

from functools import cache
from urllib.parse import urlsplit

from django.conf import settings
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils.cache import get_conditional_response
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from certification.models import Edition
from certification.seal.domain import Verdict, verdict
from certification.seal.models import Seal
from core import cards
from core.cards import Card
from events.models import Event
from events.templatetags.event_dates import event_days
from governments.models import Government
from practices.models import Practice

from . import certified

# Kept, but asked about each time: a card that shows a seal must not outlive it.
CACHE = "public, no-cache"


def card(request, kind, key):
    """The picture as PNG. Drawn only when the asker does not hold the same one."""
    found = CARDS.get(kind)
    if found is None:
        raise Http404
    words = found(key, request.arrived_at)
    answer = get_conditional_response(request, etag=words.etag)
    if answer is None:
        answer = HttpResponse(cards.draw(words), content_type="image/png", headers={"ETag": words.etag})
    answer["Cache-Control"] = CACHE
    return answer


def _numbered(rows, key):
    return get_object_or_404(rows, pk=int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0)


def government(key, at):
    found = get_object_or_404(Government, ibge_code=key)
    years = [str(year) for year in _years(found, at)]
    words = _("Selos: %(years)s") % {"years": ", ".join(years[:6])} if years else ""
    return Card(capfirst(found.get_kind_display()), certified.placed(found), words, foot(), years[0] if years else "")


def _years(government, at):
    held = certified.standing(at).filter(participation__government=government)
    path = "participation__edition__year"
    return held.order_by(f"-{path}").values_list(path, flat=True)


def practice(key, at):
    found = _numbered(Practice.objects.public(at).with_owner(), key)
    return Card(_("Boa prática"), found.title, str(found.owner), foot())


def event(key, at):
    found = _numbered(Event.objects.public(at), key)
    return Card(found.get_type_display(), found.title, event_days(found), foot())


def edition(key, at):
    year = int(key) if key.isascii() and key.isdigit() and len(key) == 4 else 0
    found = get_object_or_404(Edition.objects.filter(programme__in=[certified.cycle.the_programme()]), year=year)
    return Card(_("Certificação de governos locais"), str(found), "", foot(), str(found.year))


def seal(key, at):
    """What it certifies, never that it holds today: that is for its page to say."""
    found = get_object_or_404(
        Seal.objects.public(at).select_related("participation__government", "participation__edition"), code=key
    )
    gone = verdict(found, at) in (Verdict.REVOKED, Verdict.REPLACED)
    words = _("Confira na página se o selo vale hoje.") if not gone else str(Verdict.WORDS[verdict(found, at)])
    year = str(found.participation.edition.year)
    name = certified.placed(found.participation.government)
    return Card(_("Selo MigraCidades, edição %(year)s") % {"year": year}, name, words, foot(), year, gone)


def default(key, at):
    if key != "migracidades":
        raise Http404
    title = _("Governos que aprendem juntos a acolher e a integrar")
    return Card(_("Certificação de governos locais em governança migratória"), title, "", foot())


@cache
def foot():
    """The portal's name in the address line."""
    return urlsplit(settings.PUBLIC_BASE_URL).netloc


CARDS = {
    "government": government,
    "practice": practice,
    "event": event,
    "edition": edition,
    "seal": seal,
    "default": default,
}
