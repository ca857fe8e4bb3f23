"""What every installation shares. Values that differ come from the environment; a wrong one stops the start."""

from pathlib import Path

from django.utils.translation import gettext_lazy as _

from .accounts import *
from .env import env
from .logs import *
from .security import *

BASE_DIR = Path(__file__).resolve().parents[2]
VAR_DIR = env.folder("VAR_DIR", default=BASE_DIR / "var")

SECRET_KEY = env.secret_key()
DEBUG = False
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", default=[])
TRUSTED_PROXIES = env.networks("TRUSTED_PROXIES")

INSTALLED_APPS = [
    "modeltranslation",  # before the admin, which it extends
    "django.contrib.admin",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.staticfiles",
    "django.contrib.humanize",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "crispy_forms",
    "crispy_bootstrap5",
    "csp",
    "django_htmx",
    "lucide",
    "simple_history",
    "core",
    "accounts",
    "dimensions",
    "governments",
    "certification",
    "certification.enrollment",
    "certification.diagnosis",
    "certification.prioritization",
    "certification.seal",
    "certification.monitoring",
    "certification.reports",
    "certification.figures",
    "practices",
    "events",
    "annual_reports",
    "migracidades",
]

MIDDLEWARE = [
    "core.middleware.OutageMiddleware",
    "core.middleware.RequestFactsMiddleware",
    "migracidades.logs.RequestLogMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "core.compression.CompressionMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "core.middleware.SignInMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "accounts.middleware.SecondFactorMiddleware",
    "core.middleware.RouteMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "migracidades.urls"
WSGI_APPLICATION = "migracidades.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "django.template.context_processors.i18n",
                "core.context_processors.frame",
            ],
            "builtins": ["core.templatetags.components", "core.templatetags.sharing"],
        },
    }
]

DATABASES = {"default": env.database(default=f"sqlite:///{VAR_DIR}/portal.sqlite3")}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
REDIS_URL = env.redis_url()
CACHES = {"default": env.cache_of(REDIS_URL)}

AUTH_USER_MODEL = "accounts.User"
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "workspace"
LOGOUT_REDIRECT_URL = "home"

LANGUAGE_CODE = "pt-br"
LANGUAGES = [("pt-br", _("Português")), ("en", _("English")), ("es", _("Español"))]
MODELTRANSLATION_DEFAULT_LANGUAGE = "pt-br"
MODELTRANSLATION_FALLBACK_LANGUAGES = ("pt-br",)
LOCALE_PATHS = [BASE_DIR / "locale"]
TIME_ZONE = "America/Sao_Paulo"
USE_TZ = True
USE_THOUSAND_SEPARATOR = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.FileSystemFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "core.finders.PackageFinder",
]
MEDIA_ROOT = env.folder("MEDIA_ROOT", default=VAR_DIR / "media")
STORAGES = {
    "default": env.file_storage(),
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}

CRISPY_ALLOWED_TEMPLATE_PACKS = "bootstrap5"
CRISPY_TEMPLATE_PACK = "bootstrap5"
CRISPY_FAIL_SILENTLY = False

vars().update(env.email(default=f"file:{VAR_DIR}/mail"))
# Institutional addresses shown on the contact, privacy and accessibility pages.
CONTACT_EMAIL = env.str("CONTACT_EMAIL", default="") or "coordenacao@migracidades.example"
PRIVACY_EMAIL = env.str("PRIVACY_EMAIL", default="") or CONTACT_EMAIL
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default="MigraCidades <nao-responda@migracidades.example>")
