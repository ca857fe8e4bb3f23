"""A sheet written by its team, with its documents, and kept true once it is published: who may, what is kept, who is told."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core import outbox
from governments import team
from governments.models import Evidence
from practices import freshness, writing
from practices.models import Practice
from practices.models.practice import WrongState
from tests.factories import GovernmentFactory
from tests.practices.sheets import posted, sheet_url

PDF = b"%PDF-1.4\n%%EOF\n"


# Writing.


def test_a_team_writes_a_draft_and_the_same_form_sent_twice_makes_one(client, dora, canoas):
    client.force_login(dora)
    assert client.get(reverse("bank:new")).status_code == 200
    form = posted("", key="0123456789abcdef0123456789abcdef")
    first, second = (client.post(reverse("bank:new"), form) for _each in range(2))
    practice = Practice.objects.get()
    assert first.url == second.url == sheet_url(practice)
    assert (practice.owner, practice.state, practice.source) == (canoas.body, "draft", "team")
    assert (practice.dimensions, practice.sdg_targets) == ([4, 6], ["10.7", "16.6"])
    assert practice.results.get().figure == 5214


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("1.250", "1250"),
        ("2,5", "2.5"),
        ("2.5", "2.5"),
        ("12.345,67", "12345.67"),
        ("1 250", "1250"),
        ("1\u202f250", "1250"),
        ("1250", "1250"),
        ("0", "0"),
        ("0,25", "0.25"),
        ("999.999.999.999", "999999999999"),
    ],
)
def test_figures_are_read_as_people_write_them(client, ana, draft, typed, kept):
    client.force_login(ana)
    client.post(sheet_url(draft), posted(1, results=(("pessoas", typed, "", "pessoas", "Lista"),)))
    assert f"{draft.results.get().figure.normalize():f}" == kept


@pytest.mark.parametrize("field", ["figure", "of"])
@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("1e9", "Escreva só o número"),
        ("1E+3", "Escreva só o número"),
        ("1_000", "Escreva só o número"),
        ("+5", "Escreva só o número"),
        ("\u0663", "Escreva só o número"),
        ("NaN", "Escreva só o número"),
        ("1.23.456", "Escreva só o número"),
        ("0.500", "Escreva só o número"),
        ("12 34", "Escreva só o número"),
        ("-5", "sem o sinal de menos"),
        ("\u22125", "sem o sinal de menos"),
        ("1.000.000.000.000", "até 999.999.999.999"),
        ("2,555", "até duas casas decimais"),
        ("1,250", "até duas casas decimais"),  # in English it would be another number
    ],
)
def test_what_is_no_figure_is_refused_and_stays_typed(client, ana, draft, typed, said, field):
    client.force_login(ana)
    response = client.post(sheet_url(draft), posted(1) | {f"results-0-{field}": typed})
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert f'value="{typed}"' in page
    assert draft.results.get().figure == 5214


@pytest.mark.parametrize(
    ("changes", "said"),
    [
        ({"title_pt_br": ""}, "Dê um título"),
        ({"sdg_targets": "99.1"}, "não é uma meta dos ODS"),
        ({"results-0-figure": "muitos"}, "Escreva só o número"),
        ({"results-0-source": ""}, "de onde vem o número"),
        ({"started_year": "vinte"}, "quatro algarismos"),
    ],
)
def test_a_refused_form_keeps_what_was_typed_and_says_how_to_mend_it(client, ana, draft, changes, said):
    client.force_login(ana)
    response = client.post(sheet_url(draft), posted(1, lessons="Lição que não se perde") | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert said in page
    assert "Lição que não se perde" in page
    draft.refresh_from_db()
    assert draft.version == 1


def test_two_people_do_not_overwrite_each_other(client, ana, dora, draft, now):
    client.force_login(dora)
    assert client.post(sheet_url(draft), posted(1, lessons="A de Dora")).status_code == 302
    client.force_login(ana)
    stale = client.post(sheet_url(draft), posted(1, lessons="A de Ana"))
    page = stale.content.decode()
    assert stale.status_code == 412
    assert "Dora Lima salvou esta ficha" in page
    assert "A de Dora" in page
    assert "A de Ana" in page
    assert Practice.objects.get().lessons == "A de Dora"
    # Sent again from that page it rests on the version that was seen.
    assert 'name="version" value="2"' in page
    assert client.post(sheet_url(draft), posted(2, lessons="As duas")).status_code == 302
    assert Practice.objects.get().lessons == "As duas"


def test_a_save_without_a_version_is_428_and_after_sending_409_with_the_text(client, ana, draft, now):
    client.force_login(ana)
    assert client.post(sheet_url(draft), posted("")).status_code == 428
    writing.send(draft, by=ana, at=now)
    response = client.post(sheet_url(draft), posted(1, lessons="Tarde demais"))
    assert response.status_code == 409
    assert "Tarde demais" in response.content.decode()


def test_more_lines_lose_nothing(client, ana, draft):
    client.force_login(ana)
    page = client.post(sheet_url(draft), posted(1, more="results", lessons="Ainda aqui")).content.decode()
    assert "Ainda aqui" in page
    assert 'name="results-2-what"' in page


PERSONAS = [("ana", 200, 302), ("dora", 200, 302), ("bruno", 200, 403), ("carla", 404, 404), ("helena", 200, 302)]


@pytest.mark.parametrize(("persona", "sees", "saves"), PERSONAS)
def test_the_sheet_by_persona(client, request, draft, persona, sees, saves):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(sheet_url(draft)).status_code == sees
    assert client.post(sheet_url(draft), posted(1)).status_code == saves


@pytest.mark.parametrize(("persona", "status"), [("ana", 302), ("bruno", 403), ("carla", 404), ("helena", 302)])
@pytest.mark.parametrize("name", ["confirm", "tell-change"])
def test_keeping_it_true_by_persona(client, request, published, persona, status, name):
    client.force_login(request.getfixturevalue(persona))
    assert client.post(reverse(f"bank:{name}", args=[published.pk]), {"text": "Mudou o horário"}).status_code == status


@pytest.mark.parametrize(("persona", "status"), [("ana", 302), ("bruno", 403), ("carla", 404)])
def test_a_draft_is_thrown_away_by_who_writes(client, request, draft, persona, status):
    client.force_login(request.getfixturevalue(persona))
    assert client.post(reverse("bank:discard", args=[draft.pk])).status_code == status
    assert Practice.objects.exists() is (status != 302)


def test_what_was_sent_is_not_thrown_away(sent, ana):
    with pytest.raises(WrongState):
        writing.discard(sent, by=ana)


def test_an_organisations_team_writes_too(client, rosa, association):
    client.force_login(rosa)
    client.post(reverse("bank:new"), posted("", key="ab" * 16))
    assert Practice.objects.get().owner == association
    assert client.get(reverse("bank:own")).status_code == 200


@pytest.mark.parametrize("persona", ["bruno", "tiago", "helena"])
def test_who_writes_for_nobody_begins_nothing(client, request, persona, canoas):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("bank:new")).status_code == 403


@pytest.fixture
def both(ana, other_government, now):
    """Ana fills in for a second government too."""
    team.add_member(other_government.body, user=ana, role="editor", by=ana, at=now - timedelta(days=9))
    return other_government.body


def test_who_works_for_several_says_for_which(client, ana, both, canoas):
    client.force_login(ana)
    page = client.get(reverse("bank:new")).content.decode()
    assert f'<option value="{canoas.body.pk}">' in page
    assert '<option value="" selected>Escolha' in page
    refused = client.post(reverse("bank:new"), posted("", body="", lessons="Não se perde"))
    assert refused.status_code == 422
    assert '<a href="#id_body">Em nome de: Diga em nome de quem' in refused.content.decode()
    assert "Não se perde" in refused.content.decode()
    assert client.post(reverse("bank:new"), posted("", key="ab" * 16)).status_code == 422
    assert not Practice.objects.exists()
    assert client.post(reverse("bank:new"), posted("", key="ab" * 16, body=both.pk)).status_code == 302
    assert Practice.objects.get().owner == both


def test_the_one_named_in_the_address_is_chosen(client, ana, both):
    client.force_login(ana)
    page = client.get(reverse("bank:new"), {"de": both.pk}).content.decode()
    assert f'<option value="{both.pk}" selected>' in page


@pytest.mark.parametrize(("role", "status"), [(None, 404), ("reader", 403)])
@pytest.mark.parametrize("persona", ["ana", "bruno"])
def test_nobody_writes_for_a_body_that_is_not_theirs(client, request, other_government, now, persona, role, status):
    user = request.getfixturevalue(persona)
    if role:
        team.add_member(other_government.body, user=user, role=role, by=user, at=now - timedelta(days=9))
    client.force_login(user)
    foreign = str(other_government.body.pk)
    assert client.get(reverse("bank:new"), {"de": foreign}).status_code == status
    assert client.post(reverse("bank:new"), posted("", key="ab" * 16, body=foreign)).status_code == status
    assert not Practice.objects.exists()


@pytest.mark.parametrize("named", ["0", "abc", "9" * 30])
def test_a_body_there_is_not_is_404(client, ana, named):
    client.force_login(ana)
    assert client.get(reverse("bank:new"), {"de": named}).status_code == 404
    assert client.post(reverse("bank:new"), posted("", body=named)).status_code == 404


# Documents.


def test_a_document_is_kept_with_the_sheet_in_one_press(client, ana, draft, canoas):
    client.force_login(ana)
    file = SimpleUploadedFile("lei.pdf", PDF)
    document = {
        "documento-title": "Lei 12",
        "documento-type": "law",
        "documento-dated_on": "2022-05-04",
        "documento-place": "Canoas",
        "documento-edition": "1.ª",
        "documento-uploaded": file,
    }
    sent = posted(1, lessons="Salvo junto") | document
    assert client.post(sheet_url(draft), {**sent, "add_document": "1"}).status_code == 302
    kept = draft.documents.get()
    assert (kept.title, kept.type, kept.year, kept.place) == ("Lei 12", "law", 2022, "Canoas")
    assert kept.evidence.owner == canoas.body
    assert Evidence.objects.get().kind == "law"
    practice = Practice.objects.get()
    assert practice.lessons == "Salvo junto"
    assert Practice.objects.search("lei 12").exists()
    client.post(sheet_url(draft), posted(2, remove_document=str(kept.pk)))
    assert not draft.documents.exists()
    assert Evidence.objects.exists()  # the library outlives the sheet


def test_every_field_and_button_of_the_page_belongs_to_its_one_form(client, ana, draft):
    client.force_login(ana)
    draft.documents.create(title="Guia")
    page = client.get(sheet_url(draft)).content.decode()
    tags = re.findall(r"<(?:input|select|textarea|button)[^>]*>", page[page.index('id="documentos"') :])
    named = [tag for tag in tags if 'name="' in tag and "csrf" not in tag]
    assert len(named) >= 11
    assert [tag for tag in named if 'form="ficha"' not in tag] == []


def test_a_refused_document_says_why_and_the_sheet_is_saved(client, ana, draft):
    client.force_login(ana)
    file = SimpleUploadedFile("lei.pdf", b"nada")
    form = posted(1, lessons="Salvo") | {"documento-title": "Lei", "documento-type": "law", "add_document": "1"}
    response = client.post(sheet_url(draft), {**form, "documento-uploaded": file})
    assert response.status_code == 415
    assert Practice.objects.get().lessons == "Salvo"
    both = {**form, "version": "2", "documento-url": "https://a.example/", "documento-uploaded": file}
    assert client.post(sheet_url(draft), both).status_code == 422


def test_a_piece_of_another_library_is_not_offered(client, ana, draft, other_government):
    piece = Evidence.objects.create(owner=other_government.body, title="Alheia", url="https://x.example/")
    client.force_login(ana)
    form = posted(1) | {"documento-title": "Lei", "documento-type": "law", "documento-evidence": piece.pk}
    assert client.post(sheet_url(draft), {**form, "add_document": "1"}).status_code == 422
    assert not draft.documents.exists()


# Staying true.


@pytest.fixture
def old(published, now):
    Practice.objects.update(checked_on=freshness.months_before(now.date(), 25))
    return Practice.objects.get()


def test_a_stale_sheet_reminds_owner_and_coordination_once(client, old, ana, helena, now):
    assert freshness.remind(now) == 2
    assert freshness.remind(now + timedelta(days=1)) == 0
    outbox.deliver_due()
    assert freshness.remind(now + timedelta(days=40)) == 0
    reminded = [letter for letter in mail.outbox if "continua assim" in letter.subject]
    assert {letter.to[0] for letter in reminded} == {ana.email, helena.email}
    client.force_login(ana)
    address = re.search(r"https?://\S+(/painel/\S+)", reminded[0].body)[1]
    assert "Sim, continua assim" in client.get(address).content.decode()
    assert client.post(reverse("bank:confirm", args=[old.pk])).status_code == 302
    assert not freshness.stale(now.date()).exists()


def test_what_was_confirmed_meanwhile_reminds_nobody(old, ana, helena, now):
    freshness.remind(now)
    freshness.confirm(old, by=ana, at=now)
    mail.outbox.clear()
    outbox.deliver_due()
    assert not [letter for letter in mail.outbox if "continua assim" in letter.subject]


def test_what_changed_reaches_the_coordination_whole(client, published, ana, helena):
    client.force_login(ana)
    url = reverse("bank:tell-change", args=[published.pk])
    assert client.post(url, {"text": ""}).status_code == 422
    for text in ("O horário mudou", "O endereço também"):
        assert client.post(url, {"text": text}).status_code == 302
    outbox.deliver_due()
    bodies = "".join(letter.body for letter in mail.outbox if "Mudou algo" in letter.subject)
    assert "O horário mudou" in bodies
    assert "O endereço também" in bodies


TWO_WAYS = re.compile(r"\b\d\d/\d\d/\d{2,4}\b")


@pytest.mark.parametrize(
    ("persona", "name"),
    [
        ("ana", "own"),
        ("ana", "own-sheet"),
        ("ana", "check"),
        ("ana", "adoption"),
        ("helena", "queue"),
        ("helena", "curate"),
    ],
)
def test_in_english_no_day_reads_two_ways(client, request, old, other_government, now, persona, name):
    facts = {"purpose": "x", "department": "y", "contact_email": "a@b.example", "reply": "Sim", "replied_at": now}
    use = old.adoptions.create(adopter=other_government.body, **facts)
    client.force_login(request.getfixturevalue(persona))
    args = {"own": [], "queue": [], "adoption": [use.pk]}.get(name, [old.pk])
    page = client.get(f"/en{reverse(f'bank:{name}', args=args)}?ver=publicadas")
    assert page.status_code == 200
    assert TWO_WAYS.findall(page.content.decode()) == []


@pytest.mark.parametrize(
    ("day", "months", "earlier"),
    [("2026-03-31", 1, "2026-02-28"), ("2026-01-15", 24, "2024-01-15"), ("2024-02-29", 24, "2022-02-28")],
)
def test_months_are_counted_back_to_a_day_there_is(day, months, earlier):
    from datetime import date

    assert str(freshness.months_before(date.fromisoformat(day), months)) == earlier


def queries(client, path):
    client.get(path)
    with CaptureQueriesContext(connection) as captured:
        assert client.get(path).status_code == 200
    return len(captured)


@pytest.mark.parametrize(("persona", "name"), [("ana", "own"), ("helena", "queue")])
def test_rooms_cost_the_same_for_one_and_for_many(client, request, draft, canoas, other_government, now, persona, name):
    client.force_login(request.getfixturevalue(persona))
    ana = request.getfixturevalue("ana")

    def more():
        content = writing.SheetContent({"title_pt_br": "Outra"}, dimensions=[1])
        practice = writing.begin(canoas.body, content, by=ana, at=now)
        body = GovernmentFactory().body
        practice.adoptions.create(adopter=body, purpose="x", department="y", contact_email="a@b.example")

    path = f"{reverse(f'bank:{name}')}?ver=com-quem-propos"
    more()
    one = queries(client, path)
    for _each in range(4):
        more()
    assert queries(client, path) == one <= 24
