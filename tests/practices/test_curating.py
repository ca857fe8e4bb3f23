"""The curators' room: sent, read against the ten features, returned, published, corrected, taken off."""

import re

import pytest
from django.core import mail
from django.db import IntegrityError, transaction
from django.urls import reverse

from core import outbox
from core.models import Job
from practices import curation, writing
from practices.models import Practice, PracticeMove
from tests.practices.sheets import letters, posted, sheet_url


def test_sending_needs_the_whole_story_and_tells_the_coordination(client, ana, draft, helena, now):
    client.force_login(ana)
    refused = client.post(sheet_url(draft), posted(1, results=(), migrants_part="", send="1"))
    assert refused.status_code == 422
    assert "ainda falta completar" in refused.content.decode()
    assert client.post(sheet_url(draft), posted(2, send="1")).status_code == 302
    assert Practice.objects.get().state == "sent"
    assert letters("practice_sent") == {helena.email}
    assert writing.send(draft, by=ana, at=now).state == "sent"  # twice is once
    assert PracticeMove.objects.filter(went_to="sent").count() == 1


@pytest.mark.parametrize(
    ("persona", "page", "acts"), [("helena", 200, 302), ("tiago", 200, 403), ("ana", 403, 403), ("carla", 403, 403)]
)
def test_the_curators_room_by_persona(client, request, sent, persona, page, acts):
    client.force_login(request.getfixturevalue(persona))
    for name, args in (("queue", []), ("notes", []), ("curate", [sent.pk])):
        assert client.get(reverse(f"bank:{name}", args=args)).status_code == page
    assert client.post(reverse("bank:decline", args=[sent.pk]), {"text": "Parou"}).status_code == acts
    notes = client.post(reverse("bank:checks", args=[sent.pk]), {"based_on": "", "verdict_ownership": "yes"})
    assert notes.status_code == (302 if page == 200 else 403)


@pytest.mark.parametrize("name", ["return", "publish", "unpublish", "feature", "checked", "owner"])
@pytest.mark.parametrize("persona", ["tiago", "ana"])
def test_only_coordinators_move_a_sheet(client, request, sent, name, persona):
    client.force_login(request.getfixturevalue(persona))
    assert client.post(reverse(f"bank:{name}", args=[sent.pk])).status_code == 403


@pytest.mark.parametrize("named", [False, True])
def test_a_sheet_of_a_team_is_given_to_nobody_else(client, helena, sent, association, named):
    client.force_login(helena)
    url = reverse("bank:owner", args=[sent.pk])
    assert client.post(url, {"body": association.pk if named else ""}).status_code == 403
    assert Practice.objects.get().owner == sent.owner


def test_given_back_with_notes_on_fields_corrected_and_sent_again(client, helena, ana, dora, sent):
    client.force_login(helena)
    url = reverse("bank:return", args=[sent.pk])
    empty = client.post(url, {"message": "Quase lá"})
    assert empty.status_code == 422
    assert "Quase lá" in empty.content.decode()
    reading = {"based_on": "", "verdict_innovation": "no", "note_innovation": "Já existia"}
    assert client.post(url, {"on_who": "Qual secretaria?", **reading}).status_code == 302
    assert Practice.objects.get().state == "returned"
    assert Practice.objects.get().checks.get().note == "Já existia"  # the reading beside the notes is kept too
    assert letters("practice_returned") == {ana.email, dora.email}
    client.force_login(ana)
    assert "Qual secretaria?" in client.get(sheet_url(sent)).content.decode()
    assert client.post(sheet_url(sent), posted(1, who="Saúde", send="1")).status_code == 302
    assert Practice.objects.get().state == "sent"
    outbox.deliver_due()
    # Sent again before the letter left: nobody needs it any more.
    assert not [letter for letter in mail.outbox if "devolvida" in letter.subject]


def test_the_letter_of_a_return_holds_the_notes(sent, helena, ana, now):
    curation.give_back(sent, {"who": "Qual secretaria?"}, message="Quase lá.", by=helena, at=now)
    outbox.deliver_due()
    [letter] = [letter for letter in mail.outbox if "devolvida" in letter.subject]
    assert "Quem fez: Qual secretaria?" in letter.body
    assert "Quase lá." in letter.body
    assert sheet_url(sent) in letter.body


def test_publishing_needs_ten_features_read(client, helena, sent):
    client.force_login(helena)
    url = reverse("bank:publish", args=[sent.pk])
    assert client.post(url).status_code == 422
    features = {f"verdict_{code}": "yes" for code in curation.Feature.values} | {"verdict_innovation": "no"}
    refused = client.post(url, {"based_on": "", **features, "verdict_synergy": "", "on_who": "Nota escrita"})
    assert refused.status_code == 422
    assert "Nota escrita" in refused.content.decode()
    stamp = curation.stamp_of(curation.checks_of(sent))
    assert client.post(url, {"based_on": stamp, **features}).status_code == 302
    practice = Practice.objects.get()
    assert practice.state == "published"
    assert practice.checked_on
    assert "innovation" not in practice.features
    assert len(practice.features) == 9
    assert client.get(practice.get_absolute_url()).status_code == 200
    assert Job.objects.get(kind="practice_sheet").params == {"language": "pt-br"}


