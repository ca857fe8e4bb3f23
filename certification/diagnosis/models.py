"""The diagnosis: one row per answer, its revisions, the context sheet, evidence links, and the review."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from certification.models import Participation, Snapshot
from core.append_only import AppendOnly
from core.db import both_or_neither, one_of
from governments.models import Government

from .content import Content


class DiagnosisQuerySet(models.QuerySet):
    def visible_to(self, user):
        return self.filter(participation__government__in=Government.objects.visible_to(user))


class Diagnosis(models.Model):
    """One government's answers in one edition. Opened when the enrolment is accepted, with a row for every question that applies."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="diagnosis")
    questionnaire = models.ForeignKey("dimensions.Questionnaire", on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)

    objects = DiagnosisQuerySet.as_manager()

    class Meta:
        verbose_name = _("diagnóstico")

    def __str__(self):
        return str(self.participation)


class TypedValue(models.Model):
    """What an answer says: a typed value in one JSON column, or no data, or that it does not apply; a number carries source and month.

    value: code of an option, list of codes, number, text, or None while unanswered.
    """

    value = models.JSONField(null=True, blank=True)
    comment = models.TextField(_("comentário"), blank=True, max_length=3000)
    no_data = models.BooleanField(_("sem dado"), default=False)
    not_applicable = models.BooleanField(_("não se aplica"), default=False)
    reason = models.TextField(_("motivo"), blank=True, max_length=3000)
    source = models.CharField(_("fonte"), max_length=300, blank=True)
    reference_month = models.DateField(
        _("mês de referência"), null=True, blank=True, help_text=_("O primeiro dia do mês.")
    )

    class Meta:
        abstract = True

    def content(self):
        """The same fields as a value of their own, to compare and to show."""
        return Content(**{name: getattr(self, name) for name in Content.__dataclass_fields__})


class Answer(TypedValue):
    """The one truth of a question. `version` counts saves; a save based on an older version is refused."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="answers")
    indicator = models.ForeignKey("dimensions.Indicator", on_delete=models.PROTECT, related_name="+")
    # The code stands here too, so that a page of answers needs no join to the catalogue, which is kept in memory.
    code = models.CharField(max_length=10)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(TypedValue.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "indicator"], name="one_answer_an_indicator"),
            models.UniqueConstraint(fields=["diagnosis", "code"], name="one_answer_a_code"),
            models.CheckConstraint(
                condition=~Q(no_data=True, not_applicable=True), name="answer_no_data_or_not_applicable"
            ),
        ]

    def __str__(self):
        return f"{self.diagnosis_id} · {self.code}"

    @property
    def author(self):
        """The name of who saved it last; read with the answer where there are many of them."""
        if hasattr(self, "saved_by"):
            return self.saved_by
        return self.updated_by.name if self.updated_by_id else None

    @property
    def is_answered(self):
        """Something was chosen, written, or said not to exist or apply."""
        return self.not_applicable or self.no_data or self.value not in (None, "", [])


class RevisionKind(models.TextChoices):
    SAVED = "saved", _("salva")
    REFUSED = "refused", _("não salva")


class AnswerRevision(AppendOnly, TypedValue):
    """Append-only history: what each save wrote (`saved`, with its version) and what was refused because somebody was faster or the step closed (`refused`)."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="revisions")
    kind = models.CharField(max_length=10, choices=RevisionKind.choices, default=RevisionKind.SAVED)
    version = models.PositiveIntegerField(
        help_text=_("Versão que resultou desta gravação, ou em que a gravação recusada se baseava.")
    )
    refused_because = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(TypedValue.Meta):
        abstract = False
        ordering = ["at", "pk"]
        constraints = [
            one_of("kind", RevisionKind, name="revision_kind_known"),
            models.UniqueConstraint(
                fields=["answer", "version"], condition=Q(kind="saved"), name="one_saved_revision_a_version"
            ),
        ]

    def __str__(self):
        return f"{self.answer_id} v{self.version}"


class AnswerEvidence(models.Model):
    """Ties a piece of the library to an answer. Untied, the row goes: copies that were submitted with it name the piece themselves."""

    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="evidence_links")
    evidence = models.ForeignKey("governments.Evidence", on_delete=models.PROTECT, related_name="answer_links")
    linked_at = models.DateTimeField(default=timezone.now)
    linked_by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+")

    class Meta:
        ordering = ["linked_at"]
        constraints = [models.UniqueConstraint(fields=["answer", "evidence"], name="one_link_an_evidence")]

    def __str__(self):
        return f"{self.answer_id} ← {self.evidence_id}"


class ContextValue(models.Model):
    """What a line of the context sheet says: a number with source and month, no data, or a text."""

    value = models.JSONField(null=True, blank=True)
    no_data = models.BooleanField(default=False)
    source = models.CharField(_("fonte"), max_length=300, blank=True)
    reference_month = models.DateField(_("mês de referência"), null=True, blank=True)

    class Meta:
        abstract = True

    def content(self):
        names = ("value", "no_data", "source", "reference_month")
        return Content(**{name: getattr(self, name) for name in names})


