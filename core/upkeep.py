"""Putting right what a crash left behind. Safe at any time and as often as one likes."""

from datetime import timedelta

from django.core.files.storage import default_storage
from django.utils import timezone

from core import idempotency, jobs, outbox
from core.models import Job, StoredFile

# A file without a row may belong to a transaction that is still open.
ORPHAN_AGE = timedelta(days=1)


def reconcile(at=None):
    """Ring for jobs left behind, send what is due, drop contents no row names and keys past their time. Returns counts."""
    at = at or timezone.now()
    return {
        "expired_leases": Job.objects.filter(state=Job.State.RUNNING, lease_until__lte=at).count(),
        "jobs_rung": jobs.sweep(at),
        "letters_sent": outbox.deliver_due(at),
        "orphan_files_removed": remove_orphans(at),
        "files_missing": sum(not default_storage.exists(name) for name in file_names()),
        "keys_pruned": idempotency.prune(at),
    }


def file_names():
    return StoredFile.objects.order_by("pk").values_list("file", flat=True).iterator()


def remove_orphans(at):
    """Delete stored contents that no row names and that are older than any open transaction."""
    known = set(file_names())
    orphans = [name for name in stored_names() if name not in known and _age(name, at) > ORPHAN_AGE]
    for name in orphans:
        default_storage.delete(name)
    return len(orphans)


def stored_names(root="files"):
    """Every content in the two-level folder of stored files."""
    try:
        folders, _ = default_storage.listdir(root)
    except FileNotFoundError:
        return
    for folder in folders:
        for name in default_storage.listdir(f"{root}/{folder}")[1]:
            yield f"{root}/{folder}/{name}"


def _age(name, at):
    return at - default_storage.get_modified_time(name)
