from datetime import timedelta

import pytest
from django.db import connection
from django.db.migrations.loader import MigrationLoader
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from core import health
from core.jobs import Job


@pytest.mark.django_db
def test_ready_names_every_part(client, settings):
    settings.REDIS_URL = ""
    response = client.get("/health/ready")
    parts = {"database": "ok", "storage": "ok", "queue": "ok", "redis": "not used", "migrations": "ok"}
    assert response.status_code == 200
    assert response.json() == {"status": "ok", "degraded": [], "checks": parts}
    assert response["Cache-Control"] == "no-store"
    assert not response.cookies


@pytest.mark.django_db
def test_redis_away_is_degraded_not_down(client, settings):
    settings.REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/ready")
    assert response.status_code == 200
    assert (response.json()["status"], response.json()["degraded"]) == ("degraded", ["redis"])


@pytest.mark.django_db
def test_a_queue_nobody_works_at_is_seen(client, subject, settings):
    settings.REDIS_URL = ""
    job = Job.request("report", subject=subject)
    assert client.get("/health/ready").json()["degraded"] == []
    Job.objects.filter(pk=job.pk).update(requested_at=timezone.now() - timedelta(minutes=6))
    assert client.get("/health/ready").json()["degraded"] == ["queue"]


@pytest.mark.django_db
def test_a_storage_that_cannot_be_written_is_seen(client, settings, tmp_path):
    blocked = tmp_path / "a-file"
    blocked.touch()
    settings.MEDIA_ROOT = str(blocked)
    settings.STORAGES = settings.STORAGES | {"default": {"BACKEND": "django.core.files.storage.FileSystemStorage"}}
    assert client.get("/health/ready").json()["checks"]["storage"] == "down"


@pytest.fixture
def recorded(transactional_db, settings, monkeypatch):
    """All migrations of the project, recorded as applied: the suite's own tables come straight from the models."""
    settings.MIGRATION_MODULES = {}
    monkeypatch.setattr(health, "_migrated", set())
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    for app, name in MigrationLoader(connection).disk_migrations:
        recorder.record_applied(app, name)
    yield recorder
    recorder.flush()


def test_a_migration_that_is_lacking_is_down(client, recorded):
    recorded.migration_qs.filter(app="core").delete()
    response = client.get("/health/ready")
    assert response.status_code == 503
    assert response["Retry-After"]
    assert response.json()["checks"]["migrations"] == "down"


def test_with_all_migrations_it_is_up(client, recorded):
    assert client.get("/health/ready").json()["checks"]["migrations"] == "ok"


def test_live_asks_nobody(client):
    # No database is allowed in this test.
    assert client.get("/health/live").json() == {"status": "ok", "degraded": [], "checks": {}}
