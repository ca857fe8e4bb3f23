"""Pages of the review: the queue, one diagnosis by dimension, questions with their notes, return and validation."""

from dataclasses import dataclass
from datetime import timedelta

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Count, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from certification import cycle
from certification.models import Kind, Participation, State, Step
from certification.rail import rail
from core.dates import end_of_day

from . import review
from .forms_review import ReturnForm
from .models import NoteKind, ReviewNote

IN_OPEN_ROUND = Q(participation__diagnosis__rounds__released_at__isnull=True)


def queue(request):
    """Submitted diagnoses that wait for the coordination, the longest waiting first."""
    steps = (
        Step.objects.filter(kind=Kind.DIAGNOSIS, state=State.SUBMITTED)
        .filter(participation__in=Participation.objects.visible_to(request.user).under_way())
        .select_related("participation__government", "participation__edition", "submitted_by")
        .annotate(
            read=Count("participation__diagnosis__rounds__dimensions_read", filter=IN_OPEN_ROUND, distinct=True),
            notes=Count("participation__diagnosis__rounds__notes", filter=IN_OPEN_ROUND, distinct=True),
            rounds=Count("participation__diagnosis__rounds", distinct=True),
        )
        .order_by("submitted_at")
    )
    rows = [{"step": step, "days": (request.arrived_at - step.submitted_at).days} for step in steps]
    return render(request, "diagnosis/review_queue.html", {"rows": rows})


def _found(request, pk):
    """The participation and its round, or 404 before any submission. Who works for the government reads no note before its release: 403."""
    participation = get_object_or_404(
        Participation.objects.visible_to(request.user).with_cycle().filter(snapshots__kind=Kind.DIAGNOSIS).distinct(),
        pk=pk,
    )
    if cycle.may("review_diagnosis", request.user, participation, request.arrived_at).reason == "role":
        raise PermissionDenied
    return participation, review.current_round(participation)


def overview(request, pk):
    """The diagnosis by dimension: what was read, how many notes, and the two ways out."""
    participation, reading = _found(request, pk)
    return _overview(request, participation, reading)


def _overview(request, participation, reading, *, form=None, refused="", status=200):
    at = request.arrived_at
    notes = list(reading.notes.select_related("answer", "by"))
    read = {row.dimension: row for row in reading.dimensions_read.select_related("by")}
    unread = review.unread_dimensions(reading)
    facts = _frame(participation, reading, at) | {
        "dimensions": [
            _dimension_line(d, read, unread, notes, participation) for d in reading.snapshot.content["dimensions"]
        ],
        "notes": notes,
        "corrections": sum(note.kind == NoteKind.CORRECTION for note in notes),
        "unread": unread,
        "may_return": bool(cycle.may("return_diagnosis", request.user, participation, at)),
        "may_approve": bool(cycle.may("approve_diagnosis", request.user, participation, at)),
        "form": form or ReturnForm(initial={"correct_until": timezone.localdate(at) + timedelta(days=14)}),
        "refused": refused,
        "context": _context_lines(reading.snapshot),
    }
    return render(request, "diagnosis/review_overview.html", facts, status=status)


def _frame(participation, reading, at):
    return {
        "participation": participation,
        "government": participation.government,
        "round": reading,
        "rail": rail(participation, at, desk=True),
        "is_open": reading.released_at is None,
    }


def _in_language(texts):
    """A text frozen in three languages, in the reader's."""
    return texts.get(translation.get_language(), texts["pt-br"]) if isinstance(texts, dict) else texts


def _context_lines(snapshot):
    return [{**line, "label": _in_language(line["label"])} for line in snapshot.content["context"]]


def _dimension_line(dimension, read, unread, notes, participation):
    number = dimension["number"]
    return {
        "number": number,
        "name": _in_language(dimension["name"]),
        "counts": dimension["counts"],
        "questions": len(dimension["answers"]),
        "notes": sum(note.answer.code.split(".")[0] == str(number) for note in notes),
        "read": read.get(number),
        "is_read": number not in unread,
        "url": reverse("diagnosis:review-dimension", args=[participation.pk, number]),
    }


