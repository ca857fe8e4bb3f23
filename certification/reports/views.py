"""The shelf of reports on both sides, asking for one, and the public page of a published one."""

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Participation
from certification.rail import rail
from core import audit, files
from core.routes import COORDINATOR, EDITOR, MANAGER, REVIEWER

from . import domain
from .models import Report, ReportKind
from .shelf import shelves

ASKERS = {MANAGER, EDITOR, COORDINATOR, REVIEWER}


def shelf(request, pk):
    """The reports of a participation, as the government sees them."""
    return render(request, "reports/shelf.html", _facts(request, pk, desk=False))


def desk(request, pk):
    """The same for the people of the programme."""
    return render(request, "reports/shelf.html", _facts(request, pk, desk=True))


def progress(request, pk):
    """The part of the page that htmx asks for again while something is being made."""
    return render(request, "reports/includes/shelves.html", _facts(request, pk, desk="mesa" in request.GET))


def _facts(request, pk, *, desk):
    participation = _participation(request, pk)
    found = shelves(participation)
    return {
        "participation": participation,
        "government": participation.government,
        "rail": rail(participation, request.arrived_at, desk=desk),
        "shelves": found,
        "in_flight": any(shelf.is_in_flight for shelf in found),
        "may_ask": _may_ask(request.user, participation),
        "desk": desk,
        "base": "desk_base.html" if desk else "workspace_base.html",
    }


def _participation(request, pk):
    return get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)


def _may_ask(user, participation):
    return bool(cycle.roles_of(user, participation) & ASKERS)


def ask(request, pk):
    """Ask for one report; pressed twice, it is made once."""
    participation = _participation(request, pk)
    if not _may_ask(request.user, participation):
        raise PermissionDenied
    kind, language = _asked_for(request.POST)
    try:
        _report, job = domain.request_report(participation, kind, by=request.user, language=language)
    except domain.ReportRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(
            request,
            _("Pedido recebido: o relatório está sendo montado.") if job else _("Este relatório já está pronto."),
        )
    return redirect("reports:desk" if "desk" in request.POST else "reports:list", pk=pk)


def _asked_for(post):
    kind, language = post.get("kind", ""), post.get("language", domain.DEFAULT_LANGUAGE)
    if kind not in ReportKind.values or language not in dict(settings.LANGUAGES):
        raise Http404
    return ReportKind(kind), language


def report(request, pk):
    """Facts of one report and its download; before publication only for the government's team and the programme."""
    found = _report(request, pk)
    participation = found.participation
    facts = {
        "report": found,
        "government": participation.government,
        "edition": participation.edition,
        "seal": getattr(participation, "seal", None),
        "withdrawn": domain.is_withdrawn(found),
    }
    response = render(request, "reports/report.html", facts)
    # A revocation or a newer version shows at once.
    response["Cache-Control"] = "no-store"
    return response


def file(request, pk):
    """The document, as an attachment."""
    found = _report(request, pk)
    if not found.file_id or domain.is_withdrawn(found):
        raise Http404
    if request.user.is_authenticated:
        government = found.participation.government_id
        audit.record("report.downloaded", by=request.user, subject=found, government_id=government)
    return files.response(found.file)


def _report(request, pk):
    rows = Report.objects.select_related(
        "participation__government", "participation__edition", "participation__seal", "snapshot", "file"
    )
    if request.user.is_authenticated and rows.visible_to(request.user).filter(pk=pk).exists():
        return rows.get(pk=pk)
    return get_object_or_404(rows.public(request.arrived_at), pk=pk)
