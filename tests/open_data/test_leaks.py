"""One walk over every table, list, detail and map: what an unpublished edition, practice or event holds is in none of them."""

import pytest
from django.utils import timezone

from certification.figures.models import ActionCount, EditionCount, IndicatorCount, Presence, PublicAction
from certification.prioritization.models import PriorityAction
from events.domain import create_event
from migracidades.open_data.tables import BY_SLUG
from practices.domain import publish_practice

LISTS = ("governments", "editions", "dimensions", "questionnaires", "seals", "practices", "events", "actions")
SECRET = "Segredo-da-edição"


@pytest.fixture
def secrets(hidden, unpublished, sealed):
    """An edition under way, with everything it could hold, prepared tables that should not be there included."""
    participation, tomorrow = hidden.participation, timezone.now() + timezone.timedelta(days=1)
    government = participation.government
    place = {"uf": "CE", "region": "Nordeste", "kind": "municipality"}
    action = PriorityAction.objects.create(government=government, dimension=1, title=SECRET)
    row = {"edition": unpublished, "government": government, "participation": participation, **place}
    Presence.objects.create(**row, search="fortaleza", standing="certified", seal_code=hidden.code)
    PublicAction.objects.create(**row, action=action, order=1, dimension=1, title=SECRET, state="late")
    EditionCount.objects.create(edition=unpublished, **place, enrolled=20262026)
    counted = {"edition": unpublished, "region": "Nordeste", "kind": "municipality", "dimension": 1}
    ActionCount.objects.create(**counted, state="late", number=20262026)
    IndicatorCount.objects.create(**counted, code="9.99", exists=20262026)
    publish_practice("segredo", owner=government.body, at=tomorrow, title_pt_br=SECRET, summary_pt_br=SECRET)
    days = {"starts_on": "2026-02-25", "ends_on": "2026-02-25"}
    create_event("segredo", at=tomorrow, type="webinar", title_pt_br=SECRET, audience_label_pt_br=SECRET, **days)
    return {"action": action.pk, "words": [SECRET, hidden.code, "20262026", "9.99"]}


def texts(client):
    """(address, what it says) of everything that is told in bulk."""
    for slug in BY_SLUG:
        for form in ("csv", "json"):
            yield f"/dados/{slug}.{form}", b"".join(client.get(f"/dados/{slug}.{form}").streaming_content).decode()
    for path in [*(f"/api/v1/{name}?page_size=100" for name in LISTS), "/dados/", "/sitemap.xml"]:
        yield path, client.get(path).content.decode()
    for section in ("seals", "practices", "events", "editions"):
        path = f"/sitemap-{section}-1.xml"
        yield path, client.get(path).content.decode()
    yield "/api/v1/governments/2304400", client.get("/api/v1/governments/2304400").content.decode()


def test_what_is_not_published_is_told_nowhere(client, secrets):
    leaks = [(path, word) for path, text in texts(client) for word in secrets["words"] if word in text]
    assert leaks == []


def test_what_is_not_published_has_no_address_in_the_api(client, secrets, hidden):
    for path in (f"actions/{secrets['action']}", f"seals/{hidden.code}"):
        assert client.get(f"/api/v1/{path}").status_code == 404


def test_no_table_has_a_row_of_the_edition(client, secrets):
    for slug in ("editions", "participations", "seals", "actions", "numbers", "indicator-results"):
        text = b"".join(client.get(f"/dados/{slug}.csv").streaming_content).decode("utf-8-sig")
        assert not any(line.startswith("2026,") for line in text.splitlines()), slug
        assert "Fortaleza" not in text
