"""Writing a report: the coordination's list, the editor with its preview, publication and correction."""

from django.contrib import messages
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from core import files
from core.models import Job
from core.outage import kept_text

from . import content as contents
from . import documents, domain, gathering
from .forms import CorrectionForm, QuoteFormSet, ReportForm, YearForm
from .models import AnnualDocument, AnnualReport


def desk(request):
    """All reports, and a draft for another year."""
    form = YearForm(request.POST or None, initial={"year": timezone.localdate(request.arrived_at).year})
    status = 200
    if request.method == "POST":
        if form.is_valid() and (year := _started(request, form)):
            return redirect("annual_reports:edit", year=year)
        status = 422
    rows = AnnualReport.objects.defer("content").select_related("updated_by", "published_by")
    return render(request, "annual_reports/desk.html", {"reports": rows, "form": form}, status=status)


def _started(request, form):
    try:
        return domain.start_draft(form.cleaned_data["year"], by=request.user, at=request.arrived_at).year
    except domain.ReportRefused as refused:
        form.add_error("year", str(refused))
        return None


def edit(request, year):
    """The draft of a year, or, once it is published, the way to correct it."""
    report = _last(year)
    if not report.is_draft:
        return _is_published(request, report)
    return _save(request, report) if request.method == "POST" else _editor(request, report)


def _is_published(request, report):
    """Who wrote while a colleague published finds the own text here, to begin a correction with."""
    facts = {"report": report, "form": CorrectionForm(), "kept_text": kept_text(request)}
    return render(request, "annual_reports/published.html", facts, status=409 if request.method == "POST" else 200)


def _last(year):
    found = AnnualReport.objects.filter(year=year).order_by("-number").first()
    if found is None:
        raise Http404
    return found


def _forms(request, report):
    offered = gathering.offered(report.year, request.arrived_at)
    if request.method == "POST":
        return ReportForm(request.POST, instance=report, offered=offered), QuoteFormSet(request.POST, prefix="quotes")
    quotes = [{name: getattr(row, name) for name in domain.QUOTED} for row in report.quotes.all()]
    form = ReportForm(instance=report, offered=offered, initial={"version": report.version})
    return form, QuoteFormSet(initial=quotes, prefix="quotes")


def _editor(request, report, forms=None, status=200, present=None):
    form, quotes = forms or _forms(request, report)
    facts = {"report": report, "form": form, "quotes": quotes, "present": present}
    facts["documents"] = _documents(report)
    facts["languages"] = gathering.LANGUAGE_NAMES.items()
    return render(request, "annual_reports/edit.html", facts, status=status)


def _documents(report):
    """The PDFs of the draft that were asked for, each with its job."""
    rows = list(report.documents.defer("content").select_related("file")[:6])
    jobs = Job.objects.filter(kind="annual_report", subject_id__in=[str(row.pk) for row in rows])
    last = {job.subject_id: job for job in jobs.order_by("requested_at")}
    return [
        {"row": row, "language": gathering.LANGUAGE_NAMES[row.language], "job": last.get(str(row.pk))} for row in rows
    ]


def _save(request, report):
    form, quotes = forms = _forms(request, report)
    if not (form.is_valid() and quotes.is_valid()):
        return _editor(request, report, forms, status=422)
    try:
        domain.save_draft(
            report,
            form.cleaned_data,
            _typed(quotes),
            version=form.cleaned_data["version"],
            by=request.user,
            at=request.arrived_at,
        )
    except domain.Stale as stale:
        return _conflict(request, stale.present, forms)
    except domain.ReportRefused:
        return _is_published(request, _last(report.year))
    messages.success(request, _("Rascunho salvo."))
    return redirect("annual_reports:edit", year=report.year)


def _typed(quotes):
    rows = [form.cleaned_data for form in quotes if form.cleaned_data and not form.cleaned_data.get("DELETE")]
    return [{name: row[name] for name in domain.QUOTED if name in row} for row in rows if row.get("text")]


def _conflict(request, present, forms):
    """Both texts side by side; what is sent next is based on the present one."""
    form, quotes = forms
    data = form.data.copy()
    data["version"] = str(present.version)
    again = ReportForm(data, instance=present, offered=list(form.offered.items()))
    again.is_valid()
    return _editor(request, present, (again, quotes), status=409, present=_differences(again, present))


def _differences(form, present):
    """Fields in which what was typed and what is saved are not the same."""
    fields = [name for name in form.fields if name in domain.COPIED and name != "chosen"]
    typed = form.cleaned_data
    return {
        "by": present.updated_by,
        "at": present.updated_at,
        "rows": [
            {"label": form.fields[name].label, "typed": typed.get(name), "saved": getattr(present, name)}
            for name in fields
            if (typed.get(name) or "") != (getattr(present, name) or "")
        ],
    }


def preview(request, year):
    """The draft as its page would be."""
    report = _last(year)
    doc = documents.told(contents.of(report, request.arrived_at))
    return render(request, "annual_reports/preview.html", {"report": report, "doc": doc})


def ask(request, year):
    """Ask for the PDF of the draft as it stands."""
    report, language = _last(year), request.POST.get("language", "")
    if language not in gathering.LANGUAGES:
        raise Http404
    _document, job = domain.request_document(report, language, by=request.user, at=request.arrived_at)
    messages.success(request, _("Pedido recebido: o PDF está sendo montado.") if job else _("Este PDF já está pronto."))
    return redirect("annual_reports:edit", year=year)


def file(request, pk):
    """The PDF of a draft, for those who write it."""
    row = get_object_or_404(AnnualDocument.objects.select_related("file"), pk=pk, file__isnull=False)
    return files.response(row.file)


def publish(request, year):
    """A page that asks again, then publication."""
    report = _last(year)
    if not report.is_draft:
        return redirect("annual_reports:edit", year=year)
    status = 200
    if request.method == "POST":
        if _published(request, report):
            return redirect("annual_report", year=year)
        status, report = 409, _last(year)
    doc = documents.told(contents.of(report, request.arrived_at))
    return render(request, "annual_reports/publish.html", {"report": report, "doc": doc}, status=status)


def _published(request, report):
    given = request.POST.get("version", "")
    version = int(given) if given.isascii() and given.isdigit() and len(given) < 10 else 0
    try:
        domain.publish(report, version=version, by=request.user, at=request.arrived_at)
    except (domain.ReportRefused, domain.Stale) as refused:
        messages.error(request, str(refused))
        return False
    messages.success(request, _("Relatório publicado. Os PDFs estão sendo montados."))
    return True


def correct(request, year):
    """Begin the next version out of the published one."""
    form = CorrectionForm(request.POST)
    report = _last(year)
    if not form.is_valid():
        return render(request, "annual_reports/published.html", {"report": report, "form": form}, status=422)
    domain.start_correction(year, reason=form.cleaned_data["reason"], by=request.user, at=request.arrived_at)
    return redirect("annual_reports:edit", year=year)
