"""Opening a diagnosis: with the enrolment's acceptance, a row for every question, so that there is always one to lock."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from certification import cycle
from certification.models import Edition
from dimensions import catalogue
from dimensions.catalogue import concerns

from .models import Answer, ContextEntry, Diagnosis


class NoQuestionnaire(cycle.RequirementsMissing):
    """No questionnaire is published, so there is nothing to ask. Says who can mend it."""

    def __init__(self, edition):
        sentence = _(
            "A %(edition)s não tem questionário publicado. Peça à administração do portal que publique um e repita."
        )
        reason = sentence % {"edition": edition}
        super().__init__([cycle.Requirement("questionnaire", _("Questionário da edição"), False, reason)])

    def __str__(self):
        return self.missing[0].reason


@transaction.atomic
def open_diagnosis(participation, *, at=None):
    """The diagnosis with its answers and context sheet, made once; called again it gives the same. Raises NoQuestionnaire."""
    questions = _catalogue_of(participation.edition)
    diagnosis, created = Diagnosis.objects.get_or_create(
        participation=participation, defaults={"questionnaire_id": questions.id, "opened_at": at or timezone.now()}
    )
    if created:
        _lay_rows(diagnosis, questions, participation.government.kind)
    return diagnosis


def _catalogue_of(edition):
    """The edition's questionnaire. An edition without one is pinned to the latest now: all its governments answer the same."""
    if edition.questionnaire_id:
        return catalogue.of(edition.questionnaire_id)
    newest = catalogue.latest()
    if newest is None:
        raise NoQuestionnaire(edition)
    Edition.objects.filter(pk=edition.pk, questionnaire__isnull=True).update(questionnaire=newest.id)
    edition.refresh_from_db(fields=["questionnaire"])
    return catalogue.of(edition.questionnaire_id)


def _lay_rows(diagnosis, questions, government_kind):
    """A row for what concerns this kind of government, asked today or not: an answer may open another question later."""
    asked = [row for row in questions.indicators.values() if concerns(row, government_kind)]
    Answer.objects.bulk_create(Answer(diagnosis=diagnosis, indicator_id=row.id, code=row.code) for row in asked)
    ContextEntry.objects.bulk_create(
        ContextEntry(diagnosis=diagnosis, code=field.code) for field in questions.profile_fields
    )
