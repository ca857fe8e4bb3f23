"""The audit trail: who did what, to which row, in which request."""

from contextvars import ContextVar

from core import subjects
from core.models import AuditEvent

# Set for the length of a request by the middleware, so that what happens inside need not be told.
request_facts = ContextVar("request_facts", default=("", None))

NEVER = {"password", "senha", "token", "secret", "cpf", "answer", "value", "comment", "cookie"}


def record(action, *, by=None, subject=None, government_id=None, **detail):
    """Write one event. `detail` holds short facts; secrets, CPF and what people answered have no place in it."""
    forbidden = NEVER & {name.lower() for name in detail}
    if forbidden:
        raise ValueError(f"the audit trail does not keep {', '.join(sorted(forbidden))}")
    model, key = subjects.reference(subject)
    request_id, address = request_facts.get()
    actor = by if getattr(by, "is_authenticated", False) else None
    return AuditEvent.objects.create(
        action=action,
        by=actor,
        subject_model=model,
        subject_id=key,
        government_id=government_id,
        request_id=request_id,
        address=address,
        detail=detail,
    )
