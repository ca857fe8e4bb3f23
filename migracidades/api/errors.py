"""Every refusal of the API in one form: application/problem+json."""

from django.core.exceptions import PermissionDenied, RequestDataTooBig
from django.http import Http404
from django.utils.translation import gettext as _
from ninja.errors import AuthenticationError, HttpError, ValidationError

from certification.cycle import StepClosed
from core.problem import problem


def speak_in_problems(api):
    """Bind the handlers to a NinjaAPI."""
    api.add_exception_handler(Http404, _not_found)
    api.add_exception_handler(PermissionDenied, _forbidden)
    api.add_exception_handler(ValidationError, _unreadable)
    api.add_exception_handler(HttpError, _other)
    api.add_exception_handler(AuthenticationError, _signed_out)
    api.add_exception_handler(StepClosed, _closed)
    api.add_exception_handler(RequestDataTooBig, _too_large)


def _not_found(request, error):
    return problem(request, 404, "not_found", _("Não há nada neste endereço."))


def _forbidden(request, error):
    return problem(request, 403, "forbidden", _("Sua conta não pode fazer isto."))


def _unreadable(request, error):
    errors = [{"place": ".".join(map(str, each["loc"])), "message": each["msg"]} for each in error.errors]
    return problem(request, 422, "invalid", _("Há valores que não foram entendidos; veja errors."), errors=errors)


def _other(request, error):
    """What ninja itself refuses: a request without its token, a body that is no JSON."""
    if error.status_code == 403:
        return problem(request, 403, "csrf", _("Recarregue a página e envie de novo."))
    text = _("O pedido chegou incompleto ou fora do formato esperado.")
    return problem(request, error.status_code, "bad_request", text)


def _signed_out(request, error):
    return problem(
        request, 401, "sign_in_needed", _("Entre no portal para continuar. O que você escreveu continua na página.")
    )


def _closed(request, error):
    """The text of a write that came too late is kept by the room that refused it."""
    decision = error.decision
    code = "not_reopened" if decision.reason == "not_reopened" else "closed"
    closes_at = decision.closes_at.isoformat() if decision.closes_at else None
    return problem(request, 409, code, decision.message, reason=decision.reason, closes_at=closes_at)


def _too_large(request, error):
    return problem(request, 413, "too_large", _("O que foi enviado é grande demais. Divida e envie de novo."))
