"""The room of who writes: the sheets of one's governments and organisations, their documents, sending, keeping them true."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.template.defaultfilters import filesizeformat
from django.utils import timezone
from django.utils.translation import gettext as _

from core import files
from governments import library, team
from governments.models import Body, Evidence

from . import access, curation, freshness, revisions, writing
from .adoptions import bodies_of
from .filters import LANGUAGES
from .forms import BodyForm, DocumentForm, SheetForms, TextForm
from .labels import label_of
from .models import Adoption, Practice, PracticeDocument
from .models.practice import WrongState

# What is written beside a part, and no note is about it alone.
BESIDE = {
    "title": ("title_en", "title_es"),
    "summary": ("summary_en", "summary_es", "language", "started_year"),
    "quote": ("quote_by",),
}
WRITTEN = [name for noted in curation.NOTED for name in (noted, *BESIDE.get(noted, ()))]


def own_bodies(user, *, keys=None):
    """Governments and organisations the person fills things in for, or those of the given keys."""
    rows = Body.objects.filter(pk__in=bodies_of(user) if keys is None else keys)
    return list(rows.select_related("government", "organisation").order_by("pk"))


def own(request):
    """Our practices, what we use of others, who uses ours."""
    mine = team.memberships_of(request.user)
    practices = Practice.objects.filter(owner__in=mine).exclude(state=Practice.State.MERGED)
    uses = Adoption.objects.standing().with_adopter().select_related("practice__owner__government")
    bodies = own_bodies(request.user, keys=list(mine))
    return render(
        request,
        "practices/own.html",
        {
            "practices": practices.with_owner().with_uses().order_by("state", "-updated_at"),
            "ours": uses.filter(adopter__in=mine).select_related("practice__owner__organisation"),
            "theirs": uses.filter(practice__owner__in=mine).select_related("practice__owner__organisation"),
            "government": _only_government(bodies),
            "writes_for": [body for body in bodies if access.writes_for(request.user, body)],
            "stale": set(
                freshness.stale(timezone.localdate(request.arrived_at))
                .filter(owner__in=mine)
                .values_list("pk", flat=True)
            ),
        },
    )


def _only_government(bodies):
    governments = [body.government for body in bodies if body.kind == Body.Kind.GOVERNMENT]
    return governments[0] if len(governments) == 1 else None


def visible(request, pk):
    """Outside what the person may see: 404."""
    return get_object_or_404(Practice.objects.visible_to(request.user).with_owner(), pk=pk)


def new(request):
    """A sheet of one's own government or organisation; who works for several says of which."""
    bodies = own_bodies(request.user)
    body = _chosen(request, bodies)
    if request.method != "POST":
        return _new_page(request, SheetForms(), bodies, body)
    forms = SheetForms(data=request.POST)
    if forms.wants_more:
        return _new_page(request, forms, bodies, body)
    if not forms.is_valid() or body is None:
        return _new_page(request, forms, bodies, body, status=422)
    practice = writing.begin(body, forms.content(), by=request.user, at=request.arrived_at, key=forms.key)
    messages.success(request, _("Rascunho guardado. Acrescente os documentos e envie quando estiver pronto."))
    return redirect("bank:own-sheet", practice.pk)


def _chosen(request, bodies):
    """The one that is named, or the only one there is; None where it is still to be said."""
    key = request.POST.get("body", request.GET.get("de", ""))
    found = [body for body in bodies if key in ("", str(body.pk))]
    if key and not found and key not in map(str, team.memberships_of(request.user)):
        raise Http404
    if not found:
        raise PermissionDenied
    return found[0] if len(found) == 1 else None


def _new_page(request, forms, bodies, body, status=200):
    choice = BodyForm(request.POST if status == 422 else None, bodies=bodies, initial={"body": body and body.pk})
    facts = {
        "forms": forms,
        "choice": choice,
        "bodies": bodies,
        "body": body,
        "government": getattr(body, "government", None),
    }
    return render(request, "practices/new.html", facts, status=status)


