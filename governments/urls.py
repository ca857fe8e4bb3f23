"""Addresses of governments' own rooms."""

from django.urls import include, path

urlpatterns = [
    path("", include("governments.urls_team")),
    path("", include("governments.urls_library")),
]
