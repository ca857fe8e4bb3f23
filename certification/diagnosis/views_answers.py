"""Saving a question from its form: a fragment for htmx, a redirect or the whole page for plain HTML. Same statuses either way."""

from dataclasses import replace

from django.contrib import messages
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from certification.cycle import StepClosed
from certification.models import Kind, State
from core.dates import hour_text
from core.idempotency import KeyRefused
from dimensions import catalogue
from dimensions.models import AnswerType
from dimensions.rules import InvalidAnswer, is_answered

from .answers import AnswerRowsOfPage, save_answer_at
from .content import of_form
from .models import Answer
from .pages import Room, conflict_of, room_of
from .questions import Question, saved_words
from .requirements import anchor
from .saving import Stale
from .sheet import lacks_of
from .views import dimension_page, question_url

# Tells the page's script that it is this view that answered, and not a sign-in page it was led to.
ANSWERED_BY = "X-Answer-State"
# The server's hour, as on the status line: the clock of the person's machine may be in another zone.
SAVED_AT = "X-Saved-At"


def answer(request, pk, code):
    if request.method != "POST":
        return redirect(question_url(_room_with(request, pk, code), code))
    content = of_form(request.POST, many="many" in request.POST)
    based_on, wish = based_on_of(request.POST)
    if based_on is None:
        return _refused(
            request, pk, code, content, 428, _("Recarregue a página: falta a versão em que esta resposta se baseia.")
        )
    if wish == "theirs":
        return _whole_question(request, pk, code)
    if wish == "both":
        content = _joined(_room_with(request, pk, code), code, content)
    return _save(request, pk, code, content, based_on, wish)


def based_on_of(post):
    """(version the person saw, what to do with a conflict). A choice carries the version it was made on: «mine:7»."""
    wish, _colon, version = post.get("keep", "").partition(":")
    given = version or post.get("version", "")
    return (int(given) if given.isdecimal() and len(given) < 10 else None), wish


def _save(request, pk, code, content, based_on, wish):
    lookup = {"diagnosis__participation": pk, "code": code}
    key = request.POST.get("key") or None
    try:
        who = {"by": request.user, "at": request.arrived_at}
        saved = save_answer_at(lookup, content, based_on=based_on, key=key, rows=AnswerRowsOfPage, **who)
    except Answer.DoesNotExist:
        raise Http404 from None
    except InvalidAnswer as error:
        return _refused(request, pk, code, content, 422, error.message)
    except KeyRefused as error:
        return _refused(request, pk, code, content, error.status, error.message)
    except StepClosed as closed:
        return _refused(request, pk, code, content, 409, closed.decision.message)
    except Stale as stale:
        return _refused(request, pk, code, content, 412, str(stale), other=stale.other)
    if wish == "both":
        return _whole_question(request, pk, code)
    return _saved(request, pk, code, saved)


def _room_with(request, pk, code):
    room = room_of(request, pk)
    if code not in room.answers:
        raise Http404
    return room


def _saved(request, pk, code, saved):
    if not request.htmx:
        words = {"code": code, "when": saved_words(saved.saved_at, request.user.name)}
        messages.success(request, _("Pergunta %(code)s: %(when)s.") % words)
        return redirect(question_url(_room_with(request, pk, code), code))
    response = _fragment_of(request, pk, code, saved)
    response[ANSWERED_BY], response[SAVED_AT] = "saved", hour_text(saved.saved_at)
    return response


def _fragment_of(request, pk, code, saved):
    """The status line with the new version, and beside it only what this answer changed elsewhere on the page."""
    if saved.row is None or saved.row.diagnosis.participation.step(Kind.DIAGNOSIS).state == State.RETURNED:
        # A replay, or a return, whose notes the save did not need: the page is read anew.
        room = room_of(request, pk)
        return _with_progress(request, room, room.question_state(code))
    diagnosis = saved.row.diagnosis
    room = Room(diagnosis.participation, diagnosis, request.user, request.arrived_at)
    question = _question_saved(saved.row)
    if not question.is_parent and _same_progress(question, saved.before):
        context = {"question": question, "room": room, "participation": room.participation, "slots": []}
        return render(request, "diagnosis/fragment_saved.html", context)
    return _with_progress(request, room, question)


