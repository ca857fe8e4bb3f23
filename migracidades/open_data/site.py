"""What programs that visit a site ask for first: robots.txt, security.txt and the map of all pages."""

from datetime import timedelta

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils import timezone
from django.utils.html import escape

from core.links import absolute, absolute_url

from .sitemap import SECTIONS, pages_of

# Rooms behind the sign-in; they would only answer with a way to it.
PRIVATE = ("/painel/", "/coordenacao/", "/admin/", "/conta/", "/api/v1/me", "/api/v1/diagnoses/", "/api/v1/jobs/")
LANGUAGES = ("", "/en", "/es")
# A promise to look again before then: the address may have changed.
SECURITY_HOLDS = timedelta(days=180)
HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
NAMES = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:xhtml="http://www.w3.org/1999/xhtml"'


def robots(request):
    lines = ["User-agent: *"]
    lines += [f"Disallow: {prefix}{path}" for path in PRIVATE for prefix in LANGUAGES if not prefix or path[1] != "a"]
    lines += ["", f"Sitemap: {absolute_url('sitemap')}", ""]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def security(request):
    """RFC 9116: whom to tell of a weakness."""
    expires = (request.arrived_at + SECURITY_HOLDS).replace(hour=0, minute=0, second=0, microsecond=0)
    lines = [
        f"Contact: mailto:{settings.CONTACT_EMAIL}",
        f"Expires: {expires.astimezone(timezone.get_fixed_timezone(0)):%Y-%m-%dT%H:%M:%SZ}",
        "Preferred-Languages: pt, en, es",
        f"Canonical: {absolute_url('security_txt')}",
        "",
    ]
    return HttpResponse("\n".join(lines), content_type="text/plain; charset=utf-8")


def sitemap(request):
    """The list of lists: each section in parts that a program takes in one piece."""
    at = request.arrived_at
    parts = [
        absolute_url("sitemap_part", name, number)
        for name, section in SECTIONS.items()
        for number in range(1, pages_of(section, at) + 1)
    ]
    lines = "".join(f"<sitemap><loc>{escape(part)}</loc></sitemap>\n" for part in parts)
    return _xml(f"<sitemapindex {NAMES.partition(' ')[0]}>\n{lines}</sitemapindex>\n")


def sitemap_part(request, name, number):
    section, at = SECTIONS.get(name), request.arrived_at
    if section is None or not 1 <= number <= pages_of(section, at):
        raise Http404
    return _xml(f"<urlset {NAMES}>\n{''.join(_urls(section, number, at))}</urlset>\n")


def _urls(section, number, at):
    """A page in each language, each naming the others."""
    for paths, changed in section.rows(at, number):
        addresses = {code: escape(absolute(path)) for code, path in paths.items()}
        links = "".join(
            f'<xhtml:link rel="alternate" hreflang="{"pt-BR" if code == "pt-br" else code}" href="{url}"/>'
            for code, url in addresses.items()
        )
        links += f'<xhtml:link rel="alternate" hreflang="x-default" href="{addresses[settings.LANGUAGE_CODE]}"/>'
        when = f"<lastmod>{timezone.localtime(changed).isoformat(timespec='seconds')}</lastmod>" if changed else ""
        yield from (f"<url><loc>{url}</loc>{when}{links}</url>\n" for url in addresses.values())


def _xml(body):
    response = HttpResponse(HEAD + body, content_type="application/xml; charset=utf-8")
    response["Cache-Control"] = "public, max-age=3600"
    return response
