from certification import views
from core.routes import ADMINISTRATOR, OWN_GOVERNMENT, PROGRAMME, REVIEWERS, SIGNED_IN, TEAM, Access, route

DESK = Access(PROGRAMME, roles=(*REVIEWERS, ADMINISTRATOR))

urlpatterns = [
    route("painel/", views.workspace, name="workspace", access=Access(SIGNED_IN)),
    route(
        "painel/participacoes/<int:pk>/",
        views.participation,
        name="participation",
        access=Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS)),
    ),
    route("coordenacao/", views.desk_home, name="desk", access=DESK),
    route("coordenacao/participacoes/<int:pk>/", views.desk_participation, name="desk-participation", access=DESK),
]
