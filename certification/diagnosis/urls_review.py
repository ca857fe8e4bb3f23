"""Addresses of the review, included by this room's urls."""

from core.routes import COORDINATOR, PROGRAMME, REVIEWERS, Access, route

from . import views_review as views

HERE = "coordenacao/participacoes/<int:pk>/diagnostico/"
READ = Access(PROGRAMME, roles=REVIEWERS)
NOTE = Access(PROGRAMME, roles=REVIEWERS, methods=("POST",), action="review_diagnosis", states=("submitted",))


def _leaves(action):
    return Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",), action=action, states=("submitted",))


urlpatterns = [
    route("coordenacao/diagnosticos/", views.queue, name="queue", access=READ),
    route(HERE, views.overview, name="review", access=READ),
    route(f"{HERE}<int:number>/", views.dimension, name="review-dimension", access=READ),
    route(f"{HERE}<int:number>/lida/", views.mark_read, name="review-read", access=NOTE),
    route(f"{HERE}apontamentos/<int:note>/", views.change_note, name="note-change", access=NOTE),
    route(f"{HERE}apontamentos/<int:note>/apagar/", views.delete_note, name="note-delete", access=NOTE),
    route(f"{HERE}perguntas/<str:code>/apontar/", views.add_note, name="note-add", access=NOTE),
    route(f"{HERE}devolver/", views.give_back, name="return", access=_leaves("return_diagnosis")),
    route(f"{HERE}validar/", views.approve, name="approve", access=_leaves("approve_diagnosis")),
]
