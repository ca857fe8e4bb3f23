"""Governments and organisations, the people who work for them, and the evidence they keep."""

import secrets
from datetime import timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.db import one_of
from core.text import normalise


class BodyKind(models.TextChoices):
    GOVERNMENT = "government", _("governo")
    ORGANISATION = "organisation", _("organização")


class Body(models.Model):
    """What may have a team, own evidence or publish practices: a government or an organisation."""

    Kind = BodyKind

    kind = models.CharField(max_length=20, choices=Kind.choices)

    class Meta:
        constraints = [one_of("kind", BodyKind, name="body_kind_known")]

    def __str__(self):
        return str(self.government if self.kind == self.Kind.GOVERNMENT else self.organisation)


class GovernmentQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Governments whose rows this person may see: all for people of the programme, else those of the own teams."""
        if not user.is_authenticated:
            return self.none()
        if user.programme_roles:
            return self
        return self.filter(pk__in=Membership.objects.in_force().filter(user=user).values("body"))

    def search(self, text):
        """Every typed word occurs in name, UF or code, without regard to accents or case."""
        found = self
        for word in normalise(text).split():
            found = found.filter(search__contains=word)
        return found


class GovernmentKind(models.TextChoices):
    MUNICIPALITY = "municipality", _("Município")
    STATE = "state", _("Estado")
    FEDERAL_DISTRICT = "federal_district", _("Distrito Federal")
    STATE_DISTRICT = "state_district", _("Distrito estadual")


class Government(models.Model):
    """A municipality, state, the Federal District or the state district: whoever may take part."""

    Kind = GovernmentKind

    body = models.OneToOneField(Body, on_delete=models.PROTECT, primary_key=True, related_name="government")
    # IBGE codes are text: validated by membership in the table, since nine real ones have a check digit that does not compute.
    ibge_code = models.CharField(_("código IBGE"), max_length=7, unique=True)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices)
    name = models.CharField(_("nome"), max_length=120)
    uf = models.CharField(_("UF"), max_length=2, db_index=True)
    region = models.CharField(_("região"), max_length=20, db_index=True)
    search = models.CharField(max_length=160, editable=False)

    objects = GovernmentQuerySet.as_manager()

    class Meta:
        ordering = ["name", "uf"]
        indexes = [models.Index(fields=["name", "uf"], name="government_by_name")]
        constraints = [one_of("kind", GovernmentKind, name="government_kind_known")]
        verbose_name = _("governo")
        verbose_name_plural = _("governos")

    def __str__(self):
        return f"{self.name} ({self.uf})" if self.kind == self.Kind.MUNICIPALITY else self.name

    def save(self, *args, **kwargs):
        self.search = normalise(f"{self.name} {self.uf} {self.ibge_code}")
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return reverse("government", args=[self.ibge_code])

    @property
    def full_name(self):
        """Name with its kind where the name alone misleads: «São Paulo (SP)» the city, «Estado de São Paulo»."""
        return _("Estado: %(name)s") % {"name": self.name} if self.kind == self.Kind.STATE else str(self)


class OrganisationKind(models.TextChoices):
    CIVIL_SOCIETY = "civil_society", _("Sociedade civil")
    MIGRANT_ASSOCIATION = "migrant_association", _("Associação de migrantes")
    UNIVERSITY = "university", _("Universidade")
    AGENCY = "agency", _("Agência ou organismo")
    NETWORK = "network", _("Rede")


class Organisation(models.Model):
    """Civil society, migrant association, university, agency or a network with members."""

    Kind = OrganisationKind

    body = models.OneToOneField(Body, on_delete=models.PROTECT, primary_key=True, related_name="organisation")
    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(_("tipo"), max_length=30, choices=Kind.choices)
    name = models.CharField(_("nome"), max_length=200)
    uf = models.CharField(_("UF"), max_length=2, blank=True)
    description = models.TextField(_("descrição"), blank=True)
    languages = models.JSONField(_("idiomas"), default=list, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [one_of("kind", OrganisationKind, name="organisation_kind_known")]
        verbose_name = _("organização")
        verbose_name_plural = _("organizações")

    def __str__(self):
        return self.name


class MembershipQuerySet(models.QuerySet):
    def in_force(self, at=None):
        """Memberships that give access at this instant (now by default)."""
        at = at or timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class TeamRole(models.TextChoices):
    MANAGER = "manager", _("gestora ou gestor")
    EDITOR = "editor", _("equipe")
    READER = "reader", _("leitura")


class Membership(models.Model):
    """A person's role in a body's team, from one instant to another. Ended ones stay: who did what when must outlive the person's stay."""

    Role = TeamRole

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="memberships")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="memberships")
    role = models.CharField(_("papel"), max_length=10, choices=Role.choices)
    department = models.CharField(_("secretaria ou órgão"), max_length=160, blank=True)
    position = models.CharField(_("cargo"), max_length=160, blank=True)
    since = models.DateTimeField(_("desde"), default=timezone.now)
    until = models.DateTimeField(_("até"), null=True, blank=True)
    added_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    objects = MembershipQuerySet.as_manager()

    class Meta:
        ordering = ["since"]
        constraints = [
            one_of("role", TeamRole, name="membership_role_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="membership_ends_after_start"
            ),
            models.UniqueConstraint(
                fields=["body", "user"], condition=Q(until__isnull=True), name="one_open_membership"
            ),
        ]

    def __str__(self):
        return f"{self.user} · {self.get_role_display()}"


