"""An act that weighs asks who is there, and then does what was sent."""

import pytest

pytestmark = pytest.mark.urls("tests.accounts.recent_urls")

PASSWORD = "quatro palavras sem relacao"


def test_what_was_sent_is_done_after_the_password(client, rita, sign_in):
    sign_in(rita.email)
    asked = client.post("/peso/", {"what": "award"})
    assert asked.url == "/conta/confirmar-acesso/?next=%2Fpeso%2F"
    wrong = client.post("/conta/confirmar-acesso/", {"password": "nao e esta senha", "next": "/peso/"})
    assert wrong.context["form"].errors
    done = client.post("/conta/confirmar-acesso/", {"password": PASSWORD, "next": "/peso/"})
    assert done.content == b"done: award"
    assert client.post("/peso/", {"what": "again"}).content == b"done: again"


def test_signing_in_alone_is_no_confirmation_and_a_visitor_signs_in_first(client, rita, sign_in):
    assert client.post("/peso/", {"what": "award"}).url.startswith("/conta/entrar/")
    sign_in(rita.email)
    assert client.post("/peso/", {"what": "award"}).status_code == 302
