"""Logging: one line an event, as text for people or JSON for machines; never a token, a password or what was typed."""

import logging
import re

import structlog

from .env import env

LOG_FORMAT = env.log_format()
LOG_LEVEL = env.str("LOG_LEVEL", default="INFO")

# Links of invitations and of password resets carry their token in the path; the log must not repeat it.
TOKEN_IN_PATH = re.compile(r"(?<=/)[\w~:=-]{20,}(?=/|$)")


def without_secrets(logger, method, event):
    """Drop the query and whatever looks like a token from the address of a request line."""
    request = event.get("request")
    if isinstance(request, str):
        event["request"] = TOKEN_IN_PATH.sub("…", request.partition("?")[0])
    return event


SHARED_PROCESSORS = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.processors.TimeStamper(fmt="iso"),
    without_secrets,
]
RENDERERS = {
    # Plain tracebacks: the rich ones print the locals of every frame, which takes minutes on a page's context and shows answers and secrets.
    "text": [structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)],
    "json": [structlog.processors.format_exc_info, structlog.processors.JSONRenderer(ensure_ascii=False)],
}

structlog.configure(
    processors=[
        structlog.stdlib.filter_by_level,
        *SHARED_PROCESSORS,
        structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
    ],
    logger_factory=structlog.stdlib.LoggerFactory(),
    cache_logger_on_first_use=True,
)

DJANGO_STRUCTLOG_STATUS_4XX_LOG_LEVEL = logging.INFO
DJANGO_STRUCTLOG_IP_LOGGING_ENABLED = False  # addresses belong to the audit, read through TRUSTED_PROXIES only

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {
        "lines": {
            "()": structlog.stdlib.ProcessorFormatter,
            "processors": [structlog.stdlib.ProcessorFormatter.remove_processors_meta, *RENDERERS[LOG_FORMAT]],
            "foreign_pre_chain": SHARED_PROCESSORS,
        }
    },
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
    "root": {"handlers": ["console"], "level": LOG_LEVEL},
    "loggers": {
        # Has handlers of its own by default: its lines would come twice, or as mail.
        "django": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        "django.server": {"handlers": [], "level": LOG_LEVEL, "propagate": True},
        # Says again, with the whole path, what the request line says without its tokens.
        "django.request": {"level": "CRITICAL"},
        "django.security.csrf": {"level": "CRITICAL"},
        "kombu.connection": {"level": "ERROR"},  # the file broker has no host name
        "weasyprint": {"level": "ERROR"},
        "fontTools": {"level": "ERROR"},
    },
}
