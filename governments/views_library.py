"""The evidence library of a government: its list, one piece with its uses, the content of a file."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core import audit, files
from governments import library
from governments.forms_library import PieceForm
from governments.models import Evidence, Government

PAGE = 50


def visible_government(request, ibge_code):
    """Outside what the person may see: 404."""
    return get_object_or_404(Government.objects.visible_to(request.user), ibge_code=ibge_code)


def pieces(request, ibge_code):
    """Search, and bring a new piece in."""
    government = visible_government(request, ibge_code)
    form = PieceForm()
    if request.method == "POST":
        form, refused = _add(request, government)
        if refused is None:
            return redirect("library", ibge_code)
        return _list(request, government, form, status=refused)
    return _list(request, government, form)


def _add(request, government, replaces=None):
    """(form, None) when it is kept, else (form with its errors, status)."""
    if not library.may_write(request.user, government):
        raise PermissionDenied
    form = PieceForm(request.POST, request.FILES)
    if not form.is_valid():
        return form, _status_of(form)
    try:
        piece = library.add_to_library(
            government, by=request.user, at=request.arrived_at, replaces=replaces, **form.cleaned_data
        )
    except (files.Refused, library.LibraryFull) as refused:
        form.add_error("uploaded", str(refused))
        return form, refused.status
    except library.AlreadySuperseded:
        form.add_error(None, _("Outra pessoa já pôs uma versão mais nova no lugar desta. Veja a lista."))
        return form, 409
    messages.success(request, _("Guardado na biblioteca: %(title)s.") % {"title": piece.title})
    return form, None


def _status_of(form):
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 413 if "file_too_large" in codes else 422


def _list(request, government, form, status=200):
    text, kind = request.GET.get("q", "").strip()[:100], request.GET.get("tipo", "")
    with_old = request.GET.get("antigas") == "1"
    found = library.search(library.pieces(government.pk), text, kind)
    if not with_old:
        found = found.filter(superseded_by__isnull=True)
    page = Paginator(found, PAGE).get_page(request.GET.get("page"))
    context = {
        "government": government,
        "page": page,
        "rows": [(piece, uses_in_words(piece)) for piece in page.object_list],
        "form": form,
        "kinds": Evidence.Kind.choices,
        "filters": {"text": text, "kind": kind, "with_old": with_old},
        "may_write": library.may_write(request.user, government),
    }
    return render(request, "governments/library.html", context, status=status)


def uses_in_words(piece):
    """«3 respostas, 1 registro de andamento», or nothing."""
    counts = {name: getattr(piece, f"n_{name}") for name in library.USES}
    words = {
        "answer_links": ngettext("%(n)s resposta", "%(n)s respostas", counts["answer_links"]),
        "progress_links": ngettext(
            "%(n)s registro de andamento", "%(n)s registros de andamento", counts["progress_links"]
        ),
        "enrollments": ngettext("%(n)s inscrição", "%(n)s inscrições", counts["enrollments"]),
        "course_completions": ngettext("%(n)s curso", "%(n)s cursos", counts["course_completions"]),
        "practice_documents": ngettext("%(n)s boa prática", "%(n)s boas práticas", counts["practice_documents"]),
    }
    return ", ".join(words[name] % {"n": number} for name, number in counts.items() if number)


def piece(request, ibge_code, pk):
    """One piece: its facts, where it is used, and a newer one in its place."""
    government = visible_government(request, ibge_code)
    found = get_object_or_404(library.pieces(government.pk), pk=pk)
    if request.method != "POST":
        initial = {"title": found.title, "kind": found.kind, "document_date": found.document_date}
        return _piece_page(request, government, found, PieceForm(initial=initial))
    form, refused = _add(request, government, replaces=found)
    if refused is None:
        return redirect("library", ibge_code)
    return _piece_page(request, government, found, form, status=refused)


def _piece_page(request, government, found, form, status=200):
    context = {
        "government": government,
        "piece": found,
        "answers": found.answer_links.select_related("answer__diagnosis__participation__edition"),
        "uses": uses_in_words(found),
        "older": found.supersedes.select_related("file"),
        "form": form,
        "may_write": library.may_write(request.user, government) and not found.superseded_by_id,
    }
    return render(request, "governments/library_piece.html", context, status=status)


def content(request, pk):
    """The file itself, for whoever may see the government's rows; each download is written down."""
    found = get_object_or_404(Evidence.objects.visible_to(request.user).select_related("file"), pk=pk)
    if found.file is None:
        raise Http404
    audit.record("evidence.downloaded", by=request.user, subject=found, government_id=found.owner_id)
    return files.response(found.file)
