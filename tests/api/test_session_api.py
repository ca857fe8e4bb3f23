"""The signed-in API: what a browser with a session may read and write, and how it is refused."""

import hashlib
import json

import pytest
from django.test import Client
from django.utils import timezone

from certification import cycle
from certification.diagnosis.models import Answer
from certification.models import Edition
from certification.models.snapshot import canonical
from core import jobs
from core.models import Job

SAID = {"value": "yes", "comment": "Lei 123."}


@pytest.fixture
def api(client):
    def call(method, path, body=None, **headers):
        sent = {} if body is None else {"data": json.dumps(body), "content_type": "application/json"}
        return getattr(client, method)(f"/api/v1/{path}", **sent, headers=headers)

    return call


@pytest.fixture
def put(api, diagnosis):
    def call(body=SAID, version='"0"', code="1.01", **headers):
        if version is not None:
            headers["If-Match"] = version
        return api("put", f"diagnoses/{diagnosis.pk}/answers/{code}", body, **headers)

    return call


def problem_of(response):
    assert response["Content-Type"] == "application/problem+json"
    told = response.json()
    assert told["request_id"] == response["X-Request-ID"]
    assert told["status"] == response.status_code
    return told


PLACES = [
    ("get", "me"),
    ("get", "diagnoses/{pk}"),
    ("put", "diagnoses/{pk}/answers/1.01"),
    ("get", "diagnoses/{pk}/answers/1.01/revisions"),
    ("post", "diagnoses/{pk}/submit"),
    ("post", "diagnoses/{pk}/evidence"),
]


@pytest.mark.parametrize(("method", "path"), PLACES)
def test_signed_out_is_401(api, diagnosis, method, path):
    response = api(method, path.format(pk=diagnosis.pk))
    assert response.status_code == 401
    assert problem_of(response)["code"] == "sign_in_needed"


def test_without_the_csrf_token_nothing_is_written(ana, diagnosis):
    client = Client(enforce_csrf_checks=True)
    client.force_login(ana)
    path = f"/api/v1/diagnoses/{diagnosis.pk}/answers/1.01"
    response = client.put(path, json.dumps(SAID), content_type="application/json", headers={"If-Match": '"0"'})
    assert response.status_code == 403
    problem_of(response)
    assert diagnosis.answers.get(code="1.01").version == 0


@pytest.mark.parametrize(("method", "path"), PLACES[1:5])
def test_another_governments_diagnosis_is_404(client, api, carla, diagnosis, method, path):
    client.force_login(carla)
    body = SAID if method == "put" else None
    response = api(method, path.format(pk=diagnosis.pk), body, **{"If-Match": '"0"'})
    assert response.status_code == 404
    assert problem_of(response)["code"] == "not_found"


@pytest.mark.parametrize(("method", "path"), [PLACES[2], PLACES[4]])
def test_a_reader_writes_nothing(client, api, bruno, diagnosis, method, path):
    client.force_login(bruno)
    response = api(method, path.format(pk=diagnosis.pk), SAID if method == "put" else None, **{"If-Match": '"0"'})
    assert response.status_code == 403
    assert problem_of(response)["code"] == "forbidden"


def test_an_editor_does_not_submit(client, api, dora, answered):
    client.force_login(dora)
    assert api("post", f"diagnoses/{answered.pk}/submit").status_code == 403


@pytest.mark.parametrize("version", [None, "zero", '""'])
def test_a_save_names_the_version_it_is_based_on(client, put, ana, version):
    client.force_login(ana)
    response = put(version=version)
    assert response.status_code == 428
    assert problem_of(response)["code"] == "version_required"


@pytest.mark.parametrize("body", [[], ["yes"], "yes", 3, None])
def test_a_body_that_is_no_object_empties_nothing(client, put, ana, diagnosis, body):
    client.force_login(ana)
    put()
    response = client.put(
        f"/api/v1/diagnoses/{diagnosis.pk}/answers/1.01",
        json.dumps(body),
        content_type="application/json",
        headers={"If-Match": '"1"'},
    )
    assert response.status_code == 422
    assert problem_of(response)["code"] == "invalid"
    assert Answer.objects.get(diagnosis=diagnosis, code="1.01").value == "yes"


