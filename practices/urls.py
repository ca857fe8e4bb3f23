from django.urls import include, path

from core.routes import (
    COORDINATOR,
    OWN_GOVERNMENT,
    PROGRAMME,
    PUBLIC,
    REVIEWERS,
    SIGNED_IN,
    TEAM,
    WRITERS,
    Access,
    route,
)

from . import feed, views, views_adoption, views_desk, views_own, views_proposal

OPEN = Access(PUBLIC)
OPEN_FORM = Access(PUBLIC, methods=("GET", "POST"))
# Of one's own government or organisation; coordinators help where they are needed.
READ = Access(OWN_GOVERNMENT, roles=(*TEAM, *REVIEWERS))
WRITE = Access(OWN_GOVERNMENT, roles=(*WRITERS, COORDINATOR), methods=("POST",))
READ_AND_WRITE = Access(OWN_GOVERNMENT, roles=(*WRITERS, COORDINATOR), methods=("GET", "POST"))
USE = Access(OWN_GOVERNMENT, roles=WRITERS, methods=("POST",))
DESK = Access(PROGRAMME, roles=REVIEWERS)
NOTE = Access(PROGRAMME, roles=REVIEWERS, methods=("POST",))
CURATE = Access(PROGRAMME, roles=(COORDINATOR,), methods=("POST",))

OWN = "painel/praticas/"
SHEET = "painel/praticas/<int:pk>/"
USED = "painel/usos/<int:pk>/"
QUEUE = "coordenacao/praticas/"
CURATED = "coordenacao/praticas/<int:pk>/"

room = [
    route(OWN, views_own.own, name="own", access=Access(SIGNED_IN)),
    route(f"{OWN}nova/", views_own.new, name="new", access=Access(SIGNED_IN, methods=("GET", "POST"))),
    route(SHEET, views_own.sheet, name="own-sheet", access=READ_AND_WRITE),
    route(f"{SHEET}apagar/", views_own.discard, name="discard", access=READ_AND_WRITE),
    route(f"{SHEET}revisar/", views_own.revise, name="revise", access=USE),
    route(f"{SHEET}documentos/<int:document>/", views_own.document_file, name="own-document", access=READ),
    route(f"{SHEET}conferir/", views_own.check, name="check", access=READ),
    route(f"{SHEET}continua/", views_own.confirm, name="confirm", access=WRITE),
    route(f"{SHEET}mudou/", views_own.tell_change, name="tell-change", access=WRITE),
    route(
        f"{SHEET}usar/",
        views_adoption.record,
        name="record-adoption",
        access=Access(SIGNED_IN, methods=("POST",)),
    ),
    route(USED, views_adoption.adoption, name="adoption", access=READ),
    route(f"{USED}mudar/", views_adoption.change, name="change-adoption", access=USE),
    route(f"{USED}retirar/", views_adoption.withdraw, name="withdraw-adoption", access=USE),
    route(f"{USED}responder/", views_adoption.answer, name="answer-adoption", access=USE),
    route(QUEUE, views_desk.queue, name="queue", access=DESK),
    route(f"{QUEUE}apontamentos/", views_desk.notes, name="notes", access=DESK),
    route(f"{QUEUE}apontamentos/<int:note>/comecar/", views_desk.begin, name="begin", access=CURATE),
    route(CURATED, views_desk.curate, name="curate", access=DESK),
    route(f"{CURATED}caracteristicas/", views_desk.checks, name="checks", access=NOTE),
    route(f"{CURATED}devolver/", views_desk.give_back, name="return", access=CURATE),
    route(f"{CURATED}publicar/", views_desk.publish, name="publish", access=CURATE),
    route(f"{CURATED}nao-incluir/", views_desk.decline, name="decline", access=CURATE),
    route(f"{CURATED}tirar-do-ar/", views_desk.unpublish, name="unpublish", access=CURATE),
    route(f"{CURATED}destaque/", views_desk.feature, name="feature", access=CURATE),
    route(f"{CURATED}conferida/", views_desk.checked, name="checked", access=CURATE),
    route(f"{CURATED}de-quem/", views_desk.owner, name="owner", access=CURATE),
    route("praticas/propor/", views_proposal.propose, name="propose", access=OPEN),
    route("praticas/propor/formulario/", views_proposal.form, name="propose-form", access=OPEN_FORM),
    route("praticas/propor/recebida/", views_proposal.proposed, name="proposed", access=OPEN),
    route("praticas/propor/p/<str:token>/", views_proposal.proposal, name="proposal", access=OPEN_FORM),
]

urlpatterns = [
    path("", include((room, "bank"))),
    route("praticas/", views.practices, name="practices", access=OPEN),
    route("praticas/atom.xml", feed.feed, name="practices-feed", access=OPEN),
    route("praticas/<int:pk>/", views.practice, name="practice", access=OPEN),
    route("praticas/<int:pk>/ficha.pdf", views.sheet_pdf, name="practice-sheet", access=OPEN),
    route("praticas/<int:pk>/queremos-usar/", views_adoption.want, name="want-practice", access=OPEN),
    route("praticas/<int:pk>/documentos/<int:document>/", views.document, name="practice_document", access=OPEN),
]
