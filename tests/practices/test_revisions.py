"""A published sheet changed by its owner: a revision beside it, which takes its place once the coordination publishes it."""

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import outbox
from core.models import Job, OutboxMessage
from practices import curation, revisions, writing
from practices.models import Feature, Practice
from tests.practices.sheets import posted


def url(name, practice):
    return reverse(f"bank:{name}", args=[practice.pk])


@pytest.fixture
def revision(published, ana, now):
    published.documents.create(title="Guia", type="guide", order=1)
    published.documents.create(title="Lei 12", type="law", order=2)
    return revisions.begin(published, by=ana, at=now)


@pytest.fixture
def revised(revision, client, ana, now):
    """Written and sent, with one document in the place of another."""
    client.force_login(ana)
    writing.add_document(revision, by=ana, at=now, title="Modelo", type="template")
    writing.remove_document(revision, revision.documents.get(title="Guia").pk, by=ana, at=now)
    results = (("atendimentos", "6.000", "", "por ano", "Agenda"),)
    form = posted(1, results=results, lessons="A lição nova", dimensions=["5"], send="1")
    assert client.post(url("own-sheet", revision), form).status_code == 302
    return Practice.objects.get(pk=revision.pk)


def publish(client, revision, **changes):
    """Press the button on the page as it stands."""
    page = client.get(url("curate", revision))
    return client.post(url("publish", revision), {"seen": page.context["seen"]} | changes)