def _question_saved(row):
    questions = catalogue.of(row.diagnosis.questionnaire_id)
    indicator = questions.indicator(row.code)
    lacks = lacks_of(indicator, row, row.has_evidence)
    return Question(indicator, row, row.content(), lacks=lacks, is_parent=bool(questions.dependants(row.code)))


def _same_progress(question, before):
    """Whether the counts of answered and missing questions stay as they were: most saves are one more sentence."""
    lacked = lacks_of(question.indicator, before, question.answer.has_evidence)
    return bool(lacked) == bool(question.lacks) and is_answered(before) == question.is_answered


def _with_progress(request, room, question):
    number = question.indicator.dimension_number
    context = {
        "question": question,
        "room": room,
        "participation": room.participation,
        "number": number,
        "progress": room.sheet.progress[number],
        "slots": _changed_slots(room, number, set(request.POST.getlist("shown"))) if question.is_parent else [],
    }
    return render(request, "diagnosis/fragment_saved.html", context)


def _changed_slots(room, number, shown):
    """Questions this page shows and should not, or the reverse; those that stay are left alone, somebody may be typing there."""
    rows = [
        row
        for row in room.sheet.catalogue.dimension(number).indicators
        if row.depends_on_code and row.code in room.answers
    ]
    appear = [row for row in rows if row.code in room.sheet.asked_codes and row.code not in shown]
    questions = {question.code: question for question in room.questions(appear)} if appear else {}
    vanish = [row for row in rows if row.code not in room.sheet.asked_codes and row.code in shown]
    return [{"anchor": anchor(row.code), "question": questions.get(row.code)} for row in appear + vanish]


def _refused(request, pk, code, content, status, message, other=None):
    """Everything typed stays: in the fields of the page with htmx, in the page drawn anew without."""
    room = _room_with(request, pk, code)
    question = room.question(code)
    question.content, question.error = content, message
    if other:
        question.conflict, question.error = conflict_of(question.indicator, content, other), ""
    if not question.editable:
        question.kept = content
    if not request.htmx:
        return dimension_page(
            request, room, question.indicator.dimension_number, replace=question, status=status, message=message
        )
    context = {"question": question, "room": room, "participation": room.participation, "message": message}
    response = render(request, "diagnosis/fragment_refused.html", context, status=status)
    response[ANSWERED_BY] = "refused"
    return response


def _whole_question(request, pk, code):
    """The question as it is saved, in the place of the one on the page."""
    room = _room_with(request, pk, code)
    if not request.htmx:
        return redirect(question_url(room, code))
    context = {"question": room.question(code), "room": room, "participation": room.participation}
    response = render(request, "diagnosis/question.html", context)
    response["HX-Retarget"], response["HX-Reswap"] = f"#{context['question'].anchor}", "outerHTML"
    response[ANSWERED_BY] = "saved"
    return response


def _joined(room, code, mine):
    """«Juntar»: the saved choice or number stands, texts and lists are put together, nothing written is dropped."""
    theirs = room.answers[code].content()
    indicator = room.sheet.catalogue.indicator(code)
    texts = {name: _both(getattr(theirs, name), getattr(mine, name)) for name in ("comment", "reason")}
    value = theirs.value if theirs.value is not None else mine.value
    if indicator.answer_type == AnswerType.TEXT:
        value = _both(theirs.value or "", mine.value or "")
    if indicator.answer_type == AnswerType.MULTI_CHOICE:
        value = _union(indicator, theirs.value or [], mine.value or [])
    return replace(theirs, value=value, source=theirs.source or mine.source, **texts)


def _both(first, second):
    if not second or second in first:
        return first
    return second if not first or first in second else f"{first}\n\n{second}"


def _union(indicator, first, second):
    """All that either chose; an option that excludes the others gives way to them."""
    chosen = {*first, *second}
    exclusive = {option.code for option in indicator.options if option.exclusive}
    return sorted(chosen - exclusive) or sorted(chosen)
