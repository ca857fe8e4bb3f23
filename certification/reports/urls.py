from django.urls import include, path

from core.routes import OWN_GOVERNMENT, PROGRAMME, PUBLIC, REVIEWERS, TEAM, WRITERS, Access, route

from . import views

SEEN_BY = Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS))
ASKED_BY = Access(OWN_GOVERNMENT, roles=(*WRITERS, *REVIEWERS), methods=("POST",))

room = [
    route("painel/participacoes/<int:pk>/relatorios/", views.shelf, name="list", access=SEEN_BY),
    route("painel/participacoes/<int:pk>/relatorios/andamento/", views.progress, name="progress", access=SEEN_BY),
    route("painel/participacoes/<int:pk>/relatorios/pedir/", views.ask, name="request", access=ASKED_BY),
    route(
        "coordenacao/participacoes/<int:pk>/relatorios/",
        views.desk,
        name="desk",
        access=Access(PROGRAMME, roles=REVIEWERS),
    ),
]

urlpatterns = [
    path("", include((room, "reports"))),
    route("relatorios/<uuid:pk>/", views.report, name="report", access=Access(PUBLIC)),
    route("relatorios/<uuid:pk>/arquivo", views.file, name="report-file", access=Access(PUBLIC)),
]
