"""What the environment must say, what headers and cookies come out, and what a start refuses."""

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ImproperlyConfigured, ValidationError
from django.template import Context, Engine
from django.template.loader import render_to_string

from core.models import Mark
from migracidades import checks
from migracidades.settings.env import NEEDED, PortalEnv, require
from migracidades.settings.logs import without_secrets
from migracidades.settings.missing import MissingVariable

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "migracidades.settings.production",
    "SECRET_KEY": "k3y-" + "abcdefghij" * 6,
    "DATABASE_URL": "sqlite:////nonexistent/portal.sqlite3",
    "ALLOWED_HOSTS": "portal.example.org",
    "PUBLIC_BASE_URL": "https://portal.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}


def start(code="from django.conf import settings; settings.DEBUG", **environment):
    """A new process with nothing in its environment but what is given."""
    return subprocess.run(
        [sys.executable, "-c", code],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **environment},
        capture_output=True,
        text=True,
        check=False,
    )


@pytest.mark.parametrize("name", sorted(NEEDED))
def test_production_stops_without(name, tmp_path):
    told = start(**{key: value for key, value in PRODUCTION.items() if key != name}, VAR_DIR=str(tmp_path))
    assert told.returncode != 0
    assert f"Set in the environment before starting: {name} (" in told.stderr.splitlines()[-1]


def test_production_names_all_that_is_missing_at_once():
    with pytest.raises(ImproperlyConfigured) as refused:
        require({})
    assert all(name in str(refused.value) for name in NEEDED)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("SECRET_KEY", "short"),
        ("DATABASE_URL", "mysql://host/portal"),
        ("REDIS_URL", "memcached://host"),
        ("PUBLIC_BASE_URL", "portal.example.org"),
        ("PUBLIC_BASE_URL", "https://portal.example.org/portal"),
        ("TRUSTED_PROXIES", "the proxy"),
        ("LOG_FORMAT", "xml"),
        ("EMAIL_URL", "pigeon://loft"),
        ("MEDIA_URL", "s3://bucket"),
    ],
)
def test_wrong_value_stops_the_start_and_is_named(name, value, tmp_path):
    told = start(**PRODUCTION | {name: value, "VAR_DIR": str(tmp_path)})
    assert told.returncode != 0
    last = told.stderr.splitlines()[-1]
    assert last.startswith("django.core.exceptions.ImproperlyConfigured:")
    assert name in last


def test_production_cookies_and_transport(tmp_path):
    shown = (
        "from django.conf import settings as s;"
        "print(s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME, s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE,"
        " s.SESSION_COOKIE_HTTPONLY, s.CSRF_COOKIE_HTTPONLY, s.SESSION_COOKIE_SAMESITE, s.SECURE_SSL_REDIRECT,"
        " s.SECURE_HSTS_SECONDS > 0, s.DEBUG)"
    )
    told = start(shown, **PRODUCTION, VAR_DIR=str(tmp_path))
    assert told.stdout.split() == ["__Host-session", "__Host-csrf", *["True"] * 4, "Lax", "True", "True", "False"]


def test_check_deploy_is_clean_in_production(tmp_path):
    told = subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={"PATH": os.environ["PATH"], **PRODUCTION, "VAR_DIR": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert told.returncode == 0, told.stderr


@pytest.mark.django_db
def test_check_deploy_refuses_a_demo():
    assert checks.database_is_no_demo(None) == []
    Mark.objects.create(name="demo")
    assert [error.id for error in checks.database_is_no_demo(None)] == ["migracidades.E002"]


@pytest.mark.parametrize(("address", "errors"), [("http://portal.example.org", 1), ("https://portal.example.org", 0)])
def test_check_deploy_refuses_plain_http(settings, address, errors):
    settings.PUBLIC_BASE_URL = address
    assert len(checks.address_is_https(None)) == errors


def test_policy_lets_nothing_in_from_elsewhere_and_nothing_inline():
    policy = settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]
    assert policy["default-src"] == policy["frame-ancestors"] == policy["base-uri"] == ["'none'"]
    assert {source for sources in policy.values() for source in sources} == {"'none'", "'self'", "data:"}
    assert [name for name, sources in policy.items() if "data:" in sources] == ["img-src"]


@pytest.mark.parametrize("password", ["curta", "123456789012", "prefeitura2026!", "MigraCidades2026", "1q2w3e4r5t6y"])
def test_password_refused(password):
    with pytest.raises(ValidationError):
        validate_password(password)


def test_long_phrase_is_a_good_password():
    validate_password("bolo de fubá na prefeitura")


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("GET /governos/?busca=Maria", "GET /governos/"),
        ("GET /convite/q0GZ8kq3mJw7t1Yb9xV2LmNd/", "GET /convite/…/"),
        ("GET /governos/4304606/", "GET /governos/4304606/"),
    ],
)
def test_log_line_bears_no_query_and_no_token(given, kept):
    assert without_secrets(None, "info", {"request": given})["request"] == kept


def test_files_may_live_in_an_s3_store(monkeypatch):
    monkeypatch.setenv("MEDIA_URL", "s3+http://key:s%2Fcret@store:9000/files?region=sa-east-1")
    options = PortalEnv().file_storage()["OPTIONS"]
    assert options["endpoint_url"] == "http://store:9000"
    assert (options["access_key"], options["secret_key"]) == ("key", "s/cret")
    assert (options["bucket_name"], options["region_name"]) == ("files", "sa-east-1")


@pytest.mark.parametrize("source", ["{{ nobody }}", "{% with a=nobody.name %}{% endwith %}", "{{ nobody|upper }}"])
def test_template_of_ours_may_not_read_what_is_not_set(tmp_path, source):
    (tmp_path / "page.html").write_text(source)
    ours = Engine(dirs=[tmp_path], string_if_invalid=MissingVariable(tmp_path))
    with pytest.raises(AssertionError, match="nobody"):
        ours.get_template("page.html").render(Context())


def test_template_of_a_package_may(tmp_path):
    (tmp_path / "page.html").write_text('[{{ nobody }}][{{ nobody|default:"-" }}]{% if nobody %}x{% endif %}')
    theirs = Engine(dirs=[tmp_path], string_if_invalid=MissingVariable(tmp_path / "elsewhere"))
    assert theirs.get_template("page.html").render(Context()) == "[][-]"


def test_the_suite_is_strict_about_templates():
    assert isinstance(settings.TEMPLATES[0]["OPTIONS"]["string_if_invalid"], MissingVariable)
    assert render_to_string("bootstrap5/layout/help_text.html", {"field": None}) is not None
