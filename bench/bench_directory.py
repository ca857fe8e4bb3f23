"""The directory's first page against a bare Django list: fifty rows of one query in a plain table, through the same middleware."""

from django.http import HttpResponse
from django.template import engines
from django.test import Client, override_settings
from django.urls import path
from django.utils import timezone

from bench.paired import compare, scratch_database
from core.routes import PUBLIC, Access, declare
from governments.models import Government
from migracidades.urls import urlpatterns as portal

LINE = 2
ROWS = 50
VISITS = 20  # a turn: single pages are too quick to time
BARE = engines["django"].from_string(
    """<!doctype html><html lang="pt-BR"><title>Governos</title><table>
<thead><tr><th>Nome</th><th>Tipo</th><th>UF</th><th>Região</th><th>Código</th></tr></thead><tbody>
{% for row in rows %}<tr><th scope="row"><a href="{{ row.get_absolute_url }}">{{ row.name }}</a></th>
<td>{{ row.get_kind_display }}</td><td>{{ row.uf }}</td><td>{{ row.region }}</td><td>{{ row.ibge_code }}</td></tr>
{% endfor %}</tbody></table></html>"""
)


def bare_list(request):
    return HttpResponse(BARE.render({"rows": Government.objects.order_by("search")[:ROWS]}, request))


urlpatterns = [path("bare/", declare(bare_list, Access(PUBLIC))), *portal]


def run():
    with scratch_database(), override_settings(ROOT_URLCONF=__name__):
        certify_some()
        client = Client()
        names = ("directory of 50 governments", "a bare list of 50 rows")
        yield compare(visits(client, "/governos/"), visits(client, "/bare/"), names=names, limit=LINE)


def visits(client, address):
    def visit():
        for _each in range(VISITS):
            response = client.get(address)
        # A page that broke would be quick.
        assert response.content.count(b'<th scope="row">') >= ROWS

    return visit


def certify_some():
    """All of Brazil, and a page and a bit of certified governments."""
    from certification.cycle import record_earlier_award
    from certification.models.edition import Programme
    from certification.seal.domain import record_earlier_seal
    from governments.reference import load_governments

    load_governments()
    now, programme = timezone.now(), Programme.objects.create(slug="migracidades", name="MigraCidades")
    edition = programme.editions.create(year=now.year - 1, published_at=now, from_before_portal=True)
    for government in Government.objects.order_by("ibge_code")[: ROWS + 10]:
        participation, _created = record_earlier_award(edition, government, source="bench", at=now)
        record_earlier_seal(participation, source="bench", at=now)
