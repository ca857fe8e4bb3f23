"""What the portal stands on, each checked by using it."""

import logging
import shutil
from datetime import timedelta

import redis
from django.conf import settings
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage, storages
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.utils import timezone

from core.models import Job

logger = logging.getLogger(__name__)

OK, DOWN, SLOW, UNUSED = "ok", "down", "slow", "not used"
LONG_IN_QUEUE = timedelta(minutes=5)
ROOM_LEFT = 50 * 1024 * 1024

# Applied migrations do not become unapplied under a running process.
_migrated = set()


def report():
    """{status, degraded, checks}: down where pages cannot work, degraded where something only comes later."""
    checks = {"database": database()}
    reachable = checks["database"] == OK
    checks["storage"] = storage()
    checks["queue"] = queue() if reachable else DOWN
    checks["redis"] = redis_server()
    checks["migrations"] = migrations() if reachable else DOWN
    down = DOWN in (checks["database"], checks["migrations"])
    degraded = [name for name, state in checks.items() if state not in (OK, UNUSED)]
    return {"status": "down" if down else "degraded" if degraded else "ok", "degraded": degraded, "checks": checks}


def database():
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
        return OK
    except DatabaseError:
        logger.exception("health: database")
        return DOWN


def storage():
    """Writes, and has room for the next uploads."""
    try:
        name = default_storage.save("health/probe", ContentFile(b"probe"))
        default_storage.delete(name)
        return OK if _room() else SLOW
    except Exception:  # each kind of storage raises its own
        logger.exception("health: storage")
        return DOWN


def _room():
    if not isinstance(storages["default"], FileSystemStorage):
        return True
    return shutil.disk_usage(default_storage.location).free > ROOM_LEFT


def queue():
    """Slow where something has waited to be taken for minutes: no worker hears."""
    try:
        late = timezone.now() - LONG_IN_QUEUE
        return SLOW if Job.objects.takeable(late).filter(requested_at__lt=late).exists() else OK
    except DatabaseError:
        return DOWN


def redis_server():
    address = getattr(settings, "REDIS_URL", "")
    if not address:
        return UNUSED
    try:
        with redis.Redis.from_url(address, socket_connect_timeout=1, socket_timeout=1) as server:
            server.ping()
        return OK
    except redis.exceptions.RedisError:
        return DOWN


def migrations():
    alias = str(connection.settings_dict["NAME"])
    if alias in _migrated:
        return OK
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            return DOWN
    except DatabaseError:
        return DOWN
    _migrated.add(alias)
    return OK
