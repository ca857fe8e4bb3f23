"""The Celery application. The database is the queue of record; this only rings the bell.

Embedded (no REDIS_URL): messages are files under VAR_DIR/broker, and one process does everything:

    DJANGO_SETTINGS_MODULE=migracidades.settings.dev celery -A migracidades worker --pool=threads --concurrency=2 -B

With Redis, beat runs apart, and documents get workers of their own:

    celery -A migracidades beat
    celery -A migracidades worker -Q default
    celery -A migracidades worker -Q pdf --max-tasks-per-child=200
"""

import os

from celery import Celery, signals

# As in wsgi.py; manage.py and the embedded start name theirs before this is read.
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "migracidades.settings.production")

app = Celery("migracidades", set_as_current=True)
# Read late: this module is imported while the settings are still being made.
app.config_from_object("migracidades.queue")
app.autodiscover_tasks()


@signals.celeryd_init.connect
def wait_for_the_broker(conf, **kwargs):
    """A worker outlives a broker that goes away for a while."""
    from kombu.transport.redis import Channel

    from .queue import AT_ONCE

    # Messages in hand need not be put back, the rows are the truth; trying to on a lost connection would end the worker.
    Channel.do_restore = False
    for option in AT_ONCE:
        conf.broker_transport_options.pop(option, None)


@signals.worker_ready.connect
def look_around(sender, **kwargs):
    """What waited while no worker ran; and, after a crash, again when the leases of the dead one have surely run out."""
    from core.models.jobs import LEASE

    sender.app.send_task("core.sweep")
    sender.app.send_task("core.sweep", countdown=LEASE.total_seconds() + 1)
    sender.app.send_task("core.deliver_due")
