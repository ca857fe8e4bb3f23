"""What keeps the portal and its visitors safe: headers, cookies, passwords, limits. See docs/operations.md."""

from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from .env import env

PUBLIC_BASE_URL = env.public_base_url()
HTTPS = urlsplit(PUBLIC_BASE_URL).scheme == "https"

# Nothing from elsewhere, nothing inline. `data:` pictures are the code one scans to set up the second factor.
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
    }
}
PERMISSIONS_POLICY = {
    feature: []
    for feature in (
        "accelerometer",
        "autoplay",
        "browsing-topics",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "serial",
        "usb",
    )
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"

# On plain http (loopback, tests) a browser would refuse `__Host-` cookies, so they bear plain names there.
_PREFIX = "__Host-" if HTTPS else ""
SESSION_COOKIE_NAME = f"{_PREFIX}session"
CSRF_COOKIE_NAME = f"{_PREFIX}csrf"
LANGUAGE_COOKIE_NAME = f"{_PREFIX}language"
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = LANGUAGE_COOKIE_SECURE = HTTPS
SESSION_COOKIE_HTTPONLY = CSRF_COOKIE_HTTPONLY = LANGUAGE_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = LANGUAGE_COOKIE_SAMESITE = "Lax"
SESSION_COOKIE_AGE = 12 * 60 * 60  # a long working day; what was typed survives the next sign-in
CSRF_TRUSTED_ORIGINS = [PUBLIC_BASE_URL]
CSRF_FAILURE_VIEW = "core.views_frame.csrf_failure"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

SECURE_SSL_REDIRECT = HTTPS
SECURE_REDIRECT_EXEMPT = [r"^health/"]  # asked over plain http from inside the machine
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = HTTPS
# Entering the browsers' preload list binds the whole domain for years: its owner's decision, not this program's.
SILENCED_SYSTEM_CHECKS = ["security.W021"]

PASSWORD_HASHERS = [
    "accounts.hashers.Argon2",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "migracidades.passwords.ContextWordsValidator"},
]

MIB = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 3 * MIB  # everything of a form but its files
DATA_UPLOAD_MAX_NUMBER_FILES = 20
FILE_UPLOAD_PERMISSIONS = 0o600
FILE_UPLOAD_DIRECTORY_PERMISSIONS = 0o700
FILE_MAX_BYTES = env.int("FILE_MAX_BYTES", default=10 * MIB)
FILE_MAX_PIXELS = env.int("FILE_MAX_PIXELS", default=40_000_000)
FILES_PER_ANSWER = env.int("FILES_PER_ANSWER", default=20)
GOVERNMENT_MAX_BYTES = env.int("GOVERNMENT_MAX_BYTES", default=1024 * MIB)

# After how long a published practice is asked whether it still tells what is.
PRACTICE_CHECK_MONTHS = env.int("PRACTICE_CHECK_MONTHS", default=24)
FILE_SCANNER = env.str("FILE_SCANNER", default="")
