"""Prepared tables: what the public pages and the open data read instead of steps, answers and entries.

They hold published editions only, out of frozen copies and verified entries; `domain` writes them, and all of them can be made again from nothing.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _

from certification.models import Edition, Participation
from certification.monitoring.models import ProgressStatus
from certification.prioritization.models import PriorityAction
from core.db import both_or_neither, one_of
from governments.models import Government


class Standing(models.TextChoices):
    """How a government took part, as far as its seal tells."""

    CERTIFIED = "certified", _("com selo")
    WITHOUT_SEAL = "without_seal", _("participou sem selo")
    REVOKED = "revoked", _("selo revogado")


class Place(models.Model):
    """Where a government is and what it is, copied beside each row: lists are filtered and counted without a join."""

    uf = models.CharField(max_length=2)
    region = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)

    class Meta:
        abstract = True


class Listed(Place):
    """A line of the directory."""

    search = models.CharField(max_length=160)
    standing = models.CharField(_("situação"), max_length=12, choices=Standing.choices)
    # Dimensions of its validated priority actions, «,1,6,»: sought as «,6,».
    dimensions = models.CharField(max_length=40, blank=True)

    class Meta:
        abstract = True


def mark_of(number):
    """How a dimension is sought in `Listed.dimensions`."""
    return f",{number},"


class Presence(Listed):
    """That a government's enrolment was accepted in a published edition, and how far it came."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="presence")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="presences")
    government = models.ForeignKey(Government, on_delete=models.CASCADE, related_name="presences")
    seal_code = models.CharField(max_length=12, blank=True)
    diagnosed = models.BooleanField(default=False)
    planned = models.BooleanField(default=False)
    monitored = models.BooleanField(default=False)
    # Enrolled in the next edition too; unknown where that is not published or its enrolments are not known.
    again = models.BooleanField(null=True)

    class Meta:
        constraints = [one_of("standing", Standing, name="presence_standing_known")]
        indexes = [
            models.Index(fields=["edition", "search"], name="presence_in_order"),
            models.Index(fields=["edition", "uf"], name="presence_by_uf"),
        ]

    def __str__(self):
        return f"{self.edition_id} · {self.government_id}"


class Record(Listed):
    """A government that ever took part in a published edition: its line in the directory."""

    government = models.OneToOneField(Government, on_delete=models.CASCADE, primary_key=True, related_name="record")
    # Seals by edition, latest first: [[year, code, revoked]].
    seals = models.JSONField(default=list)
    first_year = models.PositiveIntegerField()
    last_year = models.PositiveIntegerField()
    # As written in the context sheet of the last validated diagnosis.
    service_unit = models.TextField(blank=True)
    service_unit_year = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [one_of("standing", Standing, name="record_standing_known")]
        indexes = [
            models.Index(fields=["search"], name="record_in_order"),
            models.Index(fields=["uf", "search"], name="record_by_uf"),
        ]

    def __str__(self):
        return self.search


class FrozenStatuses(models.Model):
    """What a validated diagnosis says exists, question by question: {code: status}, so that counting need not open the whole copy."""

    participation = models.OneToOneField(Participation, on_delete=models.CASCADE, related_name="frozen_statuses")
    snapshot_id = models.BigIntegerField()
    statuses = models.JSONField(default=dict)

    def __str__(self):
        return str(self.participation_id)


class PublicAction(Place):
    """A priority action of a validated plan of a published edition: what was promised, as frozen; how far it went, as verified."""

    participation = models.ForeignKey(Participation, on_delete=models.CASCADE, related_name="public_actions")
    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="public_actions")
    government = models.ForeignKey(Government, on_delete=models.CASCADE, related_name="public_actions")
    action = models.ForeignKey(PriorityAction, on_delete=models.CASCADE, related_name="public_copies")
    order = models.PositiveSmallIntegerField()
    dimension = models.PositiveSmallIntegerField()
    indicator_code = models.CharField(max_length=10, blank=True)
    title = models.CharField(max_length=200)
    objective = models.TextField(blank=True)
    department = models.CharField(max_length=200, blank=True)
    starts_on = models.DateField(null=True)
    ends_on = models.DateField(null=True)
    state = models.CharField(_("situação"), max_length=15, choices=ProgressStatus.choices)
    degree = models.PositiveSmallIntegerField(_("grau de implementação"), null=True)
    told_on = models.DateField(_("data do último registro verificado"), null=True)
    # The government has told more than was verified so far.
    waiting = models.BooleanField(default=False)

    class Meta:
        ordering = ["-edition__year", "order"]
        constraints = [
            models.UniqueConstraint(fields=["participation", "action"], name="one_public_copy_of_an_action"),
            one_of("state", ProgressStatus, name="public_action_state_known"),
        ]
        indexes = [
            models.Index(fields=["edition", "dimension", "government", "order"], name="public_actions_of_dimension")
        ]
        verbose_name = _("ação prioritária publicada")
        verbose_name_plural = _("ações prioritárias publicadas")

    def __str__(self):
        return self.title


