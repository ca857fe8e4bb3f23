"""gunicorn, for the embedded start and for production alike: `gunicorn -c python:migracidades.server migracidades.wsgi`."""

import os

bind = os.environ.get("BIND") or f"127.0.0.1:{os.environ.get('PORT') or 8000}"
worker_class = "gthread"
workers = int(os.environ.get("WEB_WORKERS") or 2)
threads = int(os.environ.get("WEB_THREADS") or 4)
timeout = 60
graceful_timeout = 25
keepalive = 5
max_requests = 20_000
max_requests_jitter = 2_000
# Who may say that a request came by https; everybody else's word is dropped.
forwarded_allow_ips = os.environ.get("TRUSTED_PROXIES") or "127.0.0.1,::1"
worker_tmp_dir = "/dev/shm" if os.path.isdir("/dev/shm") else None  # noqa: S108 (heartbeats must not wait for a disk)
accesslog = None  # the portal writes its own request lines, without tokens
loglevel = "warning"
control_socket_disable = True
