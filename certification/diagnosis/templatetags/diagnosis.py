"""Drawing a question, its status line and the list of dimensions. Loaded by the room's templates."""

from django import template
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from certification.diagnosis import stencils
from certification.diagnosis.stencils import question_stencil, shape, side_stencil
from core.dates import month_and_year
from core.templatetags.components import icon

register = template.Library()
register.filter("month_and_year", month_and_year)

CHECKED = mark_safe(" checked")
CURRENT = mark_safe(' aria-current="page"')


@register.simple_tag(takes_context=True)
def question(context, question):
    """A question with its form; one that is closed to this person, with its answer."""
    room = context["room"]
    parts = {"notes": _notes(context, question), "evidence": _evidence(context, question)}
    if not question.editable:
        return render_to_string("diagnosis/question_read.html", _around(context, question) | parts)
    values = _values(question) | parts
    values |= {"base": room.base, "csrf": context["csrf_token"], "state": question_state(context, question)}
    return question_stencil(question, room.sheet.catalogue.words).fill(values)


def _values(question):
    content = question.content
    values = {f"checked-{code}": CHECKED for code, _label, chosen in question.choices if chosen}
    values |= {name: CHECKED for name in ("no_data", "not_applicable") if getattr(content, name)}
    values |= {name: getattr(content, name) for name in ("comment", "reason", "source")}
    return values | {"value": question.typed_value, "month": question.typed_month}


def _around(context, question):
    """What the room's small templates need, without the frame of the page."""
    names = ("room", "participation", "csrf_token")
    facts = {"question": question, "indicator": question.indicator, "answer": question.answer}
    return facts | {"message": context.get("message", "")} | {name: context[name] for name in names}


def _notes(context, question):
    around = _around(context, question)
    drawn = ((render_to_string("diagnosis/note.html", around | {"note": note}),) for note in question.notes)
    return format_html_join("", "{}", drawn) if question.notes else ""


def _evidence(context, question):
    if not question.evidence and not (question.editable and question.indicator.takes_evidence):
        return ""
    chips = format_html_join("", "{}", ((_chip(context, question, link),) for link in question.evidence))
    values = {"chips": chips, "base": context["room"].base, "code": question.code, "anchor": question.anchor}
    return shape("evidence", has_some=bool(question.evidence), editable=question.editable).fill(values)


def _chip(context, question, link):
    piece = link.evidence
    values = {"title": piece.title, "link": str(link.pk), "csrf": context["csrf_token"], "code": question.code}
    values |= {"base": context["room"].base, "address": piece.url or reverse("evidence-file", args=[piece.pk])}
    return shape("chip", is_file=bool(piece.file_id), editable=question.editable).fill(values)


@register.simple_tag(takes_context=True)
def question_state(context, question):
    """The line under the answer: saved when and by whom, what lacks, or what went wrong; with the version the next save is based on."""
    if question.conflict or question.error:
        return render_to_string("diagnosis/question_state.html", _around(context, question))
    words, lacking = question.saved_words, question.lacking
    values = {"version": str(question.answer.version), "key": question.key, "code": question.code, "words": words}
    values |= {"base": context["room"].base, "lacking": "; ".join(str(each) for each in lacking)}
    shown = {"saved": bool(words), "has_history": question.answer.version > 0, "lacks": bool(lacking)}
    return shape("state", **shown).fill(values)


@register.simple_tag
def hole(*names):
    """A place in a stencil whose name is put together: {% hole "checked" option.code %}"""
    return stencils.hole("-".join(map(str, names)))


@register.simple_tag
def dimension_list(room, current=None):
    """The ten dimensions with progress, each a link; current: the number of the one that is open."""
    values = {f"state-{number}": progress_state(progress) for number, progress in room.sheet.progress.items()}
    return side_stencil(room.sheet.catalogue).fill(values | {"base": room.base, f"current-{current}": CURRENT})


@register.simple_tag
def progress_state(progress):
    """«3 de 12 respondidas», or a tick; with what was returned."""
    returned = ngettext("%(n)s devolvida", "%(n)s devolvidas", progress.returned) % {"n": progress.returned}
    after = f" · {returned}" if progress.returned else ""
    if progress.is_complete:
        more = format_html('<span class="side-more">{}</span>', after) if after else ""
        return format_html('{}<span class="visually-hidden">{}</span>{}', icon("circle-check", 16), _("completa"), more)
    counts = _("%(done)s de %(total)s respondidas") % {"done": progress.answered, "total": progress.total}
    return f"{counts}{after}"
