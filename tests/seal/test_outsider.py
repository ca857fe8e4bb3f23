"""A verifier somebody else wrote, from the public document alone, agrees with the portal: on seals of every state and on a thousand forgeries."""

from collections import Counter
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from certification.seal import checking, keys
from tests.seal import forging, verifier_40_lines

pytestmark = pytest.mark.django_db
# What the portal's own doubts are called by the outsider, who does not see a key that was taken out of the set.
SAID = {
    "altered": "altered",
    "other_issuer": "not ours",
    "withdrawn_key": "not ours",
    "unknown": "unknown",
    "unreadable": "unreadable",
}
STATES = ("valid", "expired", "replaced", "revoked")


@pytest.fixture
def seal_in(earlier, revoke, replace):
    """A function that gives a seal in a state, its credential signed with the key that signs now."""
    moves = {"replaced": replace, "revoked": revoke}

    def make(state):
        seal = earlier(f"Cidade {state}", ends=-1 if state == "expired" else 300)
        if state in moves:
            moves[state](seal)
        return seal

    return make


@pytest.fixture
def seals(seal_in):
    """One of each state."""
    return {state: seal_in(state) for state in STATES}


@pytest.fixture
def outsider(client):
    kept = {}  # the keys may be kept for five minutes, how a seal stands may not

    def fetch(path):
        if path in kept:
            return kept[path]
        response = client.get(path)
        answer = response.content.decode() if response.status_code == 200 else None
        if "max-age" in response.get("Cache-Control", ""):
            kept[path] = answer
        return answer

    return lambda token: verifier_40_lines.verify(token, fetch, timezone.now().timestamp())


def portal(token):
    try:
        return checking.check(token, timezone.now()).state
    except checking.NotGenuine as refused:
        return SAID[refused.doubt]


def sent(client, token):
    return client.post(reverse("verify"), {"arquivo": SimpleUploadedFile("selo.jwt", token.encode())})


def test_it_has_no_more_than_forty_lines_and_nothing_of_ours():
    written = Path(verifier_40_lines.__file__).read_text()
    assert len(written.splitlines()) <= 40
    imported = [
        line.split()[1].partition(".")[0] for line in written.splitlines() if line.startswith(("import", "from"))
    ]
    assert set(imported) <= {"base64", "hashlib", "json", "cryptography"}


@pytest.mark.parametrize("state", STATES)
def test_they_agree_on_seals_of_every_state(client, seal_in, outsider, state):
    token = seal_in(state).credential.jwt
    assert (portal(token), outsider(token)) == (state, state)
    page = sent(client, token)
    assert page.status_code == 200
    assert f'seal-verdict is-{state}"' in page.content.decode()


def test_they_agree_after_the_key_was_changed(seals, outsider):
    keys.rotate(by=None, at=timezone.now())
    for state, seal in seals.items():
        assert (portal(seal.credential.jwt), outsider(seal.credential.jwt)) == (state, state)


def test_a_seal_that_is_not_public_yet_is_unknown_to_both(awarded, outsider):
    token = awarded.credential.jwt
    assert (portal(token), outsider(token)) == ("unknown", "unknown")


def test_they_agree_that_none_of_a_thousand_forgeries_is_a_seal(client, seals, outsider):
    leaked = keys.current()
    keys.rotate(by=None, at=timezone.now(), compromised=True)
    retired = keys.current()
    key = keys.rotate(by=None, at=timezone.now())
    tokens = [keys.sign(checking.claims_of(seal.credential.jwt), key) for seal in seals.values()]
    # They are of the key in use now, and given: only what is changed below makes them forgeries.
    for seal, token in zip(seals.values(), tokens, strict=True):
        seal.credentials.create(key=key, jwt=token, signed_at=timezone.now())
    assert [portal(token) for token in tokens] == list(seals)

    made = forging.forged(tokens, key, [retired.kid, leaked.kid], number=1000, seed=2021)
    judged = [(way, portal(token), outsider(token)) for way, token in made]
    assert [row for row in judged if row[1] != row[2]] == []
    assert [row for row in judged if row[1] in ("valid", "expired", "revoked", "replaced")] == []
    assert len({token for _way, token in made}) > 850
    # Every way was tried, and every kind of refusal was needed.
    assert len(Counter(way for way, _portal, _outsider in judged)) == len(forging.WAYS) == 20
    assert {row[1] for row in judged} == set(SAID.values())


def test_the_page_refuses_each_way_of_forging_in_plain_words(client, seals):
    tokens = [seal.credential.jwt for seal in seals.values()]
    newer = keys.rotate(by=None, at=timezone.now())
    for way, token in forging.forged(tokens, newer, [newer.kid], number=len(forging.WAYS), seed=7):
        page = sent(client, token)
        assert page.status_code == 422, way
        assert "Não reconhecemos esta credencial" in page.content.decode(), way
        assert "seal-verdict" not in page.content.decode(), way