@dataclass
class Question:
    """One question as the reviewer reads it: frozen answer, the one before, notes of this round and of earlier ones."""

    answer: dict
    text: str
    in_words: str
    before: dict | None
    before_in_words: str
    changed: bool
    notes: list
    earlier_notes: list

    @property
    def code(self):
        return self.answer["code"]


FILTERS = {
    "todas": lambda question: True,
    "com-comprovacao": lambda question: bool(question.answer["evidence"]),
    "apontadas": lambda question: bool(question.notes or question.earlier_notes),
    "mudadas": lambda question: question.changed,
}
FILTER_NAMES = {
    "todas": gettext_lazy("todas"),
    "com-comprovacao": gettext_lazy("com comprovação"),
    "apontadas": gettext_lazy("apontadas"),
    "mudadas": gettext_lazy("mudadas desde o último envio"),
}


def dimension(request, pk, number):
    participation, reading = _found(request, pk)
    return _dimension(request, participation, reading, number)


def _dimension(request, participation, reading, number, *, refused=None, status=200):
    """refused: {code, kind, text, message} of a note that was not taken, shown again under its question."""
    dimensions = {d["number"]: d for d in reading.snapshot.content["dimensions"]}
    if number not in dimensions:
        raise Http404
    questions = _questions(reading, dimensions[number])
    chosen = request.GET.get("mostrar") if request.GET.get("mostrar") in FILTERS else "todas"
    facts = _frame(participation, reading, request.arrived_at) | {
        "number": number,
        "name": _in_language(dimensions[number]["name"]),
        "dimensions": [(n, _in_language(d["name"])) for n, d in dimensions.items()],
        "questions": [question for question in questions if FILTERS[chosen](question)],
        "all_questions": questions,
        "filters": FILTER_NAMES.items(),
        "chosen": chosen,
        "may_note": bool(cycle.may("review_diagnosis", request.user, participation, request.arrived_at))
        and reading.released_at is None,
        "is_read": number not in review.unread_dimensions(reading),
        "kinds": NoteKind.choices,
        "own_phrases": _own_phrases(request.user),
        "refused": refused,
        "previous": number - 1 if number - 1 in dimensions else None,
        "next": number + 1 if number + 1 in dimensions else None,
    }
    return render(request, "diagnosis/review_dimension.html", facts, status=status)


def _questions(reading, dimension):
    before = review.snapshot_before(reading.snapshot)
    old = review.answers_by_code(before)
    changed = review.changed_codes(reading.snapshot, before)
    codes = [answer["code"] for answer in dimension["answers"]]
    notes = _notes(reading, codes)
    return [_question(answer, old.get(answer["code"]), changed, notes, reading) for answer in dimension["answers"]]


def _notes(reading, codes):
    found = {}
    asked = ReviewNote.objects.filter(round__diagnosis=reading.diagnosis_id, answer__code__in=codes)
    for note in asked.select_related("answer", "by", "round", "replied_by"):
        found.setdefault(note.answer.code, []).append(note)
    return found


def _question(answer, old, changed, notes, reading):
    own = notes.get(answer["code"], [])
    return Question(
        answer=answer,
        text=_in_language(answer["question"]),
        in_words=_in_language(answer["in_words"]),
        before=old,
        before_in_words=_in_language(old["in_words"]) if old else "",
        changed=answer["code"] in changed,
        notes=[note for note in own if note.round_id == reading.pk],
        earlier_notes=[note for note in own if note.round_id != reading.pk],
    )


def _own_phrases(user):
    """The reviewer's last notes, offered again as a start."""
    return list(dict.fromkeys(ReviewNote.objects.filter(by=user).order_by("-at").values_list("text", flat=True)[:30]))[
        :10
    ]


