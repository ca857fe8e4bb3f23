"""Addresses that machines read: they take no language in front. Before the pages' own, so that a seal's file is not taken for a code."""

from certification.seal import views_files as views
from core.routes import PUBLIC, Access, route

OPEN = Access(PUBLIC)

urlpatterns = [
    route(".well-known/seal-keys.json", views.keys, name="seal-keys", access=OPEN),
    route("selos/chaves/<str:thumbprint>.json", views.key, name="seal-key", access=OPEN),
    route("selos/lista-de-situacao.jwt", views.status_list, name="seal-status-list", access=OPEN),
    route("selos/como-verificar.md", views.document, name="seal-document", access=OPEN),
    route("selos/<str:code>.json", views.credential, name="seal-json", access=OPEN),
    route("selos/<str:code>.jwt", views.token, name="seal-jwt", access=OPEN),
    route("selos/<str:code>.svg", views.svg, name="seal-svg", access=OPEN),
    route("selos/<str:code>.png", views.png, name="seal-png", access=OPEN),
    route("selos/<str:code>/situacao.json", views.status, name="seal-status", access=OPEN),
    route("selos/<str:code>/hoje.svg", views.today, name="seal-today", access=OPEN),
]
