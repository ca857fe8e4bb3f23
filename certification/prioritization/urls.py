from core.routes import COORDINATOR, MANAGER, OWN_GOVERNMENT, PROGRAMME, REVIEWERS, TEAM, WRITERS, Access, route

from . import views, views_action, views_desk

app_name = "prioritization"

HERE = "painel/participacoes/<int:pk>/priorizacao/"
DESK = "coordenacao/participacoes/<int:pk>/priorizacao/"
# People of the programme may read along, to help; they fill in nothing.
READ = Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS))
FILLABLE = ("open", "returned")


def writes(*methods, roles=WRITERS, action="edit_prioritization"):
    return Access(OWN_GOVERNMENT, roles=roles, methods=methods or ("POST",), action=action, states=FILLABLE)


def decides(action):
    return Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",), action=action, states=("submitted",))


urlpatterns = [
    route(HERE, views.plan, name="plan", access=READ),
    route(f"{HERE}usar/", views_action.use, name="use", access=writes()),
    route(f"{HERE}acoes/nova/", views_action.new, name="new", access=writes("GET", "POST")),
    route(f"{HERE}acoes/<int:action>/", views_action.action, name="action", access=writes("GET", "POST")),
    route(f"{HERE}acoes/<int:action>/mover/", views_action.move, name="move", access=writes()),
    route(f"{HERE}acoes/<int:action>/retirar/", views_action.remove, name="remove", access=writes("GET", "POST")),
    route(f"{HERE}acoes/<int:action>/continuar/", views_action.carry, name="carry", access=writes()),
    route(
        f"{HERE}enviar/",
        views.submit,
        name="submit",
        access=writes("GET", "POST", roles=(MANAGER,), action="submit_prioritization"),
    ),
    route(f"{HERE}recibos/<int:number>/", views.receipt, name="receipt", access=READ),
    route(f"{HERE}recibos/<int:number>.json", views.receipt_json, name="receipt-json", access=READ),
    route(DESK, views_desk.review, name="review", access=Access(PROGRAMME, roles=REVIEWERS)),
    route(f"{DESK}devolver/", views_desk.give_back, name="return", access=decides("return_prioritization")),
    route(f"{DESK}validar/", views_desk.approve, name="approve", access=decides("approve_prioritization")),
]
