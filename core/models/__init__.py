from .audit import AuditEvent
from .files import StoredFile
from .jobs import Job
from .keys import IdempotencyKey
from .marks import Mark
from .outbox import OutboxMessage

__all__ = ["AuditEvent", "IdempotencyKey", "Job", "Mark", "OutboxMessage", "StoredFile"]
