"""The embedded default: SQLite in var/, no broker, plain http on loopback."""

import os
import secrets
from pathlib import Path

_VAR = Path(os.environ.get("VAR_DIR", Path(__file__).resolve().parents[2] / "var"))
_VAR.mkdir(parents=True, exist_ok=True)
if not os.environ.get("SECRET_KEY"):
    _KEY_FILE = _VAR / "secret_key"
    if not _KEY_FILE.exists():
        _KEY_FILE.touch(mode=0o600)
        _KEY_FILE.write_text(secrets.token_urlsafe(48))
    os.environ["SECRET_KEY"] = _KEY_FILE.read_text()
os.environ.setdefault("PUBLIC_BASE_URL", f"http://127.0.0.1:{os.environ.get('PORT') or 8000}")

from .base import *  # noqa: E402, F403
from .env import env  # noqa: E402

DEBUG = env.bool("DEBUG", default=False)
ALLOWED_HOSTS = [*env.list("ALLOWED_HOSTS", default=[]), "127.0.0.1", "localhost", "[::1]"]