# Counts. Each grain is a row of its own, so that a page adds up few rows whatever it is filtered by.


class EditionCount(Place):
    """How many enrolled in an edition, and how far they came. Of an edition from before the portal only the awards are known."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="counts")
    enrolled = models.PositiveIntegerField(null=True)
    diagnosed = models.PositiveIntegerField(null=True)
    planned = models.PositiveIntegerField(null=True)
    certified = models.PositiveIntegerField(default=0)
    revoked = models.PositiveIntegerField(default=0)
    monitored = models.PositiveIntegerField(null=True)
    # Of the certified: enrolled in the next edition too; no number where that is not known.
    again = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["edition", "uf", "kind"], name="one_edition_count_a_place")]

    def __str__(self):
        return f"{self.edition_id} · {self.uf} · {self.kind}"


class DirectoryCount(Place):
    """How many lines the directory has, by standing: its map adds them up."""

    standing = models.CharField(max_length=12, choices=Standing.choices)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["uf", "kind", "standing"], name="one_directory_count_a_place")]

    def __str__(self):
        return f"{self.uf} · {self.kind} · {self.standing}"


class StatusCount(models.Model):
    """How many say that something exists, in part, not yet, or that it does not apply."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    region = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    dimension = models.PositiveSmallIntegerField()
    exists = models.PositiveIntegerField(default=0)
    partly = models.PositiveIntegerField(default=0)
    not_yet = models.PositiveIntegerField(default=0)
    not_applicable = models.PositiveIntegerField(default=0)

    class Meta:
        abstract = True


class DimensionCount(StatusCount):
    """Answers of all certified governments to the questions of one dimension."""

    governments = models.PositiveIntegerField(default=0)

    class Meta(StatusCount.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "dimension", "region", "kind"], name="one_dimension_count_a_place"
            )
        ]

    def __str__(self):
        return f"{self.edition_id} · {self.dimension}"


class IndicatorCount(StatusCount):
    """Certified governments by their answer to one question, under the code it has in the edition's questionnaire."""

    code = models.CharField(max_length=10)

    class Meta(StatusCount.Meta):
        abstract = False
        constraints = [
            models.UniqueConstraint(fields=["edition", "code", "region", "kind"], name="one_indicator_count_a_place")
        ]

    def __str__(self):
        return f"{self.edition_id} · {self.code}"


class ActionCount(models.Model):
    """Priority actions of certified governments by state."""

    edition = models.ForeignKey(Edition, on_delete=models.CASCADE, related_name="+")
    region = models.CharField(max_length=20)
    kind = models.CharField(max_length=20)
    dimension = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=15, choices=ProgressStatus.choices)
    number = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["edition", "dimension", "region", "kind", "state"], name="one_action_count_a_place"
            )
        ]

    def __str__(self):
        return f"{self.edition_id} · {self.dimension} · {self.state}"


class Prepared(models.Model):
    """When the tables of an edition were made last."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="prepared")
    at = models.DateTimeField(null=True)

    def __str__(self):
        return f"{self.edition_id} · {self.at}"


class EditionArchive(models.Model):
    """All published reports of an edition in one ZIP file, made once by the worker. `contents`: hash of what is in it."""

    edition = models.OneToOneField(Edition, on_delete=models.CASCADE, related_name="archive")
    contents = models.CharField(max_length=64)
    reports = models.PositiveIntegerField()
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [both_or_neither("file", "made_at", name="archive_file_has_its_date")]

    def __str__(self):
        return f"{self.edition_id} · {self.reports}"
