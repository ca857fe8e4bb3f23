"""Addresses of the evidence library and of the coordination's list of governments."""

from core.routes import ADMINISTRATOR, COORDINATOR, OWN_GOVERNMENT, PROGRAMME, REVIEWER, TEAM, Access, route
from governments import views_desk, views_library

PROGRAMME_ROLES = (COORDINATOR, REVIEWER, ADMINISTRATOR)
LIBRARY = "painel/governos/<str:ibge_code>/comprovacoes/"
READ = Access(OWN_GOVERNMENT, roles=(*TEAM, *PROGRAMME_ROLES))
READ_AND_ADD = Access(OWN_GOVERNMENT, roles=(*TEAM, *PROGRAMME_ROLES), methods=("GET", "POST"))

urlpatterns = [
    route(LIBRARY, views_library.pieces, name="library", access=READ_AND_ADD),
    route(f"{LIBRARY}<int:pk>/", views_library.piece, name="library-piece", access=READ_AND_ADD),
    route("painel/comprovacoes/<int:pk>/arquivo/", views_library.content, name="evidence-file", access=READ),
    route(
        "coordenacao/governos/",
        views_desk.governments,
        name="desk-governments",
        access=Access(PROGRAMME, roles=PROGRAMME_ROLES),
    ),
]