def add_note(request, pk, code):
    return _note_move(
        request,
        pk,
        code,
        lambda participation, kind, text: review.add_note(
            participation, code, kind=kind, text=text, by=request.user, at=request.arrived_at
        ),
    )


def change_note(request, pk, note):
    found = get_object_or_404(ReviewNote.objects.select_related("answer"), pk=note, round__diagnosis__participation=pk)
    return _note_move(
        request,
        pk,
        found.answer.code,
        lambda participation, kind, text: review.change_note(
            participation, note, kind=kind, text=text, by=request.user, at=request.arrived_at
        ),
    )


def delete_note(request, pk, note):
    found = get_object_or_404(ReviewNote.objects.select_related("answer"), pk=note, round__diagnosis__participation=pk)
    return _note_move(
        request,
        pk,
        found.answer.code,
        lambda participation, kind, text: review.delete_note(
            participation, note, by=request.user, at=request.arrived_at
        ),
    )


def _note_move(request, pk, code, move):
    """Write, change or delete a note; refused, the page comes back with the text as it was typed."""
    participation, reading = _found(request, pk)
    number = _dimension_of(code)
    kind, text = request.POST.get("kind", ""), request.POST.get("text", "")
    try:
        move(participation, kind, text)
    except review.ReviewRefused as refusal:
        status, message = 422, str(refusal)
    except cycle.StepClosed as closed:
        status, message = 409, str(closed.decision.message)
    else:
        return redirect(f"{reverse('diagnosis:review-dimension', args=[pk, number])}#q-{code}")
    refused = {"code": code, "kind": kind, "text": text, "message": message}
    return _dimension(request, participation, reading, number, refused=refused, status=status)


def _dimension_of(code):
    """«3.07» is of dimension 3. A code that no question can have leads nowhere: 404."""
    number = code.partition(".")[0]
    if not number.isdecimal():
        raise Http404
    return int(number)


def mark_read(request, pk, number):
    participation, reading = _found(request, pk)
    try:
        review.mark_read(
            participation, number, by=request.user, at=request.arrived_at, is_read="desfazer" not in request.POST
        )
    except (review.ReviewRefused, cycle.StepClosed) as refusal:
        return _overview(request, participation, reading, refused=str(refusal), status=409)
    following = number + 1
    if "desfazer" in request.POST or following not in review.dimension_numbers(reading.snapshot):
        return redirect("diagnosis:review", pk=pk)
    return redirect("diagnosis:review-dimension", pk=pk, number=following)


def give_back(request, pk):
    """Return the questions with corrections."""
    participation, reading = _found(request, pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return _overview(request, participation, reading, form=form, status=422)
    return _leave(
        request,
        participation,
        reading,
        form,
        lambda: review.return_diagnosis(
            participation,
            by=request.user,
            at=request.arrived_at,
            correct_until=end_of_day(form.cleaned_data["correct_until"]),
            message=form.cleaned_data["message"],
        ),
        _("Diagnóstico devolvido. Só as perguntas com correção reabriram; o governo recebe um e-mail com o prazo."),
    )


def approve(request, pk):
    participation, reading = _found(request, pk)
    return _leave(
        request,
        participation,
        reading,
        None,
        lambda: review.approve_diagnosis(participation, by=request.user, at=request.arrived_at),
        _("Diagnóstico validado. A priorização está aberta para o governo."),
    )


def _leave(request, participation, reading, form, move, done):
    try:
        move()
    except (review.ReviewRefused, ValueError) as refusal:
        return _overview(request, participation, reading, form=form, refused=str(refusal), status=422)
    except cycle.StepClosed as closed:
        fresh, now_reading = _found(request, participation.pk)
        return _overview(request, fresh, now_reading, form=form, refused=str(closed.decision.message), status=409)
    messages.success(request, done)
    return redirect("diagnosis:review", pk=participation.pk)
