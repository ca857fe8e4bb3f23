"""Addresses of the team room and of the ways into a team."""

from core.routes import (
    COORDINATOR,
    MANAGER,
    OWN_GOVERNMENT,
    PROGRAMME,
    PUBLIC,
    SIGNED_IN,
    TEAM,
    Access,
    route,
)
from governments import views_access, views_team

app_name = "team"

EVERYONE_THERE = Access(OWN_GOVERNMENT, roles=(*TEAM, "coordinator", "reviewer", "administrator"))
LEADERS = (MANAGER, COORDINATOR)
LEAD = Access(OWN_GOVERNMENT, roles=LEADERS, methods=("POST",))
LEAD_FORM = Access(OWN_GOVERNMENT, roles=LEADERS, methods=("GET", "POST"))
OWN_STAY = Access(OWN_GOVERNMENT, roles=TEAM, methods=("GET", "POST"))
TEAM_ROOM = "painel/governos/<str:ibge_code>/equipe/"

urlpatterns = [
    route(TEAM_ROOM, views_team.members, name="members", access=EVERYONE_THERE),
    route(f"{TEAM_ROOM}convidar/", views_team.invite, name="invite", access=LEAD),
    route(f"{TEAM_ROOM}convites/<int:pk>/reenviar/", views_team.resend, name="resend", access=LEAD),
    route(f"{TEAM_ROOM}convites/<int:pk>/cancelar/", views_team.revoke, name="revoke", access=LEAD),
    route(f"{TEAM_ROOM}pedidos/<int:pk>/", views_team.decide, name="decide", access=LEAD),
    route(f"{TEAM_ROOM}sair/", views_team.leave, name="leave", access=OWN_STAY),
    route(f"{TEAM_ROOM}<int:pk>/", views_team.member, name="member", access=LEAD_FORM),
    route(f"{TEAM_ROOM}<int:pk>/encerrar/", views_team.end, name="end", access=LEAD_FORM),
    route("painel/pedir-acesso/", views_access.find_government, name="find", access=Access(SIGNED_IN)),
    route(
        "painel/pedir-acesso/<str:ibge_code>/",
        views_access.ask,
        name="ask",
        access=Access(SIGNED_IN, methods=("GET", "POST")),
    ),
    route("convites/<str:token>/", views_access.accept, name="accept", access=Access(PUBLIC, methods=("GET", "POST"))),
    route(
        "convites/<str:token>/criar-conta/",
        views_access.accept_with_new_account,
        name="accept-with-new-account",
        access=Access(PUBLIC, methods=("POST",)),
    ),
    route(
        "coordenacao/pedidos/",
        views_access.requests,
        name="requests",
        access=Access(PROGRAMME, roles=(COORDINATOR,)),
    ),
    route(
        "coordenacao/pedidos/<int:pk>/",
        views_access.decide_request,
        name="request-decide",
        access=Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",)),
    ),
]
