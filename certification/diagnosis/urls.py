from core.routes import MANAGER, OWN_GOVERNMENT, REVIEWERS, TEAM, WRITERS, Access, route

from . import urls_review, views, views_answers, views_context, views_evidence, views_submission

app_name = "diagnosis"

HERE = "painel/participacoes/<int:pk>/diagnostico/"
# People of the programme may read along, to help; they fill in nothing.
READ = Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS))
FILLABLE = ("open", "returned")


def writes(*methods, roles=WRITERS, action="edit_diagnosis"):
    return Access(OWN_GOVERNMENT, roles=roles, methods=methods or ("POST",), action=action, states=FILLABLE)


SUBMITS = {"roles": (MANAGER,), "action": "submit_diagnosis"}

urlpatterns = [
    route(HERE, views.overview, name="overview", access=READ),
    route(f"{HERE}<int:number>/", views.dimension, name="dimension", access=READ),
    route(f"{HERE}contexto/", views_context.sheet, name="context", access=READ),
    route(f"{HERE}contexto/<slug:code>/", views_context.line, name="context-line", access=writes()),
    route(f"{HERE}respostas/<str:code>/", views_answers.answer, name="answer", access=writes("GET", "POST")),
    route(f"{HERE}respostas/<str:code>/historico/", views.history, name="history", access=READ),
    route(
        f"{HERE}respostas/<str:code>/comprovacoes/",
        views_evidence.attach,
        name="evidence",
        access=writes("GET", "POST"),
    ),
    route(
        f"{HERE}respostas/<str:code>/comprovacoes/<int:link>/retirar/",
        views_evidence.remove,
        name="evidence-remove",
        access=writes(),
    ),
    route(
        f"{HERE}respostas/<str:code>/apontamentos/<int:note>/",
        views_submission.reply,
        name="reply",
        access=writes(),
    ),
    route(f"{HERE}divisao/", views_submission.share, name="share", access=writes(**SUBMITS)),
    route(f"{HERE}enviar/", views_submission.submit, name="submit", access=writes("GET", "POST", **SUBMITS)),
    route(f"{HERE}recibos/<int:number>/", views_submission.receipt, name="receipt", access=READ),
    route(f"{HERE}recibos/<int:number>.json", views_submission.receipt_json, name="receipt-json", access=READ),
]

urlpatterns += urls_review.urlpatterns
