"""The sheet as a document."""

from django.db import models
from django.utils import timezone

from .practice import Practice


class PracticeSheet(models.Model):
    """The PDF of what a practice said at one time, in one language: made once for that content."""

    practice = models.ForeignKey(Practice, on_delete=models.CASCADE, related_name="sheets")
    language = models.CharField(max_length=10)
    content_hash = models.CharField(max_length=64)
    file = models.ForeignKey("core.StoredFile", on_delete=models.PROTECT, related_name="+")
    pages = models.PositiveSmallIntegerField()
    made_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["practice", "language", "content_hash"], name="one_sheet_a_content")
        ]

    def __str__(self):
        return f"{self.practice_id} · {self.language}"
