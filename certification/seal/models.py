"""The seal: a decision by two people on a frozen snapshot, with a short code anyone can look up and a credential anyone can check."""

import secrets

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Participation, Snapshot
from certification.models.snapshot import PROTOCOL_ALPHABET
from core.append_only import AppendOnly
from core.db import both_or_neither, one_of


class DecisionKind(models.TextChoices):
    AWARD = "award", _("concessão do selo")
    REVOCATION = "revocation", _("revogação do selo")
    REPLACEMENT = "replacement", _("substituição do selo")


class SealDecision(models.Model):
    """A proposal by one coordinator and its confirmation by another; with the edition's setting off, one person does both, logged."""

    Kind = DecisionKind

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="seal_decisions")
    kind = models.CharField(max_length=12, choices=DecisionKind.choices)
    public_reason = models.TextField(_("motivo público"), blank=True, max_length=3000)
    # Of a replacement: what the new seal says otherwise, {field: text}; the rest is taken over.
    corrections = models.JSONField(default=dict, blank=True)
    proposed_at = models.DateTimeField()
    proposed_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    confirmed_at = models.DateTimeField(null=True, blank=True)
    confirmed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    dropped_at = models.DateTimeField(null=True, blank=True)
    dropped_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    by_one_person = models.BooleanField(default=False)

    class Meta:
        ordering = ["proposed_at"]
        constraints = [
            one_of("kind", DecisionKind, name="decision_kind_known"),
            both_or_neither("confirmed_at", "confirmed_by", name="decision_confirmed_at_and_by"),
            both_or_neither("dropped_at", "dropped_by", name="decision_dropped_at_and_by"),
            models.CheckConstraint(
                condition=~Q(kind__in=["revocation", "replacement"], public_reason=""),
                name="decision_has_a_public_reason",
            ),
            models.CheckConstraint(
                condition=Q(confirmed_by__isnull=True) | ~Q(confirmed_by=F("proposed_by")) | Q(by_one_person=True),
                name="decision_by_two_people",
            ),
            models.UniqueConstraint(
                fields=["participation"],
                condition=Q(confirmed_at__isnull=True, dropped_at__isnull=True),
                name="one_open_decision",
            ),
        ]

    def __str__(self):
        return f"{self.participation_id} · {self.kind}"

    @property
    def people(self):
        """The names of who decided: two, or one where the edition lets one decide."""
        return sorted({self.proposed_by.name, self.confirmed_by.name})


def new_code():
    """Ten signs without those mistaken for one another: about 49 bits, for a public address that is looked up, not guessed in bulk."""
    return "".join(secrets.choice(PROTOCOL_ALPHABET) for _ in range(10))


class SealQuerySet(models.QuerySet):
    def public(self, at=None):
        """Seals anyone may see, whatever became of them: of editions published by this instant."""
        return self.filter(participation__edition__published_at__lte=at or timezone.now())

    def standing(self, at=None):
        """Public ones that count: neither revoked nor replaced by another. Expired ones stay: the government did engage that year."""
        at = at or timezone.now()
        return self.public(at).filter(
            Q(revoked_at__isnull=True) | Q(revoked_at__gt=at), Q(replaced_at__isnull=True) | Q(replaced_at__gt=at)
        )


