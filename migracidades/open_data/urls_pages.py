"""The pages of open data, in three languages."""

from core.routes import PUBLIC, Access, route

from . import views

OPEN = Access(PUBLIC)

urlpatterns = [
    route("dados/", views.open_data, name="data", access=OPEN),
    route("dados/api/", views.api, name="api-docs", access=OPEN),
]
