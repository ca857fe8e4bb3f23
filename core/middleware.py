"""What every request gets before a view sees it, and every answer before it leaves."""

import ipaddress
import logging
import re
import sys
import uuid

from django.conf import settings
from django.contrib.auth.middleware import LoginRequiredMiddleware
from django.core.exceptions import PermissionDenied
from django.core.signals import got_request_exception
from django.http import Http404
from django.shortcuts import render
from django.utils import timezone
from django.utils.cache import patch_cache_control

from core import audit
from core.outage import is_outage, kept_text, outage_response
from core.routes import PUBLIC, access_of

logger = logging.getLogger(__name__)

ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "X-Frame-Options": "DENY",
}
# For answers made outside the policy's own middleware: errors of the frame itself.
BARE_POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)


class OutageMiddleware:
    """Outermost. A service that is away becomes 503 with Retry-After, wherever in the request it was missed."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        if response.status_code >= 500 and getattr(request, "met_outage", False):
            response = outage_response(request)
        for name, value in ALWAYS.items():
            response.headers.setdefault(name, value)
        if response.headers.get("Content-Type", "").startswith("text/html"):
            response.headers.setdefault("Content-Security-Policy", BARE_POLICY)
        return response

    def process_exception(self, request, exception):
        """In a view or its template; what middleware and sessions miss is noted by `note_outage`."""
        if not is_outage(exception):
            return None
        logger.error("outage at %s: %s", request.path, type(exception).__name__, exc_info=exception)
        return outage_response(request)


def note_outage(sender, request=None, **kwargs):
    if request is not None and is_outage(sys.exc_info()[1]):
        request.met_outage = True


got_request_exception.connect(note_outage, dispatch_uid="core.note_outage")


class RequestFactsMiddleware:
    """When the request arrived (the instant that decides deadlines), its number, and where it came from."""

    SHAPE = re.compile(r"[A-Za-z0-9._-]{8,64}")

    def __init__(self, get_response):
        self.get_response = get_response
        self.proxies = [ipaddress.ip_network(entry, strict=False) for entry in getattr(settings, "TRUSTED_PROXIES", [])]

    def __call__(self, request):
        request.arrived_at = timezone.now()
        behind_proxy = self.is_proxy(request.META.get("REMOTE_ADDR", ""))
        request.client_address = self.address(request, behind_proxy)
        request.id = self.number(request, behind_proxy)
        request.META["QUERY_STRING"] = without_nul(request.META.get("QUERY_STRING", ""))
        token = audit.request_facts.set((request.id, request.client_address))
        try:
            response = self.get_response(request)
        finally:
            audit.request_facts.reset(token)
        response["X-Request-ID"] = request.id
        return response

    def number(self, request, behind_proxy):
        """The proxy's number for it, so that logs can be read together; anybody else's is not taken."""
        given = request.headers.get("X-Request-ID", "")
        return given if behind_proxy and self.SHAPE.fullmatch(given) else uuid.uuid4().hex

    def address(self, request, behind_proxy):
        """The nearest address that is not one of our own proxies; what stands further left anybody may have written."""
        peer = valid_address(request.META.get("REMOTE_ADDR", ""))
        if not behind_proxy:
            return peer
        passed = [part.strip() for part in request.headers.get("X-Forwarded-For", "").split(",")]
        for hop in reversed(passed):
            if valid_address(hop) is None:
                return peer
            peer = valid_address(hop)
            if not self.is_proxy(hop):
                break
        return peer

    def is_proxy(self, address):
        valid = valid_address(address)
        return valid is not None and any(ipaddress.ip_address(valid) in network for network in self.proxies)


def without_nul(query):
    """No text holds a NUL, and PostgreSQL cannot even be asked for one."""
    return query.replace("%00", "").replace("\0", "")


def valid_address(text):
    """The address as the database takes it, or None (a unix socket has none)."""
    try:
        return str(ipaddress.ip_address(text.strip()))
    except ValueError:
        return None


class SignInMiddleware(LoginRequiredMiddleware):
    """Who is signed out is led to the sign-in page; what was written while the session ended is shown, not lost."""

    def handle_no_permission(self, request, view_func):
        kept = kept_text(request)
        # The pages' own script keeps the text itself and knows a sign-in page when it is led to one.
        if not kept or "HX-Request" in request.headers:
            return super().handle_no_permission(request, view_func)
        facts = {"kept_text": kept, "sign_in_url": self.get_login_url(view_func)}
        response = render(request, "403_csrf.html", facts, status=403)
        response["Cache-Control"] = "no-store"
        return response


class RouteMiddleware:
    """Default deny: a view nobody declared is refused. Pages of people's own are not kept by any cache."""

    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        response = self.get_response(request)
        access = getattr(request, "access", None)
        # An address that leads nowhere has no access declared, but its page bears the person's name all the same.
        if self.signed_in(request) or (access is not None and access.scope != PUBLIC):
            patch_cache_control(response, private=True, no_store=True)
        return response

    def process_view(self, request, view, args, kwargs):
        request.access = access_of(view)
        if "\0" in request.path_info:
            raise Http404
        if request.access is None:
            logger.error("undeclared route refused: %s", request.path)
            raise PermissionDenied

    def signed_in(self, request):
        """By the cookie: asking for the user would cost every public page a session."""
        return settings.SESSION_COOKIE_NAME in request.COOKIES
