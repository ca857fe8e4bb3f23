"""Addresses of the enrolment room."""

from core.routes import COORDINATOR, OWN_GOVERNMENT, PROGRAMME, REVIEWERS, SIGNED_IN, TEAM, Access, route

from . import views, views_course, views_desk

app_name = "enrollment"

ROOM = "painel/participacoes/<int:pk>/inscricao/"
COURSE = "painel/participacoes/<int:pk>/curso/"
DESK = "coordenacao/participacoes/<int:pk>/inscricao/"
DESK_COURSE = "coordenacao/participacoes/<int:pk>/curso/"

FILLABLE = ("open", "returned")
READ = Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS))
READ_DESK = Access(PROGRAMME, roles=REVIEWERS)


def _fill(action, states):
    return Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS), methods=("GET", "POST"), action=action, states=states)


def _move(address, view, name, action, states):
    access = Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",), action=action, states=states)
    return route(f"{DESK}{address}/", view, name=name, access=access)


def _certificate(address, view, name):
    access = Access(PROGRAMME, roles=REVIEWERS, methods=("POST",), action="check_course", states=("open",))
    return route(f"{DESK_COURSE}<int:completion>/{address}/", view, name=name, access=access)


urlpatterns = [
    route("painel/participacoes/nova/", views.begin, name="begin", access=Access(SIGNED_IN, methods=("GET", "POST"))),
    route(ROOM, views.form, name="form", access=_fill("edit_enrollment", FILLABLE)),
    route(f"{ROOM}enviar/", views.submit, name="submit", access=_fill("submit_enrollment", FILLABLE)),
    route(f"{ROOM}modelo/", views.model, name="model", access=READ),
    route(f"{ROOM}recibo/<int:number>/", views.receipt, name="receipt", access=READ),
    route(f"{ROOM}recibo/<int:number>.json", views.receipt_json, name="receipt-json", access=READ),
    route(COURSE, views_course.own, name="course", access=_fill("record_course", ("open",))),
    route("coordenacao/inscricoes/", views_desk.queue, name="desk", access=READ_DESK),
    route("coordenacao/certificados/", views_course.waiting, name="courses", access=READ_DESK),
    route(DESK, views_desk.review, name="review", access=READ_DESK),
    _move("validar", views_desk.accept, "accept", "approve_enrollment", ("submitted",)),
    _move("devolver", views_desk.give_back, "return", "return_enrollment", ("submitted",)),
    _move("recusar", views_desk.decline, "decline", "decline_enrollment", ("open", "submitted", "returned")),
    route(DESK_COURSE, views_course.desk, name="course-review", access=READ_DESK),
    _certificate("conferir", views_course.check, "course-check"),
    _certificate("recusar", views_course.refuse, "course-refuse"),
]
