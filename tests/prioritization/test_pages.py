"""The pages of the plan: who gets in, what is refused and kept, versions, one query count however long the plan."""

import re
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from certification.models import Kind, State
from certification.prioritization import domain
from certification.prioritization.models import PriorityAction
from tests.prioritization.stages import whole_action


def form_of(now, **changes):
    """The page's form as a browser sends it."""
    today = now.date()
    plain = {
        "version": "1",
        "title": "Portaria que diz quem responde",
        "dimension": "1",
        "why": "Tudo depende de uma pessoa.",
        "starts_on": (today + timedelta(days=1)).isoformat(),
        "ends_on": (today + timedelta(days=90)).isoformat(),
        "partners-TOTAL_FORMS": "2",
        "partners-INITIAL_FORMS": "0",
        "partners-0-name": "Procuradoria",
        "partners-1-name": "",
        "moves-TOTAL_FORMS": "2",
        "moves-INITIAL_FORMS": "0",
        "moves-0-on": today.isoformat(),
        "moves-0-time": "09:30",
        "moves-0-text": "Fechar a minuta",
        "moves-0-role": "Assistente social",
        "moves-1-on": "",
    }
    return {**plain, **changes}


def queries(client, url, data=None):
    with CaptureQueriesContext(connection) as captured:
        response = client.post(url, data) if data is not None else client.get(url)
    return response, [q for q in captured.captured_queries if "SAVEPOINT" not in q["sql"]]


@pytest.mark.parametrize(
    ("persona", "read", "write"),
    [("ana", 200, 302), ("dora", 200, 302), ("bruno", 200, 403), ("carla", 404, 404), ("helena", 200, 403)],
)
def test_plan_by_persona(request, client, planned, persona, read, write):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("prioritization:plan", args=[planned.pk])).status_code == read
    response = client.post(reverse("prioritization:use", args=[planned.pk]), {"code": "1.01"})
    assert response.status_code == write
    assert PriorityAction.objects.exists() == (write == 302)


@pytest.mark.parametrize("name", ["action", "move", "remove", "carry"])
def test_an_action_of_another_government_is_not_found(client, planned, action, carla, name):
    client.force_login(carla)
    assert client.post(reverse(f"prioritization:{name}", args=[planned.pk, action.pk]), {}).status_code == 404
    assert PriorityAction.objects.filter(pk=action.pk).exists()


def test_the_plan_shows_gaps_with_their_suggestion_and_no_weight(client, planned, dora):
    client.force_login(dora)
    page = client.get(reverse("prioritization:plan", args=[planned.pk]))
    assert [group["dimension"].number for group in page.context["groups"]] == [1, 2]
    text = page.content.decode()
    assert text.count("Usar esta sugestão") == 3
    assert "peso" not in text.lower()


def test_an_own_action_is_saved_with_partners_and_moves(client, planned, dora, now):
    client.force_login(dora)
    response = client.post(reverse("prioritization:new", args=[planned.pk]), form_of(now, version="", key="k1"))
    action = PriorityAction.objects.get()
    assert response["Location"].endswith(f"#acao-{action.pk}")
    assert [partner.name for partner in action.partners.all()] == ["Procuradoria"]
    move = action.next_moves.get()
    assert (move.text, f"{move.time:%H:%M}") == ("Fechar a minuta", "09:30")


def test_more_lines_keep_everything_and_save_nothing(client, planned, dora, now):
    client.force_login(dora)
    response = client.post(reverse("prioritization:new", args=[planned.pk]), form_of(now, more="moves"))
    assert response.status_code == 200
    assert "Fechar a minuta" in response.content.decode()
    assert 'name="moves-4-text"' in response.content.decode()
    assert not PriorityAction.objects.exists()


def test_a_half_written_move_is_named(client, planned, dora, now):
    client.force_login(dora)
    response = client.post(reverse("prioritization:new", args=[planned.pk]), form_of(now, **{"moves-0-on": ""}))
    assert response.status_code == 422
    assert "Informe a data deste próximo passo." in response.content.decode()


def test_a_window_that_closed_keeps_the_text(client, planned, action, ana, now, close):
    client.force_login(ana)
    assert client.get(reverse("prioritization:action", args=[planned.pk, action.pk])).status_code == 200
    close(now)
    url = reverse("prioritization:action", args=[planned.pk, action.pk])
    response = client.post(url, form_of(now, why="Texto escrito depois da hora."))
    assert response.status_code == 409
    assert "Texto escrito depois da hora." in response.content.decode()
    assert "O prazo desta etapa terminou" in response.content.decode()
    assert PriorityAction.objects.get().why == action.why


