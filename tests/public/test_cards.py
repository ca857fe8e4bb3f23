"""Share cards: a picture of the right size for what is published, nothing for what is not, and the same one is not sent twice."""

import io
import re

import pytest
from django.urls import reverse
from django.utils import timezone
from PIL import Image, ImageChops

from core.cards import Card, draw
from practices.domain import publish_practice
from tests.factories import GovernmentFactory


def address(kind, key):
    return reverse("card", args=[kind, key])


def test_a_card_is_a_small_png_of_the_agreed_size():
    content = draw(Card("Município", "São José do Vale do Rio Preto (RJ)", "Selos: 2025", "portal.example", "2025"))
    picture = Image.open(io.BytesIO(content))
    assert (picture.format, picture.size) == ("PNG", (1200, 630))
    assert len(content) <= 60 * 1024


@pytest.mark.parametrize("title", ["", "Pindamonhangaba" * 20, "palavra " * 90, "São Tomé " * 5])
def test_any_title_fits_on_its_card(title):
    """The seal at the right is never written over: the column beside it is the same with and without a title."""
    drawn, bare = (Image.open(io.BytesIO(draw(Card("", words)))).convert("RGB") for words in (title, ""))
    beside = (800, 0, 1200, 630)
    difference = ImageChops.difference(drawn.crop(beside), bare.crop(beside)).convert("L")
    assert difference.getextrema()[1] < 80  # the palette may differ by a shade; a letter would differ by much more


def test_words_decide_the_version():
    assert Card("a", "b").etag == Card("a", "b").etag
    assert Card("a", "b").etag != Card("ab", "").etag


def test_a_card_for_each_kind(client, sealed, canoas):
    practice = publish_practice("x", owner=canoas.body, at=timezone.now(), title_pt_br="Prática", summary_pt_br="x")
    keys = {
        "government": sealed.participation.government.ibge_code,
        "edition": sealed.participation.edition.year,
        "seal": sealed.code,
        "practice": practice.pk,
        "default": "migracidades",
    }
    for kind, key in keys.items():
        answer = client.get(address(kind, key))
        assert (answer.status_code, answer["Content-Type"]) == (200, "image/png"), kind
        assert answer["Cache-Control"] == "public, no-cache"
        assert not answer.cookies
        again = client.get(address(kind, key), headers={"if-none-match": answer["ETag"]})
        assert (again.status_code, again.content) == (304, b"")


def test_a_government_without_seal_has_a_card_too(client, db):
    assert client.get(address("government", GovernmentFactory().ibge_code)).status_code == 200


@pytest.mark.parametrize(
    ("kind", "key"),
    [
        ("government", "9"),
        ("practice", "9"),
        ("practice", "x"),
        ("event", "9" * 30),
        ("edition", "1999"),
        ("edition", "²"),
        ("seal", "X"),
    ]
    + [("default", "x"), ("nothing", "1")],
)
def test_what_does_not_exist_has_none(client, published, kind, key):
    assert client.get(address(kind, key)).status_code == 404


def test_what_is_not_published_has_none(client, hidden, canoas):
    later = timezone.now() + timezone.timedelta(days=1)
    practice = publish_practice("depois", owner=canoas.body, at=later, title_pt_br="Depois", summary_pt_br="x")
    assert client.get(address("seal", hidden.code)).status_code == 404
    assert client.get(address("practice", practice.pk)).status_code == 404


def test_a_page_names_its_own_card_and_others_the_portals(client, sealed, settings):
    def card_of(path):
        page = client.get(path).content.decode()
        return re.search(r'property="og:image" content="([^"]+)"', page)[1]

    base = settings.PUBLIC_BASE_URL
    government = sealed.participation.government
    assert card_of(government.get_absolute_url()) == f"{base}{address('government', government.ibge_code)}"
    assert card_of(reverse("about")) == f"{base}{address('default', 'migracidades')}"
