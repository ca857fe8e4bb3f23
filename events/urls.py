"""The agenda's own list. The page of one event stands on the roof: it shows practices too."""

from core.routes import PUBLIC, Access, route

from . import views

urlpatterns = [route("eventos/", views.events, name="events", access=Access(PUBLIC))]
