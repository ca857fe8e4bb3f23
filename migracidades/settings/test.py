"""Settings of the test suite: cheap password hashes, a folder of its own for files, strict templates."""

import atexit
import os
import shutil
import tempfile
from urllib.parse import urlsplit, urlunsplit

os.environ.setdefault("SECRET_KEY", "only-for-tests-" + "x" * 40)
# A folder a run and test process, so that no demo is touched. The children a test starts share its folder.
if not os.environ.get("TEST_VAR_DIR"):
    os.environ["TEST_VAR_DIR"] = tempfile.mkdtemp(prefix="migracidades-test-")
    atexit.register(shutil.rmtree, os.environ["TEST_VAR_DIR"], ignore_errors=True)
os.environ["VAR_DIR"] = os.path.join(os.environ["TEST_VAR_DIR"], os.environ.get("PYTEST_XDIST_WORKER", "main"))
os.makedirs(os.environ["VAR_DIR"], exist_ok=True)

from .base import *  # noqa: E402, F403
from .base import BASE_DIR, CACHES, DATABASES, REDIS_URL, TEMPLATES, VAR_DIR  # noqa: E402
from .missing import MissingVariable  # noqa: E402

(VAR_DIR / "static").mkdir(parents=True, exist_ok=True)  # WhiteNoise warns where it is missing
ALLOWED_HOSTS = ["testserver", "127.0.0.1", "localhost"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
if REDIS_URL:
    # Emptied as a whole, so each test process has one of its own; 12 and 13 are those of the tests that kill workers.
    own = {"gw0": 10, "gw1": 11, "gw2": 14, "gw3": 15}.get(os.environ.get("PYTEST_XDIST_WORKER"))
    CACHES["default"]["LOCATION"] = urlunsplit(urlsplit(REDIS_URL)._replace(path=f"/{own}")) if own else REDIS_URL
else:
    CACHES = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    # A file, since threads and child processes of a test must meet in one database with real locks.
    DATABASES["default"]["TEST"] = {"NAME": str(VAR_DIR / "test.sqlite3")}
    DATABASES["default"]["OPTIONS"]["init_command"] += "PRAGMA synchronous=OFF;"  # nobody pulls the plug here
else:
    DATABASES["default"]["TEST"] = {"NAME": os.environ.get("TEST_DATABASE_NAME") or f"test_migracidades_{os.getpid()}"}
TEMPLATES[0]["OPTIONS"]["string_if_invalid"] = MissingVariable(BASE_DIR / "templates")
LOGGING_CONFIG = None
