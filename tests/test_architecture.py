"""The shape of the house: which way imports point, what lies at the root, how long a file may get."""

import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command
from django.urls import URLResolver, get_resolver

from core.routes import access_of

ROOT = Path(__file__).resolve().parents[1]
ROOMS = [
    *("core", "accounts", "dimensions", "governments", "certification", "practices", "events", "annual_reports"),
    "migracidades",
]
AT_THE_ROOT = {
    *ROOMS,
    *("templates", "static", "tests", "locale", "docs", "requirements", "bench", "docker", "var"),
    *("manage.py", "pyproject.toml", "docker-compose.yml", "Makefile", "Procfile", "README.md", "CHANGELOG.md"),
}
LONGEST_FILE = 400
# Short cuts of the plain admin that nobody uses here: left undeclared, they answer 403.
REFUSED = {"django.views.generic.base", "django.contrib.contenttypes.views"}
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"


def python_files(*folders):
    return [path for folder in folders for path in (ROOT / folder).rglob("*.py") if "migrations" not in path.parts]


def test_imports_point_down_the_house():
    told = subprocess.run(
        [sys.executable, "-c", LINT_IMPORTS, "--no-cache"], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout + told.stderr


def test_the_root_holds_nothing_to_wonder_about():
    found = {path.name for path in ROOT.iterdir() if not path.name.startswith((".", "__"))}
    assert found - AT_THE_ROOT == set()


def test_files_stay_short():
    lengths = {str(path.relative_to(ROOT)): len(path.read_text().splitlines()) for path in python_files(*ROOMS)}
    assert {path: length for path, length in lengths.items() if length > LONGEST_FILE} == {}


@pytest.mark.parametrize("kind", ["script", "style"])
def test_templates_hold_no_inline(kind):
    """The content security policy would drop them silently."""
    told = subprocess.run(
        ["grep", "-rnE", rf"<{kind}(>| [^s>]*>)|\son[a-z]+=\"|\sstyle=\"", "--include=*.html", "templates"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    ours = [line for line in told.stdout.splitlines() if not line.startswith("templates/print/")]
    assert ours == []


def test_every_address_says_who_may_use_it():
    undeclared = [
        pattern
        for pattern, view in addresses(get_resolver())
        if access_of(view) is None and view.__module__ not in REFUSED
    ]
    assert undeclared == []


def addresses(resolver, prefix=""):
    for entry in resolver.url_patterns:
        pattern = f"{prefix}{entry.pattern}"
        if isinstance(entry, URLResolver):
            yield from addresses(entry, pattern)
        else:
            yield pattern, entry.callback


@pytest.mark.django_db
def test_models_and_migrations_agree():
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)
