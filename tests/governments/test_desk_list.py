"""The coordination's list of governments reads in the order of the alphabet, accents or not."""

import re

import pytest

from tests.factories import GovernmentFactory

pytestmark = pytest.mark.django_db


def test_the_list_is_in_the_order_of_the_alphabet(client, helena):
    for name in ("Zortéa", "Água Boa", "Bagé", "Abaetetuba"):
        GovernmentFactory(name=name)
    client.force_login(helena)
    html = client.get("/coordenacao/governos/?q=99").content.decode()
    assert re.findall(r'<th scope="row"><a[^>]*>([^<]+)', html) == ["Abaetetuba", "Água Boa", "Bagé", "Zortéa"]
