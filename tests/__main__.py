"""`make test`: the whole suite on every engine that answers. The last lines say which engines and parts ran."""

import os
import shutil
import subprocess
import sys
import time
import zlib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
SQLITE = "SQLite"
POSTGRES = "PostgreSQL"
REDIS = "Redis"
CHROMIUM = "Chromium"
POPPLER = "poppler (PDF)"
GETTEXT = "gettext"
DATABASE_URL = os.environ.get("TEST_DATABASE_URL") or "postgres://postgres@127.0.0.1:5432/postgres"
REDIS_URL = os.environ.get("TEST_REDIS_URL") or "redis://127.0.0.1:6379/9"
NO_TESTS = 5  # exit code of pytest


def main():
    parts = {
        POSTGRES: postgres_answers(),
        REDIS: redis_answers(),
        CHROMIUM: bool(shutil.which("chromium")),
        POPPLER: bool(shutil.which("pdftotext")),
        GETTEXT: bool(shutil.which("msgfmt")),
    }
    results = [run(SQLITE, {})]
    if parts[POSTGRES]:
        services = {"DATABASE_URL": DATABASE_URL} | ({"REDIS_URL": REDIS_URL} if parts[REDIS] else {})
        # The browser sees the same pages on either engine: once is enough.
        title = f"{POSTGRES} with {REDIS}" if parts[REDIS] else POSTGRES
        results.append(run(title, services, "--second-engine", leave_out="browser"))
    return report(results, parts)


def run(title, environment, *arguments, leave_out=""):
    """Two rounds: most tests side by side, then alone those that time processes or drive a browser."""
    left_out = f" and not {leave_out}" if leave_out else ""
    rounds = (
        (f"{title}", ["-n", "2", "--dist", "loadfile", "-m", "not faults and not browser"]),
        (f"{title}, faults and browser", ["-m", f"(faults or browser){left_out}"]),
    )
    passed = [pytest(name, [*chosen, *arguments], environment) for name, chosen in rounds]
    return title, all(passed)


def pytest(title, arguments, environment):
    print(f"\n=== {title}", flush=True)
    started = time.monotonic()
    command = [sys.executable, "-m", "pytest", "-q", *arguments, *sys.argv[1:]]
    code = subprocess.run(command, cwd=ROOT, env=clean_environment() | environment, check=False).returncode
    print(f"=== {title}: {'passed' if code in (0, NO_TESTS) else 'FAILED'} in {time.monotonic() - started:.0f} s")
    return code in (0, NO_TESTS)


def clean_environment():
    """The suite chooses its own database and broker, whatever the shell has set for a portal."""
    portal = {"DATABASE_URL", "REDIS_URL", "VAR_DIR", "PUBLIC_BASE_URL", "EMAIL_URL", "DJANGO_SETTINGS_MODULE"}
    kept = {name: value for name, value in os.environ.items() if name not in portal}
    compile_messages()
    return kept | {"TEST_DATABASE_NAME": f"test_migracidades_{zlib.crc32(str(ROOT).encode()):08x}"}


def compile_messages():
    if shutil.which("msgfmt"):
        for source in (ROOT / "locale").glob("*/LC_MESSAGES/*.po"):
            subprocess.run(["msgfmt", "-o", str(source.with_suffix(".mo")), str(source)], check=True)


def postgres_answers():
    import psycopg2

    try:
        psycopg2.connect(DATABASE_URL, connect_timeout=3).close()
    except psycopg2.OperationalError as error:
        print(f"{POSTGRES} does not answer at TEST_DATABASE_URL: {error}")
        return False
    return True


def redis_answers():
    import redis

    try:
        with redis.Redis.from_url(REDIS_URL, socket_connect_timeout=3) as client:
            return client.ping()
    except redis.RedisError as error:
        print(f"{REDIS} does not answer at TEST_REDIS_URL: {error}")
        return False


def report(results, parts):
    failed = [title for title, passed in results if not passed]
    missing = [name for name, there in parts.items() if not there]
    print("\nEngines:", ", ".join(f"{title} {'passed' if passed else 'FAILED'}" for title, passed in results))
    print("Parts that ran:", ", ".join(name for name, there in parts.items() if there) or "none")
    print("Parts missing here:", ", ".join(missing) or "none")
    if missing and os.environ.get("CI") == "true":
        print("With CI=true a missing part is a failure.")
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
