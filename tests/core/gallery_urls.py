"""Addresses for trying the page frame alone: its own, and enough named routes to fill the navigation."""

from django.conf.urls.i18n import i18n_patterns
from django.http import HttpResponse
from django.urls import include, path

from core.routes import PUBLIC, Access, route
from core.views_gallery import gallery

PUBLIC_PAGE = Access(PUBLIC)
NAMES = ("process", "dimensions", "governments", "editions", "practices", "events", "about", "privacy", "accessibility")


def page(request):
    return HttpResponse("ok")


urlpatterns = i18n_patterns(
    path("", include("core.urls_frame")),
    route("", gallery, name="home", access=PUBLIC_PAGE),
    route("conta/entrar/", page, name="account_login", access=PUBLIC_PAGE),
    *[route(f"{name}/", page, name=name, access=PUBLIC_PAGE) for name in NAMES],
    prefix_default_language=False,
)