def test_two_curators_readings_do_not_overwrite_each_other(client, helena, tiago, sent, now):
    curation.save_checks(sent, {"ownership": ("yes", "De Tiago")}, based_on="", by=tiago, at=now)
    client.force_login(helena)
    url = reverse("bank:checks", args=[sent.pk])
    response = client.post(url, {"based_on": "", "verdict_ownership": "no", "note_ownership": "De Helena"})
    page = response.content.decode()
    assert response.status_code == 412
    assert "De Tiago" in page
    assert "De Helena" in page
    assert sent.checks.get().note == "De Tiago"


def test_saving_the_reading_keeps_the_notes_beside_it(client, helena, sent):
    client.force_login(helena)
    url = reverse("bank:checks", args=[sent.pk])
    page = client.post(url, {"based_on": "", "verdict_ownership": "yes", "on_problem": "Ainda por enviar"})
    assert page.status_code == 200
    assert "Ainda por enviar" in page.content.decode()
    assert sent.checks.count() == 1


def test_unpublished_with_a_reason_and_published_again(client, published, helena, ana):
    client.force_login(helena)
    url = reverse("bank:unpublish", args=[published.pk])
    assert client.post(url, {"text": " "}).status_code == 422
    assert client.post(url, {"text": "Dados em revisão"}).status_code == 302
    assert client.get(published.get_absolute_url()).status_code == 404
    assert letters("practice_unpublished") == {ana.email}
    outbox.deliver_due()
    assert any("Dados em revisão" in letter.body for letter in mail.outbox)
    first = Practice.objects.get().published_at
    assert client.post(reverse("bank:publish", args=[published.pk])).status_code == 302
    assert Practice.objects.get().published_at == first


def test_featured_and_no_longer(client, published, helena):
    client.force_login(helena)
    url = reverse("bank:feature", args=[published.pk])
    client.post(url, {"on": "1"})
    assert Practice.objects.get().featured_at
    client.post(url, {"on": "0"})
    assert Practice.objects.get().featured_at is None


@pytest.mark.parametrize("name", ["publish", "return", "decline", "unpublish", "feature", "checked"])
def test_a_move_from_the_wrong_state_is_409_and_keeps_the_text(client, draft, helena, name):
    client.force_login(helena)
    sent = {"text": "Um motivo", "on_who": "Uma nota", "on": "1"}
    assert client.post(reverse(f"bank:{name}", args=[draft.pk]), sent).status_code == 409
    assert Practice.objects.get().state == "draft"


def test_a_published_sheet_is_corrected_by_coordinators_alone(client, published, ana, helena):
    client.force_login(ana)
    assert client.post(sheet_url(published), posted(published.version)).status_code == 409
    client.force_login(helena)
    assert client.post(sheet_url(published), posted(published.version, lessons="Corrigida")).status_code == 302
    assert "Corrigida" in client.get(published.get_absolute_url()).content.decode()


@pytest.mark.parametrize(
    ("changes", "target"),
    [
        ({"summary_pt_br": ""}, "id_summary_pt_br"),
        ({"problem": " "}, "id_problem"),
        ({"dimensions": []}, "id_dimensions_0"),
        (
            {"results-0-what": "", "results-0-figure": "", "results-0-unit": "", "results-0-source": ""},
            "results-0-what",
        ),
    ],
)
def test_a_published_sheet_loses_nothing_it_was_published_with(client, published, helena, changes, target):
    client.force_login(helena)
    response = client.post(sheet_url(published), posted(published.version, lessons="Corrigida") | changes)
    page = response.content.decode()
    assert response.status_code == 422
    assert re.search(rf'<a href="#(id_)?{target}">[^<]+: A ficha está publicada e não pode ficar sem isto', page)
    assert "Corrigida" in page
    kept = Practice.objects.get()
    assert (kept.version, kept.dimensions, kept.results.count()) == (published.version, [4, 6], 1)
    assert (kept.summary, kept.problem, kept.lessons) == (published.summary, published.problem, published.lessons)


def test_without_a_line_of_results_the_reason_stands_on_top(client, published, helena):
    client.force_login(helena)
    page = client.post(sheet_url(published), posted(published.version, results=())).content.decode()
    assert "Ao menos um resultado com número e fonte: A ficha está publicada" in page
    assert published.results.count() == 1


def test_what_came_in_without_a_part_is_still_corrected(client, published, helena):
    Practice.objects.update(who="")
    client.force_login(helena)
    form = posted(published.version, who="", lessons="Corrigida")
    assert client.post(sheet_url(published), form).status_code == 302


def test_no_feature_of_a_published_sheet_becomes_unread(client, published, tiago):
    client.force_login(tiago)
    stamp = curation.stamp_of(curation.checks_of(published))
    read = {f"verdict_{code}": "no" for code in curation.Feature.values} | {
        "based_on": stamp,
        "note_synergy": "Uma nota",
    }
    url = reverse("bank:checks", args=[published.pk])
    refused = client.post(url, read | {"verdict_synergy": ""})
    page = refused.content.decode()
    assert refused.status_code == 422
    assert '<a href="#id_verdict_synergy">Soma com outras iniciativas: A ficha está publicada' in page
    assert "Uma nota" in page
    assert len(Practice.objects.get().features) == 10
    assert client.post(url, read).status_code == 302
    assert Practice.objects.get().features == []


@pytest.mark.parametrize(
    "facts", [{"state": "published"}, {"state": "published", "published_at": "2026-01-01T00:00Z", "owner": None}]
)
def test_the_database_refuses_a_published_sheet_without_owner_or_dates(draft, facts):
    with pytest.raises(IntegrityError), transaction.atomic():
        Practice.objects.update(**facts)
