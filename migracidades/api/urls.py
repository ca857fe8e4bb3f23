"""The API under /api/v1/, described by /api/v1/openapi.json."""

from django.contrib.auth.decorators import login_not_required
from django.core.exceptions import ImproperlyConfigured
from django.urls import path

from core.routes import PUBLIC, Access, declare

from .described import DescribedAPI
from .errors import speak_in_problems
from .paging import etagged
from .public import router as public_router
from .session import ACCESS
from .session import router as session_router

api = DescribedAPI(
    title="MigraCidades",
    version="1",
    docs_url=None,
    description=(
        "Published data of the MigraCidades programme, read only, in pages of JSON. There is no grade and no ranking of governments. "
        "Licence of the data: CC BY 4.0. What is tagged `session` is for the signed-in browser."
    ),
)
speak_in_problems(api)
api.add_router("", public_router)
api.add_router("", session_router)

OPEN = Access(PUBLIC)


def _declared(pattern):
    """Bind what the registry asks of every address to one that ninja made."""
    address = str(pattern.pattern)
    if address in ACCESS:
        # The session is asked for by the API itself: signed out is 401 here, not a way to the sign-in page.
        pattern.callback = login_not_required(declare(pattern.callback, ACCESS[address]))
    else:
        pattern.callback = declare(etagged(pattern.callback), OPEN)
    return pattern


_patterns, _app, _namespace = api.urls
# A private address whose declaration went astray must not pass for a public one.
_astray = set(ACCESS) - {str(pattern.pattern) for pattern in _patterns}
if _astray:
    raise ImproperlyConfigured(f"the API has no address {', '.join(sorted(_astray))}")
urlpatterns = [path("api/v1/", ([_declared(pattern) for pattern in _patterns], _app, _namespace))]
