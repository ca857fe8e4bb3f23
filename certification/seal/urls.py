from django.urls import include, path

from certification.seal import views, views_bulk, views_public
from core.routes import COORDINATOR, OWN_GOVERNMENT, PROGRAMME, PUBLIC, REVIEWERS, TEAM, Access, route

DESK = "coordenacao/participacoes/<int:pk>/certificacao/"

room = [
    route(
        "painel/participacoes/<int:pk>/certificacao/",
        views.readiness,
        name="readiness",
        access=Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS)),
    ),
    route(DESK, views.desk, name="desk", access=Access(PROGRAMME, roles=REVIEWERS)),
]


def _decision(address, view, name, action, state):
    access = Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",), action=action, states=(state,))
    return route(f"{DESK}{address}/", view, name=name, access=access)


room += [
    _decision("propor", views.propose_award, "propose-award", "award", "open"),
    _decision("confirmar", views.confirm_award, "confirm-award", "award", "open"),
    _decision("retirar", views.drop, "drop", "award", "open"),
    _decision("revogar", views.propose_revocation, "propose-revocation", "revoke", "approved"),
    _decision("confirmar-revogacao", views.confirm_revocation, "confirm-revocation", "revoke", "approved"),
    _decision("substituir", views.propose_replacement, "propose-replacement", "replace", "approved"),
    _decision("confirmar-substituicao", views.confirm_replacement, "confirm-replacement", "replace", "approved"),
]

urlpatterns = [
    path("", include((room, "seal"))),
    route("selos/como-verificar/", views_public.how_to_verify, name="seal-how-to", access=Access(PUBLIC)),
    route("selos/<str:code>/", views_public.seal, name="seal", access=Access(PUBLIC)),
    route("selos/<str:code>/incorporar/", views_public.embed, name="seal-embed", access=Access(PUBLIC)),
    route("verificar/", views_public.verify, name="verify", access=Access(PUBLIC, methods=("GET", "POST"))),
    route("coordenacao/edicoes/", views.editions, name="desk-editions", access=Access(PROGRAMME, roles=REVIEWERS)),
    route(
        "coordenacao/edicoes/<int:year>/",
        views.edition,
        name="desk-edition",
        access=Access(PROGRAMME, roles=(COORDINATOR,), methods=("GET", "POST")),
    ),
    route(
        "coordenacao/edicoes/<int:year>/selos/",
        views_bulk.awards,
        name="desk-awards",
        access=Access(PROGRAMME, roles=(COORDINATOR,), methods=("GET", "POST"), action="award", states=("open",)),
    ),
]
