"""Addresses of the agenda. The page of one event stands on the roof: it shows practices too."""

from core.routes import COORDINATOR, PROGRAMME, PUBLIC, SIGNED_IN, Access, route

from . import views, views_calendar, views_desk, views_own, views_presence, views_register

OPEN = Access(PUBLIC)
OPEN_FORM = Access(PUBLIC, methods=("GET", "POST"))
DESK = Access(PROGRAMME, roles=(COORDINATOR,))
DESK_FORM = Access(PROGRAMME, roles=(COORDINATOR,), methods=("GET", "POST"))
DESK_PRESS = Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",))
# The address of a registration is its key: signed, and only in its owner's letters.
OWN = "eventos/inscricoes/<str:token>/"
ROOM = "coordenacao/eventos/<int:pk>/"

urlpatterns = [
    route("eventos/", views.events, name="events", access=OPEN),
    route("eventos/agenda.ics", views_calendar.feed, name="events-calendar", access=OPEN),
    route("eventos/<int:pk>.ics", views_calendar.one, name="event-calendar", access=OPEN),
    route("eventos/<int:pk>/materiais/<int:material>/", views_calendar.material, name="event-material", access=OPEN),
    # Registering.
    route("eventos/<int:pk>/inscricao/", views_register.register, name="event-register", access=OPEN_FORM),
    route("eventos/<int:pk>/inscricao/recebida/", views_register.asked, name="event-asked", access=OPEN),
    route("eventos/confirmar/<str:token>/", views_register.confirm, name="event-confirm", access=OPEN_FORM),
    route(OWN, views_own.own, name="event-own", access=OPEN),
    route(f"{OWN}cancelar/", views_own.cancel, name="event-own-cancel", access=OPEN_FORM),
    route(f"{OWN}encontro.ics", views_own.calendar, name="event-own-calendar", access=OPEN),
    route(f"{OWN}certificado/", views_own.certificate, name="event-own-certificate", access=OPEN_FORM),
    route("eventos/certificados/<str:code>/", views_own.verified, name="event-certificate", access=OPEN),
    route("painel/eventos/", views_register.mine, name="my-events", access=Access(SIGNED_IN)),
    # The coordinators' desk.
    route("coordenacao/eventos/", views_desk.desk, name="event-desk", access=DESK),
    route("coordenacao/eventos/novo/", views_desk.new, name="event-new", access=DESK_FORM),
    route(ROOM, views_desk.edit, name="event-edit", access=DESK_FORM),
    route(f"{ROOM}publicar/", views_desk.publish, name="event-publish", access=DESK_PRESS),
    route(f"{ROOM}cancelar/", views_desk.cancel, name="event-cancel", access=DESK_FORM),
    route(f"{ROOM}inscricoes/", views_presence.registrations, name="event-registrations", access=DESK),
    route(f"{ROOM}inscricoes.<str:form>", views_presence.export, name="event-registrations-export", access=DESK),
    route(
        f"{ROOM}inscricoes/<int:number>/retirar-certificado/",
        views_presence.withdraw_certificate,
        name="event-certificate-withdraw",
        access=DESK_PRESS,
    ),
    route(f"{ROOM}presenca/", views_presence.check_in, name="event-check-in", access=DESK_FORM),
    route(f"{ROOM}presenca/<str:code>/", views_presence.door, name="event-door", access=DESK_FORM),
    route(f"{ROOM}numeros/", views_presence.numbers, name="event-numbers", access=DESK_FORM),
]
