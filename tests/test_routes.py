"""Every address, walked by people who should not get in: signed out, of another government, only reading, without a programme role.

A new route is walked as soon as it is declared; where its arguments name a row this file does not know, give it one in `arguments`.
"""

import uuid
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from certification import cycle
from certification.models import Edition, Kind, Participation
from certification.models.edition import Programme
from certification.prioritization.domain import open_plan
from core.routes import OWN_GOVERNMENT, PROGRAMME, PUBLIC, READER, SIGNED_IN
from dimensions import catalogue, loader
from governments.models import AccessRequest, Invitation
from migracidades.matrix import routes
from tests.factories import UserFactory

# The plain admin has a test of its own: its addresses follow its models.
WALKED = [route for route in routes() if not route.pattern.startswith("admin/")]
NO_ROW = 987654
# 410: an invitation whose token nobody gave.
OPEN_ANSWERS = (200, 302, 404, 410)


def those(*scopes, methods=()):
    """(route, method) of every route of these scopes."""
    found = [(route, method) for route in WALKED if route.scope in scopes for method in route.methods]
    return [(route, method) for route, method in found if method in methods or not methods]


@pytest.fixture
def participation(canoas, ana, helena):
    """Canoas in an edition whose steps are all open in time, with its enrolment validated: the diagnosis has begun, and the plan has its row."""
    catalogue.forget()
    now, day = timezone.now(), timedelta(days=1)
    edition = Edition.objects.create(
        programme=Programme.objects.create(slug="migracidades", name="MigraCidades"),
        year=2031,
        questionnaire=loader.load_default(),
    )
    cycle.set_windows(edition, dict.fromkeys(Kind, (now - day, now + day)))
    begun = cycle.begin(edition, canoas, by=ana, at=now)
    begun.steps.get(kind=Kind.ENROLLMENT).submit(by=ana, at=now)
    cycle.accept(Participation.objects.get(pk=begun.pk), Kind.ENROLLMENT, by=helena, at=now)
    open_plan(begun, at=now)
    yield Participation.objects.get(pk=begun.pk)
    catalogue.forget()


@pytest.fixture
def arguments(participation, canoas, ana):
    """A function of a route that gives the arguments of its address, each a row of Canoas where there is one."""
    invitation = Invitation.objects.create(
        body=canoas.body, email="x@canoas.example", role="reader", token_hash="0" * 64, invited_by=ana
    )
    asked = AccessRequest.objects.create(body=canoas.body, user=UserFactory(), department="Saúde", position="Chefe")
    rows = {
        "participacoes/<int:pk>": participation.pk,
        "diagnoses/<int:pk>": participation.diagnosis.pk,
        "convites/<int:pk>": invitation.pk,
        "pedidos/<int:pk>": asked.pk,
        "equipe/<int:pk>": ana.memberships.get().pk,
    }
    line = catalogue.latest().profile_fields[0]
    known = {"ibge_code": canoas.ibge_code, "code": "1.01", "number": 1, "year": 2031, "token": "x", "uidb36": "x"}

    def of(route):
        given = {name: known.get(name, NO_ROW) for name in route.parameters}
        for part, key in rows.items():
            if part in route.pattern:
                given["pk"] = key
        if "<slug:code>" in route.pattern:
            given["code"] = line.code
        if "uuid" in route.pattern:
            given["pk"] = "00000000-0000-4000-8000-000000000000"
        return given

    return of


def send(client, route, method, url):
    """A request that would be complete if the person were allowed: a refusal is then about the person."""
    headers = {"If-Match": '"0"', "Idempotency-Key": uuid.uuid4().hex}
    if method == "PUT":
        return client.put(url, {"value": "no", "comment": ""}, content_type="application/json", headers=headers)
    if method == "POST":
        file = SimpleUploadedFile("ata.csv", b"a,b\n1,2\n")
        return client.post(
            url, {"version": "0", "value": "no", "title": "Ata", "kind": "minutes", "file": file}, headers=headers
        )
    return client.generic(method, url)


