"""The registry of routes: every address says who may use it, on whose rows and in which states, or it is refused.

`route()` stands where Django's `path()` would; the declaration is bound to the view, so that the middleware can refuse what nobody declared,
`permission_matrix` can print it and a test can walk it.
"""

from dataclasses import dataclass
from functools import wraps

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseNotAllowed
from django.urls import path, re_path
from django.utils.translation import gettext as _

from .problem import problem, wants_problem

PUBLIC = "public"  # anyone
SIGNED_IN = "signed_in"  # any account, on its own rows
OWN_GOVERNMENT = "own_government"  # rows of the governments the person works for; outside them 404
PROGRAMME = "programme"  # people of the programme: coordinators, reviewers, administrators
SCOPES = (PUBLIC, SIGNED_IN, OWN_GOVERNMENT, PROGRAMME)

MANAGER, EDITOR, READER = "manager", "editor", "reader"
COORDINATOR, REVIEWER, ADMINISTRATOR = "coordinator", "reviewer", "administrator"
TEAM = (MANAGER, EDITOR, READER)
WRITERS = (MANAGER, EDITOR)
REVIEWERS = (COORDINATOR, REVIEWER)


@dataclass(frozen=True)
class Access:
    """Who may use a route.

    scope: whose rows it opens. roles: roles that may use it (team roles for OWN_GOVERNMENT, programme roles for PROGRAMME; programme
    roles named beside team roles may use it too). methods: HTTP methods it answers. action: the action asked of `cycle.may`, if the
    route moves or writes a step. states: states of the step in which it writes, for the printed matrix.
    """

    scope: str
    roles: tuple = ()
    methods: tuple = ("GET",)
    action: str = ""
    states: tuple = ()

    def __post_init__(self):
        if self.scope not in SCOPES:
            raise ValueError(f"unknown scope {self.scope!r}")
        if self.scope in (OWN_GOVERNMENT, PROGRAMME) and not self.roles:
            raise ValueError("a route of a government or of the programme names its roles")


READING = {"GET", "HEAD"}
# No row has a larger one, and SQLite cannot even be asked for it.
LARGEST_ID = 2**63 - 1
# Addresses of packages (sign-in, admin), declared by the prefix of their view's module: sorted out by the roof.
PACKAGE_ACCESS = {}


def declare_package(module_prefix, access):
    """Declare every view of a package at once, by the dotted prefix of the module that defines it."""
    PACKAGE_ACCESS[module_prefix] = access


def access_of(view):
    """The declared access of a view, or None: then nobody gets in."""
    declared = getattr(view, "access", None)
    if declared is not None:
        return declared
    module = getattr(getattr(view, "view_class", view), "__module__", "")
    found = [prefix for prefix in PACKAGE_ACCESS if module == prefix or module.startswith(f"{prefix}.")]
    return PACKAGE_ACCESS[max(found, key=len)] if found else None


def declare(view, access):
    """Bind an access to a view and hold its method list, programme roles and (for non-public ones) sign-in."""

    @wraps(view)
    def guarded(request, *args, **kwargs):
        if request.method not in _answered(access):
            return _not_allowed(request, access)
        if request.method == "OPTIONS":
            # Asked of no view: most would take the question for a press of their button, and no token is asked of it.
            return HttpResponse(status=204, headers={"Allow": ", ".join(_answered(access))})
        if any(isinstance(value, int) and value > LARGEST_ID for value in kwargs.values()):
            raise Http404
        if access.scope == PROGRAMME and not request.user.programme_roles & set(access.roles):
            raise PermissionDenied
        return view(request, *args, **kwargs)

    guarded.access = access
    # The login middleware reads this attribute from the view itself.
    guarded.login_required = True
    if set(access.methods) <= READING:
        # Nothing is written here: who sends something hears 405, and not that a token is missing.
        guarded.csrf_exempt = True
    return login_not_required(guarded) if access.scope == PUBLIC else guarded


def _not_allowed(request, access):
    refusal = HttpResponseNotAllowed(_answered(access))
    if not wants_problem(request):
        return refusal
    answer = problem(request, 405, "method_not_allowed", _("O pedido chegou incompleto ou fora do formato esperado."))
    answer["Allow"] = refusal["Allow"]
    return answer


def _answered(access):
    return (*access.methods, "HEAD", "OPTIONS") if "GET" in access.methods else (*access.methods, "OPTIONS")


def route(pattern, view, *, name, access, kwargs=None):
    """Django's `path()` with a declared access."""
    return path(pattern, declare(view, access), kwargs or {}, name=name)


def re_route(pattern, view, *, name, access):
    """Django's `re_path()` with a declared access."""
    return re_path(pattern, declare(view, access), name=name)
