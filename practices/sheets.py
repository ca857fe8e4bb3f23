"""The sheet as a PDF: a page or two to print and hand on, in the language of the page that asked, made once for what it says."""

import hashlib
from dataclasses import dataclass

from django.conf import settings
from django.db import transaction
from django.utils import translation
from django.utils.translation import gettext as _

from certification.models.snapshot import canonical
from core import files, pdf
from core.context_processors import has_demo_mark
from core.dates import day_text
from core.drawings import mark
from core.jobs import Job, JobFailed
from core.links import absolute
from dimensions import catalogue

from .models import Practice, PracticeSheet

# Raised when the template changes what it says or how it looks: the next request makes the document anew.
TEMPLATE_VERSION = 1
LANGUAGES = tuple(code for code, _name in settings.LANGUAGES)


@dataclass(frozen=True)
class Wanted:
    """A sheet in a language: its content, the print of it, and the file if there is one."""

    practice: Practice
    language: str
    content: dict
    content_hash: str

    @property
    def ready(self):
        same = {"practice": self.practice, "language": self.language, "content_hash": self.content_hash}
        return PracticeSheet.objects.filter(**same).select_related("file").first()


def whole(pk):
    """The sheet with all that is printed, in a constant number of queries."""
    rows = Practice.objects.with_owner().prefetch_related("topics", "results", "documents__evidence__file")
    return rows.prefetch_related("partners__government", "partners__organisation").get(pk=pk)


def wanted(practice, language):
    with translation.override(language):
        content = content_of(practice) | {"is_demo": has_demo_mark()}
    print_of = hashlib.sha256(canonical([TEMPLATE_VERSION, content])).hexdigest()
    return Wanted(practice, language, content, print_of)


def content_of(practice):
    """All that the document says, as plain values, with the language of the document active."""
    return {
        "title": practice.title,
        "summary": practice.summary,
        "title_language": practice.title_language,
        "summary_language": practice.summary_language,
        "language": practice.language,
        "owner": str(practice.owner),
        "since": practice.started_year and str(practice.started_year),
        "results": [_result(row) for row in practice.results.all()],
        "story": [[name, str(heading), text] for name, heading, text in practice.story],
        "steps": practice.how_to_replicate,
        "quote": [practice.quote, practice.quote_by, practice.quote_language or practice.language],
        "dimensions": _dimensions(practice),
        "goals": [[str(goal), str(name), ", ".join(codes)] for goal, name, codes in practice.goals],
        "features": [str(label) for label in practice.feature_labels],
        "partners": [str(body) for body in practice.partners.all()],
        "documents": [_document(practice, row) for row in practice.documents.all()],
        "checked_on": day_text(practice.checked_on),
        "address": absolute(practice.get_absolute_url()),
    }


def _result(row):
    of = _("de %(total)s") % {"total": row.of_written} if row.of is not None else ""
    return {"figure": row.figure_written, "of": of, "unit": row.unit, "what": row.what, "source": row.source}


def _dimensions(practice):
    questionnaire = catalogue.latest()
    names = {each.number: str(each.name) for each in questionnaire.dimensions} if questionnaire else {}
    return [[str(number), names.get(number, "")] for number in practice.dimensions]


def _document(practice, row):
    facts = [str(row.get_type_display()), row.place, row.edition]
    facts.append(day_text(row.dated_on) if row.dated_on else str(row.year or ""))
    return {"title": row.title, "facts": ", ".join(filter(None, facts)), "address": row.address, "kept": row.is_kept}


def request_sheet(practice, language, *, by=None):
    """The file, or the job that makes it: (PracticeSheet, None) or (None, Job). Asked for by many, it is made once."""
    found = wanted(practice, language).ready
    if found:
        return found, None
    return None, Job.request("practice_sheet", subject=practice, by=by, params={"language": language})


def make_sheet(practice, language, job=None):
    """Make the document of what the practice says now, or give the one there is. Returns the StoredFile. Run twice, it leaves one."""
    asked = wanted(whole(practice.pk), language)
    if asked.ready:
        return asked.ready.file
    document = _rendered(asked)
    with job.holding() if job else transaction.atomic():
        Practice.objects.select_for_update().get(pk=practice.pk)
        if asked.ready:
            return asked.ready.file
        name = files.ascii_name(f"{asked.content['title'][:80]}.pdf")
        stored = files.keep(bytes(document), name=name, media_type="application/pdf")
        PracticeSheet.objects.create(
            practice=practice,
            language=language,
            content_hash=asked.content_hash,
            file=stored,
            pages=document.pages,
        )
        return stored


def _rendered(asked):
    content = asked.content
    with translation.override(asked.language):
        context = {"sheet": content, "mark": mark(40), "is_demo": content["is_demo"]}
        title = f"{_('Boa prática')}: {content['title']}"
    try:
        page = pdf.html_of("print/practice.html", context, language=asked.language, title=title)
        return pdf.render_html(page, stylesheets=["print/report.css", "print/practice.css"])
    except pdf.RenderFailed as failure:
        if failure.reason in ("crash", "timeout"):
            raise  # on a busy machine another attempt may do better
        raise JobFailed(str(failure)) from failure
