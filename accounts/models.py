"""People who sign in, and the roles the programme gives to its own."""

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from core.db import one_of


class Language(models.TextChoices):
    PT_BR = "pt-br", "Português"
    EN = "en", "English"
    ES = "es", "Español"


class UserManager(BaseUserManager):
    def create_user(self, email, password=None, **fields):
        if not email:
            raise ValueError("a user needs an e-mail address")
        user = self.model(email=email, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email, password=None, **fields):
        """What `createsuperuser` makes here: a person with the role of administrator."""
        user = self.create_user(email, password, **fields)
        user.programme_role_rows.create(role=Role.ADMINISTRATOR)
        return user

    def get_by_natural_key(self, email):
        return self.get(email=email.lower())


class User(AbstractBaseUser):
    """A person. Accounts never belong to a city: memberships and programme roles say what each may do, and until when."""

    email = models.EmailField(
        _("e-mail"), unique=True, error_messages={"unique": _("Já existe uma conta com este e-mail.")}
    )
    name = models.CharField(_("nome completo"), max_length=150)
    language = models.CharField(_("idioma preferido"), max_length=5, choices=Language, default=Language.PT_BR)
    is_active = models.BooleanField(_("conta ativa"), default=True)
    created_at = models.DateTimeField(_("criada em"), default=timezone.now, editable=False)

    objects = UserManager()

    EMAIL_FIELD = "email"
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        verbose_name = _("pessoa")
        verbose_name_plural = _("pessoas")
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(Lower("email"), name="user_email_once_in_any_case"),
            one_of("language", Language, name="user_language_known"),
        ]

    def __str__(self):
        return self.name or self.email

    def save(self, *args, **kwargs):
        self.email = self.email.strip().lower()
        super().save(*args, **kwargs)

    def get_full_name(self):
        return self.name

    def get_short_name(self):
        return self.name.split(" ")[0] if self.name else self.email

    @cached_property
    def programme_roles(self):
        """The roles in force, read once for this instance: `request.user` is a new one at each request."""
        if not self.pk:
            return frozenset()
        return frozenset(self.programme_role_rows.in_force().order_by().values_list("role", flat=True))

    def forget_roles(self):
        """Read the roles again at the next question, after a role was given or ended."""
        self.__dict__.pop("programme_roles", None)

    @property
    def is_coordinator(self):
        return Role.COORDINATOR in self.programme_roles

    @property
    def is_reviewer(self):
        """Whether the person may write notes: coordinators review too."""
        return bool(self.programme_roles & {Role.REVIEWER, Role.COORDINATOR})

    @property
    def is_administrator(self):
        return Role.ADMINISTRATOR in self.programme_roles

    # What Django's admin asks: administrators in force may do everything there, nobody else may do anything.

    @property
    def is_staff(self):
        return self.is_active and self.is_administrator

    @property
    def is_superuser(self):
        return self.is_staff

    def has_perm(self, perm, obj=None):
        return self.is_staff

    def has_perms(self, perms, obj=None):
        return self.is_staff

    def has_module_perms(self, app_label):
        return self.is_staff


class Role(models.TextChoices):
    COORDINATOR = "coordinator", _("Coordenação do programa")
    REVIEWER = "reviewer", _("Analista")
    ADMINISTRATOR = "administrator", _("Administração do portal")


class ProgrammeRoleQuerySet(models.QuerySet):
    def in_force(self, at=None):
        at = at or timezone.now()
        return self.filter(Q(until__isnull=True) | Q(until__gt=at), since__lte=at)


class ProgrammeRole(models.Model):
    """One role of the programme given to one person for a time. Ended roles stay as history."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="programme_role_rows", verbose_name=_("pessoa")
    )
    role = models.CharField(_("função"), max_length=15, choices=Role)
    since = models.DateTimeField(_("desde"), default=timezone.now)
    until = models.DateTimeField(_("até"), null=True, blank=True)
    given_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.SET_NULL, null=True, blank=True, related_name="+", verbose_name=_("dada por")
    )

    objects = ProgrammeRoleQuerySet.as_manager()

    class Meta:
        verbose_name = _("função no programa")
        verbose_name_plural = _("funções no programa")
        ordering = ["user", "role", "since"]
        constraints = [
            one_of("role", Role, name="programme_role_known"),
            models.CheckConstraint(
                condition=Q(until__isnull=True) | Q(until__gte=F("since")), name="programme_role_until_after_since"
            ),
            models.UniqueConstraint(
                fields=["user", "role"], condition=Q(until__isnull=True), name="one_open_programme_role_of_a_kind"
            ),
        ]

    def __str__(self):
        return f"{self.user}: {self.get_role_display()}"
