"""Awards in bulk: choose, look at what will happen to how many, then press once."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts import recent
from certification.models import Edition
from certification.seal import bulk


def awards(request, year):
    """GET: who is ready, who waits, who lacks what. POST: the preview of what was chosen; with `sure`, the move itself."""
    edition = get_object_or_404(Edition, year=year)
    found = bulk.stand(edition, request.user, request.arrived_at)
    if request.method != "POST":
        return _page(request, edition, found)
    recent.require(request)
    move = request.POST.get("move", "")
    if move not in bulk.MOVES:
        raise Http404
    chosen = _chosen(request, found.offered(move))
    if not chosen:
        return _page(request, edition, found, status=422, nothing_chosen=True)
    if "sure" not in request.POST:
        return render(request, "seal/bulk_preview.html", {"edition": edition, "move": move, "chosen": chosen})
    done, refused = bulk.decide(move, chosen, by=request.user, at=request.arrived_at)
    _tell(request, done, refused, proposed=move == bulk.PROPOSE and edition.award_by_two)
    return redirect("desk-awards", year=year)


def _page(request, edition, found, *, status=200, **more):
    return render(
        request, "seal/bulk.html", {"edition": edition, "found": found, "nothing_chosen": False, **more}, status=status
    )


def _chosen(request, offered):
    """Those that were ticked and may still be decided on: a list that has grown old chooses nothing by itself."""
    ticked = set(request.POST.getlist("participacao"))
    return [participation for participation in offered if str(participation.pk) in ticked]


def _tell(request, done, refused, *, proposed):
    if done and proposed:
        text = ngettext("%(n)d selo proposto.", "%(n)d selos propostos.", len(done))
        messages.success(request, text % {"n": len(done)})
    elif done:
        text = ngettext("%(n)d selo concedido.", "%(n)d selos concedidos.", len(done))
        messages.success(request, text % {"n": len(done)})
    for participation, reason in refused:
        text = _("%(government)s ficou de fora. %(reason)s")
        messages.error(request, text % {"government": participation.government, "reason": reason})
