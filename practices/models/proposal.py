"""Who proposed a sheet by the open form, where nobody signs in."""

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of
from governments.models import OrganisationKind

from .practice import Practice


class OpenProposal(models.Model):
    """The proposer's side of a sheet: who it is and how to reach them. Never published; the address is confirmed by a letter before anybody reads
    the sheet, and each letter carries a token of its own, of which only the hash is kept."""

    practice = models.OneToOneField(Practice, on_delete=models.CASCADE, related_name="proposal")
    organisation = models.CharField(_("organização"), max_length=200)
    kind = models.CharField(_("tipo de organização"), max_length=30, choices=OrganisationKind.choices)
    uf = models.CharField(_("UF"), max_length=2, blank=True)
    website = models.URLField(_("página da organização"), max_length=500, blank=True)
    contact_name = models.CharField(_("nome para contato"), max_length=150)
    contact_email = models.EmailField(_("e-mail para contato"))
    language = models.CharField(max_length=10, default="pt-br")
    token_hash = models.CharField(max_length=64, unique=True)
    token_until = models.DateTimeField(default=timezone.now)
    created_at = models.DateTimeField(default=timezone.now)
    confirmed_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [one_of("kind", OrganisationKind, name="proposal_organisation_kind_known")]

    def __str__(self):
        return self.organisation
