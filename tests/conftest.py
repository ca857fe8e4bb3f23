"""The people of the tests: Ana manages Canoas, Dora edits and Bruno reads there, Carla manages Esteio; Helena and Marcos coordinate, Tiago reviews."""

import socket

import pytest
from django.conf import settings
from django.utils import translation

from core import context_processors
from tests.factories import GovernmentFactory, member, of_the_programme

LOOPBACK = {"127.0.0.1", "::1", "localhost"}
DATABASE = {"db", "transactional_db", "django_db_setup", "live_server", "played"}


def pytest_addoption(parser):
    parser.addoption(
        "--second-engine", action="store_true", help="leave out the tests for which a second database changes nothing"
    )


def pytest_collection_modifyitems(config, items):
    if not config.getoption("--second-engine"):
        return
    kept = [item for item in items if asks_the_database(item)]
    left_out = [item for item in items if not asks_the_database(item)]
    config.hook.pytest_deselected(items=left_out)
    items[:] = kept


def asks_the_database(item):
    if item.get_closest_marker("any_engine"):
        return False
    marked = any(item.get_closest_marker(name) for name in ("django_db", "postgres", "redis"))
    return marked or bool(DATABASE & set(item.fixturenames))


@pytest.fixture(autouse=True)
def first_language():
    """A page asked for in another language leaves it active in the thread: every test begins in Portuguese."""
    translation.activate(settings.LANGUAGE_CODE)
    yield
    translation.activate(settings.LANGUAGE_CODE)


@pytest.fixture(autouse=True)
def steady_demo_mark(settings):
    """No data of a demonstration until `forget_demo_mark` has it looked for: the portal asks again every few seconds, and where tests count
    queries none may come and go with the clock."""
    settings.DEMO_MARK_SECONDS = 3600
    context_processors._demo.update(known=False, until=float("inf"))
    yield
    context_processors.forget_demo_mark()


@pytest.fixture
def canoas(db):
    return GovernmentFactory(ibge_code="4304606", name="Canoas")


@pytest.fixture
def other_government(db):
    return GovernmentFactory(ibge_code="4307708", name="Esteio")


@pytest.fixture
def ana(canoas):
    return member(canoas, "manager", name="Ana Prates", email="ana@canoas.example")


@pytest.fixture
def dora(canoas):
    return member(canoas, "editor", name="Dora Lima", email="dora@canoas.example")


@pytest.fixture
def bruno(canoas):
    return member(canoas, "reader", name="Bruno Reis", email="bruno@canoas.example")


@pytest.fixture
def carla(other_government):
    return member(other_government, "manager", name="Carla Nunes", email="carla@esteio.example")


@pytest.fixture
def helena(db):
    return of_the_programme("coordinator", name="Helena Takeda", email="helena@coordenacao.example")


@pytest.fixture
def marcos(db):
    return of_the_programme("coordinator", name="Marcos Lobato", email="marcos@coordenacao.example")


@pytest.fixture
def tiago(db):
    return of_the_programme("reviewer", name="Tiago Benguela", email="tiago@coordenacao.example")


@pytest.fixture
def admin_ada(db):
    return of_the_programme("administrator", name="Ada Moraes", email="ada@coordenacao.example")


@pytest.fixture(scope="session", autouse=True)
def only_loopback():
    """No test reaches beyond this machine: a connection elsewhere fails and names where it wanted to go."""
    connect = socket.socket.connect

    def guarded(self, address):
        if self.family in (socket.AF_INET, socket.AF_INET6) and address[0] not in LOOPBACK:
            raise AssertionError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    socket.socket.connect = guarded
    yield
    socket.socket.connect = connect