def sheet(request, pk):
    """The sheet to write on; where it may not be changed now, to read. One form holds it all: whichever button is pressed, what was written is
    saved first."""
    practice = visible(request, pk)
    if request.method != "POST":
        return sheet_page(request, practice, SheetForms(practice=practice))
    access.refuse_stranger(request.user, practice)
    forms, document = SheetForms(data=request.POST), _document_in(request, practice)
    if forms.wants_more:
        return sheet_page(request, practice, forms, document_form=document)
    if not forms.is_valid():
        return sheet_page(request, practice, forms, status=422, document_form=document)
    if forms.based_on is None:
        return sheet_page(request, practice, forms, status=428, message=_("Recarregue a página e salve de novo."))
    try:
        saved = writing.save(practice, forms.content(), based_on=forms.based_on, by=request.user, at=request.arrived_at)
    except WrongState as wrong:
        return sheet_page(request, wrong_row(practice), forms, status=409, message=str(wrong))
    except writing.NotComplete as lost:
        forms.say_lost(lost.missing)
        return sheet_page(request, practice, forms, status=422, document_form=document)
    except writing.Stale as stale:
        forms.rest_on(stale.other.version)
        return sheet_page(
            request, stale.other, forms, status=412, message=str(stale), other=stale.other, document_form=document
        )
    return _and_then(request, saved, document)


def _document_in(request, practice):
    """The form of a document, as far as something is written in it."""
    if "add_document" not in request.POST:
        return None
    return document_form_of(practice, request.POST, request.FILES)


def _and_then(request, saved, document):
    """What the pressed button asks for beside saving."""
    if document is not None:
        return _add_document(request, saved, document)
    if "remove_document" in request.POST:
        return _remove_document(request, saved, request.POST["remove_document"])
    if "send" in request.POST:
        return _send(request, saved)
    messages.success(request, _("Ficha salva: %(title)s.") % {"title": saved.title})
    return redirect("bank:own-sheet", saved.pk)


def wrong_row(practice):
    return Practice.objects.with_owner().get(pk=practice.pk)


def sheet_page(request, practice, forms, *, status=200, message="", other=None, document_form=None):
    last = curation.last_return(practice)
    waiting = practice.state == Practice.State.RETURNED
    editable = access.may_edit(request.user, practice)
    writes = access.writes_for(request.user, practice.owner)
    facts = {
        "practice": practice,
        "writes": writes,
        "revision": practice.revisions.open().first(),
        "forms": forms,
        "editable": editable,
        "message": message,
        "other": other,
        "other_lines": lines_of(other) if other else [],
        "lines": [] if editable or forms.sheet.is_bound else lines_of(practice),
        "last_return": last if waiting else None,
        "notes": _notes(last) if waiting else [],
        "needs": writing.needs(practice),
        "documents": practice.documents.select_related("evidence__file"),
        "document_form": document_form or document_form_of(practice),
        "moves": practice.moves.select_related("by").order_by("-pk"),
        "is_stale": freshness.is_stale(practice, timezone.localdate(request.arrived_at)),
        "desk": request.user.is_coordinator and not writes,
        "government": getattr(practice.owner, "government", None) if practice.owner_id else None,
    }
    facts["base"] = "desk_base.html" if facts["desk"] else "workspace_base.html"
    return render(request, "practices/sheet.html", facts, status=status)


def _notes(last):
    return [(label_of(note.field), note.text) for note in last.notes.all()] if last else []


def lines_of(practice):
    """[(part, heading, text)] of all that was written, for reading side by side."""
    values = {name: str(getattr(practice, name) or "") for name in writing.PLAIN} | {
        "title": practice.title_pt_br,
        "summary": practice.summary_pt_br,
        "language": str(LANGUAGES[practice.language]),
        "dimensions": ", ".join(map(str, practice.dimensions)),
        "sdg_targets": ", ".join(practice.sdg_targets),
        "results": "\n".join(_figure(row) for row in practice.results.all()),
        "how_to_replicate": "\n".join(map(str, practice.how_to_replicate)),
        "documents": "\n".join(_document(row) for row in practice.documents.select_related("evidence__file")),
    }
    return [(name, label_of(name), values[name] or "") for name in WRITTEN]


def _figure(row):
    of = _("de %(total)s") % {"total": row.of_written} if row.of is not None else ""
    return " ".join(filter(None, [f"{row.what}:", row.figure_written, of, row.unit, f"({row.source})"]))


def _document(row):
    place = f"{row.evidence.file}, {filesizeformat(row.evidence.file.size)}" if row.is_kept else row.address
    return f"{row.title} ({place})" if place else row.title


def document_form_of(practice, data=None, uploaded=None):
    pieces = Evidence.objects.filter(owner=practice.owner).current().order_by("title") if practice.owner_id else None
    return DocumentForm(data, uploaded, library=pieces, prefix="documento")


def _add_document(request, practice, form):
    status = _document_status(request, practice, form)
    if status != 302:
        return sheet_page(request, practice, SheetForms(practice=practice), status=status, document_form=form)
    messages.success(request, _("Documento acrescentado: %(title)s.") % {"title": form.cleaned_data["title"]})
    return redirect("bank:own-sheet", practice.pk)