def test_what_the_frame_refuses_is_a_problem_in_the_readers_language(client, api, ana, diagnosis):
    client.force_login(ana)
    unreadable = client.put(
        f"/api/v1/diagnoses/{diagnosis.pk}/answers/1.01",
        "{",
        content_type="application/json",
        headers={"If-Match": '"0"'},
    )
    assert (unreadable.status_code, problem_of(unreadable)["code"]) == (400, "bad_request")
    assert "formato esperado" in unreadable.json()["detail"]
    wrong_method = api("delete", f"diagnoses/{diagnosis.pk}")
    assert (wrong_method.status_code, problem_of(wrong_method)["code"]) == (405, "method_not_allowed")
    assert "GET" in wrong_method["Allow"]


def test_a_number_no_row_can_have_is_404(client, api, ana):
    client.force_login(ana)
    response = api("put", f"diagnoses/{'9' * 30}/answers/1.01", SAID, **{"If-Match": '"0"'})
    assert (response.status_code, problem_of(response)["code"]) == (404, "not_found")


def test_a_value_the_question_does_not_offer_is_422(client, put, ana):
    client.force_login(ana)
    response = put({"value": "talvez", "comment": ""})
    assert response.status_code == 422
    assert "Escolha uma das opções" in problem_of(response)["detail"]


def test_a_stale_save_gets_the_other_answer_and_keeps_its_own_text(client, put, api, ana, dora, diagnosis):
    client.force_login(dora)
    put({"value": "no", "comment": "Não há."})
    client.force_login(ana)
    response = put()
    assert response.status_code == 412
    told = problem_of(response)
    assert told["code"] == "stale"
    other = told["other"]
    assert (other["value"], other["comment"], other["version"], other["updated_by"]) == (
        "no",
        "Não há.",
        1,
        "Dora Lima",
    )
    history = api("get", f"diagnoses/{diagnosis.pk}/answers/1.01/revisions").json()
    assert [(each["kind"], each["comment"], each["by"]) for each in history] == [
        ("saved", "Não há.", "Dora Lima"),
        ("refused", "Lei 123.", "Ana Prates"),
    ]


def test_after_the_deadline_409_and_the_text_is_kept(client, put, api, ana, close, now, diagnosis):
    client.force_login(ana)
    close(now)
    response = put()
    assert response.status_code == 409
    told = problem_of(response)
    assert told["code"] == "closed"
    assert "O prazo desta etapa terminou" in told["detail"]
    history = api("get", f"diagnoses/{diagnosis.pk}/answers/1.01/revisions").json()
    assert [(each["kind"], each["comment"]) for each in history] == [("refused", "Lei 123.")]


def test_a_save_tells_version_and_time_and_its_replay_the_same(client, put, ana, diagnosis):
    client.force_login(ana)
    first = put(**{"Idempotency-Key": "k-1"})
    assert first.status_code == 200
    assert first.json()["version"] == 1
    assert first.json()["saved_at"].endswith("-03:00")
    again = put(**{"Idempotency-Key": "k-1"})
    assert (again.status_code, again.json()) == (200, first.json())
    assert diagnosis.answers.get(code="1.01").version == 1


def test_a_number_with_source_and_month(client, put, ana, diagnosis, questionnaire):
    client.force_login(ana)
    code = questionnaire.indicators.filter(answer_type="number", depends_on_code="").first().code
    body = {"value": 12, "comment": "", "source": "Polícia Federal", "reference_month": "2026-05"}
    assert put(body, code=code).status_code == 200
    answer = diagnosis.answers.get(code=code)
    assert (answer.value, answer.source, answer.reference_month.isoformat()) == (12, "Polícia Federal", "2026-05-01")


def test_reading_a_diagnosis(client, api, bruno, ana, put, diagnosis):
    client.force_login(ana)
    put()
    client.force_login(bruno)
    told = api("get", f"diagnoses/{diagnosis.pk}").json()
    assert told["status"] == "open"
    assert told["closes_at"].endswith("-03:00")
    assert len(told["answers"]) == 106
    answer = told["answers"]["1.01"]
    assert (answer["value"], answer["comment"], answer["version"], answer["updated_by"]) == (
        "yes",
        "Lei 123.",
        1,
        "Ana Prates",
    )


def test_reading_after_the_deadline_says_closed(client, api, ana, close, now, diagnosis):
    close(now)
    client.force_login(ana)
    assert api("get", f"diagnoses/{diagnosis.pk}").json()["status"] == "closed"


def test_me(client, api, ana, diagnosis, enrolled):
    client.force_login(ana)
    told = api("get", "me").json()
    assert told["user"]["email"] == "ana@canoas.example"
    assert told["memberships"] == [
        {"government": "4304606", "name": "Canoas (RS)", "role": "manager", "department": ""}
    ]
    assert told["participations"] == [
        {"id": enrolled.pk, "edition": 2031, "government": "4304606", "diagnosis": diagnosis.pk}
    ]


