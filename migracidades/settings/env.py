"""Reading of the environment: each value checked once, with a sentence that helps where it is missing or wrong."""

import ipaddress
import os
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit

import environ
from django.core.exceptions import ImproperlyConfigured

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA foreign_keys=ON;",
}
SECRET_KEY_LENGTH = 50
NEEDED = {
    "SECRET_KEY": "a long random text, for example the output of: openssl rand -base64 48",
    "DATABASE_URL": "where the data lives, for example postgres://user:password@host:5432/migracidades",
    "ALLOWED_HOSTS": "the names the portal answers to, separated by commas, for example portal.example.org",
    "PUBLIC_BASE_URL": "the address people type, for example https://portal.example.org",
}


def require(environment=os.environ):
    """Stop the start and name every value that is missing, so that one look mends them all."""
    missing = [f"{name} ({meaning})" for name, meaning in NEEDED.items() if not environment.get(name, "").strip()]
    if missing:
        raise ImproperlyConfigured(f"Set in the environment before starting: {'; '.join(missing)}.")


class PortalEnv(environ.Env):
    """The portal's own readings beside those of django-environ."""

    def secret_key(self):
        key = self.str("SECRET_KEY", default="")
        if len(key) < SECRET_KEY_LENGTH:
            raise ImproperlyConfigured(
                f"SECRET_KEY must be set to at least {SECRET_KEY_LENGTH} random characters, "
                "for example the output of: openssl rand -base64 48"
            )
        return key

    def folder(self, name, default):
        return Path(self.str(name, default=str(default))).expanduser().resolve()

    def public_base_url(self):
        url = self.str("PUBLIC_BASE_URL", default="http://127.0.0.1:8000").rstrip("/")
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path:
            raise ImproperlyConfigured(
                f"PUBLIC_BASE_URL must be an address without a path, such as https://portal.example.org, not {url!r}"
            )
        return url

    def log_format(self):
        chosen = self.str("LOG_FORMAT", default="text")
        if chosen not in ("text", "json"):
            raise ImproperlyConfigured(f"LOG_FORMAT must be text or json, not {chosen!r}")
        return chosen

    def networks(self, name):
        """Addresses or networks such as 10.0.0.0/8, returned as given."""
        listed = [item.strip() for item in self.list(name, default=[]) if item.strip()]
        for item in listed:
            try:
                ipaddress.ip_network(item, strict=False)
            except ValueError as error:
                raise ImproperlyConfigured(
                    f"{name} must list addresses or networks such as 10.0.0.5,10.1.0.0/16 ({error})"
                ) from error
        return listed

    def database(self, default):
        config = self._database_url(default)
        config["CONN_HEALTH_CHECKS"] = True
        config["CONN_MAX_AGE"] = self.int("CONN_MAX_AGE", default=60)
        if config["ENGINE"].endswith("sqlite3"):
            config.setdefault("OPTIONS", {}).update(SQLITE_OPTIONS)
        else:
            config.setdefault("OPTIONS", {}).setdefault("options", "-c statement_timeout=30000 -c lock_timeout=10000")
            config["OPTIONS"].setdefault("connect_timeout", 5)
        return config

    def _database_url(self, default):
        schemes = ("sqlite", "postgres", "postgresql")
        if urlsplit(self.str("DATABASE_URL", default=default)).scheme not in schemes:
            raise ImproperlyConfigured(
                "DATABASE_URL must be like postgres://user:password@host:5432/migracidades or sqlite:////srv/portal.sqlite3"
            )
        return self.db_url("DATABASE_URL", default=default)

    def redis_url(self):
        url = self.str("REDIS_URL", default="")
        if url and urlsplit(url).scheme not in ("redis", "rediss", "unix"):
            raise ImproperlyConfigured(
                f"REDIS_URL must be like redis://host:6379/0, or empty to do without, not {url!r}"
            )
        return url

    def cache_of(self, redis_url):
        if redis_url:
            return {"BACKEND": "django.core.cache.backends.redis.RedisCache", "LOCATION": redis_url}
        # Room for the sign-in limits of every account at once: a full table forgets by chance.
        options = {"MAX_ENTRIES": 50_000}
        return {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache_table", "OPTIONS": options}

    def file_storage(self):
        """Uploaded files: MEDIA_ROOT, or an S3-compatible store named as s3://KEY:SECRET@host/bucket in MEDIA_URL."""
        address = urlsplit(self.str("MEDIA_URL", default=""))
        if not address.scheme:
            return {"BACKEND": "django.core.files.storage.FileSystemStorage"}
        bucket = address.path.strip("/")
        if address.scheme not in ("s3", "s3+http") or not bucket or not address.username:
            raise ImproperlyConfigured(
                "MEDIA_URL must be empty (files go to MEDIA_ROOT) or like s3://KEY:SECRET@storage.example.org/bucket "
                "(s3+http:// for a store without TLS)"
            )
        return {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": _s3_options(address, bucket)}

    def email(self, default):
        """`file:DIRECTORY` keeps each mail as a file; smtp:// and its kind send, consolemail:// prints."""
        address = self.str("EMAIL_URL", default=default)
        if address.startswith("file:"):
            return {
                "EMAIL_BACKEND": "django.core.mail.backends.filebased.EmailBackend",
                "EMAIL_FILE_PATH": address.removeprefix("file:"),
            }
        try:
            config = self.email_url_config(address)
        except Exception as error:
            raise ImproperlyConfigured(
                f"EMAIL_URL must start with file:, consolemail://, smtp://, smtp+tls:// or smtp+ssl:// ({error})"
            ) from error
        return {name: value for name, value in config.items() if value is not None}


def _s3_options(address, bucket):
    scheme = "http" if address.scheme == "s3+http" else "https"
    host = address.hostname + (f":{address.port}" if address.port else "")
    return {
        "access_key": unquote(address.username),
        "secret_key": unquote(address.password or ""),
        "endpoint_url": f"{scheme}://{host}",
        "bucket_name": bucket,
        "region_name": parse_qs(address.query).get("region", ["us-east-1"])[0],
        "default_acl": None,
        "querystring_auth": True,
        "file_overwrite": False,
    }


env = PortalEnv()