def _token_expiry():
    return timezone.now() + timedelta(days=7)


class Invitation(models.Model):
    """An invitation to a team: the address carries a token of which only the hash is kept; it serves once and expires."""

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(_("e-mail"))
    role = models.CharField(_("papel"), max_length=10, choices=Membership.Role.choices)
    department = models.CharField(_("secretaria ou órgão"), max_length=160, blank=True)
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField(default=_token_expiry)
    accepted_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "email"],
                condition=Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="one_open_invitation_per_address",
            ),
        ]

    def __str__(self):
        return f"{self.email} → {self.body_id}"

    @property
    def has_expired(self):
        return self.expires_at <= timezone.now()

    @staticmethod
    def new_token():
        """256 random bits, safe in an address."""
        return secrets.token_urlsafe(32)


class RequestState(models.TextChoices):
    OPEN = "open", _("aguardando resposta")
    APPROVED = "approved", _("aceito")
    DECLINED = "declined", _("recusado")


class AccessRequest(models.Model):
    """A person without a team asks to work for a government; its managers, or the coordination where it has none, decide."""

    State = RequestState

    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="access_requests")
    user = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="access_requests")
    department = models.CharField(_("secretaria ou órgão"), max_length=160)
    position = models.CharField(_("cargo"), max_length=160)
    message = models.TextField(_("mensagem"), blank=True, max_length=1000)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    created_at = models.DateTimeField(default=timezone.now)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    reason = models.TextField(_("motivo"), blank=True, max_length=1000)

    class Meta:
        ordering = ["created_at"]
        constraints = [
            one_of("state", RequestState, name="access_request_state_known"),
            models.UniqueConstraint(fields=["body", "user"], condition=Q(state="open"), name="one_open_access_request"),
        ]

    def __str__(self):
        return f"{self.user_id} → {self.body_id}"


class EvidenceQuerySet(models.QuerySet):
    def visible_to(self, user):
        if user.is_authenticated and user.programme_roles:
            return self
        return self.filter(owner__in=Government.objects.visible_to(user).values("body"))

    def current(self):
        """What is not superseded: the pieces offered in the library."""
        return self.filter(superseded_by__isnull=True)


class EvidenceKind(models.TextChoices):
    LAW = "law", _("Lei")
    DECREE = "decree", _("Decreto")
    ORDINANCE = "ordinance", _("Portaria, resolução ou circular")
    MINUTES = "minutes", _("Ata")
    ATTENDANCE_LIST = "attendance_list", _("Lista de presença")
    REPORT = "report", _("Relatório")
    PLAN = "plan", _("Plano")
    FLYER = "flyer", _("Folheto ou cartaz")
    PROTOCOL = "protocol", _("Protocolo ou fluxo")
    PHOTO = "photo", _("Foto")
    SPREADSHEET = "spreadsheet", _("Planilha")
    AGREEMENT = "agreement", _("Convênio ou acordo")
    LETTER = "letter", _("Ofício ou carta")
    TRAINING_MATERIAL = "training_material", _("Material de formação")
    INTENT = "intent", _("Documento de intenção")
    CERTIFICATE = "certificate", _("Certificado de curso")
    PAGE = "page", _("Página na internet")
    OTHER = "other", _("Outro")


class Evidence(models.Model):
    """A file or an address that supports an answer or progress. It belongs to the body and outlives edition and person; it is superseded, never overwritten."""

    Kind = EvidenceKind

    owner = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="evidence")
    title = models.CharField(_("título"), max_length=200)
    kind = models.CharField(_("tipo"), max_length=20, choices=Kind.choices, default=Kind.OTHER)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    url = models.URLField(_("endereço na internet"), max_length=500, blank=True)
    document_date = models.DateField(_("data do documento"), null=True, blank=True)
    added_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")
    added_at = models.DateTimeField(default=timezone.now)
    superseded_by = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="supersedes"
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        ordering = ["-added_at"]
        constraints = [
            one_of("kind", EvidenceKind, name="evidence_kind_known"),
            models.CheckConstraint(
                condition=Q(file__isnull=False, url="") | (Q(file__isnull=True) & ~Q(url="")),
                name="evidence_is_a_file_or_an_address",
            ),
        ]
        verbose_name = _("comprovação")
        verbose_name_plural = _("comprovações")

    def __str__(self):
        return self.title

    def clean(self):
        if bool(self.file_id) == bool(self.url):
            raise ValidationError(_("Envie um arquivo ou informe um endereço na internet: um dos dois."))
