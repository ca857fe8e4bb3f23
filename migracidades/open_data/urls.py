"""What programs read: addresses without a language."""

from core.routes import PUBLIC, Access, route

from . import site, views

OPEN = Access(PUBLIC)

urlpatterns = [
    route("dados/<str:slug>.<str:form>", views.table, name="data-table", access=OPEN),
    route("robots.txt", site.robots, name="robots", access=OPEN),
    route(".well-known/security.txt", site.security, name="security_txt", access=OPEN),
    route("sitemap.xml", site.sitemap, name="sitemap", access=OPEN),
    route("sitemap-<slug:name>-<int:number>.xml", site.sitemap_part, name="sitemap_part", access=OPEN),
]
