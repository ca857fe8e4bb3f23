"""A dimension's page of the diagnosis, answered, against a bare Django list; and its queries beside session, user, roles and memberships."""

from django.db import connection
from django.test import Client, override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from bench.bench_directory import visits as bare_visits
from bench.diagnosis_data import as_served, prepare
from bench.paired import Ratio, compare, scratch_database

LINE = 3
QUERIES = 5
OWN = ("django_session", "accounts_user", "accounts_programmerole", "governments_membership")
VISITS = 20


def run():
    served = override_settings(ROOT_URLCONF="bench.bench_directory", ALLOWED_HOSTS=["testserver"])
    with scratch_database(), as_served(), served:
        participation, client = prepare()
        address = reverse("diagnosis:dimension", args=[participation.pk, 1])
        yield Ratio("queries of the dimension page", "one query", queries(client, address), QUERIES)
        names = ("dimension page of the diagnosis", "a bare list of 50 rows")
        yield compare(visits(client, address), bare_visits(Client(), "/bare/"), names=names, limit=LINE)


def queries(client, address):
    """How many there are beyond what every signed-in page asks: whose session, which person, roles and memberships."""
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    return sum(not any(f'FROM "{table}"' in each["sql"].split("WHERE")[0] for table in OWN) for each in captured)


def visits(client, address):
    def visit():
        for _each in range(VISITS):
            response = client.get(address)
        # A page that broke would be quick.
        assert response.content.count(b"data-answer=") >= 10

    return visit
