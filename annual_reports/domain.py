"""Drafting, editing, publishing and correcting a year's report, and making its PDF."""

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification import cycle
from core import audit, files, pdf
from core.context_processors import has_demo_mark
from core.jobs import Job, JobFailed

from . import content as contents
from . import documents, drafting, gathering
from .models import SECTIONS, AnnualDocument, AnnualReport, Quote, ReportState

LANGUAGES = gathering.LANGUAGES
STYLESHEETS = ["print/report.css", "print/annual.css"]
FIRST_YEAR = 2000
COPIED = tuple(f"{name}_{language.replace('-', '_')}" for name in SECTIONS for language in LANGUAGES) + (
    *("media_count", "media_at_least", "media_source"),
    *("course_people", "course_servants", "course_at_least", "course_source", "chosen"),
)


class ReportRefused(Exception):
    """The move does not fit the report as it stands; the text says why."""


class Stale(Exception):
    """Somebody saved meanwhile. `present` is the report as it is now."""

    def __init__(self, present):
        super().__init__(_("Outra pessoa salvou este relatório enquanto você escrevia."))
        self.present = present


@transaction.atomic
def start_draft(year, *, by, at):
    """The draft of a year's first report, with its words to begin with. Asked for twice, it is the same one."""
    year = _possible(year, at)
    present = AnnualReport.objects.filter(year=year).order_by("-number").first()
    if present:
        if present.is_draft:
            return present
        raise ReportRefused(_("O relatório deste ano já foi publicado; para mudá-lo, faça uma correção."))
    try:
        with transaction.atomic():
            return _create(by=by, at=at, year=year, **drafting.texts(year))
    except IntegrityError:  # a colleague pressed in this moment
        return AnnualReport.objects.get(year=year, number=1)


def _possible(year, at):
    if not FIRST_YEAR <= int(year) <= timezone.localdate(at).year:
        raise ReportRefused(_("Escolha um ano que já começou."))
    return int(year)


def _create(*, by, at, **facts):
    report = AnnualReport.objects.create(created_by=by, created_at=at, updated_by=by, updated_at=at, **facts)
    audit.record("annual_report.drafted", by=by, subject=report, year=report.year, number=report.number)
    return report


@transaction.atomic
def start_correction(year, *, reason, by, at):
    """A new draft out of the published version: it replaces it once it is published itself. Returns the draft."""
    present = AnnualReport.objects.select_for_update().filter(year=year).order_by("-number").first()
    if present is None:
        raise ReportRefused(_("Ainda não há relatório publicado deste ano."))
    if present.is_draft:
        return present
    if not reason.strip():
        raise ReportRefused(_("Escreva o que se corrige: aparece na página do relatório."))
    facts = {name: getattr(present, name) for name in COPIED}
    draft = _create(by=by, at=at, year=year, number=present.number + 1, reason=reason.strip(), **facts)
    Quote.objects.bulk_create(
        Quote(report=draft, **{name: getattr(row, name) for name in QUOTED}) for row in present.quotes.all()
    )
    return draft


QUOTED = ("order", "text", "language", "name", "role", "consent")


@transaction.atomic
def save_draft(report, facts, quotes, *, version, by, at):
    """Replace texts, figures and testimonials of a draft. Raises Stale where it was saved since that version, ReportRefused once published."""
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not held.is_draft:
        raise ReportRefused(_("Este relatório já foi publicado; para mudá-lo, faça uma correção."))
    if held.version != version:
        raise Stale(held)
    for name in COPIED:
        if name in facts:
            setattr(held, name, facts[name])
    held.version, held.updated_by, held.updated_at = held.version + 1, by, at
    held.save()
    held.quotes.all().delete()
    Quote.objects.bulk_create(Quote(report=held, order=order, **row) for order, row in enumerate(quotes))
    audit.record("annual_report.saved", by=by, subject=held, version=held.version)
    return held


@transaction.atomic
def publish(report, *, version, by, at):
    """Freeze it with its hash and open it to anyone; the PDFs are asked for. Only coordinators. Raises Stale, ReportRefused."""
    if cycle.COORDINATOR not in by.programme_roles:
        raise ReportRefused(_("Só a coordenação publica o relatório anual."))
    held = AnnualReport.objects.select_for_update().get(pk=report.pk)
    if not held.is_draft:
        raise ReportRefused(_("Este relatório já foi publicado."))
    if held.version != version:
        raise Stale(held)
    _hold_ready(held, at)
    held.content = contents.of_draft(held, at)
    held.sha256 = contents.sha256_of(held.content)
    held.state, held.published_at, held.published_by = ReportState.PUBLISHED, at, by
    held.save(update_fields=["content", "sha256", "state", "published_at", "published_by"])
    audit.record("annual_report.published", by=by, subject=held, year=held.year, number=held.number, sha256=held.sha256)
    for language in LANGUAGES:
        request_document(held, language, by=by, at=at)
    return held


def _hold_ready(report, at):
    if not (report.opening_pt_br or "").strip():
        raise ReportRefused(_("Escreva a apresentação em português antes de publicar."))
    facts = gathering.facts(report.year, at)
    if not facts["certified"] and not facts["events"]:
        raise ReportRefused(_("Não há edição publicada nem evento realizado neste ano: não há o que relatar."))


# The PDF.


@transaction.atomic
def request_document(report, language, *, by, at):
    """Ask for the PDF of a report as it stands. Returns (document, job); no job where it is ready. The same content is made once."""
    content = contents.of(report, at)
    document, _created = AnnualDocument.objects.get_or_create(
        report=report,
        language=language,
        sha256=report.sha256 or _print_of(content),
        defaults={"content": content, "requested_at": at},
    )
    if document.file_id:
        return document, None
    return document, Job.request("annual_report", subject=document, by=by)


def _print_of(content):
    """Of a draft the instant of asking is no part: nothing new to say, nothing new to make."""
    return contents.sha256_of({name: value for name, value in content.items() if name != "gathered_at"})


def make_document(document, job=None):
    """Make the PDF and keep it. Run twice it leaves one file. Returns the StoredFile."""
    if document.file_id:
        return document.file
    if job:
        job.progress(1, 2)
    made = render(document.content, document.language, published=document.report)
    with job.holding() if job else transaction.atomic():
        held = AnnualDocument.objects.select_for_update().get(pk=document.pk)
        if held.file_id:
            return held.file
        name = file_name(document.content, document.language)
        held.file = files.keep(bytes(made), name=name, media_type="application/pdf")
        held.pages, held.ready_at = made.pages, timezone.now()
        held.save(update_fields=["file", "pages", "ready_at"])
        return held.file


def render(content, language, published=None):
    """The Pdf of some content. published: the row it belongs to, for its address, date and hash."""
    context, title = documents.for_print(content, language, published)
    context["is_demo"] = has_demo_mark()
    html = pdf.html_of("print/annual.html", context, language=language, title=title)
    try:
        return pdf.render_html(html, stylesheets=STYLESHEETS)
    except pdf.RenderFailed as failure:
        if failure.reason in ("crash", "timeout"):
            raise  # on a busy machine another attempt may do better
        raise JobFailed(str(failure)) from failure


def file_name(content, language):
    """«migracidades-relatorio-anual-2021-v1-en.pdf»"""
    return f"migracidades-relatorio-anual-{content['year']}-v{content['number']}-{language}.pdf"
