"""`make check`: everything that can be said about the code without running the suite. `python tests/check.py [words]`."""

import os
import secrets
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PRODUCTION = {
    "DJANGO_SETTINGS_MODULE": "migracidades.settings.production",
    "SECRET_KEY": secrets.token_urlsafe(48),
    "ALLOWED_HOSTS": "portal.example.org",
    "PUBLIC_BASE_URL": "https://portal.example.org",
    "EMAIL_URL": "smtp+tls://user:password@mail.example.org:587",
}
TEST = {"DJANGO_SETTINGS_MODULE": "migracidades.settings.test"}
LINT_IMPORTS = "import sys; from importlinter.cli import lint_imports_command; sys.exit(lint_imports_command())"
# Where a wrong type would be a wrong decision: rules, values, the door, the replay of saves.
TYPED = ["dimensions/rules.py", "dimensions/values.py", "certification/cycle.py", "core/idempotency.py"]

CHECKS = {
    "lint": (["-m", "ruff", "check", "."], {}),
    "format": (["-m", "ruff", "format", "--check", "."], {}),
    "templates": (["-m", "djlint", "--lint", "--quiet", "templates"], {}),
    "types": (["-m", "mypy", *TYPED], TEST),
    "layers": (["-c", LINT_IMPORTS], {}),
    "migrations": (["manage.py", "makemigrations", "--check", "--dry-run"], TEST),
    "deployment": (["manage.py", "check", "--deploy", "--fail-level", "WARNING"], PRODUCTION),
    "messages": (["manage.py", "compilemessages", "--ignore", ".venv", "--ignore", "var", "-v", "0"], TEST),
}


def main(words):
    failed = [word for word in words or CHECKS if not passes(word)]
    print("\nFailed:" if failed else "\nAll passed:", ", ".join(failed or words or CHECKS))
    return 1 if failed else 0


def passes(word):
    arguments, environment = CHECKS[word]
    print(f"=== {word}", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        place = {"VAR_DIR": folder, "DATABASE_URL": f"sqlite:///{folder}/check.sqlite3"}
        command = [sys.executable, *arguments]
        return subprocess.run(command, cwd=ROOT, env=os.environ | place | environment, check=False).returncode == 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
