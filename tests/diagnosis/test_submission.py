"""Handing the diagnosis over: what refuses it, what is frozen, what the sender gets."""

import hashlib
import json

import pytest
from django.core.exceptions import PermissionDenied

from certification import cycle
from certification.diagnosis.models import DimensionResult
from certification.diagnosis.submission import submit_diagnosis
from certification.models import Kind, Snapshot, State
from certification.models.snapshot import canonical
from dimensions.rules import Status


@pytest.fixture
def submit(enrolled, now):
    def run(by, at=None):
        return submit_diagnosis(enrolled, by=by, at=at or now)

    return run


@pytest.mark.parametrize("persona", ["dora", "bruno", "carla", "helena"])
def test_only_a_manager_submits(submit, answered, request, persona):
    with pytest.raises(PermissionDenied):
        submit(request.getfixturevalue(persona))
    assert not Snapshot.objects.filter(kind=Kind.DIAGNOSIS).exists()


def test_after_the_deadline_nothing_is_submitted(submit, answered, ana, close, now, state_of, enrolled):
    close(now)
    with pytest.raises(cycle.StepClosed, match="terminou"):
        submit(ana)
    assert state_of(enrolled) == State.OPEN


def test_what_is_missing_is_named_with_its_place(submit, diagnosis, ana, enrolled, state_of):
    with pytest.raises(cycle.RequirementsMissing) as refused:
        submit(ana)
    missing = {need.code: need for need in refused.value.missing}
    assert missing["1.01"].url.endswith("/diagnostico/1/#p-1-01")
    assert missing["1.01"].reason == "sem resposta"
    assert missing["context.population"].url.endswith("/contexto/#c-population")
    assert "2.02" not in missing, "not asked while 2.01 is unanswered"
    assert "answers" not in missing
    assert state_of(enrolled) == State.OPEN


@pytest.mark.parametrize(
    ("code", "fields", "reason"),
    [
        ("1.01", {"value": "yes"}, "falta a comprovação do que existe"),
        ("1.01", {"value": None, "not_applicable": True}, "falta o motivo de não se aplicar"),
        ("1.02", {"no_data": False, "value": 3, "source": "RH"}, "falta o mês de referência do número"),
    ],
)
def test_a_half_answer_holds_the_submission_back(submit, answered, ana, code, fields, reason):
    answered.answers.filter(code=code).update(**fields)
    with pytest.raises(cycle.RequirementsMissing) as refused:
        submit(ana)
    assert [(need.code, need.reason) for need in refused.value.missing] == [(code, reason)]


def test_a_submission_freezes_hands_over_and_counts(submit, answered, ana, enrolled, state_of, now):
    answered.answers.filter(code="1.01").update(value="partial", comment="Em elaboração.")
    snapshot, created = submit(ana)
    assert created
    assert state_of(enrolled) == State.SUBMITTED
    snapshot.refresh_from_db()
    assert snapshot.sha256 == hashlib.sha256(canonical(snapshot.content)).hexdigest()
    assert snapshot.content["questionnaire"]["version"] == 1
    assert len(snapshot.content["dimensions"]) == 10
    first = snapshot.content["dimensions"][0]["answers"][0]
    assert first["question"].keys() == {"pt-br", "en", "es"}
    assert first["in_words"] == {"pt-br": "Parcialmente", "en": "Partially", "es": "Parcialmente"}
    assert (first["value"], first["status"], first["comment"], first["corrected"]) == (
        "partial",
        Status.PARTLY,
        "Em elaboração.",
        False,
    )
    results = DimensionResult.objects.filter(snapshot=snapshot)
    assert [row.dimension for row in results] == list(range(1, 11))
    assert {name: getattr(results[0], name) for name in ("exists", "partly", "not_yet", "not_applicable")} == (
        snapshot.content["dimensions"][0]["counts"]
    )


def test_no_weight_and_no_score_is_frozen(submit, answered, ana):
    snapshot, _created = submit(ana)
    told = json.dumps(snapshot.content)
    assert '"score"' not in told
    assert '"weight"' not in told


def test_numbers_read_back_the_same(submit, answered, ana, enrolled):
    facts = {"no_data": False, "source": "RH", "reference_month": "2026-05-01"}
    answered.answers.filter(code="1.02").update(value=12.0, **facts)
    snapshot, _created = submit(ana)
    again = Snapshot.objects.get(pk=snapshot.pk)
    assert hashlib.sha256(canonical(again.content)).hexdigest() == snapshot.sha256


def test_submitting_twice_gives_the_same_receipt(submit, answered, ana):
    first, _created = submit(ana)
    again, created = submit(ana)
    assert (again.pk, created) == (first.pk, False)


def test_the_letter_names_what_is_missing_and_links_to_it(client, ana, url, diagnosis):
    client.force_login(ana)
    page = client.get(url("submit")).content.decode()
    assert "pontos para enviar" in page
    assert f'href="{url("dimension", 1)}#p-1-01"' in page
    refused = client.post(url("submit"))
    assert refused.status_code == 422
    assert f'href="{url("dimension", 1)}#p-1-01"' in refused.content.decode()


def test_an_editor_is_told_who_submits(client, dora, url, diagnosis):
    client.force_login(dora)
    assert "Só a gestora ou o gestor do governo envia" in client.get(url("submit")).content.decode()
    assert client.post(url("submit")).status_code == 403


def test_a_deadline_that_passes_before_the_button_is_409(client, ana, url, answered, close, now):
    client.force_login(ana)
    client.get(url("submit"))
    close(now)
    response = client.post(url("submit"))
    assert response.status_code == 409
    assert "O prazo desta etapa terminou em" in response.content.decode()


def test_the_receipt_and_the_copy_that_bears_its_hash(client, ana, carla, url, answered, enrolled):
    client.force_login(ana)
    response = client.post(url("submit"))
    assert response["Location"] == url("receipt", 1)
    snapshot = enrolled.snapshots.get(kind=Kind.DIAGNOSIS)
    page = client.get(url("receipt", 1)).content.decode()
    assert snapshot.protocol in page
    assert snapshot.sha256 in page
    copy = client.get(url("receipt-json", 1))
    assert hashlib.sha256(copy.content).hexdigest() == snapshot.sha256
    assert client.get(url("receipt", 2)).status_code == 404
    client.force_login(carla)
    assert client.get(url("receipt-json", 1)).status_code == 404


def test_a_submitted_diagnosis_is_read_only(client, ana, url, answered):
    client.force_login(ana)
    client.post(url("submit"))
    page = client.get(url("dimension", 1)).content.decode()
    assert "data-answer=" not in page
    assert "já foi enviada" in page
