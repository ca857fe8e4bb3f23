"""Pages of the answering side: the overview, a dimension, the history of an answer."""

from django.http import Http404
from django.shortcuts import render
from django.urls import reverse

from certification.models import Kind

from . import context, shares
from .pages import dimension_links, room_of, words_of_typed
from .requirements import anchor


def overview(request, pk):
    room = room_of(request, pk)
    entries = context.entries_of(room.diagnosis)
    departments = shares.shares_of(room.diagnosis)
    tiles = dimension_links(room)
    for tile in tiles:
        tile["department"] = departments.get(tile["number"], "")
    return render(
        request,
        "diagnosis/overview.html",
        frame(room)
        | {
            "rail": room.rail,
            "tiles": tiles,
            "sheet_done": sum(context.is_ready(*line) for line in entries),
            "sheet_total": len(entries),
            "departments": department_names(room),
            "receipts": list(room.participation.snapshots.filter(kind=Kind.DIAGNOSIS).order_by("-number")),
        },
    )


def frame(room):
    """What every page of the room shows around its content."""
    return {"room": room, "participation": room.participation, "government": room.government, "rail": room.small_rail}


def department_names(room):
    """Departments of the team, offered where dimensions are shared out."""
    names = room.government.body.memberships.in_force().exclude(department="").values_list("department", flat=True)
    return sorted(set(names))


def dimension(request, pk, number):
    room = room_of(request, pk)
    return dimension_page(request, room, number)


def dimension_page(request, room, number, *, replace=None, status=200, message=""):
    """The page of a dimension. replace: a Question that stands in for its saved one (typed text, an error, a conflict)."""
    found = {each.number: each for each in room.sheet.catalogue.dimensions}
    if number not in found:
        raise Http404
    links = dimension_links(room)
    order = [link["number"] for link in links]
    place = order.index(number)
    context_ = frame(room) | {
        "dimension": found[number],
        "slots": _slots(room, number, replace),
        "progress": room.sheet.progress[number],
        "previous": links[place - 1] if place else None,
        "next": links[place + 1] if place + 1 < len(links) else None,
        "message": message,
    }
    return render(request, "diagnosis/dimension.html", context_, status=status)


def _slots(room, number, replace):
    """A place for each question that concerns the government; a question that is not asked now leaves its place empty."""
    asked = {question.code: question for question in room.questions(room.sheet.asked_in(number))}
    if replace is not None:
        asked[replace.code] = replace
    concerned = [row for row in room.sheet.catalogue.dimension(number).indicators if row.code in room.answers]
    return [
        {"anchor": anchor(row.code), "depends": bool(row.depends_on_code), "question": asked.get(row.code)}
        for row in concerned
    ]


def history(request, pk, code):
    """What was saved and what was refused, by whom and when."""
    room = room_of(request, pk)
    if code not in room.answers:
        raise Http404
    indicator = room.sheet.catalogue.indicator(code)
    answer = room.answers[code]
    revisions = list(answer.revisions.select_related("by").order_by("-at", "-pk"))
    return render(
        request,
        "diagnosis/history.html",
        frame(room)
        | {
            "indicator": indicator,
            "entries": [revision_entry(indicator, revision) for revision in revisions],
            "back": question_url(room, code),
        },
    )


def revision_entry(indicator, revision):
    return {"revision": revision, "in_words": words_of_typed(indicator, revision.content())}


def question_url(room, code):
    indicator = room.sheet.catalogue.indicator(code)
    page = reverse("diagnosis:dimension", args=[room.participation.pk, indicator.dimension_number])
    return f"{page}#{anchor(code)}"
