from core.routes import PUBLIC, Access, route

from . import views

OPEN = Access(PUBLIC)

urlpatterns = [
    route("praticas/", views.practices, name="practices", access=OPEN),
    route("praticas/<int:pk>/", views.practice, name="practice", access=OPEN),
    route("praticas/<int:pk>/documentos/<int:document>/", views.document, name="practice_document", access=OPEN),
]
