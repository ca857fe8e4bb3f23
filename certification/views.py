"""Pages that join the rooms: the manager's home, the cycle of one government, the coordinators' desk."""

from datetime import timedelta

from django.core.paginator import Paginator
from django.shortcuts import get_object_or_404, redirect, render

from certification import cycle, desk, home
from certification.enrollment import calls
from certification.models import Kind, Participation, State, Transition
from certification.rail import rail
from governments import team
from governments.models import Government

PAGE = 50
RECENTLY = timedelta(days=7)


def workspace(request):
    """The manager's home. People of the programme without a team are led to their desk."""
    memberships = team.memberships_of(request.user)
    if not memberships and request.user.programme_roles:
        return redirect("desk")
    participations = list(home.participations_of(request.user).select_related("diagnosis__participation__government"))
    at = request.arrived_at
    cards = [home.card_of(participation, request.user, at) for participation in participations]
    governments = list(Government.objects.filter(pk__in=memberships))
    facts = {
        "cards": cards,
        "first": next((card for card in cards if card["next"].urgent), cards[0] if cards else None),
        "governments": governments,
        "government": governments[0] if len(governments) == 1 else None,
        "may_enrol": _may_enrol(request.user, participations, at),
        "five_lines": home.FIVE_LINES,
        "recent": home.recent_saves(participations, at - RECENTLY) if participations else [],
        "is_first_time": not participations,
    }
    return render(request, "certification/workspace.html", facts)


def _may_enrol(user, participations, at):
    """Open calls in which a government this person manages does not take part yet: those the form offers."""
    taken = {(participation.edition_id, participation.government_id) for participation in participations}
    offered = calls.open_calls(calls.managed_governments(user), at)
    return list(dict.fromkeys(edition for edition, government in offered if (edition.pk, government.pk) not in taken))


def participation(request, pk):
    """The cycle of one government in one edition, as its team sees it."""
    found = get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)
    return render(request, "certification/participation.html", _cycle_page(request, found))


def _cycle_page(request, participation, *, on_desk=False):
    at = request.arrived_at
    steps = rail(participation, at, desk=on_desk)
    return {
        "participation": participation,
        "government": participation.government,
        "rail": steps,
        "steps": [_step_facts(participation, entry, at) for entry in steps],
        "next": home.next_thing(participation, request.user, at),
        "log": Transition.objects.filter(step__participation=participation)
        .select_related("step", "by")
        .order_by("-at"),
        "on_desk": on_desk,
        "extensions": [
            extension
            for extension in participation.edition.extensions.all()
            if extension.covers(participation.government)
        ],
    }


def _step_facts(participation, entry, at):
    """A step as a card: its entry of the rail, its period, what it still needs while it can be filled in."""
    kind = Kind(entry["kind"])
    fillable = entry["state"] in (State.OPEN, State.RETURNED) and kind != Kind.MONITORING
    return {
        **entry,
        "period": cycle.window_of(participation, kind),
        "missing": cycle.missing(participation, kind) if fillable else [],
    }


def desk_home(request):
    """The coordinators' table with its filters in the address."""
    editions = list(desk.editions())
    year = request.GET.get("edicao", "")
    chosen = next(
        (e for e in editions if str(e.year) == year), None if year == "todas" else (editions[:1] or [None])[0]
    )
    filters = {name: request.GET.get(key, "").strip() for name, key in FILTERS.items()}
    found = desk.participations(request.user, year=chosen.year if chosen else None, **filters)
    page = Paginator(found.with_cycle(), PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "rows": desk.rows(page.object_list, request.arrived_at),
        "editions": editions,
        "chosen": chosen,
        "filters": filters,
        "funnel": desk.funnel(chosen) if chosen else [],
        "kinds": Kind.choices,
        "states": [choice for choice in State.choices if choice[0] != State.APPROVED]
        + [(State.APPROVED, cycle.READINGS[State.APPROVED])],
        "regions": REGIONS,
        "ufs": UFS,
    }
    return render(request, "certification/desk.html", facts)


FILTERS = {"step": "etapa", "state": "situacao", "region": "regiao", "uf": "uf", "text": "q"}
REGIONS = ["Norte", "Nordeste", "Centro-Oeste", "Sudeste", "Sul"]
UFS = [
    "AC",
    "AL",
    "AM",
    "AP",
    "BA",
    "CE",
    "DF",
    "ES",
    "GO",
    "MA",
    "MG",
    "MS",
    "MT",
    "PA",
    "PB",
    "PE",
    "PI",
    "PR",
    "RJ",
    "RN",
    "RO",
    "RR",
    "RS",
    "SC",
    "SE",
    "SP",
    "TO",
]


def desk_participation(request, pk):
    """The cycle of one government as the coordination sees it, with the log of moves."""
    found = get_object_or_404(Participation.objects.visible_to(request.user).with_cycle(), pk=pk)
    return render(request, "certification/participation.html", _cycle_page(request, found, on_desk=True))
