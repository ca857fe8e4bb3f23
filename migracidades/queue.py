"""How Celery talks: over Redis where there is one, else through files under VAR_DIR."""

from pathlib import Path

from celery.schedules import crontab
from django.conf import settings
from kombu import Queue

MINUTE = 60.0


def file_broker():
    """Transport options of the embedded default: one folder that both sides read and write."""
    folder = Path(settings.VAR_DIR) / "broker"
    parts = {"data_folder_in": "messages", "data_folder_out": "messages", "control_folder": "control"}
    for part in set(parts.values()):
        (folder / part).mkdir(parents=True, exist_ok=True)
    return {option: str(folder / part) for option, part in parts.items()}


# A web request must not wait for a broker that is away. Workers do (celery.py), else they would fall with it.
AT_ONCE = {"max_retries": 0, "interval_start": 0, "interval_step": 0, "interval_max": 0}


def redis_broker():
    return {"socket_connect_timeout": 1, "socket_timeout": 5, "visibility_timeout": 1800, **AT_ONCE}


broker_url = settings.REDIS_URL or "filesystem://localhost//"
broker_transport_options = redis_broker() if settings.REDIS_URL else file_broker()
broker_connection_timeout = 1
broker_connection_retry_on_startup = True
task_default_queue = "default"
task_queues = [Queue("default"), Queue("pdf")]
task_ignore_result = True
task_acks_late = True
task_publish_retry = False
task_soft_time_limit = 600
task_time_limit = 660
worker_prefetch_multiplier = 1
worker_hijack_root_logger = False
timezone = settings.TIME_ZONE
beat_schedule_filename = str(Path(settings.VAR_DIR) / "beat-schedule")
beat_schedule = {
    "sweep": {"task": "core.sweep", "schedule": MINUTE, "options": {"expires": MINUTE}},
    "outbox": {"task": "core.deliver_due", "schedule": MINUTE, "options": {"expires": MINUTE}},
    # Just after midnight: a day has passed, and with it some action's end.
    "figures": {"task": "figures.sweep", "schedule": crontab(hour=0, minute=7)},
    "archives": {"task": "figures.archives", "schedule": 10 * MINUTE, "options": {"expires": 10 * MINUTE}},
    # Reminders of the day before, places nobody confirmed in time.
    "events": {"task": "events.sweep", "schedule": 10 * MINUTE, "options": {"expires": 10 * MINUTE}},
    "events-forget": {"task": "events.forget", "schedule": crontab(hour=3, minute=40, day_of_week=0)},
    "reconcile": {"task": "core.reconcile", "schedule": crontab(hour=4, minute=10)},
    "practices": {"task": "practices.look_after", "schedule": crontab(hour=7, minute=20)},
}
