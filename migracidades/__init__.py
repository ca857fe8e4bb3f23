# Shared tasks of the rooms are bound to this application, and `send_task` finds it, wherever Django runs.
from .celery import app as celery_app

__all__ = ["celery_app"]
