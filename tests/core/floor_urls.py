"""Addresses for the tests of the middleware: one of each kind, and some that break."""

import errno

from django.contrib.auth.decorators import login_not_required
from django.db import OperationalError
from django.http import HttpResponse
from django.urls import path
from kombu.exceptions import OperationalError as BrokerError

from core.routes import COORDINATOR, PROGRAMME, PUBLIC, SIGNED_IN, Access, route
from migracidades import urls as portal

handler400, handler403, handler404, handler500 = (
    portal.handler400,
    portal.handler403,
    portal.handler404,
    portal.handler500,
)

ERRORS = {
    "database": OperationalError("server closed the connection unexpectedly"),
    "locked": OperationalError("database is locked"),
    "broker": BrokerError("no broker"),
    "disk": OSError(errno.ENOSPC, "No space left on device"),
    "mistake": OperationalError("no such table: core_ghost"),
    "missing": FileNotFoundError(errno.ENOENT, "No such file"),
}
BOTH = ("GET", "POST")


def hello(request):
    return HttpResponse(f"{request.client_address}")


def breaking(request, what):
    raise ERRORS[what]


undeclared = login_not_required(hello)

urlpatterns = [
    route("public/", hello, name="public", access=Access(PUBLIC, methods=BOTH)),
    route("mine/", hello, name="mine", access=Access(SIGNED_IN)),
    route("desk/", hello, name="desk", access=Access(PROGRAMME, roles=(COORDINATOR,))),
    path("undeclared/", undeclared, name="undeclared"),
    route("breaking/<str:what>/", breaking, name="breaking", access=Access(PUBLIC, methods=BOTH)),
    route("api/breaking/<str:what>/", breaking, name="api_breaking", access=Access(PUBLIC, methods=BOTH)),
    *portal.urlpatterns,
]
