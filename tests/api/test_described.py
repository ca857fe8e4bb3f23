"""The API answers as its description says: asked with what schemathesis thinks of, no status, type or shape is undocumented."""

import os

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.utils import timezone
from hypothesis import HealthCheck, Phase, given
from hypothesis import settings as hypothesis_settings
from schemathesis.core.failures import FailureGroup

from dimensions import catalogue, loader
from events.domain import create_event
from migracidades.api.urls import api
from practices.domain import publish_practice
from tests.public.conftest import certify, programme, published, sealed

__all__ = ["certify", "programme", "published", "sealed"]

# Enough to find what is wrong in a few seconds; by hand, ask for hundreds: API_EXAMPLES=500.
EXAMPLES = int(os.environ.get("API_EXAMPLES", "5"))
DESCRIPTION = api.get_openapi_schema(path_prefix="/api/v1")
OPERATIONS = sorted(
    (path, method.upper())
    for path, methods in DESCRIPTION["paths"].items()
    for method in methods
    if method != "parameters"
)


@pytest.fixture
def described(db):
    """The description over WSGI, as a server would ask; the connection of the test stays open between requests."""
    for signal in (request_started, request_finished):
        signal.disconnect(close_old_connections)
    yield schemathesis.openapi.from_wsgi("/api/v1/openapi.json", get_wsgi_application())
    for signal in (request_started, request_finished):
        signal.connect(close_old_connections)


@pytest.fixture
def something_public(sealed, canoas):
    """A row of each kind, so that an address found by chance or by a filter tells something."""
    catalogue.forget()
    loader.load_default()
    now = timezone.now()
    publish_practice("caderno", owner=canoas.body, at=now, title_pt_br="Caderno", summary_pt_br="x", dimensions=[1])
    days = {"starts_on": "2021-02-25", "ends_on": "2021-02-25"}
    create_event("encontro", at=now, type="webinar", title_pt_br="Encontro", audience_label_pt_br="Todos", **days)
    yield
    catalogue.forget()


def test_no_answer_is_undocumented(described, something_public):
    wrong = {}
    for path, method in OPERATIONS:
        try:
            asked(described[path][method])
        except FailureGroup as found:
            wrong[f"{method} {path}"] = [str(each) for each in found.exceptions]
    assert wrong == {}


def asked(operation):
    @hypothesis_settings(
        max_examples=EXAMPLES,
        derandomize=True,
        deadline=None,
        database=None,
        phases=[Phase.explicit, Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy())
    def ask(case):
        case.call_and_validate(headers={"Host": "testserver", "Accept-Encoding": "identity"})

    ask()
