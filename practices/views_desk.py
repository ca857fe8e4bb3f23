"""The curators' room: what waits to be read, one sheet with its ten features and notes, the notes of diagnoses that praise something."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from . import curation, freshness, revisions, writing
from .forms import NEEDED_IN_PUBLIC, TextForm
from .forms_curation import ChecksForm, OwnerForm, ReturnForm, initial_of
from .labels import label_of
from .models import Practice, State
from .models.practice import WrongState
from .views_own import lines_of

PER_PAGE = 30
SENT, WITH_OWNER, PUBLISHED, STALE, CLOSED = "para-ler", "com-quem-propos", "publicadas", "a-conferir", "fora"


def shelves(today):
    """{name of the address: (label, its sheets)}"""
    rows = Practice.objects.all()
    return {
        SENT: (_("Para ler"), rows.filter(state=State.SENT)),
        WITH_OWNER: (_("Com quem propôs"), rows.filter(state__in=(State.DRAFT, State.RETURNED))),
        PUBLISHED: (_("Publicadas"), rows.filter(state=State.PUBLISHED)),
        STALE: (_("A conferir"), freshness.stale(today)),
        CLOSED: (_("Fora do banco"), rows.filter(state__in=(State.UNPUBLISHED, State.DECLINED))),
    }


def queue(request):
    today = timezone.localdate(request.arrived_at)
    found = {name: (label, rows.confirmed()) for name, (label, rows) in shelves(today).items()}
    chosen = request.GET.get("ver", "")
    chosen = chosen if chosen in found else SENT
    text = request.GET.get("q", "").strip()[:100]
    rows = found[chosen][1].search(text).with_owner().select_related("proposal").with_uses()
    page = Paginator(rows.order_by("-updated_at", "-pk"), PER_PAGE).get_page(request.GET.get("page"))
    facts = {
        "page": page,
        "text": text,
        "chosen": chosen,
        "shelves": [(name, label, shelf.count(), name == chosen) for name, (label, shelf) in found.items()],
        "label": found[chosen][0],
        "notes_waiting": curation.praised().filter(practice__isnull=True).count(),
        "stale_before": freshness.months_before(today, freshness.months()),
    }
    return render(request, "practices/queue.html", facts)


def notes(request):
    """Where a sheet may begin: what reviewers praised, those without a sheet first."""
    shown = curation.praised().select_related(
        "answer__diagnosis__participation__government", "answer__diagnosis__participation__edition", "by", "practice"
    )
    rows = shown.annotate(has_sheet=Count("practice")).order_by("has_sheet", "-at", "-pk")
    page = Paginator(rows, PER_PAGE).get_page(request.GET.get("page"))
    return render(request, "practices/notes.html", {"page": page})


def begin(request, note):
    found = get_object_or_404(
        curation.praised().select_related("answer__diagnosis__participation__government__body"), pk=note
    )
    if not request.user.is_coordinator:
        raise PermissionDenied
    practice, created = writing.begin_from_note(found, by=request.user, at=request.arrived_at)
    if created:
        messages.success(request, _("Rascunho aberto. O governo recebeu um aviso para completar a ficha."))
    else:
        messages.info(request, _("Este apontamento já tem uma ficha: é esta."))
    return redirect("bank:curate", practice.pk)


def _sheet(pk):
    rows = Practice.objects.confirmed().with_owner().with_uses().select_related("proposal", "updated_by", "revises")
    return get_object_or_404(rows, pk=pk)


def curate(request, pk):
    return page_of(request, _sheet(pk))


def page_of(request, practice, *, status=200, message="", **forms):
    """One sheet: what it says, what was seen in it, what can be done with it now."""
    checks = curation.checks_of(practice)
    stamp = curation.stamp_of(checks)
    last = curation.last_return(practice)
    facts = {
        "practice": practice,
        "message": message,
        "lines": _compared(practice),
        "seen": revisions.stamp_of(practice.revises) if practice.revises else "",
        "public_checks": _read_otherwise(practice, checks),
        "revision": practice.revisions.open().first(),
        "documents": practice.documents.select_related("evidence__file"),
        "last_notes": [(label_of(note.field), note.text) for note in last.notes.all()] if last else [],
        "last_return": last,
        "moves": practice.moves.select_related("by").order_by("-pk"),
        "needs": curation.publication_needs(practice),
        "checks": ChecksForm(initial=initial_of(checks, stamp)),
        "saved_checks": None,
        "returning": ReturnForm(),
        "closing": _reason_form(),
        "owning": OwnerForm(),
        "is_stale": freshness.is_stale(practice, timezone.localdate(request.arrived_at)),
        "curates": request.user.is_coordinator,
        "uses": practice.adoptions.standing().with_adopter(),
        **forms,
    }
    return render(request, "practices/curate.html", facts, status=status)


def _compared(practice):
    """[(part, heading, text, what the published sheet says there if a revision says otherwise)]; what no note is about, where it says something."""
    public = {name: text for name, _label, text in lines_of(practice.revises)} if practice.revises else {}
    return [
        (name, label, text, public[name] if public.get(name, text) != text else None)
        for name, label, text in lines_of(practice)
        if text or public.get(name) or name in curation.NOTED
    ]


def _read_otherwise(practice, checks):
    """What was read in the published sheet, where its revision was read otherwise."""
    public = curation.checks_of(practice.revises) if practice.revises else {}
    pairs = [(check, checks[feature]) for feature, check in public.items() if feature in checks]
    return [check for check, other in pairs if (check.verdict, check.note) != (other.verdict, other.note)]


def _reason_form(data=None):
    return TextForm(
        data,
        label=_("Motivo"),
        required=_("Escreva o motivo: ele vai na mensagem a quem propôs."),
        help_text=_("Vai na mensagem a quem propôs a prática."),
    )


class Halted(Exception):
    """The reading could not be saved; carries the page that says why, with all that was written."""

    def __init__(self, response):
        super().__init__()
        self.response = response


def _save_reading(request, practice, **forms):
    """The ten features, whichever button of the page was pressed: they are in its one form. Raises Halted."""
    if "based_on" not in request.POST:
        return
    form = ChecksForm(request.POST)
    if not form.is_valid():
        raise Halted(page_of(request, practice, status=422, checks=form, **forms))
    try:
        curation.save_checks(
            practice, form.read(), based_on=form.cleaned_data["based_on"], by=request.user, at=request.arrived_at
        )
    except curation.ChecksStale as stale:
        saved = curation.checks_of(practice)
        form.data = form.data.copy()
        form.data["based_on"] = curation.stamp_of(saved)
        page = page_of(request, practice, status=412, message=str(stale), checks=form, saved_checks=saved, **forms)
        raise Halted(page) from stale
    except writing.NotComplete as unread:
        for need in unread.missing:
            form.add_error(need.anchor.removeprefix("id_"), NEEDED_IN_PUBLIC)
        raise Halted(page_of(request, practice, status=422, checks=form, **forms)) from unread


def checks(request, pk):
    """The ten features, saved together. Notes that stand written beside them stay on the page."""
    practice, notes = _sheet(pk), ReturnForm(request.POST)
    written = notes.is_valid() and any(notes.cleaned_data.values())
    kept = {"returning": notes} if written else {}
    try:
        _save_reading(request, practice, **kept)
    except Halted as halted:
        return halted.response
    messages.success(request, _("Leitura das características salva."))
    return page_of(request, _sheet(pk), **kept) if written else redirect("bank:curate", pk)


def give_back(request, pk):
    practice = _sheet(pk)
    form = ReturnForm(request.POST)
    if not form.is_valid():
        return page_of(request, practice, status=422, returning=form)
    try:
        _save_reading(request, practice, returning=form)
        curation.give_back(
            practice, form.notes(), message=form.cleaned_data["message"], by=request.user, at=request.arrived_at
        )
    except Halted as halted:
        return halted.response
    except curation.NothingNoted as nothing:
        form.add_error(None, str(nothing))
        return page_of(request, practice, status=422, returning=form)
    except WrongState as wrong:
        return page_of(request, _sheet(pk), status=409, message=str(wrong), returning=form)
    messages.success(request, _("Ficha devolvida com os apontamentos. Quem propôs recebe uma mensagem."))
    return redirect("bank:curate", pk)


def publish(request, pk):
    practice, notes = _sheet(pk), ReturnForm(request.POST)
    kept = {"returning": notes} if notes.is_valid() and any(notes.cleaned_data.values()) else {}
    try:
        _save_reading(request, practice, **kept)
        seen = request.POST.get("seen", "")
        published, changed = curation.publish(practice, by=request.user, at=request.arrived_at, seen=seen)
    except Halted as halted:
        return halted.response
    except writing.NotComplete:
        message = _("Ainda não dá para publicar: veja o que falta.")
        return page_of(request, _sheet(pk), status=422, message=message, **kept)
    except WrongState as wrong:
        return page_of(request, _sheet(pk), status=409, message=str(wrong), **kept)
    except revisions.Overtaken as overtaken:
        return page_of(request, _sheet(pk), status=412, message=str(overtaken), **kept)
    messages.success(request, _("Ficha publicada.") if changed else _("A ficha já estava publicada."))
    return redirect("bank:curate", published.pk)


def decline(request, pk):
    return _close(request, pk, curation.decline, _("Proposta não incluída. Quem propôs recebe o motivo."))


def unpublish(request, pk):
    return _close(request, pk, curation.unpublish, _("Ficha fora do ar. Quem a propôs recebe o motivo."))


def _close(request, pk, move, done):
    practice, form = _sheet(pk), _reason_form(request.POST)
    if not form.is_valid():
        return page_of(request, practice, status=422, closing=form)
    try:
        move(practice, reason=form.cleaned_data["text"], by=request.user, at=request.arrived_at)
    except WrongState as wrong:
        return page_of(request, _sheet(pk), status=409, message=str(wrong), closing=form)
    messages.success(request, done)
    return redirect("bank:curate", pk)


def feature(request, pk):
    on = request.POST.get("on") == "1"
    return _plain(
        request,
        pk,
        lambda practice: curation.feature(practice, on=on, by=request.user, at=request.arrived_at),
        _("Em destaque na página inicial.") if on else _("Não está mais em destaque."),
    )


def checked(request, pk):
    """A curator has looked at the published sheet again."""
    return _plain(
        request,
        pk,
        lambda practice: freshness.confirm(practice, by=request.user, at=request.arrived_at),
        _("Conferida hoje."),
    )


def owner(request, pk):
    practice, form = _sheet(pk), OwnerForm(request.POST)
    if not form.is_valid():
        return page_of(request, practice, status=422, owning=form)
    body = form.cleaned_data["body"]
    return _plain(
        request,
        pk,
        lambda row: curation.set_owner(row, body=body, by=request.user),
        _("Está dito de quem é a prática."),
    )


def _plain(request, pk, move, done):
    try:
        move(_sheet(pk))
    except WrongState as wrong:
        return page_of(request, _sheet(pk), status=409, message=str(wrong))
    messages.success(request, done)
    return redirect("bank:curate", pk)
