"""What machines read of a seal: credential, pictures, situation, keys. Open to other sites; how a seal stands is kept by nobody."""

import json

from django.conf import settings
from django.http import Http404, HttpResponse, JsonResponse
from django.utils import translation

from certification.seal import bitmap, carriers
from certification.seal import keys as signing
from certification.seal import status as situation
from certification.seal import today as drawing
from certification.seal.checking import claims_of
from certification.seal.emblem import emblem
from certification.seal.models import SigningKey
from certification.seal.verdicts import find, verdict
from core.links import absolute

DOCUMENT = settings.BASE_DIR / "docs" / "seal-verification.md"


def _open(response, *, kept="no-store"):
    """Any site may read it. kept: for how long a copy may stand for it."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    response["Cache-Control"] = kept
    return response


def _json(data, **more):
    return _open(JsonResponse(data, json_dumps_params={"ensure_ascii": False, "indent": 1}), **more)


def _found(request, code):
    """The seal of an address, as far as this person may see it. Files stand under the exact code only: there is one address for each."""
    seal = find(code, user=request.user, at=request.arrived_at)
    if seal is None or seal.code != code:
        raise Http404
    return seal


def _token(seal):
    credential = seal.credential
    if credential is None:
        raise Http404
    return credential.jwt


def _spoken(request):
    """A file has one address for all: its language is Portuguese unless asked for another."""
    asked = request.GET.get("lang", "")
    return translation.override(asked if asked in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE)


def credential(request, code):
    """The signed credential, what it says in the open, and how the seal stands now."""
    seal = _found(request, code)
    token = _token(seal)
    told = {"jwt": token, "credential": claims_of(token), "status": situation.statement(seal, request.arrived_at)}
    return _json(told)


def token(request, code):
    return _open(HttpResponse(_token(_found(request, code)), content_type="application/vc+jwt"))


def status(request, code):
    return _json(situation.statement(_found(request, code), request.arrived_at))


def svg(request, code):
    """The seal as it stands today, with its credential inside."""
    seal = _found(request, code)
    with _spoken(request):
        drawn = emblem(seal.participation.edition.year, verdict=verdict(seal, request.arrived_at), size=600)
    return _picture(carriers.bake_svg(drawn, _token(seal)), "image/svg+xml")


def png(request, code):
    """The same as PNG."""
    seal = _found(request, code)
    with _spoken(request):
        drawn = bitmap.png(seal.participation.edition.year, verdict(seal, request.arrived_at))
    return _picture(carriers.bake_png(drawn, _token(seal)), "image/png")


def today(request, code):
    """What a government shows on its own site."""
    seal, at = _found(request, code), request.arrived_at
    with _spoken(request):
        drawn = drawing.card(seal, verdict(seal, at), at, absolute(seal.get_absolute_url()))
    return _picture(drawn, "image/svg+xml")


def _picture(content, kind):
    return _open(HttpResponse(content, content_type=kind))


def keys(request):
    """The public keys, the one in use first, those retired after it. A key that leaked is not among them."""
    signing.current()
    return _json({"issuer": settings.PUBLIC_BASE_URL, "keys": signing.published()}, kept="max-age=300")


def key(request, thumbprint):
    """One of them, at the address credentials name."""
    found = SigningKey.objects.filter(thumbprint=thumbprint, compromised_at__isnull=True).first()
    if found is None:
        raise Http404
    response = HttpResponse(json.dumps(found.jwk), content_type="application/jwk+json")
    return _open(response, kept="max-age=300")


def status_list(request):
    token = situation.status_list(request.arrived_at)
    return _open(HttpResponse(token, content_type="application/vc+jwt"))


def document(request):
    """How to write a verifier, as plain text to keep."""
    return _open(
        HttpResponse(DOCUMENT.read_text("utf-8"), content_type="text/plain; charset=utf-8"), kept="max-age=3600"
    )
