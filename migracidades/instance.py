"""One running portal in one var/ folder: its lock, its digest of what was prepared, its demo sign-ins."""

import fcntl
import hashlib
import json
import os
from contextlib import contextmanager
from pathlib import Path

from django.conf import settings

# What preparing depends on: when none of it changed, starting again skips it all.
PREPARED_FROM = (
    "requirements/*.txt",
    "**/migrations/*.py",
    "locale/**/*.po",
    "static/**/*",
    "**/data/*",
    "core/finders.py",
)
NOT_OURS = {".venv", "var", ".git"}


class AlreadyRunning(Exception):
    """Another process serves from the same var/ folder."""


@contextmanager
def only_one():
    """Hold the lock of this var/ folder; the system lets it go when the process ends, however it ends."""
    lock = Path(settings.VAR_DIR) / "serve.lock"
    with lock.open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning from error
        yield


def credentials_file():
    return Path(settings.VAR_DIR) / "demo-credentials.json"


def credentials():
    try:
        return json.loads(credentials_file().read_text())
    except (OSError, ValueError):
        return []


def is_prepared():
    return _database_exists() and _stamp().exists() and _stamp().read_text() == digest()


def remember_prepared():
    _stamp().write_text(digest())


def forget_prepared():
    _stamp().unlink(missing_ok=True)


def digest():
    """Names, sizes and times of the files above, and which database they went into."""
    seen = hashlib.sha256(str(settings.DATABASES["default"]["NAME"]).encode())
    for path in sorted(_sources()):
        facts = path.stat()
        seen.update(f"{path}:{facts.st_size}:{facts.st_mtime_ns}\n".encode())
    return seen.hexdigest()


def _sources():
    for folder, inner, names in os.walk(settings.BASE_DIR):
        inner[:] = [name for name in inner if name not in NOT_OURS and name != "__pycache__"]
        for name in names:
            path = Path(folder, name)
            if any(path.relative_to(settings.BASE_DIR).match(pattern) for pattern in PREPARED_FROM):
                yield path


def _database_exists():
    database = settings.DATABASES["default"]
    return not database["ENGINE"].endswith("sqlite3") or Path(database["NAME"]).exists()


def _stamp():
    return Path(settings.VAR_DIR) / "prepared"
