"""Addresses of the pages that join several apps, open to anyone."""

from core.routes import PUBLIC, Access, route

from . import cards, dimensions, directory, editions, events, government, numbers, views

OPEN = Access(PUBLIC)

urlpatterns = [
    route("", views.home, name="home", access=OPEN),
    route("processo/", views.process, name="process", access=OPEN),
    route("dimensoes/", dimensions.dimensions, name="dimensions", access=OPEN),
    route("dimensoes/<int:number>/", dimensions.dimension, name="dimension", access=OPEN),
    route("governos/", directory.directory, name="governments", access=OPEN),
    route("governos/<str:ibge_code>/", government.government, name="government", access=OPEN),
    route("edicoes/", editions.editions, name="editions", access=OPEN),
    route("edicoes/<int:year>/", editions.edition, name="edition", access=OPEN),
    route("edicoes/<int:year>/relatorios.zip", editions.archive, name="edition-archive", access=OPEN),
    route("numeros/", numbers.numbers, name="numbers", access=OPEN),
    route("eventos/<int:pk>/", events.event, name="event", access=OPEN),
    route("cartoes/<str:kind>/<str:key>.png", cards.card, name="card", access=OPEN),
    route("sobre/", views.about, name="about", access=OPEN),
    route("quem-faz/", views.partners, name="partners", access=OPEN),
    route("contato/", views.contact, name="contact", access=OPEN),
    route("privacidade/", views.privacy, name="privacy", access=OPEN),
    route("acessibilidade/", views.accessibility, name="accessibility", access=OPEN),
]
