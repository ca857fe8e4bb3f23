"""What may be compared over the years, and what may not."""

import pytest

from certification.figures import reading
from certification.figures.lineage import Comparison
from certification.figures.models import IndicatorCount
from dimensions.models import Dimension, Indicator, IndicatorLineage, Questionnaire, Relation


def version_of(number, previous=None, **links):
    """A questionnaire with the question 1.01 and what it comes from. links: {relation: codes before}."""
    made = Questionnaire.objects.create(slug="q", version=number, title="Q", introduction="", previous=previous)
    dimension = Dimension.objects.create(questionnaire=made, number=1, slug="um", group="g", name="Um", description="")
    for order, code in enumerate(("1.01", "1.02"), 1):
        Indicator.objects.create(
            questionnaire=made,
            dimension=dimension,
            code=code,
            order=order,
            question=code,
            help="",
            answer_type="yes_no_partial",
            evidence="none",
            applies_to="both",
            weight=1,
            facet="f",
            maturity="m",
            suggested_action="",
        )
    for relation, codes in links.items():
        for code in codes or [None]:
            IndicatorLineage.objects.create(
                indicator=made.indicators.get(code="1.01"),
                relation=relation,
                previous=previous.indicators.get(code=code) if code else None,
            )
    return made


@pytest.mark.parametrize(
    ("link", "comparison", "exists"),
    [
        ({Relation.SAME: ["1.01"]}, Comparison.SAME, 7),
        ({Relation.REWORDED: ["1.02"]}, Comparison.SAME, 9),  # the question moved: followed under its code of then
        ({Relation.SPLIT: ["1.01"]}, Comparison.NOT_COMPARABLE, None),
        ({Relation.MERGED: ["1.01", "1.02"]}, Comparison.NOT_COMPARABLE, None),
        ({Relation.NONE: []}, Comparison.NOT_ASKED, None),
    ],
)
def test_a_question_is_followed_only_as_far_as_it_means_the_same(edition_of, link, comparison, exists):
    first = version_of(1)
    second = version_of(2, first, **link)
    third = version_of(3, second, **{Relation.SAME: ["1.01"]})
    editions = [edition_of(year, questionnaire=each) for year, each in ((2030, first), (2031, second), (2032, third))]
    for edition, code, number in ((editions[0], "1.01", 7), (editions[0], "1.02", 9), (editions[2], "1.01", 5)):
        IndicatorCount.objects.create(
            edition=edition, code=code, dimension=1, region="Sul", kind="municipality", exists=number
        )
    then, between, now = reading.indicator_over_editions("1.01", third.pk, editions)
    assert (then[1], then[2] and then[2]["exists"]) == (comparison, exists)
    assert between[1:] == (Comparison.NO_DATA, None)
    assert now[2]["exists"] == 5


def test_what_was_not_comparable_stays_so_further_back(edition_of):
    first = version_of(1)
    second = version_of(2, first, **{Relation.SAME: ["1.01"]})
    third = version_of(3, second, **{Relation.SPLIT: ["1.01"]})
    [(_edition, comparison, counts)] = reading.indicator_over_editions(
        "1.01", third.pk, [edition_of(2030, questionnaire=first)]
    )
    assert (comparison, counts) == (Comparison.NOT_COMPARABLE, None)


def test_a_questionnaire_of_another_line_has_no_data(edition_of):
    other, mine = version_of(1), version_of(2)
    [(_edition, comparison, _counts)] = reading.indicator_over_editions(
        "1.01", mine.pk, [edition_of(2030, questionnaire=other)]
    )
    assert comparison == Comparison.NO_DATA