def test_an_incomplete_diagnosis_is_not_submitted(client, api, ana, diagnosis):
    client.force_login(ana)
    response = api("post", f"diagnoses/{diagnosis.pk}/submit")
    assert response.status_code == 422
    told = problem_of(response)
    assert told["code"] == "incomplete"
    assert "1.01" in {each["code"] for each in told["missing"]}


def test_submitting_gives_a_receipt_and_twice_the_same(client, api, ana, answered, enrolled):
    client.force_login(ana)
    first = api("post", f"diagnoses/{answered.pk}/submit")
    assert first.status_code == 201
    again = api("post", f"diagnoses/{answered.pk}/submit")
    assert (again.status_code, again.json()) == (200, first.json())
    snapshot = enrolled.snapshots.get(kind="diagnosis")
    assert first.json() == {
        "protocol": snapshot.protocol,
        "submitted_at": first.json()["submitted_at"],
        "version": 1,
        "sha256": hashlib.sha256(canonical(snapshot.content)).hexdigest(),
    }


def upload(client, diagnosis, name="lei.pdf", content=b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\n%%EOF\n", **facts):
    from django.core.files.uploadedfile import SimpleUploadedFile

    sent = {"file": SimpleUploadedFile(name, content), **facts}
    return client.post(f"/api/v1/diagnoses/{diagnosis.pk}/evidence", sent)


@pytest.mark.parametrize(("persona", "status"), [("bruno", 403), ("carla", 404), ("helena", 403)])
def test_who_may_not_write_uploads_nothing(client, request, diagnosis, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert upload(client, diagnosis).status_code == status


def test_a_file_of_the_wrong_type_is_415_and_a_large_one_413(client, ana, diagnosis, settings):
    client.force_login(ana)
    refused = upload(client, diagnosis, "virus.exe", b"MZ" * 20)
    assert (refused.status_code, problem_of(refused)["code"]) == (415, "file_type")
    settings.FILE_MAX_BYTES = 10
    assert upload(client, diagnosis).status_code == 413


def test_a_file_joins_the_library_and_with_a_code_the_answer(client, ana, diagnosis, canoas):
    client.force_login(ana)
    loose = upload(client, diagnosis)
    assert loose.status_code == 200
    assert set(loose.json()) == {"id", "sha256", "size", "media_type", "scan"}
    tied = upload(client, diagnosis, code="1.01", title="Lei municipal")
    assert diagnosis.answers.get(code="1.01").evidence_links.get().evidence_id == tied.json()["id"]
    assert canoas.body.evidence.count() == 2


def test_a_job_is_told_to_who_asked_for_it(client, api, ana, carla, monkeypatch, diagnosis):
    monkeypatch.setattr(jobs, "handlers", {"anything": lambda subject, job: None})
    job = Job.request("anything", subject=diagnosis, by=ana)
    client.force_login(ana)
    told = api("get", f"jobs/{job.pk}").json()
    assert told == {"state": "queued", "done": 0, "total": 0, "error": "", "result": None}
    client.force_login(carla)
    assert api("get", f"jobs/{job.pk}").status_code == 404


def test_the_description_names_every_address_of_the_session(client, db):
    paths = client.get("/api/v1/openapi.json").json()["paths"]
    assert {"/api/v1/me", "/api/v1/diagnoses/{pk}", "/api/v1/diagnoses/{pk}/answers/{code}"} <= set(paths)
    assert Answer.objects.count() == 0


def test_what_json_cannot_say_is_kept_as_text_when_it_comes_too_late(client, put, ana, close, now, diagnosis):
    close(now)
    client.force_login(ana)
    body = {"value": float("nan"), "comment": "Lei 123."}
    assert put(body).status_code == 409
    kept = Answer.objects.get(diagnosis=diagnosis, code="1.01").revisions.get()
    assert (kept.value, kept.comment) == ("nan", "Lei 123.")


def test_editions_from_before_the_portal_are_not_open_to_anybody(client, api, ana, canoas, edition, enrolled):
    earlier = Edition.objects.create(programme=edition.programme, year=2021, from_before_portal=True)
    cycle.record_earlier_award(earlier, canoas, source="Lista de 2021", at=timezone.now())
    client.force_login(ana)
    assert [row["edition"] for row in api("get", "me").json()["participations"]] == [2031]
