"""The page frame's own views: the contrast switch and what is shown when a request is refused or fails."""

from django.conf import settings
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt

from .context_processors import CONTRAST_COOKIE
from .outage import kept_text
from .problem import problem, wants_problem

A_YEAR = 365 * 24 * 60 * 60


# A token would set a cookie on every public page; the switch changes nothing but the visitor's own colours.
@csrf_exempt
def contrast(request):
    """Turn high contrast on or off and go back. The cookie exists only while it is on."""
    response = HttpResponseRedirect(_way_back(request))
    if request.POST.get("contrast") == "high":
        response.set_cookie(CONTRAST_COOKIE, "high", max_age=A_YEAR, samesite="Lax", httponly=True, secure=_on_https())
    else:
        response.delete_cookie(CONTRAST_COOKIE, samesite="Lax")
    response["Cache-Control"] = "no-store"
    return response


def _way_back(request):
    wanted = request.POST.get("next", "")
    if url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure()):
        return wanted
    return "/"


def _on_https():
    return settings.PUBLIC_BASE_URL.startswith("https:")


def bad_request(request, exception=None):
    if wants_problem(request):
        return problem(request, 400, "bad_request", _("O pedido chegou incompleto ou fora do formato esperado."))
    return _bare("400.html", 400)


def forbidden(request, exception=None):
    if wants_problem(request):
        return problem(request, 403, "forbidden", _("Sua conta não pode fazer isto."))
    return render(request, "403.html", status=403)


def csrf_failure(request, reason=""):
    """The token has changed, mostly because of a sign-in in another tab: what was written is shown, not lost."""
    if wants_problem(request):
        return problem(request, 403, "csrf", _("Recarregue a página e envie de novo."))
    return render(request, "403_csrf.html", {"kept_text": kept_text(request)}, status=403)


def not_found(request, exception=None):
    if wants_problem(request):
        return problem(request, 404, "not_found", _("Não existe ou não está aberto para a sua conta."))
    return render(request, "404.html", status=404)


def server_error(request):
    if wants_problem(request):
        return problem(request, 500, "server_error", _("O portal falhou. O erro já ficou registrado."))
    return _bare("500.html", 500)


def _bare(template, status):
    """Drawn without the request: what fills a page's frame may be what has failed."""
    return HttpResponse(render_to_string(template), status=status)
