"""The context sheet: each line saved by itself, kept when it is refused."""

import pytest

from certification.diagnosis.models import ContextRevision


@pytest.fixture
def save(client, url):
    def post(code="population", *, htmx=False, **fields):
        fields = {"value": "347.657", "version": "0", "source": "IBGE", "reference_month": "2025-07"} | fields
        return client.post(url("context-line", code), fields, headers={"HX-Request": "true"} if htmx else {})

    return post


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404), ("helena", 403)]
)
def test_saving_by_persona(client, request, save, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert save().status_code == status


def test_an_unknown_line_is_not_found(client, ana, save):
    client.force_login(ana)
    assert save("unknown").status_code == 404


@pytest.mark.parametrize(
    ("fields", "status"), [({"value": "muitas"}, 422), ({"reference_month": "julho"}, 422), ({"version": ""}, 428)]
)
def test_what_does_not_fit_comes_back_as_typed(client, ana, save, fields, status):
    client.force_login(ana)
    response = save(**fields)
    assert response.status_code == status
    for typed in fields.values():
        assert typed in response.content.decode()


def test_after_the_deadline_the_text_is_shown_and_kept(client, ana, save, close, now):
    client.force_login(ana)
    close(now)
    response = save("context", value="Chegam desde 2010.")
    assert response.status_code == 409
    assert "Chegam desde 2010." in response.content.decode()
    assert ContextRevision.objects.get().value == "Chegam desde 2010."


def test_a_line_is_saved_with_its_source_and_month(client, ana, save, diagnosis):
    client.force_login(ana)
    assert save().status_code == 302
    entry = diagnosis.context.get(code="population")
    assert (entry.value, entry.source, entry.reference_month.isoformat(), entry.version) == (
        347657,
        "IBGE",
        "2025-07-01",
        1,
    )
    assert (entry.updated_by, entry.revisions.get().kind) == (ana, "saved")


def test_a_stale_save_shows_both(client, ana, dora, save):
    client.force_login(dora)
    save(value="1")
    client.force_login(ana)
    response = save(htmx=True)
    assert response.status_code == 412
    page = response.content.decode()
    assert "Dora respondeu enquanto você escrevia" in page
    assert "347.657" in page
    assert save(keep="mine:1").status_code == 302


def test_a_saved_line_answers_with_its_state(client, ana, save):
    client.force_login(ana)
    response = save(htmx=True)
    assert response["X-Answer-State"] == "saved"
    assert 'name="version" value="1"' in response.content.decode()