class Seal(models.Model):
    """That a government engaged in every step of an edition up to certification. No grade.

    `participation.seal` is the one in force or revoked; those it replaced stay in `participation.seals`, each at its own address for ever.
    """

    participation = models.ForeignKey(Participation, on_delete=models.PROTECT, related_name="seals")
    # The same participation, until the seal is replaced: unique, so that there is one seal to speak of.
    current_of = models.OneToOneField(
        Participation, on_delete=models.PROTECT, null=True, blank=True, editable=False, related_name="seal"
    )
    code = models.CharField(_("código"), max_length=12, unique=True, default=new_code)
    # Empty for editions from before the portal, whose documents it never held.
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, null=True, blank=True, related_name="seals")
    decision = models.ForeignKey(SealDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    awarded_at = models.DateTimeField()
    valid_until = models.DateField(null=True, blank=True)
    earlier_source = models.CharField(max_length=300, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    revocation = models.ForeignKey(SealDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replaced_at = models.DateTimeField(null=True, blank=True)
    replacement = models.ForeignKey(SealDecision, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    replaces = models.OneToOneField("self", on_delete=models.PROTECT, null=True, blank=True, related_name="replaced_by")

    objects = SealQuerySet.as_manager()

    class Meta:
        ordering = ["-awarded_at", "-pk"]
        constraints = [
            both_or_neither("revoked_at", "revocation", name="seal_revoked_at_and_decision"),
            both_or_neither("replaced_at", "replacement", name="seal_replaced_at_and_decision"),
            models.CheckConstraint(
                # A check that is unknown passes: that the column is set has to be said apart.
                condition=Q(replaced_at__isnull=True, current_of__isnull=False, current_of=F("participation"))
                | Q(replaced_at__isnull=False, current_of__isnull=True, revoked_at__isnull=True),
                name="seal_is_current_until_replaced",
            ),
            models.CheckConstraint(
                condition=Q(snapshot__isnull=False, decision__isnull=False, earlier_source="")
                | (Q(snapshot__isnull=True) & ~Q(earlier_source="")),
                name="seal_has_a_snapshot_or_an_earlier_source",
            ),
        ]
        verbose_name = _("selo")
        verbose_name_plural = _("selos")

    def __str__(self):
        return self.code

    def save(self, *args, **kwargs):
        if self._state.adding and self.replaced_at is None:
            self.current_of_id = self.participation_id
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("seal", args=[self.code])

    @property
    def credential(self):
        """The signed credential in force, or None. A key that leaked has all it signed signed again; the last one counts."""
        return max(self.credentials.all(), key=lambda each: each.pk, default=None)


class SigningKey(models.Model):
    """A pair of keys that signs credentials. The public half is published for ever; the private half is kept enciphered until it retires."""

    kid = models.URLField(unique=True, max_length=300)
    thumbprint = models.CharField(max_length=43, unique=True)
    algorithm = models.CharField(max_length=10, default="EdDSA")
    issuer = models.URLField(max_length=200)
    x = models.CharField(max_length=43)  # the public key, as a JWK writes it
    enciphered = models.TextField(blank=True)
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True, blank=True)
    compromised_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["algorithm"], condition=Q(retired_at__isnull=True), name="one_key_signs_at_a_time"
            ),
            models.CheckConstraint(
                condition=Q(retired_at__isnull=True) | Q(enciphered=""), name="retired_key_cannot_sign"
            ),
            models.CheckConstraint(
                condition=Q(compromised_at__isnull=True) | Q(retired_at__isnull=False),
                name="compromised_key_is_retired",
            ),
        ]
        verbose_name = _("chave de assinatura")
        verbose_name_plural = _("chaves de assinatura")

    def __str__(self):
        return self.kid

    @property
    def jwk(self):
        """The public half as others read it (RFC 7517, RFC 8037), with the issuer it speaks for."""
        shape = {"kty": "OKP", "crv": "Ed25519", "x": self.x}
        return shape | {"kid": self.kid, "use": "sig", "alg": self.algorithm, "iss": self.issuer}


class Credential(AppendOnly):
    """The signed credential of a seal: written once, never changed. A row of its own, so that lists of seals do not carry it."""

    seal = models.ForeignKey(Seal, on_delete=models.PROTECT, related_name="credentials")
    key = models.ForeignKey(SigningKey, on_delete=models.PROTECT, related_name="credentials")
    jwt = models.TextField()
    signed_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]
        constraints = [models.UniqueConstraint(fields=["seal", "key"], name="one_credential_a_key")]
        verbose_name = _("credencial")
        verbose_name_plural = _("credenciais")

    def __str__(self):
        return f"{self.seal_id} · {self.key_id}"
