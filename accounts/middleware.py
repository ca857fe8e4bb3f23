"""Coordinators and administrators set up their second factor before they see anything that is not public."""

from django.contrib import messages
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext as _

from accounts import second_factor
from core.problem import problem, wants_problem
from core.routes import PUBLIC, access_of


class SecondFactorMiddleware:
    def __init__(self, get_response):
        self.get_response = get_response

    def __call__(self, request):
        return self.get_response(request)

    def process_view(self, request, view, args, kwargs):
        if not request.user.is_authenticated or not second_factor.is_missing(request.user):
            return None
        if is_open(request, view):
            # Public pages show more to people of the programme: not on a password alone.
            without_role(request.user)
            return None
        sentence = _("A sua função pede a verificação em duas etapas. Ative-a para continuar.")
        if wants_problem(request):
            return problem(request, 403, "second_factor_required", sentence)
        messages.info(request, sentence)
        back = request.get_full_path() if request.method == "GET" else reverse("desk")
        return redirect(f"{reverse('mfa_activate_totp')}?{urlencode({'next': back})}")


def without_role(user):
    """For this request the person is like any other: the roles of the programme count once the second factor is there."""
    user.programme_roles = frozenset()


def is_open(request, view):
    """Public pages and those of the own account, where the second factor is set up."""
    access = access_of(view)
    is_own_account = (request.resolver_match.url_name or "").startswith(("account", "mfa_", "usersessions_"))
    return is_own_account or (access is not None and access.scope == PUBLIC)