def _document_status(request, practice, form):
    """The status to answer with; 302 when the document is kept."""
    if not form.is_valid():
        codes = {error.code for errors in form.errors.as_data().values() for error in errors}
        return 413 if "file_too_large" in codes else 422
    try:
        writing.add_document(practice, by=request.user, at=request.arrived_at, **form.cleaned_data)
    except (files.Refused, library.LibraryFull) as refused:
        form.add_error("uploaded", str(refused))
        return refused.status
    except (writing.DocumentRefused, WrongState) as refused:
        form.add_error(None, str(refused))
        return refused.status
    return 302


def _remove_document(request, practice, key):
    number = int(key) if key.isascii() and key.isdigit() and len(key) < 19 else 0
    try:
        writing.remove_document(practice, number, by=request.user, at=request.arrived_at)
    except PracticeDocument.DoesNotExist:
        raise Http404 from None
    messages.success(request, _("Documento retirado da ficha. O arquivo continua na biblioteca."))
    return redirect("bank:own-sheet", practice.pk)


def _send(request, practice):
    try:
        writing.send(practice, by=request.user, at=request.arrived_at)
    except writing.NotComplete:
        message = _("A ficha está salva, mas ainda falta completar para enviar.")
        return sheet_page(request, practice, SheetForms(practice=practice), status=422, message=message)
    except WrongState as wrong:
        return sheet_page(request, wrong_row(practice), SheetForms(practice=practice), status=409, message=str(wrong))
    messages.success(request, _("Ficha enviada. A coordenação lê e responde por e-mail."))
    return redirect("bank:own-sheet", practice.pk)


def discard(request, pk):
    practice = visible(request, pk)
    access.refuse_stranger(request.user, practice)
    if request.method != "POST":
        return render(request, "practices/discard.html", {"practice": practice})
    try:
        writing.discard(practice, by=request.user)
    except WrongState as wrong:
        messages.error(request, str(wrong))
        return redirect("bank:own-sheet", pk)
    messages.success(request, _("Rascunho apagado."))
    return redirect("bank:own")


def revise(request, pk):
    """A draft beside the published sheet, or the one that is open."""
    practice = visible(request, pk)
    try:
        revision = revisions.begin(practice, by=request.user, at=request.arrived_at)
    except WrongState as wrong:
        messages.error(request, str(wrong))
        return redirect("bank:own-sheet", pk)
    return redirect("bank:own-sheet", revision.pk)


def document_file(request, pk, document):
    """A document of a sheet that is not public yet, for who may see the sheet."""
    found = get_object_or_404(
        PracticeDocument.objects.select_related("evidence__file"), pk=document, practice=visible(request, pk)
    )
    if not (found.evidence and found.evidence.file):
        raise Http404
    return files.response(found.evidence.file)


def check(request, pk, form=None, status=200):
    """«Continua assim?»: one press, or what changed."""
    practice = visible(request, pk)
    access.refuse_stranger(request.user, practice)
    if practice.state != Practice.State.PUBLISHED:
        return redirect("bank:own-sheet", pk)
    facts = {
        "practice": practice,
        "form": form or _change_form(),
        "lines": lines_of(practice),
        "is_stale": freshness.is_stale(practice, timezone.localdate(request.arrived_at)),
        "writes": access.writes_for(request.user, practice.owner),
        "months": freshness.months(),
        "government": getattr(practice.owner, "government", None),
    }
    return render(request, "practices/check.html", facts, status=status)


def _change_form(data=None):
    return TextForm(data, label=_("O que mudou"), required=_("Escreva o que mudou, para a coordenação corrigir."))


def confirm(request, pk):
    practice = visible(request, pk)
    access.refuse_stranger(request.user, practice)
    try:
        freshness.confirm(practice, by=request.user, at=request.arrived_at)
    except WrongState as wrong:
        messages.error(request, str(wrong))
    else:
        messages.success(request, _("Obrigado: a ficha diz agora que foi conferida hoje."))
    return redirect("bank:own-sheet", pk)


def tell_change(request, pk):
    practice = visible(request, pk)
    access.refuse_stranger(request.user, practice)
    form = _change_form(request.POST)
    if not form.is_valid():
        return check(request, pk, form=form, status=422)
    freshness.tell_change(practice, form.cleaned_data["text"], by=request.user, at=request.arrived_at)
    messages.success(request, _("Enviado à coordenação, que corrige a ficha publicada."))
    return redirect("bank:own-sheet", pk)