@pytest.mark.parametrize(
    ("persona", "status"),
    [("ana", 302), ("dora", 302), ("bruno", 403), ("carla", 404), ("helena", 403), ("tiago", 403)],
)
def test_a_revision_is_begun_by_who_writes_for_the_owner(client, request, published, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.post(url("revise", published)).status_code == status
    assert published.revisions.count() == (status == 302)


@pytest.mark.parametrize(("persona", "writes"), [("ana", True), ("bruno", False), ("helena", False)])
def test_the_button_is_shown_to_who_may_press_it(client, request, published, persona, writes):
    client.force_login(request.getfixturevalue(persona))
    page = client.get(url("own-sheet", published)).content.decode()
    assert ("Propor uma revisão" in page) is writes


def test_it_begins_with_what_is_published_and_there_is_one_at_a_time(client, published, revision, ana, now):
    client.force_login(ana)
    again = client.post(url("revise", published))
    assert again.url == url("own-sheet", revision)
    assert (revision.state, revision.owner, revision.revises) == ("draft", published.owner, published)
    assert (revision.title, revision.lessons, revision.dimensions) == (
        published.title,
        "A consulta demora mais.",
        [4, 6],
    )
    assert revision.results.get().figure == 5214
    assert [document.title for document in revision.documents.all()] == ["Guia", "Lei 12"]
    assert revision.checks.count() == 10
    assert "Há uma revisão desta ficha" in client.get(url("own-sheet", published)).content.decode()


def test_only_a_published_sheet_is_revised(client, sent, ana):
    client.force_login(ana)
    assert client.post(url("revise", sent)).url == url("own-sheet", sent)
    assert Practice.objects.count() == 1


def test_the_public_reads_the_old_text_until_the_revision_is_published(client, published, revised, helena):
    client.logout()
    page = client.get(published.get_absolute_url()).content.decode()
    assert "A lição nova" not in page
    assert "5.214" in page
    assert client.get(revised.get_absolute_url()).status_code == 404
    assert [row.pk for row in client.get(reverse("practices")).context["page"].object_list] == [published.pk]
    client.force_login(helena)
    desk = client.get(url("curate", revised)).content.decode()
    assert "A lição nova" in desk
    assert "A consulta demora mais." in desk  # the published words beside it
    assert publish(client, revised).url == url("curate", published)
    client.logout()
    page = client.get(published.get_absolute_url()).content.decode()
    assert "A lição nova" in page
    assert "6.000" in page
    assert "5.214" not in page
    assert client.get(revised.get_absolute_url()).status_code == 404


def test_published_it_takes_the_place_and_leaves_address_and_uses(
    client, published, revised, ana, helena, other_government
):
    published.adoptions.create(adopter=other_government.body, purpose="x", department="y", contact_email="a@b.example")
    law = published.documents.get(title="Lei 12")
    client.force_login(helena)
    read = {f"verdict_{code}": "yes" for code in Feature.values} | {"verdict_innovation": "no"}
    read["based_on"] = curation.stamp_of(curation.checks_of(revised))
    OutboxMessage.objects.all().delete()
    Job.objects.all().delete()
    publish(client, revised, **read)
    row = Practice.objects.get(pk=published.pk)
    assert (row.state, row.published_at, row.key, row.version) == (
        "published",
        published.published_at,
        published.key,
        published.version + 1,
    )
    assert (row.lessons, row.dimensions, len(row.features)) == ("A lição nova", [5], 9)
    assert {document.title: document.pk for document in row.documents.all()}["Lei 12"] == law.pk
    assert {document.title for document in row.documents.all()} == {"Lei 12", "Modelo"}
    assert row.checks.get(feature="innovation").verdict == "no"
    assert row.adoptions.count() == 1
    assert row in Practice.objects.search("modelo licao nova")
    assert Practice.objects.get(pk=revised.pk).state == "merged"
    assert OutboxMessage.objects.get(kind="practice_published").recipient == ana.email
    assert Job.objects.get(kind="practice_sheet").subject_id == str(row.pk)
    assert row.moves.order_by("pk").last().in_words == "publicou uma revisão"
    client.force_login(ana)
    assert list(client.get(reverse("bank:own")).context["practices"]) == [row]


def test_of_documents_that_say_the_same_as_many_stay_as_the_revision_has(client, published, ana, helena, now):
    for order in (1, 2):
        published.documents.create(title="Guia", type="guide", order=order)
    revision = revisions.begin(published, by=ana, at=now)
    writing.remove_document(revision, revision.documents.first().pk, by=ana, at=now)
    writing.send(revision, by=ana, at=now)
    client.force_login(helena)
    publish(client, Practice.objects.get(pk=revision.pk))
    assert [document.title for document in published.documents.all()] == ["Guia"]


def test_sent_back_it_is_corrected_by_the_owner(client, published, revised, ana, helena):
    client.force_login(helena)
    assert client.post(url("return", revised), {"on_lessons": "Com que custo?"}).status_code == 302
    client.force_login(ana)
    assert "Com que custo?" in client.get(url("own-sheet", revised)).content.decode()
    form = posted(revised.version, lessons="Custa duas horas", send="1")
    assert client.post(url("own-sheet", revised), form).status_code == 302
    client.force_login(helena)
    publish(client, revised)
    assert Practice.objects.get(pk=published.pk).lessons == "Custa duas horas"


def test_refused_with_a_reason_the_sheet_stays_and_another_may_follow(client, published, revised, ana, helena):
    client.force_login(helena)
    assert client.post(url("decline", revised), {"text": "Falta a fonte"}).status_code == 302
    outbox.deliver_due()
    [letter] = [letter for letter in mail.outbox if "Resposta sobre" in letter.subject]
    assert "Falta a fonte" in letter.body
    assert "O texto publicado fica como estava" in letter.body
    assert Practice.objects.get(pk=published.pk).lessons == published.lessons
    client.force_login(ana)
    assert client.post(url("revise", published)).status_code == 302
    assert published.revisions.count() == 2


def test_its_page_promises_only_what_is_still_to_come(client, published, revised, ana, helena, now):
    promise = "fica como está até a coordenação publicar"
    link = f'<a href="{published.get_absolute_url()}">Ver a página da prática'

    def shown(practice):
        page = client.get(url("own-sheet", practice)).content.decode()
        return promise in page, link in page

    client.force_login(ana)
    assert shown(revised) == (True, True)
    curation.decline(revised, reason="Falta a fonte", by=helena, at=now)
    assert shown(revised) == (False, True)
    curation.unpublish(published, reason="Dados em revisão", by=helena, at=now)
    assert shown(revised) == (False, False)


@pytest.mark.parametrize("persona", ["ana", "tiago"])
def test_only_coordinators_publish_a_revision(client, request, published, revised, persona):
    client.force_login(request.getfixturevalue(persona))
    seen = {"seen": revisions.stamp_of(published)}
    assert client.post(url("publish", revised), seen).status_code == 403
    assert Practice.objects.get(pk=published.pk).lessons == published.lessons


def test_what_was_corrected_meanwhile_is_seen_before_it_is_replaced(client, published, revised, helena):
    client.force_login(helena)
    seen = client.get(url("curate", revised)).context["seen"]
    corrected = posted(published.version, problem="Corrigido pela coordenação")
    assert client.post(url("own-sheet", published), corrected).status_code == 302
    late = client.post(url("publish", revised), {"seen": seen, "on_lessons": "Nota escrita"})
    page = late.content.decode()
    assert late.status_code == 412
    assert "Corrigido pela coordenação" in page
    assert "Nota escrita" in page
    assert Practice.objects.get(pk=published.pk).problem == "Corrigido pela coordenação"
    assert publish(client, revised).status_code == 302
    assert Practice.objects.get(pk=published.pk).lessons == "A lição nova"


def test_what_was_read_in_the_published_sheet_meanwhile_is_seen_before_it_is_replaced(
    client, published, revised, helena, marcos, now
):
    client.force_login(helena)
    seen = client.get(url("curate", revised)).context["seen"]
    read = dict.fromkeys(Feature.values, ("yes", "")) | {"innovation": ("no", "Já se fazia em Esteio")}
    stamp = curation.stamp_of(curation.checks_of(published))
    curation.save_checks(published, read, based_on=stamp, by=marcos, at=now)
    late = client.post(url("publish", revised), {"seen": seen})
    assert (late.status_code, "Já se fazia em Esteio" in late.content.decode()) == (412, True)
    assert published.checks.get(feature="innovation").verdict == "no"
    assert publish(client, revised).status_code == 302
    assert published.checks.get(feature="innovation").verdict == "yes"


def test_all_that_a_revision_says_otherwise_stands_beside_what_is_published(client, published, ana, helena, now):
    published.documents.create(title="Guia", type="guide", url="https://canoas.example/guia", order=1)
    revision = revisions.begin(published, by=ana, at=now)
    revision.documents.update(url="https://canoas.example/outro")
    results = (("atendimentos", "5.214", "9.000", "por ano", "Agenda"),)
    others = {"title_en": "Another title", "summary_es": "Otro resumen", "language": "es", "started_year": "2019"}
    client.force_login(ana)
    client.post(url("own-sheet", revision), posted(1, results=results, quote_by="Moradora", send="1", **others))
    client.force_login(helena)
    lines = {name: (text, public) for name, _, text, public in client.get(url("curate", revision)).context["lines"]}
    assert {name: said for name, said in lines.items() if said[1] is not None} == {
        "title_en": ("Another title", "One calendar of mediation"),
        "summary_es": ("Otro resumen", ""),
        "language": ("espanhol", "português"),
        "started_year": ("2019", "2022"),
        "results": (
            "atendimentos: 5.214 de 9.000 por ano (Agenda)",
            "atendimentos: 5.214 por ano (Agenda)",
        ),
        "quote_by": ("Moradora", ""),
        "documents": ("Guia (https://canoas.example/outro)", "Guia (https://canoas.example/guia)"),
    }
    assert "summary_en" not in lines


def test_who_corrects_the_published_sheet_meanwhile_is_told(client, published, revised, helena):
    client.force_login(helena)
    publish(client, revised)
    stale = client.post(url("own-sheet", published), posted(published.version, lessons="De outra pessoa"))
    assert stale.status_code == 412
    assert "De outra pessoa" in stale.content.decode()
    assert Practice.objects.get(pk=published.pk).lessons == "A lição nova"


def test_taken_off_the_air_meanwhile_the_revision_brings_it_back(client, published, revised, helena, now):
    curation.unpublish(published, reason="Dados em revisão", by=helena, at=now)
    client.force_login(helena)
    assert publish(client, revised).status_code == 302
    row = Practice.objects.get(pk=published.pk)
    assert (row.state, row.lessons) == ("published", "A lição nova")


@pytest.mark.parametrize("state", ["published", "unpublished"])
def test_the_database_refuses_a_revision_in_public(revised, now, state):
    facts = {"state": state, "published_at": now, "checked_on": now.date()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.filter(pk=revised.pk).update(**facts)
