import pytest
from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.urls import reverse
from django.utils import timezone

from core.models import StoredFile
from events.domain import create_event
from governments.models import Body, Evidence, Organisation
from practices.domain import UnknownFeature, publish_practice
from practices.models import Practice, written

NOTEBOOK = {
    "title_pt_br": "Caderno de passagem entre gestões",
    "title_en": "Handover notebook",
    "summary_pt_br": "Uma pasta única e uma conversa de duas horas.",
    "problem": "Na última troca faltou a <b>ata</b>.",
    "how_to_replicate": ["Escrever a lista", "Criar a pasta"],
    "quote": "مرحبًا بكم",
    "quote_by": "Servidora",
    "quote_language": "ar",
    "started_year": 2021,
}


@pytest.fixture
def partner(db):
    body = Body.objects.create(kind="organisation")
    return Organisation.objects.create(body=body, key="baoba", kind="migrant_association", name="União Baobá").body


@pytest.fixture
def notebook(canoas, partner):
    return publish_practice(
        "handover-notebook",
        owner=canoas.body,
        at=timezone.now(),
        dimensions=[1, 4],
        partners=[partner],
        features=["ownership"],
        results=[{"what": "contatos recuperados", "figure": 64, "unit": "contatos", "source": "Caderno"}],
        documents=[{"title": "Lista do primeiro dia", "type": "checklist", "year": 2021}],
        **NOTEBOOK,
    )


def test_an_unknown_feature_is_refused_with_those_there_are(canoas):
    with pytest.raises(UnknownFeature, match="ownership"):
        publish_practice("x", owner=canoas.body, at=timezone.now(), features=["magic"], **NOTEBOOK)
    assert not Practice.objects.exists()


def test_a_practice_without_a_title_is_refused_whole(canoas):
    with pytest.raises(ValidationError):
        publish_practice("x", owner=canoas.body, at=timezone.now(), summary_pt_br="Só o resumo", dimensions=[1])
    assert not Practice.objects.exists()


def test_published_again_it_replaces_its_rows_and_keeps_its_address(notebook, canoas):
    again = publish_practice(
        "handover-notebook", owner=canoas.body, at=timezone.now(), dimensions=[2], **{**NOTEBOOK, "quote": ""}
    )
    assert again.pk == notebook.pk
    assert again.published_at == notebook.published_at
    assert (again.dimensions, again.results.count(), again.partners.count()) == ([2], 0, 0)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"q": "GESTOES caderno"}, True),
        ({"q": "notebook"}, True),
        ({"q": "canoas"}, True),
        ({"q": "caderno inexistente"}, False),
        ({"dimensao": "4"}, True),
        ({"dimensao": "2"}, False),
        ({"dimensao": "99"}, True),  # no such dimension: filters nothing
        ({"q": 'c++ "x %_'}, False),
    ],
)
def test_the_list_is_searched_without_accents_and_filtered_by_dimension(client, notebook, query, found):
    page = client.get(reverse("practices"), query)
    assert (notebook in page.context["page"].object_list) is found


def test_the_sheet_shows_results_story_documents_and_escapes_text(client, notebook):
    page = client.get(notebook.get_absolute_url()).content.decode()
    for words in ("64", "contatos recuperados", "União Baobá", "Lista do primeiro dia", "Apropriação local"):
        assert words in page
    assert "&lt;b&gt;ata&lt;/b&gt;" in page
    assert 'lang="pt-br"' in page
    assert '<blockquote lang="ar" dir="auto">' in page


@pytest.mark.parametrize(("figure", "text"), [("5214.00", "5.214"), ("2.50", "2,5"), ("0", "0"), ("1000", "1.000")])
def test_figures_are_written_without_idle_decimals(figure, text):
    assert written(figure) == text


def test_the_story_keeps_its_language_on_the_english_page(client, notebook):
    page = client.get(f"/en{reverse('practice', args=[notebook.pk])}").content.decode()
    assert "Handover notebook" in page
    assert '<div lang="pt-br"><p>Na última troca' in page


def test_a_document_is_served_only_of_a_published_practice(client, notebook, canoas):
    stored = StoredFile(original_name="lista.csv", size=3, sha256="0" * 64, media_type="text/csv")
    stored.file.save("lista.csv", ContentFile(b"a,b"))
    stored.save()
    document = notebook.documents.get()
    address = reverse("practice_document", args=[notebook.pk, document.pk])
    assert client.get(address).status_code == 404  # only named so far
    document.evidence = Evidence.objects.create(owner=canoas.body, title="Lista", file=stored)
    document.save()
    assert client.get(address)["Content-Disposition"].startswith("attachment")
    Practice.objects.update(state="unpublished")
    assert client.get(address).status_code == 404


def test_an_event_shows_the_practices_told_there(client, notebook):
    day = timezone.localdate()
    event = create_event(
        "dialogo",
        at=timezone.now(),
        type="dialogue",
        title_pt_br="Diálogo",
        audience_label_pt_br="Todos",
        starts_on=day,
        ends_on=day,
        practice_keys=[notebook.key],
    )
    assert notebook.title in client.get(event.get_absolute_url()).content.decode()
