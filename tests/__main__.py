"""`make test`: the whole suite on every engine that answers. The last lines say which engines and parts ran."""

import os
import shutil
import subprocess
import sys
import tempfile
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
    engines = {SQLITE: ({}, [])}
    if parts[POSTGRES]:
        services = {"DATABASE_URL": DATABASE_URL} | ({"REDIS_URL": REDIS_URL} if parts[REDIS] else {})
        engines[f"{POSTGRES} with {REDIS}" if parts[REDIS] else POSTGRES] = (services, ["--second-engine"])
    results = dict.fromkeys(engines, True)
    for rounds in plan(list(engines)):
        for title, passed in side_by_side(rounds, engines):
            results[title] &= passed
    return report(results, parts)


def plan(engines):
    """What runs one after the other; within a line, at once.

    A browser mostly waits, and so do workers that are killed and come back: they leave the processor to others. What is killed on
    purpose keeps away from what fills the machine. The browser sees the same pages on either engine: once is enough.
    """
    first, *others = engines
    yield [(first, SIDE_BY_SIDE), (first, BROWSER)]
    yield [(engine, FAULTS) for engine in engines]
    for engine in others:
        yield [(engine, SIDE_BY_SIDE)]


SIDE_BY_SIDE = ("", ["-n", "2", "--dist", "loadfile", "-m", "not faults and not browser"])
BROWSER = (", browser", ["-m", "browser"])
FAULTS = (", faults", ["-m", "faults and not browser"])


def side_by_side(rounds, engines):
    """Run them at once; each one's output is shown whole when it has ended. Yields (engine, passed)."""
    running = [start(engine, *chosen, *engines[engine]) for engine, chosen in rounds]
    for (engine, chosen), (process, output) in zip(rounds, running, strict=True):
        code = process.wait()
        output.seek(0)
        verdict = "passed" if code in (0, NO_TESTS) else "FAILED"
        name = engine + chosen[0]
        print(f"\n=== {name}\n{output.read()}=== {name}: {verdict}", flush=True)
        yield engine, verdict == "passed"


def start(engine, name, chosen, environment, arguments):
    print(f"--- {engine}{name} begins", flush=True)
    output = tempfile.TemporaryFile(mode="w+")  # noqa: SIM115 - read and closed once its round has ended
    command = [sys.executable, "-m", "pytest", "-q", *chosen, *arguments, *sys.argv[1:]]
    settings = clean_environment() | environment
    process = subprocess.Popen(command, cwd=ROOT, env=settings, stdout=output, stderr=subprocess.STDOUT)
    return process, output


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
    failed = [title for title, passed in results.items() if not passed]
    missing = [name for name, there in parts.items() if not there]
    print("\nEngines:", ", ".join(f"{title} {'passed' if passed else 'FAILED'}" for title, passed in results.items()))
    print("Parts that ran:", ", ".join(name for name, there in parts.items() if there) or "none")
    print("Parts missing here:", ", ".join(missing) or "none")
    if missing and os.environ.get("CI") == "true":
        print("With CI=true a missing part is a failure.")
        return 1
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
