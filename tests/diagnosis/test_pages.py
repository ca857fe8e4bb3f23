"""The pages of the answering side: who sees them, what a save answers with and without JavaScript, how many queries they cost."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from certification.diagnosis.models import AnswerRevision

HTMX = {"HX-Request": "true"}


@pytest.fixture
def save(client, url):
    def post(code="1.01", *, htmx=False, follow=False, **fields):
        fields = {"value": "yes", "version": "0", "key": f"k{len(fields)}{fields}"[:100]} | fields
        return client.post(url("answer", code), fields, headers=HTMX if htmx else {}, follow=follow)

    return post


PAGES = ["overview", "dimension", "context", "submit", "history", "evidence"]
ARGUMENTS = {"dimension": [1], "history": ["1.01"], "evidence": ["1.01"]}


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 200), ("dora", 200), ("bruno", 200), ("carla", 404), ("helena", 200)]
)
def test_the_dimension_page_by_persona(client, request, url, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(url("dimension", 1)).status_code == status


@pytest.mark.parametrize("name", PAGES)
def test_no_page_of_another_government_is_found(client, carla, url, name):
    client.force_login(carla)
    assert client.get(url(name, *ARGUMENTS.get(name, []))).status_code == 404


@pytest.mark.parametrize("name", PAGES)
def test_the_team_reads_every_page(client, bruno, url, name):
    client.force_login(bruno)
    assert client.get(url(name, *ARGUMENTS.get(name, []))).status_code == 200


@pytest.mark.parametrize(
    ("persona", "status"), [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404), ("helena", 403)]
)
def test_saving_by_persona(client, request, save, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert save().status_code == status


def test_a_reader_is_shown_answers_and_no_form(client, bruno, url):
    client.force_login(bruno)
    page = client.get(url("dimension", 1)).content.decode()
    assert "data-answer=" not in page
    assert "O seu papel não permite fazer isto." in page


@pytest.mark.parametrize("number", [0, 11])
def test_there_are_ten_dimensions(client, ana, url, number):
    client.force_login(ana)
    assert client.get(url("dimension", number)).status_code == 404


def test_without_javascript_a_save_goes_back_to_its_question(client, ana, save, url, diagnosis):
    client.force_login(ana)
    response = save(comment="Lei 123.")
    assert response["Location"] == f"{url('dimension', 1)}#p-1-01"
    assert "Pergunta 1.01: Salvo às" in client.get(url("dimension", 1)).content.decode()
    assert diagnosis.answers.get(code="1.01").comment == "Lei 123."


def test_without_a_version_nothing_is_saved_and_the_text_stays(client, ana, save):
    client.force_login(ana)
    response = save(version="", comment="Meu texto.")
    assert response.status_code == 428
    assert "Meu texto." in response.content.decode()


def test_what_does_not_fit_comes_back_as_typed(client, ana, save, questionnaire):
    client.force_login(ana)
    code = questionnaire.indicators.filter(answer_type="number", depends_on_code="").first().code
    response = save(code, value="doze", source="Cadastro municipal", reference_month="ontem")
    assert response.status_code == 422
    page = response.content.decode()
    assert 'value="doze"' in page
    assert 'value="Cadastro municipal"' in page
    assert 'value="ontem"' in page


def test_a_window_that_closes_between_two_requests_keeps_the_text_on_the_page_and_in_the_history(
    client, ana, save, url, close, now, diagnosis
):
    client.force_login(ana)
    assert 'name="comment"' in client.get(url("dimension", 1)).content.decode()
    close(now)
    response = save(comment="Escrevi até o último minuto.")
    assert response.status_code == 409
    page = response.content.decode()
    assert "O prazo desta etapa terminou em" in page
    assert "horário de Brasília" in page
    assert "Escrevi até o último minuto." in page
    assert AnswerRevision.objects.get().refused_because == "window"
    assert "Escrevi até o último minuto." in client.get(url("history", "1.01")).content.decode()
    assert diagnosis.answers.get(code="1.01").version == 0


def test_the_same_with_htmx_is_a_fragment_with_the_status(client, ana, save, close, now):
    client.force_login(ana)
    close(now)
    response = save(htmx=True, comment="Texto")
    assert response.status_code == 409
    assert response["X-Answer-State"] == "refused"
    assert "guardado no histórico" in response.content.decode()
    assert "<html" not in response.content.decode()


@pytest.fixture
def conflict(client, save, ana, dora):
    """Dora saved «no»; Ana, who had not seen it, saves «yes»."""
    client.force_login(dora)
    save(value="no", comment="Não existe ainda.")
    client.force_login(ana)

    def run(**fields):
        return save(value="yes", comment="Existe desde 2019.", **fields)

    return run


def test_a_conflict_shows_both_texts_and_three_ways_on(conflict):
    response = conflict()
    assert response.status_code == 412
    page = response.content.decode()
    for text in ("Dora respondeu enquanto você escrevia", "Não existe ainda.", "Existe desde 2019."):
        assert text in page
    for wish in ("mine:1", "theirs:1", "both:1"):
        assert f'value="{wish}"' in page


@pytest.mark.parametrize(
    ("wish", "value", "comment", "version"),
    [
        ("mine:1", "yes", "Existe desde 2019.", 2),
        ("theirs:1", "no", "Não existe ainda.", 1),
        ("both:1", "no", "Não existe ainda.\n\nExiste desde 2019.", 2),
    ],
)
@pytest.mark.parametrize("htmx", [True, False])
def test_each_way_out_of_a_conflict(conflict, diagnosis, wish, value, comment, version, htmx):
    conflict(htmx=htmx, key="first")
    response = conflict(htmx=htmx, keep=wish, key="second")
    assert response.status_code == (200 if htmx else 302)
    answer = diagnosis.answers.get(code="1.01")
    assert (answer.value, answer.comment, answer.version) == (value, comment, version)
    assert answer.revisions.filter(kind="refused", comment="Existe desde 2019.").exists()


def test_a_choice_made_on_an_old_conflict_meets_the_newer_answer(conflict, diagnosis, dora, now):
    conflict()
    diagnosis.answers.filter(code="1.01").update(version=2, comment="Terceiro texto.")
    response = conflict(keep="mine:1", key="other")
    assert response.status_code == 412
    assert "Terceiro texto." in response.content.decode()


def test_a_saved_fragment_bears_the_new_version_and_the_counts(client, ana, save):
    client.force_login(ana)
    response = save(htmx=True, value="no")
    page = response.content.decode()
    assert (response.status_code, response["X-Answer-State"]) == (200, "saved")
    assert 'name="version" value="1"' in page
    assert "Salvo às" in page
    assert "Faltam 11 perguntas nesta dimensão" in page


def test_an_answer_opens_and_closes_the_questions_that_depend_on_it(client, ana, save, url):
    client.force_login(ana)
    assert 'id="p-2-02"' not in client.get(url("dimension", 2)).content.decode()
    opened = save("2.01", htmx=True, value="yes", shown="").content.decode()
    assert 'id="s-p-2-02"' in opened
    assert 'id="p-2-02"' in opened
    shown = ["2.02", "2.03", "2.04", "2.08", "2.10"]
    again = save("2.01", htmx=True, value="partial", version="1", shown=shown).content.decode()
    assert "s-p-2-02" not in again, "somebody may be typing there"
    closed = save("2.01", htmx=True, value="no", version="2", shown=shown).content.decode()
    assert 'id="s-p-2-02"' in closed
    assert 'id="p-2-02"' not in closed
    assert 'id="p-2-02"' not in client.get(url("dimension", 2)).content.decode()


def test_an_address_of_an_answer_leads_to_its_question(client, ana, url):
    client.force_login(ana)
    assert client.get(url("answer", "2.01"))["Location"] == f"{url('dimension', 2)}#p-2-01"
    assert client.get(url("answer", "99.99")).status_code == 404


def statements(captured):
    """The queries, without what a test's own transaction adds."""
    return [query["sql"] for query in captured if "SAVEPOINT" not in query["sql"]]