@pytest.fixture
def walk(client, arguments):
    """Ask each of the routes and give those that did not answer with one of the statuses: {«GET room:page»: status}."""

    def walk(asked, expected):
        wrong = {}
        for route, method in asked:
            status = send(client, route, method, reverse(route.name, kwargs=arguments(route))).status_code
            allowed = expected(route) if callable(expected) else expected
            if status not in allowed:
                wrong[f"{method} {route.name}"] = status
        return wrong

    return walk


def test_every_route_is_declared_and_named():
    assert [route.pattern for route in WALKED if not (route.scope and route.methods)] == []
    assert [route.pattern for route in WALKED if not route.name] == []


def test_the_command_prints_every_route(capsys):
    call_command("permission_matrix")
    printed = capsys.readouterr().out
    assert [route.name for route in routes() if f"[{route.name}]" not in printed] == []


def test_signed_out_nobody_gets_in(walk):
    private = those(SIGNED_IN, OWN_GOVERNMENT, PROGRAMME)
    assert walk(private, lambda route: (401,) if route.pattern.startswith("api/") else (302,)) == {}


def test_of_another_government_everything_is_404(client, carla, walk):
    client.force_login(carla)
    assert walk(those(OWN_GOVERNMENT), (404,)) == {}


def test_a_reader_changes_nothing(client, bruno, walk, arguments):
    client.force_login(bruno)
    # Anybody may leave a team, and that is a change of one's own.
    writes = [
        (route, method)
        for route, method in those(OWN_GOVERNMENT, methods=("POST", "PUT"))
        if route.name != "team:leave"
    ]

    def expected(route):
        # Monitoring has no row before the seal; nor has an argument this file does not know.
        absent = NO_ROW in arguments(route).values() or route.name.startswith("monitoring:")
        return (403, 404) if absent else (403,)

    assert walk(writes, expected) == {}


def test_who_reads_gets_an_answer_and_never_an_error(client, bruno, walk):
    client.force_login(bruno)

    def expected(route):
        # Of a page with a form the roles are those of who may send it; it may be looked at by the whole team.
        looked_at = READER in route.roles or len(route.methods) > 1
        return (200, 302, 403, 404, 409) if looked_at else (403, 404)

    assert walk(those(OWN_GOVERNMENT, methods=("GET",)), expected) == {}


def test_the_programmes_pages_are_closed_to_governments(client, ana, walk):
    client.force_login(ana)
    assert walk(those(PROGRAMME), (403,)) == {}


def test_what_coordinators_do_reviewers_do_not(client, tiago, walk):
    client.force_login(tiago)
    assert walk([(route, method) for route, method in those(PROGRAMME) if "reviewer" not in route.roles], (403,)) == {}


@pytest.mark.parametrize("scope", [PUBLIC, SIGNED_IN, OWN_GOVERNMENT, PROGRAMME])
def test_a_method_nobody_declared_is_405(client, helena, walk, scope):
    if scope != PUBLIC:
        client.force_login(helena)
    routes = [(route, "DELETE") for route in WALKED if route.scope == scope]
    assert walk(routes, (405,)) == {}


def test_who_asks_what_an_address_answers_changes_nothing(client, ana, arguments):
    client.force_login(ana)
    for route in (route for route in WALKED if route.name in ("team:revoke", "team:decide")):
        answer = client.options(reverse(route.name, kwargs=arguments(route)))
        assert (answer.status_code, answer["Allow"]) == (204, "POST, OPTIONS")
    assert Invitation.objects.get().revoked_at is None
    assert AccessRequest.objects.get().decided_at is None


def test_open_pages_answer_anyone_without_an_error_and_without_a_cookie(client, walk):
    reads = those(PUBLIC, methods=("GET",))
    assert walk(reads, OPEN_ANSWERS) == {}
    visited = [
        route
        for route, _method in reads
        if not route.pattern.startswith(("conta/", "^conta/", "convites/", "praticas/propor/formulario/"))
    ]
    client.cookies.clear()
    assert walk([(route, "GET") for route in visited], OPEN_ANSWERS) == {}
    assert not client.cookies
