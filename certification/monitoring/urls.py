from core.routes import COORDINATOR, MANAGER, OWN_GOVERNMENT, PROGRAMME, REVIEWERS, TEAM, WRITERS, Access, route

from . import views, views_desk, views_entry

app_name = "monitoring"

HERE = "painel/participacoes/<int:pk>/monitoramento/"
DESK = "coordenacao/participacoes/<int:pk>/monitoramento/"
# People of the programme may read along, to help; they fill in nothing.
READ = Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS))
FILLABLE = ("open", "returned")


def writes(*methods, roles=WRITERS, action="edit_monitoring"):
    return Access(OWN_GOVERNMENT, roles=roles, methods=methods or ("POST",), action=action, states=FILLABLE)


def decides(action):
    return Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",), action=action, states=("submitted",))


urlpatterns = [
    route(HERE, views.overview, name="overview", access=READ),
    route(f"{HERE}acoes/<int:action>/registrar/", views_entry.add, name="add", access=writes("GET", "POST")),
    route(f"{HERE}registros/<int:entry>/corrigir/", views_entry.correct, name="correct", access=writes("GET", "POST")),
    route(
        f"{HERE}registros/<int:entry>/comprovacoes/",
        views_entry.evidence,
        name="evidence",
        access=writes("GET", "POST"),
    ),
    route(
        f"{HERE}enviar/",
        views.submit,
        name="submit",
        access=writes("GET", "POST", roles=(MANAGER,), action="submit_monitoring"),
    ),
    route(f"{HERE}recibos/<int:number>/", views.receipt, name="receipt", access=READ),
    route(f"{HERE}recibos/<int:number>.json", views.receipt_json, name="receipt-json", access=READ),
    route(DESK, views_desk.review, name="review", access=Access(PROGRAMME, roles=REVIEWERS)),
    route(
        f"{DESK}registros/<int:entry>/",
        views_desk.verify,
        name="verify",
        access=Access(PROGRAMME, roles=REVIEWERS, methods=("POST",), action="verify_progress"),
    ),
    route(f"{DESK}devolver/", views_desk.give_back, name="return", access=decides("return_monitoring")),
    route(f"{DESK}validar/", views_desk.approve, name="approve", access=decides("approve_monitoring")),
]
