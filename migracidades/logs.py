"""The request line of the log: who, what, how it ended, under the id the visitor was given."""

import structlog
from django_structlog.middlewares import RequestMiddleware


class RequestLogMiddleware(RequestMiddleware):
    """Logs the end of each request. Never asks the database who the visitor is: only says it where a view did."""

    def prepare(self, request):
        structlog.contextvars.clear_contextvars()
        structlog.contextvars.bind_contextvars(request_id=request.id)

    @staticmethod
    def bind_user_id(request):
        user = getattr(request, "_cached_user", None)
        if user is not None and user.pk:
            structlog.contextvars.bind_contextvars(user_id=str(user.pk))

    @staticmethod
    def format_request(request):
        return f"{request.method} {request.path}"
