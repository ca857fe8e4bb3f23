"""The page of open data, the tables themselves, and the page that explains the read API."""

import hashlib

from django.core.cache import cache
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core import tables
from core.links import absolute, absolute_url

from . import published
from .api_page import description
from .table import TYPES
from .tables import ALL, BY_SLUG, DATA, DICTIONARY

LICENCE = "https://creativecommons.org/licenses/by/4.0/"
FORMS = (tables.CSV, tables.JSON, tables.XLSX)
COUNTED_FOR = 300  # seconds: counting all of Brazil costs more than the page; the tables themselves are always of now


def open_data(request):
    at = request.arrived_at
    facts = counted(at)
    rows = [_row(table, facts["tables"][table.slug]) for table in DATA]
    return render(
        request,
        "open_data/open_data.html",
        {
            "tables": rows,
            "dictionary": _row(DICTIONARY, facts["tables"][DICTIONARY.slug]),
            "counted_at": facts["at"],
            "licence": LICENCE,
            "data": catalogue_ld(rows),
        },
    )


def counted(at):
    """Rows and last change of every table, looked at again after some minutes or when an edition is published."""
    editions = list(published.editions(at).order_by("year").values_list("year", "published_at"))
    key = f"open-data:{hashlib.sha256(repr(editions).encode()).hexdigest()[:16]}"
    return cache.get_or_set(key, lambda: _count(at), COUNTED_FOR)


def _count(at):
    # Tables of the cycle change together: asked once for all of them.
    changes = {ask: ask(at) for ask in {table.changed for table in ALL}}
    return {"at": at, "tables": {table.slug: (table.count(at), changes[table.changed]) for table in ALL}}


def _row(table, facts):
    number, changed = facts
    return {
        "slug": table.slug,
        "title": table.title,
        "about": table.about,
        "columns": [(column.name, TYPES[column.type], column.meaning, column.source) for column in table.columns],
        "number": number,
        "changed": changed,
        "files": [(form.upper(), address(table.slug, form)) for form in FORMS],
    }


def address(slug, form):
    return reverse("data-table", args=[slug, form])


def catalogue_ld(rows):
    """The tables as schema.org tells data sets, for those who look for data."""
    page = absolute(reverse("data"))
    maker = {"@type": "Organization", "name": "MigraCidades", "url": absolute_url("home")}
    return {
        "@context": "https://schema.org",
        "@type": "DataCatalog",
        "name": _("Dados abertos do MigraCidades"),
        "url": page,
        "license": LICENCE,
        "inLanguage": get_language(),
        "publisher": maker,
        "dataset": [_dataset(row, page, maker) for row in rows],
    }


def _dataset(row, page, maker):
    facts = {
        "@type": "Dataset",
        "name": str(row["title"]),
        "description": str(row["about"]),
        "url": f"{page}#{row['slug']}",
        "identifier": row["slug"],
        "license": LICENCE,
        "isAccessibleForFree": True,
        "creator": maker,
        "spatialCoverage": "Brasil",
        "variableMeasured": [name for name, _type, _meaning, _source in row["columns"]],
        "distribution": [
            {
                "@type": "DataDownload",
                "encodingFormat": tables.MEDIA_TYPES[form.lower()].partition(";")[0],
                "contentUrl": absolute(url),
            }
            for form, url in row["files"]
        ],
    }
    if row["changed"]:
        facts["dateModified"] = timezone.localtime(row["changed"]).isoformat(timespec="seconds")
    return facts


def table(request, slug, form):
    """One table as a download. Its rows are read while it is sent."""
    found, at = BY_SLUG.get(slug), request.arrived_at
    if found is None or form not in FORMS:
        raise Http404
    changed, etag = found.last_modified(at), found.etag(at, form)
    modified = changed.replace(microsecond=0) if changed else None
    response = get_conditional_response(request, etag=etag, last_modified=modified and int(modified.timestamp()))
    if response is None:
        response = _answer(request, found, form, at)
    response["ETag"] = etag
    if modified:
        response["Last-Modified"] = http_date(modified.timestamp())
    response["Cache-Control"] = "no-cache"  # kept only to ask again
    response["Link"] = f'<{LICENCE}>; rel="license", <{absolute(reverse("data"))}>; rel="describedby"'
    return open_to_all(response)


def _answer(request, found, form, at):
    if request.method == "HEAD":
        return HttpResponse(content_type=tables.MEDIA_TYPES[form])
    return tables.answer(form, found.slug, found.names, found.rows(at))


def open_to_all(response):
    """Programs of other sites may read it: it is public, and no cookie is looked at."""
    response["Access-Control-Allow-Origin"] = "*"
    response["Access-Control-Expose-Headers"] = "ETag, Last-Modified, Link"
    response["Cross-Origin-Resource-Policy"] = "cross-origin"
    return response


def api(request):
    return render(request, "open_data/api.html", {"api": description()})
