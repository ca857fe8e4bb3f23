"""The coordinators' side: read the plan as it was handed over, give it back or approve it."""

from django.shortcuts import render
from django.utils.translation import gettext as _

from certification import pages
from certification.models import Kind

from . import domain
from .pages import room_of
from .timeline import timeline


def review(request, pk):
    return _page(request, room_of(request, pk))


def _page(request, room, *, form=None, status=200, message=""):
    facts = room.frame(desk=True) | pages.decision_facts(request, room, Kind.PRIORITIZATION, form)
    facts |= {
        "timeline": timeline([card.action for card in room.cards]),
        "message": message,
    }
    return render(request, "prioritization/review.html", facts, status=status)


def give_back(request, pk):
    said = _("Plano devolvido. O governo recebe a mensagem por e-mail.")
    return pages.give_back(request, pk, move=domain.return_plan, said=said, **OWN)


def approve(request, pk):
    return pages.approve(request, pk, move=domain.approve_plan, said=_("Priorização validada."), **OWN)


OWN = {"room_of": room_of, "page": _page, "back_to": "prioritization:review"}
