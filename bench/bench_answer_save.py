"""Saving an answer, with session, CSRF check, key, history and audit, against a bare Django list: by the API and by the page's form."""

import itertools
import json
import uuid
from urllib.parse import urlencode

from django.test import Client, override_settings
from django.urls import reverse

from bench.bench_directory import visits as bare_visits
from bench.diagnosis_data import COMMENT, as_served, prepare
from bench.paired import compare, scratch_database

LINE = 1.5
SAVES = 20
AS_A_BROWSER_DOES = "application/x-www-form-urlencoded"
BARE = "a bare list of 50 rows"


def run():
    served = override_settings(ROOT_URLCONF="bench.bench_directory", ALLOWED_HOSTS=["testserver"])
    with scratch_database(), as_served(), served:
        participation, client = prepare()
        token = token_of(client, participation)
        bare = bare_visits(Client(), "/bare/")
        by_api, by_form = api_saves(client, participation, token), form_saves(client, participation, token)
        yield compare(by_api, bare, names=("answer save by the API", BARE), limit=LINE)
        yield compare(by_form, bare, names=("answer save by the page", BARE), limit=LINE)


def token_of(client, participation):
    """The CSRF token of a page, as its forms carry it; the cookie stays with the client."""
    page = client.get(reverse("diagnosis:dimension", args=[participation.pk, 1])).content.decode()
    return page.split('name="csrfmiddlewaretoken" value="')[1].split('"')[0]


def api_saves(client, participation, token):
    versions = itertools.count(1)
    address = f"/api/v1/diagnoses/{participation.diagnosis.pk}/answers/1.01"

    def save():
        for _each in range(SAVES):
            version = next(versions)
            headers = {"If-Match": f'"{version}"', "Idempotency-Key": uuid.uuid4().hex, "X-CSRFToken": token}
            body = json.dumps({"value": "yes", "comment": f"{COMMENT} {version}"})
            response = client.put(address, body, content_type="application/json", headers=headers)
            assert response.status_code == 200, response.content

    return save


def form_saves(client, participation, token):
    versions = itertools.count(1)
    address = reverse("diagnosis:answer", args=[participation.pk, "1.05"])

    def save():
        for _each in range(SAVES):
            version = next(versions)
            fields = {"value": "yes", "comment": f"{COMMENT} {version}", "version": version, "key": uuid.uuid4().hex}
            headers = {"HX-Request": "true", "X-CSRFToken": token}
            response = client.post(address, urlencode(fields), content_type=AS_A_BROWSER_DOES, headers=headers)
            assert response.status_code == 200, response.content

    return save
