from django.urls import include, path

from core.routes import COORDINATOR, PROGRAMME, PUBLIC, Access, route

from . import views, views_desk

OPEN = Access(PUBLIC)
READS = Access(PROGRAMME, roles=(COORDINATOR,))
WRITES = Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",))
FORM = Access(PROGRAMME, roles=(COORDINATOR,), methods=("GET", "POST"))
DESK = "coordenacao/relatorios-anuais/"

room = [
    route(DESK, views_desk.desk, name="desk", access=FORM),
    route(f"{DESK}<int:year>/", views_desk.edit, name="edit", access=FORM),
    route(f"{DESK}<int:year>/previa/", views_desk.preview, name="preview", access=READS),
    route(f"{DESK}<int:year>/pdf/", views_desk.ask, name="ask", access=WRITES),
    route(f"{DESK}<int:year>/publicar/", views_desk.publish, name="publish", access=FORM),
    route(f"{DESK}<int:year>/corrigir/", views_desk.correct, name="correct", access=WRITES),
    route(f"{DESK}arquivos/<uuid:pk>", views_desk.file, name="draft-file", access=READS),
]

urlpatterns = [
    path("", include((room, "annual_reports"))),
    route("relatorios-anuais/", views.reports, name="annual_reports", access=OPEN),
    route("relatorios-anuais/<int:year>/", views.report, name="annual_report", access=OPEN),
    route("relatorios-anuais/<int:year>/<int:number>/", views.version, name="annual_report_version", access=OPEN),
    route(
        "relatorios-anuais/<int:year>/<int:number>/<slug:language>.pdf",
        views.file,
        name="annual_report_file",
        access=OPEN,
    ),
    route(
        "relatorios-anuais/<int:year>/<int:number>/conteudo.json",
        views.content,
        name="annual_report_content",
        access=OPEN,
    ),
]