class ContextEntry(ContextValue):
    """One field of the context sheet (population, registered migrants, service unit...), as the questionnaire's profile fields name them."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="context")
    code = models.CharField(max_length=40)
    version = models.PositiveIntegerField(default=0)
    updated_at = models.DateTimeField(null=True, blank=True)
    updated_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta(ContextValue.Meta):
        abstract = False
        constraints = [models.UniqueConstraint(fields=["diagnosis", "code"], name="one_context_entry_a_field")]

    def __str__(self):
        return f"{self.diagnosis_id} · {self.code}"

    @property
    def author(self):
        return self.updated_by.name if self.updated_by_id else None

    @property
    def is_answered(self):
        return self.no_data or self.value not in (None, "")


class ContextRevision(AppendOnly, ContextValue):
    """The history of a line of the sheet, as AnswerRevision is of an answer."""

    entry = models.ForeignKey(ContextEntry, on_delete=models.CASCADE, related_name="revisions")
    kind = models.CharField(max_length=10, choices=RevisionKind.choices, default=RevisionKind.SAVED)
    version = models.PositiveIntegerField()
    refused_because = models.CharField(max_length=20, blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta(ContextValue.Meta):
        abstract = False
        ordering = ["at", "pk"]
        constraints = [
            one_of("kind", RevisionKind, name="context_revision_kind_known"),
            models.UniqueConstraint(
                fields=["entry", "version"], condition=Q(kind="saved"), name="one_saved_context_revision_a_version"
            ),
        ]

    def __str__(self):
        return f"{self.entry_id} v{self.version}"


class DimensionShare(models.Model):
    """Which department answers which dimension: «comigo» and «da equipe» on the manager's home."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="shares")
    dimension = models.PositiveSmallIntegerField()
    department = models.CharField(_("secretaria ou órgão"), max_length=160)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["diagnosis", "dimension"], name="one_department_a_dimension")]

    def __str__(self):
        return f"{self.dimension} · {self.department}"


class DimensionResult(models.Model):
    """Counts per state of what exists, one row per dimension of a submission: what charts and public pages read instead of answers. No scores."""

    snapshot = models.ForeignKey(Snapshot, on_delete=models.CASCADE, related_name="dimension_results")
    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="dimension_results")
    dimension = models.PositiveSmallIntegerField()
    exists = models.PositiveSmallIntegerField(default=0)
    partly = models.PositiveSmallIntegerField(default=0)
    not_yet = models.PositiveSmallIntegerField(default=0)
    not_applicable = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["dimension"]
        constraints = [models.UniqueConstraint(fields=["snapshot", "dimension"], name="one_result_a_dimension")]

    def __str__(self):
        return f"{self.participation_id} · {self.dimension}"


class ReviewRound(models.Model):
    """One reading of a submitted diagnosis. What it says stays hidden from the government until it is released by a return or an approval."""

    diagnosis = models.ForeignKey(Diagnosis, on_delete=models.CASCADE, related_name="rounds")
    number = models.PositiveSmallIntegerField()
    snapshot = models.ForeignKey(Snapshot, on_delete=models.PROTECT, related_name="+")
    opened_at = models.DateTimeField(default=timezone.now)
    released_at = models.DateTimeField(null=True, blank=True)
    released_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )
    message = models.TextField(_("mensagem ao governo"), blank=True, max_length=3000)

    class Meta:
        ordering = ["number"]
        constraints = [
            models.UniqueConstraint(fields=["diagnosis", "number"], name="one_round_a_number"),
            models.UniqueConstraint(fields=["diagnosis"], condition=Q(released_at__isnull=True), name="one_open_round"),
            both_or_neither("released_at", "released_by", name="round_released_at_and_by"),
        ]

    def __str__(self):
        return f"{self.diagnosis_id} · {self.number}"


class NoteKind(models.TextChoices):
    CORRECTION = "correction", _("correção")
    SUGGESTION = "suggestion", _("sugestão")
    GOOD_PRACTICE = "good_practice", _("boa prática")


class ReviewNote(models.Model):
    """A reviewer's note on one question. Only corrections reopen their question; the government's reply stands beside it."""

    Kind = NoteKind

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="notes")
    answer = models.ForeignKey(Answer, on_delete=models.CASCADE, related_name="notes")
    kind = models.CharField(_("tipo"), max_length=15, choices=NoteKind.choices)
    text = models.TextField(_("apontamento"), max_length=3000)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)
    # The answer as the reviewer read it: old answer, note and new answer stand side by side.
    answer_version = models.PositiveIntegerField()
    reply = models.TextField(_("resposta do governo"), blank=True, max_length=3000)
    replied_at = models.DateTimeField(null=True, blank=True)
    replied_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, blank=True, related_name="+"
    )

    class Meta:
        ordering = ["at"]
        constraints = [
            one_of("kind", NoteKind, name="note_kind_known"),
            models.CheckConstraint(condition=~Q(text=""), name="note_says_something"),
            both_or_neither("replied_at", "replied_by", name="note_replied_at_and_by"),
        ]

    def __str__(self):
        return self.text[:40]

    @property
    def dimension_number(self):
        return int(self.answer.code.split(".")[0])


class DimensionReview(models.Model):
    """That a reviewer has read a dimension to its end in a round."""

    round = models.ForeignKey(ReviewRound, on_delete=models.CASCADE, related_name="dimensions_read")
    dimension = models.PositiveSmallIntegerField()
    by = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["round", "dimension"], name="one_reading_a_dimension")]

    def __str__(self):
        return f"{self.round_id} · {self.dimension}"
