"""The government's side: beginning, filling in, sending, the receipt, the model of the document of intention."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Edition
from certification.pages import receipt_file, snapshot_of
from core import files
from governments import library
from governments.models import Government

from . import calls, domain
from .forms import BeginForm, EnrollmentForm, initial_of, label_of
from .pages import STEP, found, frame, personal_mail, reading_facts, visible


def begin(request):
    """Choose the open call and the government, and start."""
    governments = calls.managed_governments(request.user)
    offered = calls.open_calls(governments, request.arrived_at)
    if request.method != "POST":
        return _begin_page(request, governments, offered, BeginForm(calls=offered))
    edition, government = _chosen(request)
    try:
        participation = cycle.begin(edition, government, by=request.user, at=request.arrived_at)
    except cycle.AlreadyTakesPart as there:
        return _begin_page(request, governments, offered, BeginForm(calls=offered), status=409, existing=there)
    except cycle.StepClosed as closed:
        form = BeginForm(request.POST, calls=offered)
        return _begin_page(request, governments, offered, form, status=409, message=closed.decision.message)
    messages.success(request, _("Inscrição começada. Preencha em partes, se quiser: o que for salvo fica guardado."))
    return redirect("enrollment:form", pk=participation.pk)


def _chosen(request):
    """«2026-4304606»: what does not exist, or belongs to others, is a 404."""
    year, _dash, code = request.POST.get("choice", "").partition("-")
    if not year.isdecimal() or len(year) > 4:
        year = "0"
    edition = get_object_or_404(Edition.objects.prefetch_related("windows", "extensions"), year=int(year))
    return edition, get_object_or_404(Government.objects.visible_to(request.user), ibge_code=code)


def _begin_page(request, governments, offered, form, *, status=200, message="", existing=None):
    facts = {"form": form, "offered": offered, "governments": governments, "message": message, "existing": existing}
    if len(governments) == 1:
        facts["government"] = governments[0]
    if not offered:
        facts["next_opening"] = calls.next_opening(request.arrived_at)
    return render(request, "enrollment/begin.html", facts, status=status)


def form(request, pk):
    """The form while it may be filled in; else what was written, to read."""
    if request.method == "POST":
        return _save(request, pk)
    participation = found(request, pk)
    decision = cycle.may("edit_enrollment", request.user, participation, request.arrived_at)
    if not decision:
        facts = frame(request, participation) | reading_facts(participation) | {"decision": decision}
        return render(request, "enrollment/read.html", facts)
    enrollment = domain.enrollment_of(participation)
    initial = initial_of(domain.content_of_form(enrollment), enrollment.version)
    return _form_page(request, participation, EnrollmentForm(initial=initial))


def _save(request, pk):
    """Save, or show everything typed again with the reason why not."""
    participation = get_object_or_404(visible(request.user).select_related("government__body", "edition"), pk=pk)
    form = EnrollmentForm(request.POST, request.FILES)
    if not form.is_valid():
        return _invalid(request, pk, form)
    facts = {"version": form.cleaned_data["version"], "document": form.cleaned_data["intent_document"]}
    try:
        domain.save_enrollment(participation, form.content(), by=request.user, at=request.arrived_at, **facts)
    except domain.Stale as stale:
        return _conflict(request, found(request, pk), form, stale.enrollment)
    except cycle.StepClosed as closed:
        return _form_page(request, found(request, pk), form, status=409, message=closed.decision.message)
    except (files.Refused, library.LibraryFull) as refused:
        form.add_error("intent_document", str(refused))
        return _form_page(request, found(request, pk), form, status=refused.status)
    return _saved(request, participation, form)


def _invalid(request, pk, form):
    participation = found(request, pk)
    decision = cycle.may("edit_enrollment", request.user, participation, request.arrived_at)
    if decision.reason == "role":
        raise PermissionDenied
    if not decision:
        return _form_page(request, participation, form, status=409, message=decision.message)
    return _form_page(request, participation, form, status=_status_of(form))


def _saved(request, participation, form):
    addresses = personal_mail(form.content())
    if addresses:
        text = _(
            "Salvo. Parece e-mail pessoal: %(emails)s. Prefira o institucional; mesmo assim, a inscrição pode ser enviada."
        )
        messages.warning(request, text % {"emails": ", ".join(addresses)})
    else:
        messages.success(request, _("Inscrição salva."))
    return redirect("enrollment:submit" if "check" in request.POST else "enrollment:form", pk=participation.pk)


def _status_of(form):
    codes = {error.code for errors in form.errors.as_data().values() for error in errors}
    return 413 if "file_too_large" in codes else 422


def _conflict(request, participation, form, saved):
    """Both texts, field by field; sending again keeps what is on the page."""
    theirs = initial_of(domain.content_of_form(saved), saved.version)
    mine = initial_of(form.content(), saved.version)
    names = [name for name in form.fields if mine.get(name, "") != theirs.get(name, "") and name != "version"]
    differing = [
        (label_of(form, name), mine.get(name, ""), theirs.get(name, "")) for name in names if name != "intent_document"
    ]
    kept = request.POST.copy()
    kept["version"] = str(saved.version)
    conflict = {"saved": saved, "differing": differing, "document": bool(form.cleaned_data["intent_document"])}
    return _form_page(request, participation, EnrollmentForm(kept), status=412, conflict=conflict)


def _form_page(request, participation, form, *, status=200, message="", conflict=None):
    facts = frame(request, participation) | {"form": form, "message": message, "conflict": conflict}
    needs = [need for need in cycle.requirements(participation, "enrollment") if not need.met]
    facts["missing"] = [need for need in needs if not need.weak]
    facts["decision"] = cycle.may("edit_enrollment", request.user, participation, request.arrived_at)
    return render(request, "enrollment/form.html", facts, status=status)


def submit(request, pk):
    """The page before sending, which reads like a letter; and the sending."""
    participation = found(request, pk)
    if request.method != "POST":
        return _letter_page(request, participation)
    try:
        snapshot, _created = domain.submit_enrollment(participation, by=request.user, at=request.arrived_at)
    except cycle.RequirementsMissing:
        return _letter_page(request, found(request, pk), status=422)
    except cycle.StepClosed as closed:
        return _letter_page(request, found(request, pk), status=409, message=closed.decision.message)
    return redirect("enrollment:receipt", pk=pk, number=snapshot.number)


def _letter_page(request, participation, *, status=200, message=""):
    facts = frame(request, participation) | reading_facts(participation)
    facts |= {
        "may_submit": cycle.may("submit_enrollment", request.user, participation, request.arrived_at),
        "message": message,
    }
    return render(request, "enrollment/submit.html", facts, status=status)


def receipt(request, pk, number):
    participation = found(request, pk)
    snapshot = snapshot_of(participation, STEP, number)
    return render(request, "enrollment/receipt.html", frame(request, participation) | {"snapshot": snapshot})


def receipt_json(request, pk, number):
    return receipt_file(request, pk, STEP, number)


def model(request, pk):
    """The document of intention to print and sign, with the government's name in it."""
    participation = found(request, pk)
    return render(request, "enrollment/model.html", frame(request, participation))
