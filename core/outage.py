"""Telling an outage from a mistake, and the answer to one: 503 with the time to come back."""

import errno

from django.db import InterfaceError, OperationalError
from django.http import HttpResponse
from django.template import TemplateDoesNotExist
from django.template.loader import render_to_string
from django.utils.translation import gettext as _
from kombu.exceptions import OperationalError as BrokerError
from redis.exceptions import ConnectionError as RedisConnectionError
from redis.exceptions import TimeoutError as RedisTimeoutError

from core.problem import problem, wants_problem

RETRY_AFTER = 15
SERVICES = (OperationalError, InterfaceError, BrokerError, RedisConnectionError, RedisTimeoutError)
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EROFS)
# What SQLite calls operational, but is a mistake of ours.
MISTAKES = ("no such", "near ", "too many SQL variables", "ambiguous column")
SECRETS = ("csrfmiddlewaretoken", "password", "token", "code", "secret")


def is_outage(error):
    """A service that is away, locked or full: the same request may well succeed in a while."""
    if isinstance(error, OSError) and error.errno in FULL:
        return True
    return isinstance(error, SERVICES) and not str(error).startswith(MISTAKES)


def outage_response(request):
    if wants_problem(request):
        text = _("O portal está temporariamente indisponível. Nada foi perdido: tente de novo em instantes.")
        answer = problem(request, 503, "unavailable", text, retry_after=RETRY_AFTER)
    else:
        answer = HttpResponse(_page(kept_text(request)), status=503)
    answer["Retry-After"] = str(RETRY_AFTER)
    answer["Cache-Control"] = "no-store"
    return answer


def _page(kept):
    """Drawn without the request: what fills a page's frame may be what is away."""
    try:
        return render_to_string("503.html", {"kept_text": kept, "retry_after": RETRY_AFTER})
    except TemplateDoesNotExist:
        return _("Portal temporariamente indisponível. Tente de novo em instantes.")


def kept_text(request):
    """What the person had written, so that a refusal can show it instead of losing it."""
    if request.method != "POST":
        return ""
    fields = [(name, text) for name, texts in request.POST.lists() for text in texts]
    written = [text for name, text in fields if text.strip() and not any(secret in name.lower() for secret in SECRETS)]
    return "\n\n".join(text for text in written if len(text) > 20 or " " in text.strip())
