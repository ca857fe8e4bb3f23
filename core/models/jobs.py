import hashlib
import json
import uuid
from contextlib import suppress
from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from core import bell, subjects
from core.db import one_of

LEASE = timedelta(seconds=getattr(settings, "JOB_LEASE_SECONDS", 45))
HEARTBEAT = LEASE / 3
MAX_ATTEMPTS = 3


class LeaseLost(Exception):
    """Another worker holds the job now, or its time is over: what this one made must not be written."""


class JobQuerySet(models.QuerySet):
    def in_flight(self):
        return self.filter(state__in=Job.IN_FLIGHT)

    def takeable(self, at):
        """Queued and not put off, or left behind by a worker that stopped beating."""
        waiting = Q(state=Job.State.QUEUED) & (Q(lease_until__isnull=True) | Q(lease_until__lte=at))
        return self.filter(waiting | Q(state=Job.State.RUNNING, lease_until__lte=at))

    def held_by(self, job):
        """The row, as long as it still belongs to the attempt that `job` stands for."""
        return self.filter(pk=job.pk, state=Job.State.RUNNING, attempts=job.attempts)


class JobState(models.TextChoices):
    QUEUED = "queued", _("na fila")
    RUNNING = "running", _("em andamento")
    DONE = "done", _("pronto")
    FAILED = "failed", _("não concluído")


class Job(models.Model):
    """A piece of background work. This row is the truth; Celery only carries its id. `core.jobs` runs it."""

    State = JobState

    IN_FLIGHT = ("queued", "running")

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=80)
    subject_model = models.CharField(max_length=80, blank=True)
    subject_id = models.CharField(max_length=64, blank=True)
    params = models.JSONField(default=dict, blank=True)
    params_key = models.CharField(max_length=64)
    state = models.CharField(max_length=7, choices=State, default=State.QUEUED)
    attempts = models.PositiveSmallIntegerField(default=0)
    # While it runs: until when its worker is believed alive. While it waits after a failure: when to try again.
    lease_until = models.DateTimeField(null=True)
    heartbeat_at = models.DateTimeField(null=True)
    done = models.PositiveIntegerField(default=0)
    total = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=300, blank=True)  # for the person who asked, in plain words
    fault = models.CharField(max_length=200, blank=True)  # for the operator: kind of exception and line, never its text
    result = models.ForeignKey("core.StoredFile", models.SET_NULL, null=True, related_name="+")
    sha256 = models.CharField(max_length=64, blank=True)
    requested_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    requested_at = models.DateTimeField(default=timezone.now)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    objects = JobQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "subject_model", "subject_id", "params_key"],
                condition=Q(state__in=("queued", "running")),
                name="one_job_in_flight",
            ),
            one_of("state", JobState, name="job_state_known"),
            models.CheckConstraint(
                condition=Q(state__in=("queued", "running"), finished_at__isnull=True)
                | Q(state__in=("done", "failed"), finished_at__isnull=False),
                name="job_finished_with_its_instant",
            ),
            models.CheckConstraint(
                condition=~Q(state="running") | Q(lease_until__isnull=False), name="running_job_has_a_lease"
            ),
            models.CheckConstraint(condition=~Q(state="failed") | ~Q(error=""), name="failed_job_says_why"),
        ]
        indexes = [
            models.Index(fields=["state", "lease_until"], name="jobs_to_take"),
            models.Index(fields=["subject_model", "subject_id", "kind"], name="jobs_of_a_subject"),
        ]

    def __str__(self):
        return f"{self.kind} ({self.state})"

    @classmethod
    def request(cls, kind, *, subject=None, by=None, params=None):
        """The job in flight for this very work, or a new one; Celery is rung once the caller's transaction commits."""
        params = params or {}
        model, key = subjects.reference(subject)
        wanted = {"kind": kind, "subject_model": model, "subject_id": key, "params_key": key_of(params)}
        new = wanted | {"params": params, "requested_by": by}
        for _again in range(3):
            found = cls.objects.in_flight().filter(**wanted).first()
            if found:
                return found
            # Somebody may ask for the same in this moment: theirs is the row, unless it has ended already.
            with suppress(IntegrityError):
                return cls._queue(**new)
        return cls._queue(**new)

    @classmethod
    def _queue(cls, **facts):
        with transaction.atomic():
            job = cls.objects.create(**facts)
        transaction.on_commit(lambda: bell.ring_job(job), robust=True)
        return job

    @property
    def subject(self):
        return subjects.load(self.subject_model, self.subject_id)

    @property
    def error_text(self):
        """The reason in the reader's language, where it is one of the floor's own sentences."""
        return gettext(self.error) if self.error else ""

    @property
    def is_over(self):
        return self.state not in self.IN_FLIGHT

    def progress(self, done, total=None):
        """Tell how far the work is; raises LeaseLost in a worker that was given up."""
        self.done, self.total = done, self.total if total is None else total
        self.beat(done=self.done, total=self.total)

    def beat(self, **facts):
        """Hold the lease a while longer; raises LeaseLost where it is no longer ours."""
        now = timezone.now()
        deadline = getattr(self, "must_end_by", None)
        if deadline and now > deadline:
            raise LeaseLost("time limit")
        held = Job.objects.held_by(self).update(heartbeat_at=now, lease_until=now + LEASE, **facts)
        if not held:
            raise LeaseLost(f"{self.kind} {self.pk}")

    def holding(self):
        """A transaction that only the worker in charge may commit, for what a handler writes: `with job.holding():`."""
        return _Holding(self)

    def summary(self):
        """What a page or the API tells about it."""
        facts = {"id": str(self.pk), "kind": self.kind, "state": self.state, "done": self.done, "total": self.total}
        return facts | {"error": self.error_text or None, "result": str(self.result_id) if self.result_id else None}


class _Holding:
    def __init__(self, job):
        self.job = job
        self.atomic = transaction.atomic()

    def __enter__(self):
        self.atomic.__enter__()
        try:
            # An update, not a read: on either engine it holds the row until the transaction ends.
            if not Job.objects.held_by(self.job).update(attempts=F("attempts")):
                raise LeaseLost(f"{self.job.kind} {self.job.pk}")
        except BaseException as error:
            self.atomic.__exit__(type(error), error, error.__traceback__)
            raise

    def __exit__(self, *exception):
        return self.atomic.__exit__(*exception)


def key_of(params):
    """One short text for equal parameters, whatever their order."""
    canonical = json.dumps(params, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()