def test_a_stale_save_shows_both_and_can_be_saved_after(client, planned, action, ana, dora, now):
    domain.save_action(planned, action.pk, whole_action(now, why="De Dora."), based_on=1, by=dora, at=now)
    client.force_login(ana)
    url = reverse("prioritization:action", args=[planned.pk, action.pk])
    response = client.post(url, form_of(now, why="De Ana."))
    assert response.status_code == 412
    text = response.content.decode()
    assert "De Dora." in text
    assert "De Ana." in text
    assert 'name="version" value="2"' in text
    assert client.post(url, form_of(now, why="De Ana.", version="2")).status_code == 302
    assert PriorityAction.objects.get().why == "De Ana."


def test_submission_without_what_lacks_and_with_a_receipt(client, planned, ana, now):
    client.force_login(ana)
    url = reverse("prioritization:submit", args=[planned.pk])
    refused = client.post(url)
    assert refused.status_code == 422
    assert "Pelo menos uma ação prioritária" in refused.content.decode()
    domain.add_action(planned, whole_action(now), by=ana, at=now)
    receipt = client.post(url, follow=True)
    snapshot = planned.snapshots.get(kind=Kind.PRIORITIZATION)
    assert snapshot.protocol in receipt.content.decode()
    copy = client.get(reverse("prioritization:receipt-json", args=[planned.pk, 1]))
    assert copy.json() == snapshot.content


@pytest.mark.parametrize(("persona", "read", "decide"), [("helena", 200, 302), ("tiago", 200, 403), ("ana", 403, 403)])
def test_the_desk_by_persona(request, client, submitted, now, persona, read, decide):
    client.force_login(request.getfixturevalue(persona))
    assert client.get(reverse("prioritization:review", args=[submitted.pk])).status_code == read
    assert client.post(reverse("prioritization:approve", args=[submitted.pk])).status_code == decide
    approved = submitted.steps.get(kind=Kind.PRIORITIZATION).state == State.APPROVED
    assert approved == (decide == 302)


def test_a_return_without_words_keeps_the_day(client, submitted, helena, now):
    client.force_login(helena)
    until = (now + timedelta(days=9)).date().isoformat()
    url = reverse("prioritization:return", args=[submitted.pk])
    refused = client.post(url, {"message": "", "correct_until": until})
    assert refused.status_code == 422
    assert until in refused.content.decode()
    assert client.post(url, {"message": "Falta medir.", "correct_until": until}).status_code == 302
    too_late = client.post(url, {"message": "De novo, com mais detalhe.", "correct_until": until})
    assert too_late.status_code == 409
    assert "De novo, com mais detalhe." in too_late.content.decode()


def test_pages_ask_the_same_however_long_the_plan(client, planned, dora, helena, now):
    client.force_login(dora)
    url = reverse("prioritization:plan", args=[planned.pk])
    domain.add_action(planned, whole_action(now), by=dora, at=now)
    domain.use_suggestion(planned, "1.01", by=dora, at=now)
    client.get(url)
    _page, one = queries(client, url)
    for code in ("1.11", "2.01"):
        domain.use_suggestion(planned, code, by=dora, at=now)
    _page, four = queries(client, url)
    assert len(one) == len(four) <= 30, "\n".join(q["sql"][:200] for q in four)
    client.force_login(helena)
    _page, desk = queries(client, reverse("prioritization:review", args=[planned.pk]))
    assert len(desk) <= 30


def test_a_save_is_short(client, planned, action, dora, now):
    client.force_login(dora)
    url = reverse("prioritization:action", args=[planned.pk, action.pk])
    client.post(url, form_of(now))
    response, asked = queries(client, url, form_of(now, version="2", why="Outro motivo."))
    assert response.status_code == 302
    assert len(asked) <= 12, "\n".join(q["sql"][:150] for q in asked)


def test_in_english_no_day_of_a_plan_reads_two_ways(client, ana, planned, action):
    client.force_login(ana)
    page = client.get(f"/en{reverse('prioritization:plan', args=[planned.pk])}").content.decode()
    assert action.title in page
    assert re.findall(r"\b\d\d/\d\d/\d{2,4}\b", page) == []
