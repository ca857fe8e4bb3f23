from datetime import timedelta

import pytest

from certification import cycle
from certification.diagnosis.models import Answer, ContextEntry, Diagnosis
from certification.diagnosis.opening import NoQuestionnaire, open_diagnosis
from certification.models import Edition, Kind, Programme

DAY = timedelta(days=1)


def test_without_a_published_questionnaire_the_enrolment_is_not_accepted(ana, helena, canoas, now):
    edition = Edition.objects.create(programme=Programme.objects.create(slug="p", name="MigraCidades"), year=2031)
    cycle.set_windows(edition, {Kind.ENROLLMENT: (now - DAY, now + DAY)})
    participation = cycle.begin(edition, canoas, by=ana, at=now)
    participation.steps.get(kind=Kind.ENROLLMENT).submit(by=ana, at=now)
    with pytest.raises(NoQuestionnaire, match="não tem questionário publicado"):
        cycle.accept(participation, Kind.ENROLLMENT, by=helena, at=now)
    assert not Diagnosis.objects.exists()
    assert participation.steps.get(kind=Kind.ENROLLMENT).state == "submitted"


def test_accepting_the_enrolment_opens_a_row_for_each_question_that_concerns_the_government(enrolled, questionnaire):
    diagnosis = enrolled.diagnosis
    codes = set(diagnosis.answers.values_list("code", flat=True))
    assert len(codes) == 106  # all but the one for states
    assert codes == set(questionnaire.indicators.exclude(applies_to="state").values_list("code", flat=True))
    assert set(diagnosis.context.values_list("code", flat=True)) == set(
        questionnaire.profile_fields.values_list("code", flat=True)
    )
    enrolled.edition.refresh_from_db()
    assert enrolled.edition.questionnaire == questionnaire


def test_opening_again_gives_the_same_diagnosis(enrolled):
    again = open_diagnosis(enrolled)
    assert again == enrolled.diagnosis
    assert Answer.objects.count() == 106
    assert ContextEntry.objects.values("code").distinct().count() == ContextEntry.objects.count()
