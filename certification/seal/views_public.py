"""The pages anyone may open: a seal and how it stands, the look-up by code or file, the snippet for a city's own site, how to check by oneself."""

from django.http import Http404
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt

from certification.seal import carriers, checking
from certification.seal.emblem import emblem
from certification.seal.meaning import DOES_NOT_MEAN, MEANS, one_sentence
from certification.seal.verdicts import Verdict, find, verdict
from core import verifiable
from core.links import absolute

# The envelope of an upload beside the file itself.
ROOM = 8 * 1024


@never_cache
def seal(request, code):
    """A verdict in one word, who, since when, until when, and what a seal means."""
    found = _found(request, code)
    if code != found.code:
        return redirect(found)
    facts = _standing(found, request.arrived_at) | {
        "means": MEANS,
        "does_not_mean": DOES_NOT_MEAN,
        **_deciders(found),
        "is_public": found.participation.edition.is_public(request.arrived_at),
        "status_url": absolute(reverse("seal-status", args=[found.code])),
    }
    return render(request, "seal/seal.html", facts | {"data": _structured(facts)})


def _deciders(found):
    """Who awarded it, as frozen with it; and of one that stands in another's place, who decided that."""
    if found.snapshot:
        content = found.snapshot.content
        return {"awarded_by": content["awarded_by"], "replacement_by": content.get("replacement_by", [])}
    return {"awarded_by": [], "replacement_by": found.decision.people if found.decision else []}


def _found(request, code):
    found = find(code, user=request.user, at=request.arrived_at)
    if found is None:
        raise Http404
    return found


def _standing(found, at):
    """What every page that shows a seal says of it."""
    word, edition = verdict(found, at), found.participation.edition
    return {
        "seal": found,
        "government": found.participation.government,
        "edition": edition,
        "verdict": word,
        "verdict_word": Verdict.WORDS[word],
        "verdict_icon": Verdict.ICONS[word],
        "emblem": emblem(edition.year, verdict=word),
        "meaning": one_sentence(edition.year),
        "page": absolute(found.get_absolute_url()),
    }


def _structured(facts):
    """The seal as schema.org has it."""
    found, government = facts["seal"], facts["government"]
    told = {
        "@context": "https://schema.org",
        "@type": "Certification",
        "name": _("Selo MigraCidades %(year)s") % {"year": facts["edition"].year},
        "description": facts["meaning"],
        "certificationIdentification": found.code,
        "certificationStatus": f"https://schema.org/Certification{'Active' if facts['verdict'] == Verdict.VALID else 'Inactive'}",
        "url": facts["page"],
        "inLanguage": get_language(),
        "validFrom": timezone.localdate(found.awarded_at).isoformat(),
        "issuedBy": {"@type": "Organization", "name": "MigraCidades", "url": absolute(reverse("home"))},
        "about": {
            "@type": "GovernmentOrganization",
            "name": government.full_name,
            "identifier": government.ibge_code,
            "url": absolute(government.get_absolute_url()),
        },
    }
    return told | ({"expires": found.valid_until.isoformat()} if found.valid_until else {})


@never_cache
def embed(request, code):
    """The lines a government copies into its own site, and how they look."""
    found = _found(request, code)
    if code != found.code:
        return redirect("seal-embed", code=found.code)
    facts = _standing(found, request.arrived_at)
    language = get_language()
    picture = reverse("seal-today", args=[found.code]) + ("" if language == "pt-br" else f"?lang={language}")
    facts |= {"picture": picture, "snippet": _snippet(facts, absolute(picture))}
    return render(request, "seal/embed.html", facts)


def _snippet(facts, picture):
    """Plain HTML: a link with a picture, no script. Shown as text, so the page escapes it."""
    words = _("Selo MigraCidades %(year)s de %(government)s: ver a situação de hoje") % {
        "year": facts["edition"].year,
        "government": facts["government"].full_name,
    }
    words = words.replace("&", "&amp;").replace('"', "&quot;")
    return f'<a href="{facts["page"]}"><img src="{picture}" width="440" height="150" alt="{words}"></a>'


@never_cache
@csrf_exempt  # nothing is written, and a form that asked for a token would set a cookie on everyone who looks a code up
def verify(request):
    """Look a seal up by the code printed on it, or check a file that carries its credential."""
    if request.method == "POST":
        return _check_file(request)
    code = request.GET.get("codigo", "").strip()
    if not code:
        return _verify_page(request)
    found = find(code, user=request.user, at=request.arrived_at)
    address = found.get_absolute_url() if found else verifiable.find(code)
    if address:
        return redirect(address)
    return _verify_page(request, status=404, code=code, not_found=True)


# What the page reads, none of it said yet.
NOTHING = dict.fromkeys(("code", "not_found", "refusal", "not_genuine", "genuine", "file_name"), "")


def _verify_page(request, *, status=200, **facts):
    facts = NOTHING | {"largest": carriers.LARGEST // 1024} | facts
    return render(request, "seal/verify.html", facts, status=status)


def _check_file(request):
    """Read, judged and forgotten: nothing of it is kept."""
    # Asked before the body is read: what is too large is not even taken in.
    if int(request.META.get("CONTENT_LENGTH") or 0) > carriers.LARGEST + ROOM:
        return _too_large(request)
    file = request.FILES.get("arquivo")
    if file is None:
        return _verify_page(request, status=422, refusal=_("Escolha um arquivo antes de conferir."))
    if file.size > carriers.LARGEST:
        return _too_large(request)
    return _judged(request, file)


def _too_large(request):
    text = _("O arquivo tem mais de %(kib)s KiB. O selo baixado deste portal é menor que isso.")
    return _verify_page(request, status=413, refusal=text % {"kib": carriers.LARGEST // 1024})


def _judged(request, file):
    try:
        checked = checking.check(carriers.token_in(file.read()), request.arrived_at)
    except carriers.NoCredential as nothing:
        return _verify_page(request, status=422, refusal=str(nothing), file_name=file.name)
    except checking.NotGenuine as refused:
        return _verify_page(request, status=422, not_genuine=str(refused), file_name=file.name)
    facts = _standing(checked.seal, request.arrived_at)
    return _verify_page(request, genuine=True, file_name=file.name, **facts)


def how_to_verify(request):
    """The short version; the whole is a document to keep."""
    addresses = {"keys": reverse("seal-keys"), "document": reverse("seal-document")}
    return render(request, "seal/how_to_verify.html", {name: absolute(path) for name, path in addresses.items()})
