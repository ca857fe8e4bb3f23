"""What a credential says and what carries it: Open Badges 3.0, baked into SVG and PNG, checkable with the package's own verifier."""

import io
import json
from zlib import compress

import png
import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.urls import reverse
from django.utils import timezone
from openbadgeslib import baking
from openbadgeslib.ob3 import OB3VerificationError, OB3Verifier, check_credential_status
from PIL import Image

from certification.seal import carriers, checking, keys
from certification.seal.credential import end_of_validity
from certification.seal.models import Seal
from core.append_only import AppendOnlyError
from tests.seal.forging import b64

pytestmark = pytest.mark.django_db


def published_key():
    return Ed25519PublicKey.from_public_bytes(b64(keys.current().x))


def test_it_names_the_government_by_its_code_the_edition_and_the_frozen_copy(public, settings):
    claims = checking.claims_of(public.credential.jwt)
    subject, home = claims["credentialSubject"], settings.PUBLIC_BASE_URL
    assert [(each["identityType"], each["identityHash"]) for each in subject["identifier"]] == [
        ("ext:ibgeCode", "4304606"),
        ("name", "Canoas (RS)"),
    ]
    assert (claims["id"], claims["iss"]) == (f"{home}/selos/{public.code}/", home)
    assert (claims["sub"], subject["id"]) == (f"{home}/governos/4304606/",) * 2
    assert subject["achievement"]["id"] == f"{home}/edicoes/2031/"
    assert subject["achievement"]["criteria"]["id"] == f"{home}/processo/"
    assert claims["nbf"] == int(public.awarded_at.timestamp())
    assert claims["exp"] == int(end_of_validity(public.valid_until).timestamp())
    assert public.snapshot.sha256 in claims["evidence"][0]["narrative"]


def test_no_person_is_in_it(public, ready):
    said = json.dumps(checking.claims_of(public.credential.jwt), ensure_ascii=False)
    for person in ("Jussara", "Helena", "Marcos", "Ana Prates", "@", "mailto"):
        assert person not in said.replace('"@context"', "")


def test_a_seal_from_before_the_portal_tells_its_source(earlier):
    claims = checking.claims_of(earlier("Goiânia").credential.jwt)
    assert "Lista de 2021" in claims["evidence"][0]["narrative"]


def test_it_ends_at_midnight_in_brasilia_as_the_page_says(public):
    from certification.seal.verdicts import verdict

    end = checking.claims_of(public.credential.jwt)["exp"]
    last = timezone.datetime.fromtimestamp(end - 1, tz=timezone.get_default_timezone())
    first = timezone.datetime.fromtimestamp(end, tz=timezone.get_default_timezone())
    assert (verdict(public, last), verdict(public, first)) == ("valid", "expired")


def test_the_package_s_own_verifier_takes_it_and_sees_a_revocation(client, public, revoke):
    verifier = OB3Verifier(published_key())
    token = client.get(reverse("seal-jwt", args=[public.code])).content.decode()
    badge = verifier.verify(token)

    def status(url):
        return client.get(reverse("seal-status-list")).content

    facts = {"download": status, "verify_list": True, "list_pubkey_pem": published_key()}
    check_credential_status(badge, **facts)
    revoke(public)
    with pytest.raises(OB3VerificationError, match="revo"):
        check_credential_status(badge, **facts)


def test_the_json_file_repeats_what_is_signed(client, public):
    answer = client.get(reverse("seal-json", args=[public.code]))
    told = answer.json()
    assert told["jwt"] == public.credential.jwt
    assert told["credential"] == checking.genuine(told["jwt"], checking.published_keys())
    assert told["status"]["state"] == "valid"
    assert answer["Access-Control-Allow-Origin"] == "*"


@pytest.mark.parametrize(("name", "kind"), [("seal-svg", "image/svg+xml"), ("seal-png", "image/png")])
def test_pictures_carry_it_there_and_back(client, public, name, kind):
    picture = client.get(reverse(name, args=[public.code]))
    assert picture["Content-Type"] == kind
    assert (picture["Cache-Control"], picture["Cross-Origin-Resource-Policy"]) == ("no-store", "cross-origin")
    assert carriers.token_in(picture.content) == public.credential.jwt
    assert checking.check(carriers.token_in(picture.content), timezone.now()).seal == public


def test_a_compressed_carrier_is_read_too(public):
    chunks = list(png.Reader(bytes=_tiny_png()).chunks())
    packed = carriers.PNG + b"\0\1\0pt-BR\0\0" + compress(public.credential.jwt.encode())
    chunks.insert(len(chunks) - 1, (b"iTXt", packed))
    assert carriers.token_in(baking._serialize_png(chunks)) == public.credential.jwt


def _tiny_png():
    file = io.BytesIO()
    Image.new("RGB", (1, 1)).save(file, "PNG")
    return file.getvalue()


def test_files_open_with_the_edition_and_only_under_the_exact_code(client, awarded, ready, helena, ana):
    from certification.seal import domain

    address = reverse("seal-json", args=[awarded.code])
    assert client.get(address).status_code == 404
    client.force_login(ana)
    assert client.get(address).status_code == 200
    client.logout()
    domain.publish_edition(ready.edition, by=helena, at=timezone.now())
    assert client.get(address).status_code == 200
    assert client.get(reverse("seal-json", args=[awarded.code.lower()])).status_code == 404


def test_a_credential_is_never_written_over(public):
    with pytest.raises(AppendOnlyError):
        public.credential.delete()
    with pytest.raises(AppendOnlyError):
        Seal.objects.get().credentials.update(jwt="x")


def test_files_cost_the_same_queries_for_old_and_new(client, public, replace, django_assert_max_num_queries):
    replace(public)
    for name in ("seal-json", "seal-svg", "seal-png", "seal-status", "seal-today"):
        with django_assert_max_num_queries(5):
            assert client.get(reverse(name, args=[public.code])).status_code == 200