def test_the_dimension_page_costs_five_queries_beside_session_user_roles_and_memberships(client, ana, url, answered):
    client.force_login(ana)
    client.get(url("dimension", 1))
    with CaptureQueriesContext(connection) as captured:
        client.get(url("dimension", 1))
    assert len(statements(captured)) <= 5 + 4


@pytest.mark.parametrize("name", ["overview", "context", "submit", "history", "evidence"])
def test_other_pages_cost_few_queries(client, ana, url, answered, name):
    client.force_login(ana)
    address = url(name, *ARGUMENTS.get(name, []))
    client.get(address)
    with CaptureQueriesContext(connection) as captured:
        client.get(address)
    assert len(statements(captured)) <= 16


def test_one_more_sentence_costs_twelve_queries(client, ana, save):
    client.force_login(ana)
    save(htmx=True, comment="Uma frase.")
    with CaptureQueriesContext(connection) as captured:
        assert save(htmx=True, comment="Uma frase. Mais uma.", version="1").status_code == 200
    assert len(statements(captured)) <= 12


def test_the_form_stays_light(client, ana, url, answered):
    import gzip

    client.force_login(ana)
    sizes = [len(gzip.compress(client.get(url("dimension", number)).content)) for number in range(1, 11)]
    assert max(sizes) < 40 * 1024
