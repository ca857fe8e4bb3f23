"""Settings of the worker processes that the fault tests start, kill and start again."""

import os

from migracidades.settings.test import *  # noqa: F403
from migracidades.settings.test import INSTALLED_APPS, VAR_DIR

INSTALLED_APPS = [*INSTALLED_APPS, "tests.core.slow_room"]
JOB_LEASE_SECONDS = 5
MEDIA_ROOT = VAR_DIR / "fault-media"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
DATABASES = {"default": DATABASES["default"] | {"NAME": os.environ["FAULT_DATABASE"]}}  # noqa: F405
