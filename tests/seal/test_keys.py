"""Keys rotate: what the old one signed stays checkable, what a leaked one signed is signed again."""

import pytest
from django.core.management import call_command
from django.urls import reverse
from django.utils import timezone

from certification.seal import checking, credential, keys
from certification.seal.models import SigningKey
from core.models import AuditEvent

pytestmark = pytest.mark.django_db


def state(token):
    return checking.check(token, timezone.now()).state


def test_the_published_set_has_the_key_in_use_first_and_no_private_part(client, public):
    keys.rotate(by=None, at=timezone.now())
    answer = client.get(reverse("seal-keys"))
    found = answer.json()["keys"]
    assert [key["kid"] for key in found] == list(SigningKey.objects.order_by("-pk").values_list("kid", flat=True))
    assert {tuple(key) for key in found} == {("kty", "crv", "x", "kid", "use", "alg", "iss")}
    assert (answer["Access-Control-Allow-Origin"], answer["Cache-Control"]) == ("*", "max-age=300")


def test_a_key_is_named_by_the_address_it_is_found_at(client, public, settings):
    key = keys.current()
    assert key.kid.removeprefix(settings.PUBLIC_BASE_URL) == reverse("seal-key", args=[key.thumbprint])
    assert client.get(reverse("seal-key", args=[key.thumbprint])).json() == key.jwk
    assert client.get(reverse("seal-key", args=["x"])).status_code == 404


def test_after_a_rotation_both_old_and_new_credentials_hold(public, earlier, capsys):
    old = keys.current()
    call_command("rotate_seal_key")
    assert keys.current().kid in capsys.readouterr().out
    newer = earlier("Goiânia")
    assert newer.credential.key == keys.current() != old
    assert (state(public.credential.jwt), state(newer.credential.jwt)) == ("valid", "valid")
    old.refresh_from_db()
    assert (old.retired_at is not None, old.enciphered) == (True, "")
    assert AuditEvent.objects.filter(action="seal_key.rotated").count() == 1


def test_what_a_leaked_key_signed_is_signed_again(client, public, capsys):
    before = public.credential
    call_command("rotate_seal_key", "--compromised")
    assert "1" in capsys.readouterr().out.splitlines()[-1]
    after = public.credential
    assert (after.jwt != before.jwt, after.key) == (True, keys.current())
    assert state(after.jwt) == "valid"
    with pytest.raises(checking.NotGenuine) as refused:
        state(before.jwt)
    assert refused.value.doubt == "withdrawn_key"
    assert before.key.kid not in client.get(reverse("seal-keys")).content.decode()
    assert client.get(reverse("seal-key", args=[before.key.thumbprint])).status_code == 404


def test_with_another_secret_a_new_key_takes_over_and_the_old_stays_published(public, settings):
    settings.SECRET_KEY = "another secret of the installation, long enough to be one" * 2
    settings.SECRET_KEY_FALLBACKS = []
    old = public.credential.key
    assert keys.current() != old
    assert old.kid in [key["kid"] for key in keys.published()]
    assert state(public.credential.jwt) == "valid"


def test_a_fallback_secret_still_opens_the_key(public, settings):
    settings.SECRET_KEY_FALLBACKS = [settings.SECRET_KEY]
    settings.SECRET_KEY = "another secret of the installation, long enough to be one" * 2
    assert keys.current() == public.credential.key


def test_the_private_half_is_not_in_the_database_in_clear(public):
    key = keys.current()
    assert key.enciphered.startswith("gAAAA")  # Fernet
    assert keys._private(key).private_bytes_raw().hex() not in key.enciphered


def test_a_portal_that_moved_signs_with_a_key_of_its_new_address(public, earlier, settings):
    settings.PUBLIC_BASE_URL = "https://novo.example"
    newer = earlier("Lages")
    claims = checking.claims_of(newer.credential.jwt)
    assert (claims["iss"], claims["id"]) == ("https://novo.example", f"https://novo.example/selos/{newer.code}/")
    assert (state(public.credential.jwt), state(newer.credential.jwt)) == ("valid", "valid")


def test_signing_waits_for_no_retired_key(public, monkeypatch):
    """Between asking for the key and holding it another process may have rotated."""
    retired = keys.current()
    keys.rotate(by=None, at=timezone.now())
    current = keys.current
    answers = iter([retired])
    monkeypatch.setattr(keys, "current", lambda: next(answers, None) or current())
    assert credential._key(timezone.now()) != retired
