"""A government's way through one edition: five steps, each a small machine whose every move is logged."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.append_only import AppendOnly
from core.db import both_or_neither, one_of
from governments.models import Government

from .edition import Edition
from .kinds import Kind, State


class ParticipationQuerySet(models.QuerySet):
    def visible_to(self, user):
        """Every list and every look-up starts here; a row outside it is a 404."""
        return self.filter(government__in=Government.objects.visible_to(user))

    def under_way(self):
        """Neither declined nor withdrawn."""
        return self.filter(declined_at__isnull=True, withdrawn_at__isnull=True)

    def with_cycle(self):
        """Loads what `cycle` and the step rail ask for, in a constant number of queries."""
        return self.select_related("government", "edition").prefetch_related(
            "steps__submitted_by", "steps__approved_by", "edition__windows", "edition__extensions"
        )


class Participation(models.Model):
    """One government in one edition."""

    edition = models.ForeignKey(Edition, on_delete=models.PROTECT, related_name="participations")
    government = models.ForeignKey(Government, on_delete=models.PROTECT, related_name="participations")
    started_at = models.DateTimeField(default=timezone.now)
    started_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    declined_at = models.DateTimeField(null=True, blank=True)
    declined_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    decline_reason = models.TextField(_("motivo da recusa"), blank=True)
    withdrawn_at = models.DateTimeField(null=True, blank=True)
    withdrawn_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    withdrawal_reason = models.TextField(_("motivo da desistência"), blank=True)

    objects = ParticipationQuerySet.as_manager()

    class Meta:
        ordering = ["-edition__year", "government__name"]
        constraints = [
            models.UniqueConstraint(fields=["edition", "government"], name="one_participation_an_edition"),
            both_or_neither("declined_at", "declined_by", name="participation_declined_at_and_by"),
            both_or_neither("withdrawn_at", "withdrawn_by", name="participation_withdrawn_at_and_by"),
        ]
        verbose_name = _("participação")
        verbose_name_plural = _("participações")

    def __str__(self):
        return f"{self.government} · {self.edition.year}"

    def get_absolute_url(self):
        return reverse("participation", args=[self.pk])

    @property
    def is_under_way(self):
        return self.declined_at is None and self.withdrawn_at is None

    def step(self, kind):
        """The step of a kind, out of the loaded ones."""
        return next(step for step in self.steps.all() if step.kind == kind)


class Step(models.Model):
    """One of the five steps of one participation. Its state changes only through the verbs below, called by `certification.cycle`."""

    class WrongState(Exception):
        """The step is not where the move starts from: somebody was faster, or the page is old."""

    # to: from
    MOVES = {
        State.SUBMITTED: {State.OPEN, State.RETURNED},
        State.RETURNED: {State.SUBMITTED},
        State.APPROVED: {State.SUBMITTED},
    }

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="steps")
    kind = models.CharField(max_length=20, choices=Kind.choices)
    state = models.CharField(max_length=10, choices=State.choices, default=State.OPEN)
    submitted_at = models.DateTimeField(null=True, blank=True)
    submitted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    returned_at = models.DateTimeField(null=True, blank=True)
    returned_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    correct_until = models.DateTimeField(null=True, blank=True)
    approved_at = models.DateTimeField(null=True, blank=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    # An award of an edition from before the portal has a source instead of a person.
    earlier_source = models.CharField(max_length=300, blank=True)

    class Meta:
        ordering = ["pk"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "kind"], name="one_step_of_a_kind"),
            one_of("kind", Kind, name="step_kind_known"),
            one_of("state", State, name="step_state_known"),
            both_or_neither("submitted_at", "submitted_by", name="step_submitted_at_and_by"),
            both_or_neither("returned_at", "returned_by", name="step_returned_at_and_by"),
            models.CheckConstraint(
                condition=Q(approved_at__isnull=True, approved_by__isnull=True)
                | Q(approved_at__isnull=False, approved_by__isnull=False)
                | (Q(approved_at__isnull=False) & ~Q(earlier_source="")),
                name="step_approved_at_and_by_or_source",
            ),
            models.CheckConstraint(
                condition=(Q(state="approved") & Q(approved_at__isnull=False))
                | (~Q(state="approved") & Q(approved_at__isnull=True)),
                name="step_approved_has_its_date",
            ),
            models.CheckConstraint(
                condition=~Q(state="submitted") | Q(submitted_at__isnull=False), name="step_submitted_has_its_date"
            ),
            models.CheckConstraint(
                condition=~Q(state="returned") | Q(returned_at__isnull=False, correct_until__isnull=False),
                name="step_returned_has_its_dates",
            ),
        ]

    def __str__(self):
        return f"{self.participation_id} · {self.kind} · {self.state}"

    def submit(self, *, by, at):
        """Hand the step over to the coordinators; corrections end with it."""
        self._move(State.SUBMITTED, by=by, at=at, submitted_at=at, submitted_by=by, correct_until=None)

    def return_for_correction(self, *, by, at, correct_until, note=""):
        """Send it back; the government may correct until an instant, maybe after the period."""
        self._move(State.RETURNED, by=by, at=at, note=note, returned_at=at, returned_by=by, correct_until=correct_until)

    def approve(self, *, by, at, note=""):
        """Accept it as complete. The certification step, which nobody submits, goes from open to approved."""
        self._move(State.APPROVED, by=by, at=at, note=note, approved_at=at, approved_by=by)

    def record_earlier_approval(self, *, at, source):
        """Approval of an edition from before the portal: a source in place of a person."""
        self._move(State.APPROVED, by=None, at=at, note=source, start=State.OPEN, approved_at=at, earlier_source=source)

    def _allowed_from(self, to):
        if self.kind == Kind.CERTIFICATION:
            return {State.OPEN} if to == State.APPROVED else set()
        return self.MOVES[to]

    @transaction.atomic
    def _move(self, to, *, by, at, note="", start=None, **facts):
        # Read the row again under a lock: two people may press the button at once.
        came_from = Step.objects.select_for_update().get(pk=self.pk).state
        if came_from not in ({start} if start else self._allowed_from(to)):
            raise self.WrongState(f"{came_from} cannot become {to}")
        self.state = to
        for name, value in facts.items():
            setattr(self, name, value)
        self.save(update_fields=["state", *facts])
        self.log.create(came_from=came_from, went_to=to, by=by, at=at, note=note)


class Transition(AppendOnly):
    """The log of a step's moves. Rows are only added."""

    step = models.ForeignKey(Step, on_delete=models.CASCADE, related_name="log")
    came_from = models.CharField(max_length=10, choices=State.choices)
    went_to = models.CharField(max_length=10, choices=State.choices)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True)

    class Meta:
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.came_from} → {self.went_to}"


class Milestone(models.Model):
    """Something outside the steps that counts for the seal (a training, say), told by the app that holds it."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="milestones")
    kind = models.CharField(max_length=40)
    at = models.DateTimeField()
    source = models.CharField(max_length=200)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["participation", "kind", "source"], name="one_milestone_a_source")
        ]

    def __str__(self):
        return f"{self.participation_id} · {self.kind}"
