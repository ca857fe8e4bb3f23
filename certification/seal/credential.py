"""The credential of a seal: Open Badges 3.0 as a signed JWT. What each field says is published in docs/seal-verification.md: change both together."""

from datetime import datetime, time, timedelta

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _
from openbadgeslib.ob3 import Achievement, Evidence, IdentityObject, Issuer, OpenBadgeCredential, status_entry

from certification.seal import keys
from certification.seal.meaning import MEANS, one_sentence
from certification.seal.models import Credential, SigningKey
from core.links import absolute

LANGUAGE = "pt-br"  # of the texts in it; the page says the same in every language


def issue(seal, *, at):
    """Sign the credential of a seal with the key in use, inside the transaction that makes the seal. Returns the Credential."""
    key = _key(at)
    return Credential.objects.create(seal=seal, key=key, jwt=keys.sign(payload(seal, key), key), signed_at=at)


def _key(at):
    """The key in use, held until the seal is stored: one found to have leaked then knows of everything it signed."""
    key = SigningKey.objects.select_for_update().get(pk=keys.current().pk)
    return keys.for_this_address(at) if key.retired_at or key.issuer != settings.PUBLIC_BASE_URL else key


def payload(seal, key):
    """What is signed: facts of the seal, its government and its edition; nobody's contact, and no person's name."""
    with translation.override(LANGUAGE):
        claims = _badge(seal, key).to_jwt_payload()
        claims["credentialSubject"]["achievement"]["criteria"]["id"] = absolute(reverse("process"))
    return claims


def _badge(seal, key):
    participation = seal.participation
    government, edition = participation.government, participation.edition
    name = _("Selo MigraCidades %(year)s") % {"year": edition.year}
    return OpenBadgeCredential(
        id=absolute(seal.get_absolute_url()),
        name=f"{name}: {government.full_name}",
        issuer=Issuer(id=key.issuer, name=edition.programme.name, url=key.issuer),
        recipient_id=absolute(government.get_absolute_url()),
        identifiers=[
            IdentityObject(government.ibge_code, "ext:ibgeCode", hashed=False),
            IdentityObject(government.full_name, "name", hashed=False),
        ],
        achievement=Achievement(
            id=absolute(edition.get_absolute_url()),
            name=name,
            description=str(one_sentence(edition.year)),
            criteria_narrative=" ".join(str(line) for line in MEANS),
            achievement_type="Certification",
            image_url=absolute(reverse("seal-png", args=[seal.code])),
        ),
        issuance_date=seal.awarded_at,
        expiration_date=end_of_validity(seal.valid_until),
        evidence=[_evidence(seal)],
        credential_status=[status_entry(absolute(reverse("seal-status-list")), "revocation", seal.pk)],
    )


def end_of_validity(day):
    """The instant a seal ceases to be valid: the first one after its last day in Brasília."""
    return day and timezone.make_aware(datetime.combine(day + timedelta(days=1), time()))


def _evidence(seal):
    if seal.snapshot is None:
        narrative = _("Edição anterior ao portal. Fonte: %(source)s") % {"source": seal.earlier_source}
    else:
        facts = {"protocol": seal.snapshot.protocol, "sha256": seal.snapshot.sha256}
        narrative = _("Cópia congelada do que foi validado: protocolo %(protocol)s, SHA-256 %(sha256)s") % facts
    return Evidence(
        id=absolute(seal.participation.government.get_absolute_url()),
        name=_("O que o governo entregou nesta edição"),
        narrative=narrative,
    )


def sign_again(leaked, *, at):
    """Sign with the key in use whatever a leaked key had signed. Returns how many."""
    found = leaked.credentials.select_related(
        "seal__participation__government", "seal__participation__edition__programme"
    )
    done = 0
    for credential in found.select_related("seal__snapshot").iterator(chunk_size=500):
        issue(credential.seal, at=at)
        done += 1
    return done
