from core import views
from core.routes import PUBLIC, Access, route

urlpatterns = [
    route("health/live", views.live, name="health_live", access=Access(PUBLIC)),
    route("health/ready", views.ready, name="health_ready", access=Access(PUBLIC)),
]
